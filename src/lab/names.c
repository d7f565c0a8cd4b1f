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

	if (v->number == PORT_UNIX)
		return 0;
	address = address_of(lab, v->text, family);
	if (!address) {
		struct buf hosts = {0};

		for (int i = 0; i < lab->plan.hosts; i++)
			buf_printf(&hosts, "%s%s", i ? ", " : "",
				lab->plan.host[i].name);
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

void names_expected(const struct lab *lab, const struct value *v,
	const struct value *observed, struct value *out)
{
	int family = AF_INET;

	value_copy(out, v);
	if (v->kind != VALUE_ADDRESS || observed->kind != VALUE_ADDRESS)
		return;
	if (observed->text && strchr(observed->text, ':'))
		family = AF_INET6;
	resolve_address(lab, out, family, NULL);
}

/* ---- names ---- */

static int unbound(const struct lab *lab, const char *lane,
	const struct value *v, struct diag *d)
{
	for (const struct lane *l = lab->lanes; l; l = l->next)
		if (strcmp(l->name, lane) && lane_bound(l, v->text))
			return diag_set(d, v->column, _("%s is %s's; %s does "
				"not have it"), v->text, l->name, lane);
	return diag_set(d, v->column, _("%s stands for nothing yet in %s: it "
		"is bound by %s = a call that succeeds"), v->text, lane,
		v->text);
}

/* What a parameter takes when a name stands there. */
static enum value_kind kind_for(enum param_kind kind)
{
	switch (kind) {
	case PARAM_BYTES:
		return VALUE_BYTES;
	case PARAM_ADDRESS:
		return VALUE_ADDRESS;
	case PARAM_END:
	case PARAM_FD:
	case PARAM_CONST:
	case PARAM_FLAGS:
	case PARAM_NUMBER:
	case PARAM_SIZE:
	case PARAM_OPTION:
	case PARAM_OPTVALUE:
		break;
	}
	return VALUE_NUMBER;
}

static int resolve_name(const struct lab *lab, const struct lane *l,
	const char *lane, const struct param *p, struct value *v,
	struct diag *d)
{
	const struct value *bound = l ? lane_bound(l, v->text) : NULL;
	struct buf b = {0};
	int column = v->column;

	if (!bound)
		return unbound(lab, lane, v, d);
	if (bound->kind != kind_for(p->kind)) {
		value_print(&b, bound);
		diag_set(d, column, _("%s is %.100s, which cannot be the %s of "
			"a call"), v->text, buf_str(&b), p->name);
		buf_done(&b);
		return -EINVAL;
	}
	value_done(v);
	value_copy(v, bound);
	v->column = column;
	return 0;
}

/* ---- a call ---- */

/* The family of the socket that the call works on, once its names are gone. */
static int family_of(const struct lane *l, const struct line *call)
{
	const struct held_fd *h = NULL;

	if (l && call->nargs && call->row->param[0].kind == PARAM_FD)
		h = lane_fd(l, call->arg[0].number);
	return h ? h->family : AF_INET;
}

static int resolve_args(const struct lab *lab, const struct lane *l,
	const char *lane, struct line *call, struct diag *d)
{
	int r = 0;

	for (int i = 0; i < call->nargs && !r; i++)
		if (call->arg[i].kind == VALUE_NAME)
			r = resolve_name(lab, l, lane, &call->row->param[i],
				&call->arg[i], d);
	for (int i = 0; i < call->nargs && !r; i++)
		if (call->arg[i].kind == VALUE_ADDRESS)
			r = resolve_address(lab, &call->arg[i],
				family_of(l, call), d);
	return r;
}

int names_resolve(const struct lab *lab, const struct lane *l,
	const struct line *line, struct buf *out, int64_t *fd, struct diag *d)
{
	struct line call = {
		.kind = LINE_CALL, .row = line->row, .nargs = line->nargs,
	};
	int r;

	for (int i = 0; i < call.nargs; i++)
		value_copy(&call.arg[i], &line->arg[i]);
	r = resolve_args(lab, l, line->lane, &call, d);
	if (!r) {
		*fd = call.nargs && call.row->param[0].kind == PARAM_FD
			? call.arg[0].number : -1;
		line_print_call(out, &call);
	}
	line_done(&call);
	return r;
}
