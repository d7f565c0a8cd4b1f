/*
 * build: the hosts: made, made anew, lost.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/intl.h"
#include "lab/frames.h"
#include "lab/inside.h"
#include "lab/watch.h"
#include "wire/gate.h"
#include "wire/ports.h"

int build_host_index(const struct lab *lab, const char *name)
{
	for (int i = 0; i < lab->plan.hosts; i++)
		if (!strcmp(lab->plan.host[i].name, name))
			return i;
	return -1;
}

static void name_hosts(struct lab *lab)
{
	memset(lab->names, 0, sizeof(lab->names));
	for (int i = 0; i < lab->plan.hosts; i++) {
		const struct host_spec *h = &lab->plan.host[i];

		lab->names[i] = (struct filter_name){
			.name = h->name, .ipv4 = h->ipv4, .ipv6 = h->ipv6,
			.mac = h->mac,
		};
		sscanf(h->mac, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx",
			&lab->mac[i][0], &lab->mac[i][1], &lab->mac[i][2],
			&lab->mac[i][3], &lab->mac[i][4], &lab->mac[i][5]);
	}
}

static int open_wire(struct lab *lab)
{
	struct gate_ports ports = frames_ports(lab);
	int r;

	for (int i = 0; i < lab->plan.hosts && !lab->plan.loopback; i++) {
		r = port_open(&lab->port[i], lab->ready.tap[i]);
		if (r)
			return r;
		lab->ready.tap[i] = -1;
	}
	lab->gate = gate_new(&ports, lab->names);
	return 0;
}

void build_hosts(struct lab *lab)
{
	struct host_plan *plan = &lab->plan;
	char refused[512];
	int r;

	lab->why[0] = '\0';
	r = builder_start(&lab->builder, plan, &lab->ready, lab->why,
		sizeof(lab->why));
	if (r == -EPERM && !plan->loopback) {
		plan->loopback = true;
		r = builder_start(&lab->builder, plan, &lab->ready,
			refused, sizeof(refused));
	}
	if (r) {
		lab->builder = NULL;
		return;
	}
	name_hosts(lab);
	r = open_wire(lab);
	if (r) {
		snprintf(lab->why, sizeof(lab->why),
			_("The wire cannot be opened: %s."), strerror(-r));
		build_end(lab);
	}
	sample_forget(lab);
	lab->called = lab->cut = false;
	if (plan->loopback) /* nobody slows this machine's own clocks */
		plan->clocks = HOST_CLOCKS_REAL;
	lab->changed++;
}

/* ---- what the journal is told ---- */

static void tell_built(struct lab *lab)
{
	const struct host_plan *p = &lab->plan;
	struct utsname u = {0};
	struct buf b = {0};

	uname(&u);
	buf_printf(&b, "lab: built %s clocks=%s",
		p->loopback ? "loopback" : "namespaces",
		p->clocks == HOST_CLOCKS_SLOW ? "slow" : "real");
	if (!p->loopback)
		buf_printf(&b, " mtu=%d", p->mtu);
	buf_printf(&b, " kernel=%s", u.release);
	if (p->loopback && lab->why[0]) {
		buf_text(&b, " why=");
		record_quote(&b, lab->why);
	}
	record_line(lab, b.data, b.len);
	buf_done(&b);
}

static void add_interfaces(struct lab *lab)
{
	for (int i = 0; i < lab->plan.hosts; i++)
		if (!lab->interface[i])
			lab->interface[i] = journal_add_host(lab->journal,
				lab->plan.host[i].name);
}

void build_tell(struct lab *lab)
{
	struct event e;

	if (!lab->builder) {
		record_note(lab, "%s", lab->why);
		return;
	}
	add_interfaces(lab);
	lab->built_at = journal_size(lab->journal);
	tell_built(lab);
	for (int i = 0; i < lab->plan.hosts; i++) {
		const struct host_spec *h = &lab->plan.host[i];

		if (lab->plan.loopback)
			record_printf(lab, "lab: host %s 127.0.0.1", h->name);
		else
			record_printf(lab, "lab: host %s %s %s", h->name,
				h->ipv4, h->ipv6);
	}
	if (lab->ready.said[0])
		record_note(lab, "%s", lab->ready.said);
	/* Our own view takes in the interfaces that lie before the events. */
	journal_read(lab->view, journal_begin(lab->view), &e);
	lab_active(lab);
	lab->still_told = lab->activity;
}

/* ---- the end ---- */

static void close_all(int *fd, int n)
{
	for (int i = 0; i < n; i++) {
		if (fd[i] >= 0)
			close(fd[i]);
		fd[i] = -1;
	}
}

void build_end(struct lab *lab)
{
	orders_drop(lab, _("the lab was taken down before this was done"));
	still_lost(lab);
	if (lab->builder) {
		builder_stop(lab->builder);
		close_all(lab->ready.tap, lab->plan.hosts);
		close_all(lab->ready.fence, lab->plan.hosts);
		close_all(lab->ready.diag, lab->plan.hosts);
	}
	lab->builder = NULL;
	lanes_free(lab);
	watches_free(lab);
	sample_forget(lab);
	gate_free(lab->gate);
	lab->gate = NULL;
	for (int i = 0; i < HOST_MAX; i++) {
		if (lab->port[i])
			port_close(lab->port[i]);
		lab->port[i] = NULL;
	}
	lab->changed++;
}

void build_lost(struct lab *lab)
{
	/* What was on its way to us is still there to be read. */
	frames_drain(lab, 4096);
	for (struct lane *l = lab->lanes; l; l = l->next)
		if (l->running)
			lane_hear(lab, l);
	orders_drop(lab, _("the lab ended; r (lab: rebuild) starts it again"));
	build_end(lab);
	record_note(lab, _("the lab ended; r starts it again"));
}
