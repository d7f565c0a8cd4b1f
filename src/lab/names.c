/*
 * names: what a person writes → what an actor is told: names become what they
 * are bound to, hosts become addresses of the socket's family.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/intl.h"
#include "base/mem.h"
#include "lab/inside.h"

/* ---- hosts ---- */

static bool is_numeric(const char *host)
{
	uint8_t address[16];

	return inet_pton(AF_INET, host, address) == 1 ||
		inet_pton(AF_INET6, host, address) == 1;
}

/* The address of a host as this lab has it, or NULL when there is no such
 * host. In loopback mode nothing may listen beyond this machine. */
static const char *address_of(const struct lab *lab, const char *host,
	int family)
{
	bool six = family == AF_INET6;
	int i;

	if (is_numeric(host))
		return host;
	i = build_host_index(lab, host);
	if (lab->plan.loopback && (i >= 0 || !strcmp(host, "any")))
		return six ? "::1" : "127.0.0.1";
	if (!strcmp(host, "any"))
		return six ? "::" : "0.0.0.0";
	if (i < 0)
		return NULL;
	return six ? lab->plan.host[i].ipv6 : lab->plan.host[i].ipv4;
}

static int resolve_address(const struct lab *lab, struct value *v, int family,
	struct diag *d)
{
	const char *address;

	if (v->number == PORT_UNIX || v->number == PORT_NONE)
		return 0;
	address = address_of(lab, v->text, family);
	if (!address) {
		struct buf hosts = {0};

		names_hosts(lab, &hosts);
		diag_set(d, v->column, _("there is no host %s; there are %s, "
			"any, and numeric addresses"), v->text,
			buf_str(&hosts));
		buf_done(&hosts);
		return -EINVAL;
	}
	if (address != v->text) {
		free(v->text);
		v->text = mem_string(address);
	}
	return 0;
}

/* Become what a name stands for, in the same place of the same record. */
static void take_place(struct value *name, const struct value *bound)
{
	int column = name->column;
	char *key = name->key;

	name->key = NULL;
	value_done(name);
	value_copy(name, bound);
	free(name->key);
	name->key = key;
	name->column = column;
}

/* Names of descriptors and hosts in an expected value, from within it; observed
 * (NULL: nothing) tells the family. */
static void expected_in_place(const struct lab *lab, const struct process *p,
	struct value *v, const struct value *observed)
{
	const struct value *bound;
	int family = AF_INET;

	if (v->kind == VALUE_NAME) {
		bound = p ? holdings_bound(p, v->text) : NULL;
		if (!bound)
			return;
		take_place(v, bound);
	} else if (v->kind == VALUE_ADDRESS) {
		if (observed && observed->kind == VALUE_ADDRESS &&
			observed->text && strchr(observed->text, ':'))
			family = AF_INET6;
		resolve_address(lab, v, family, NULL);
	}
	for (size_t i = 0; i < v->items; i++) {
		const struct value *other = NULL;

		if (observed && v->kind == VALUE_RECORD)
			other = value_field(observed, v->item[i].key);
		else if (observed && i < observed->items)
			other = &observed->item[i];
		expected_in_place(lab, p, &v->item[i], other);
	}
}

void names_expected(const struct lab *lab, const struct process *p,
	const struct value *v, const struct value *observed, struct value *out)
{
	value_copy(out, v);
	expected_in_place(lab, p, out, observed);
}

static void name_descriptor(const struct process *p, struct value *v)
{
	const char *name = v->kind == VALUE_NUMBER
		? holdings_name(p, v->number) : NULL;

	if (!name)
		return;
	v->kind = VALUE_NAME;
	v->text = mem_string(name);
}

/* `4: POLLIN` becomes `conn: POLLIN`; and so do sets of them, of select. */
static void name_descriptors(const struct process *p, struct value *v,
	bool sets)
{
	for (size_t i = 0; i < v->items; i++) {
		struct value *e = &v->item[i];

		if (e->kind == VALUE_ENTRY && e->items)
			name_descriptor(p, &e->item[0]);
		else if (sets && v->kind == VALUE_LIST)
			name_descriptor(p, e);
		else
			name_descriptors(p, e, sets);
	}
}

void names_result(const struct process *p, const struct call_row *row,
	const struct value *result, struct value *out)
{
	value_copy(out, result);
	name_descriptors(p, out, row->param[0].kind == PARAM_FDS);
}

void names_print(const struct process *p, const struct call_row *row,
	const struct value *result, struct buf *b)
{
	struct value named = {0};

	names_result(p, row, result, &named);
	value_print(b, &named);
	value_done(&named);
}

void names_hosts(const struct lab *lab, struct buf *b)
{
	for (int i = 0; i < lab->plan.hosts; i++)
		buf_printf(b, "%s%s", i ? ", " : "", lab->plan.host[i].name);
}

/* ---- names ---- */

/* A lane on a host that the lab has not got. */
static int no_host(const struct lab *lab, const char *host, struct diag *d)
{
	struct buf hosts = {0};

	names_hosts(lab, &hosts);
	diag_set(d, 1, _("there is no host %s; the hosts are %s"), host,
		buf_str(&hosts));
	buf_done(&hosts);
	return -EINVAL;
}

static int unbound(const struct lab *lab, const struct process *was,
	const char *lane, enum param_kind kind, const struct value *v,
	struct diag *d)
{
	char host[LINE_LANE];

	line_host_of_lane(host, lane);
	if (build_host_index(lab, host) < 0)
		return no_host(lab, host, d);
	for (const struct process *p = lab->processes; p; p = p->next)
		if (strcmp(p->name, lane) && holdings_bound(p, v->text))
			return diag_set(d, v->column, _("%s is %s's; %s does "
				"not have it"), v->text, p->name, lane);
	if (was && !was->running && (was->ended || was->status))
		return diag_set(d, v->column, _("%s stands for nothing: the "
			"process of %s ended, and its names with it"), v->text,
			lane);
	if (kind == PARAM_BYTES || kind == PARAM_BUFFERS || kind == PARAM_TEXT)
		return diag_set(d, v->column, _("%s stands for nothing yet in "
			"%s; to give the bytes themselves, quote them: \"%s\""),
			v->text, lane, v->text);
	return diag_set(d, v->column, _("%s stands for nothing yet in %s: it "
		"is bound by %s = a call that succeeds"), v->text, lane,
		v->text);
}

/* Whether a parameter takes what a name stands for. */
static bool takes(enum param_kind kind, const struct value *v)
{
	switch (kind) {
	case PARAM_BYTES:
	case PARAM_BUFFERS:
	case PARAM_TEXT:
		return v->kind == VALUE_BYTES;
	case PARAM_ADDRESS:
		return v->kind == VALUE_ADDRESS;
	case PARAM_TIME:
		return v->kind == VALUE_TIME;
	case PARAM_OPTVALUE: /* the option knows */
		return true;
	case PARAM_CONST:
	case PARAM_FLAGS:
		return v->kind == VALUE_CONSTANT || v->kind == VALUE_NUMBER;
	case PARAM_END:
	case PARAM_FD:
	case PARAM_NUMBER:
	case PARAM_SIZE:
	case PARAM_OPTION:
	case PARAM_SIZES:
	case PARAM_FDS:
	case PARAM_WANTED:
		break;
	}
	return v->kind == VALUE_NUMBER;
}

static int resolve_name(const struct lab *lab, const struct process *process,
	const char *lane, const struct param *p, struct value *v,
	struct diag *d)
{
	const struct value *bound = process
		? holdings_bound(process, v->text) : NULL;
	struct buf b = {0};

	if (!bound)
		return unbound(lab, process, lane, p->kind, v, d);
	if (!takes(p->kind, bound)) {
		value_print(&b, bound);
		diag_set(d, v->column, _("%s is %.100s, which cannot be the "
			"%s of a call"), v->text, buf_str(&b), p->name);
		buf_done(&b);
		return -EINVAL;
	}
	take_place(v, bound);
	return 0;
}

/* ---- a call ---- */

/* The same in a list: [a, b], [a: POLLIN]; flags are no names by now. */
static int resolve_names(const struct lab *lab, const struct process *process,
	const char *lane, const struct param *p, struct value *v,
	struct diag *d)
{
	int r = 0;

	if (v->kind == VALUE_NAME)
		return resolve_name(lab, process, lane, p, v, d);
	for (size_t i = 0; i < v->items && !r; i++)
		r = resolve_names(lab, process, lane, p, &v->item[i], d);
	return r;
}

/* The family of the socket that the call works on, once its names are gone. */
static int family_of(const struct process *p, const struct line *call)
{
	const struct held_fd *h = NULL;

	if (p && call->nargs && call->row->param[0].kind == PARAM_FD)
		h = holdings_fd(p, call->arg[0].number);
	return h ? h->family : AF_INET;
}

static int resolve_addresses(const struct lab *lab, struct value *v,
	int family, struct diag *d)
{
	int r = 0;

	if (v->kind == VALUE_ADDRESS)
		return resolve_address(lab, v, family, d);
	for (size_t i = 0; i < v->items && !r; i++)
		r = resolve_addresses(lab, &v->item[i], family, d);
	return r;
}

static int resolve_args(const struct lab *lab, const struct process *p,
	const char *lane, struct line *call, struct diag *d)
{
	int r = 0;

	for (int i = 0; i < call->nargs && !r; i++)
		r = resolve_names(lab, p, lane, &call->row->param[i],
			&call->arg[i], d);
	for (int i = 0; i < call->nargs && !r; i++)
		r = resolve_addresses(lab, &call->arg[i],
			family_of(p, call), d);
	return r;
}

int names_resolve(const struct lab *lab, const struct process *p,
	const struct line *line, struct buf *out, int64_t *fd, struct diag *d)
{
	struct line call = {
		.kind = LINE_CALL, .row = line->row, .nargs = line->nargs,
	};
	int r;

	for (int i = 0; i < call.nargs; i++)
		value_copy(&call.arg[i], &line->arg[i]);
	r = resolve_args(lab, p, line->lane, &call, d);
	if (!r) {
		*fd = call.nargs && call.row->param[0].kind == PARAM_FD
			? call.arg[0].number : -1;
		line_print_call(out, &call);
	}
	line_done(&call);
	return r;
}
