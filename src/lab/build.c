/*
 * build: the hosts: made, made anew, lost.
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/intl.h"
#include "base/mem.h"
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

/* ---- slow things ----
 *
 * Giving a packet socket its ring, and closing it, make the kernel wait until
 * every processor has noticed: some 10 ms each. Ending namespaces takes longer
 * still. So all rings are made at the same time, and old hosts are buried, by a
 * thread, once the new ones stand.
 */

struct opening {
	struct port **port;
	int tap, door, error;
	pthread_t thread;
	bool threaded;
};

static void *open_one(void *arg)
{
	struct opening *o = arg;

	o->error = port_open(o->port, o->tap, o->door);
	return NULL;
}

static int open_rings(struct lab *lab)
{
	struct opening o[HOST_MAX];
	int r = 0;

	for (int i = 0; i < lab->plan.hosts; i++) {
		o[i] = (struct opening){
			.port = &lab->port[i], .tap = lab->ready.tap[i],
			.door = lab->ready.door[i],
		};
		/* The last one is ours. */
		o[i].threaded = i + 1 < lab->plan.hosts &&
			!pthread_create(&o[i].thread, NULL, open_one, &o[i]);
		if (!o[i].threaded)
			open_one(&o[i]);
	}
	for (int i = 0; i < lab->plan.hosts; i++) {
		if (o[i].threaded)
			pthread_join(o[i].thread, NULL);
		if (o[i].error)
			r = o[i].error;
		else /* they are the port's now */
			lab->ready.tap[i] = lab->ready.door[i] = -1;
	}
	return r;
}

/* ---- making hosts ---- */

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
		r = builder_start(&lab->builder, plan, &lab->ready, refused,
			sizeof(refused));
	}
	if (r)
		lab->builder = NULL;
	if (plan->loopback) /* nobody slows this machine's own clocks */
		plan->clocks = HOST_CLOCKS_REAL;
}

/* The wire between hosts that stand. */
static void open_wire(struct lab *lab)
{
	struct gate_ports ports = frames_ports(lab);
	int r = 0;

	name_hosts(lab);
	if (!lab->plan.loopback)
		r = open_rings(lab);
	lab->gate = gate_new(&ports, lab->names);
	sample_forget(lab);
	lab->called = false;
	lab->changed++;
	if (r) {
		snprintf(lab->why, sizeof(lab->why),
			_("The wire cannot be opened: %s."), strerror(-r));
		build_end(lab);
	}
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

/* The journal's interface of a host that this or an earlier lab had, or 0. */
static int interface_of(const struct lab *lab, const char *name)
{
	for (int i = 0; i < lab->interfaces; i++)
		if (!strcmp(lab->known[i], name))
			return i + 1;
	return 0;
}

bool build_has_room(const struct lab *lab, const struct host_plan *plan)
{
	int n = lab->interfaces;

	for (int i = 0; i < plan->hosts; i++)
		n += !interface_of(lab, plan->host[i].name);
	return n <= JOURNAL_HOSTS;
}

static void add_interfaces(struct lab *lab)
{
	for (int i = 0; i < lab->plan.hosts; i++) {
		const char *name = lab->plan.host[i].name;
		int number = interface_of(lab, name);

		if (!number) {
			number = journal_add_host(lab->journal, name);
			if (number > 0) /* else it is full */
				strcpy(lab->known[lab->interfaces++], name);
		}
		lab->interface[i] = number;
	}
}

void build_tell(struct lab *lab)
{
	uint64_t interfaces;
	struct event e;

	if (lab->builder)
		open_wire(lab);
	if (!lab->builder) {
		record_note(lab, "%s", lab->why);
		return;
	}
	interfaces = journal_size(lab->journal);
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
	if (lab->plan.dns)
		service_start(lab);
	/* Our own view takes in the new interfaces on its way to the events. */
	journal_read(lab->view, interfaces, &e);
	lab_active(lab);
	lab->still_told = lab->activity;
}

/* ---- the end ---- */

struct remains {
	struct builder *builder;
	struct port *port[HOST_MAX];
	int fd[4 * HOST_MAX];
	int fds;
};

static void *bury(void *arg)
{
	struct remains *r = arg;

	builder_stop(r->builder);
	for (int i = 0; i < HOST_MAX; i++)
		port_close(r->port[i]);
	for (int i = 0; i < r->fds; i++)
		if (r->fd[i] >= 0)
			close(r->fd[i]);
	free(r);
	return NULL;
}

static void bury_behind_our_back(struct remains *r)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, bury, r))
		bury(r);
	else
		pthread_detach(thread);
}

/* Forget the hosts; what must be ended and closed is the caller's. */
static struct remains *take_down(struct lab *lab)
{
	struct remains *r = mem_zero(sizeof(*r));

	orders_drop(lab, _("the lab was taken down before this was done"));
	still_lost(lab);
	r->builder = lab->builder;
	lab->builder = NULL;
	memcpy(r->port, lab->port, sizeof(r->port));
	memset(lab->port, 0, sizeof(lab->port));
	for (int i = 0; i < lab->plan.hosts && r->builder; i++) {
		r->fd[r->fds++] = lab->ready.tap[i];
		r->fd[r->fds++] = lab->ready.door[i];
		r->fd[r->fds++] = lab->ready.fence[i];
		r->fd[r->fds++] = lab->ready.diag[i];
	}
	processes_free(lab);
	watches_free(lab);
	sample_forget(lab);
	gate_free(lab->gate);
	lab->gate = NULL;
	lab->changed++;
	return r;
}

void build_end(struct lab *lab)
{
	bury(take_down(lab));
}

void build_anew(struct lab *lab, const struct host_plan *plan)
{
	struct remains *old = take_down(lab);

	/* In loopback the old actors sit on the ports of the new ones. */
	if (lab->plan.loopback) {
		bury(old);
		old = NULL;
	}
	lab->plan = *plan;
	build_hosts(lab);
	build_tell(lab);
	if (old)
		bury_behind_our_back(old);
}

void build_lost(struct lab *lab)
{
	/* What was on its way to us is still there to be read. */
	frames_drain(lab, 4096);
	for (struct process *p = lab->processes; p; p = p->next)
		if (p->running)
			process_hear(lab, p);
	orders_drop(lab, _("the lab ended; r (lab: rebuild) starts it again"));
	build_end(lab);
	record_note(lab, _("the lab ended; r starts it again"));
}
