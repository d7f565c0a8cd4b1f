/* verbs: what the verbs of `lab:` and of actors do, a row each. */
#include "lab/verbs.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "base/intl.h"
#include "lab/ends.h"
#include "lab/inside.h"

/* What IPv6 asks for is not asked here: a lesson about small frames may go
 * below it, and then has IPv4 alone. */
#define MTU_LEAST 576
#define MTU_MOST 9000

/* Which verbs there are, and what follows them, is checked by the parser
 * (call/verb.h); here is what they do. */
struct deed {
	const char *name;
	int (*begin)(struct lab *lab, struct order *o, struct diag *d);
};

/* ---- of the lab ---- */

static int verb_wait(struct lab *lab, struct order *o, struct diag *d)
{
	const char *rest = o->line.rest;
	int64_t t = line_parse_time(rest, strlen(rest));

	if (t < 0)
		return diag_set(d, 1, _("how long? wait 2s, wait 500ms"));
	record_printf(lab, "lab: wait %s", rest);
	o->stage = ORDER_PAUSE;
	o->deadline = lab->now + t;
	return 0;
}

/* How the lab is built is said before anything happens in it. */
static int build_after(struct lab *lab, const struct host_plan *plan,
	struct order *o, struct diag *d)
{
	if (lab->full)
		return diag_set(d, 1, _("the journal is full: a new lab needs "
			"a new one"));
	if (lab->called && lab->builder)
		return diag_set(d, 1, _("%s says how the lab is built: before "
			"its first call, or behind lab: rebuild"),
			o->line.verb);
	build_anew(lab, plan);
	if (!lab->builder)
		return diag_set(d, 1, _("the lab could not be built; why is in "
			"the journal"));
	o->stage = ORDER_DONE;
	return 0;
}

static int verb_clocks(struct lab *lab, struct order *o, struct diag *d)
{
	struct host_plan plan = lab->plan;

	plan.clocks = strcmp(o->line.rest, "real") ? HOST_CLOCKS_SLOW
						   : HOST_CLOCKS_REAL;
	return build_after(lab, &plan, o, d);
}

static int verb_arp(struct lab *lab, struct order *o, struct diag *d)
{
	struct host_plan plan = lab->plan;

	plan.arp = !strcmp(o->line.rest, "on");
	return build_after(lab, &plan, o, d);
}

static int verb_mtu(struct lab *lab, struct order *o, struct diag *d)
{
	struct host_plan plan = lab->plan;
	long n = strtol(o->line.rest, NULL, 10);

	if (n < MTU_LEAST || n > MTU_MOST)
		return diag_set(d, 1, _("an MTU is a number from %d to %d"),
			MTU_LEAST, MTU_MOST);
	plan.mtu = n;
	return build_after(lab, &plan, o, d);
}

/* The index of the new host, or -EINVAL with d. */
static int add_host(const struct lab *lab, struct host_plan *plan,
	const char *name, const char *ipv4, struct diag *d)
{
	int i = host_plan_add(plan, name, ipv4);

	if (i >= 0 && !build_has_room(lab, plan))
		return diag_set(d, 1, _("the journal knows %d hosts by name, "
			"and not more: take a name that was there before"),
			JOURNAL_HOSTS);
	switch (i) {
	case -EEXIST:
		return diag_set(d, 1, _("a host has the name %s or the address "
			"%s already"), name, ipv4);
	case -ENOSPC:
		return diag_set(d, 1, _("there are %d hosts already, and not "
			"more than %d"), plan->hosts, HOST_MAX);
	case -EINVAL:
		return diag_set(d, 1, _("an address of a host is 10.0.0.N with "
			"N from 1 to 254, not %s"), ipv4);
	default:
		return i;
	}
}

/* host NAME IPv4: words they are, the parser has seen to that. */
static int verb_host(struct lab *lab, struct order *o, struct diag *d)
{
	struct host_plan plan = lab->plan;
	char name[HOST_NAME + 1] = "", ipv4[32] = "";

	sscanf(o->line.rest, "%16s %31s", name, ipv4);
	if (strlen(name) >= HOST_NAME)
		return diag_set(d, 1, _("a host's name has at most %d "
			"letters"), HOST_NAME - 1);
	if (add_host(lab, &plan, name, ipv4, d) < 0)
		return -EINVAL;
	return build_after(lab, &plan, o, d);
}

/* set NAME VALUE: as sysctl(8) names it */
static int verb_set(struct lab *lab, struct order *o, struct diag *d)
{
	struct host_plan plan = lab->plan;
	char name[80] = "", value[40] = "";

	if (plan.loopback)
		return diag_set(d, 1, _("the settings of this machine are not "
			"ours to change: this lab has no hosts of its own"));
	sscanf(o->line.rest ? o->line.rest : "", "%79s %39[^\n]", name, value);
	switch (host_plan_set(&plan, name, value)) {
	case -EINVAL:
		return diag_set(d, 1, _("set what of the network? set "
			"net.ipv4.tcp_abort_on_overflow 1"));
	case -ENOSPC:
		return diag_set(d, 1, _("not more than %d settings"),
			HOST_SETTINGS);
	default:
		return build_after(lab, &plan, o, d);
	}
}

static int verb_dns(struct lab *lab, struct order *o, struct diag *d)
{
	struct host_plan plan = lab->plan;

	if (plan.loopback)
		return diag_set(d, 1, _("a name server needs a wire to be "
			"asked over: this lab has none"));
	if (plan.dns)
		return diag_set(d, 1, _("there is a name server already"));
	plan.dns = add_host(lab, &plan, "dns", "10.0.0.53", d);
	if (plan.dns < 0)
		return -EINVAL;
	return build_after(lab, &plan, o, d);
}

/* needs kernel 6.5, needs cores 2 */
static int verb_needs(struct lab *lab, struct order *o, struct diag *d)
{
	int wanted[2] = {0}, own[2] = {0}, cores = CPU_COUNT(&lab->own_cpus);
	const char *rest = o->line.rest;
	struct utsname u = {0};

	(void)d;
	uname(&u);
	sscanf(u.release, "%d.%d", &own[0], &own[1]);
	o->stage = ORDER_DONE;
	if (sscanf(rest, "cores %d", &wanted[0]) == 1) {
		if (cores < wanted[0])
			snprintf(o->lacks, sizeof(o->lacks),
				_("this machine has only %d cores"), cores);
		return 0;
	}
	sscanf(rest, "kernel %d.%d", &wanted[0], &wanted[1]);
	if (own[0] < wanted[0] || (own[0] == wanted[0] && own[1] < wanted[1]))
		snprintf(o->lacks, sizeof(o->lacks),
			_("this kernel is %d.%d only"), own[0], own[1]);
	return 0;
}

static int verb_rebuild(struct lab *lab, struct order *o, struct diag *d)
{
	struct host_plan plan = lab->started;

	lab->called = false;
	return build_after(lab, &plan, o, d);
}

/* A mark of the player: what follows in the journal is a page, a step … */
static int verb_mark(struct lab *lab, struct order *o, struct diag *d)
{
	const char *rest = o->line.rest ? o->line.rest : "";

	(void)d;
	record_printf(lab, "lab: %s%s%s", o->line.verb, rest[0] ? " " : "",
		rest);
	o->stage = ORDER_DONE;
	return 0;
}

static const struct deed of_lab[] = {
	{"wait", verb_wait},     {"clocks", verb_clocks},
	{"mtu", verb_mtu},       {"arp", verb_arp},
	{"host", verb_host},     {"dns", verb_dns},
	{"set", verb_set},       {"needs", verb_needs},
	{"rebuild", verb_rebuild}, {"page", verb_mark},
	{"setup", verb_mark},    {"step", verb_mark},
	{"play", verb_mark},     {"predict", verb_mark},
	{NULL, NULL},
};

/* ---- of an actor ---- */

static int no_process(const struct order *o, struct diag *d)
{
	return diag_set(d, 1, _("%s has no process yet: its first call starts "
		"it"), o->lane_name);
}

static int verb_interrupt(struct lab *lab, struct order *o, struct diag *d)
{
	(void)lab;
	if (!o->lane->pending)
		return diag_set(d, 1, _("%s is in no call"), o->lane_name);
	o->stage = ORDER_INTERRUPT;
	return 0;
}

static int signal_now(struct lab *lab, struct order *o, int sig,
	enum order_stage stage)
{
	const char *rest = o->line.rest ? o->line.rest : "";

	lab_active(lab);
	record_printf(lab, "%s: %s%s%s", o->lane_name, o->line.verb,
		*rest ? " " : "", rest);
	process_signal(o->lane->process, sig);
	o->stage = stage;
	return 0;
}

/* Over when the process is; or, when it goes on after another signal, at
 * still. */
static int verb_kill(struct lab *lab, struct order *o, struct diag *d)
{
	int64_t sig = SIGKILL;

	if (o->line.rest && *o->line.rest &&
		!constant_number("signal", o->line.rest, &sig))
		return diag_set(d, 1, _("there is no signal %s"),
			o->line.rest);
	still_soon(lab);
	return signal_now(lab, o, (int)sig, sig == SIGKILL ? ORDER_KILL :
		ORDER_SIGNAL);
}

static int verb_stop(struct lab *lab, struct order *o, struct diag *d)
{
	(void)d;
	return signal_now(lab, o, SIGSTOP, ORDER_STOP);
}

static int verb_cont(struct lab *lab, struct order *o, struct diag *d)
{
	(void)d;
	still_soon(lab);
	return signal_now(lab, o, SIGCONT, ORDER_DONE);
}

static int verb_run(struct lab *lab, struct order *o, struct diag *d)
{
	o->stage = ORDER_DONE;
	return process_run(lab, o->lane_name, o->line.rest ? o->line.rest : "",
		d);
}

static const struct deed of_actor[] = {
	{"run", verb_run},
	{"ends", ends_begin},
	{"says", says_begin},
	{"interrupt", verb_interrupt},
	{"kill", verb_kill},
	{"stop", verb_stop},
	{"cont", verb_cont},
	{NULL, NULL},
};

/* ---- both ---- */

int verbs_begin(struct lab *lab, struct order *o, struct diag *d)
{
	bool is_lab = !strcmp(o->lane_name, "lab");
	const struct deed *v = is_lab ? of_lab : of_actor;

	while (v->name && strcmp(v->name, o->line.verb))
		v++;
	if (!v->name)
		return diag_set(d, 1, _("this line is the journal's: it says "
			"what happened"));
	if (!is_lab && v->begin != verb_run && v->begin != ends_begin &&
		v->begin != says_begin) {
		o->lane = lane_find(lab, o->lane_name, o->thread);
		if (!o->lane || !o->lane->process->running) {
			o->lane = NULL;
			return no_process(o, d);
		}
	}
	return v->begin(lab, o, d);
}
