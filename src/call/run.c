/* run: the call of a line, made. Nothing here knows any one call. */
#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "call/line.h"
#include "call/scan.h"
#include "call/value_parse.h"

static bool is_numeric_host(const char *host)
{
	uint8_t bytes[sizeof(struct in6_addr)];

	return inet_pton(AF_INET, host, bytes) == 1 ||
		inet_pton(AF_INET6, host, bytes) == 1;
}

static int check_address(const struct value *v, struct diag *d)
{
	if (v->number == PORT_UNIX)
		return diag_set(d, v->column, _("unix: addresses cannot be "
			"used yet; they come later"));
	if (!is_numeric_host(v->text))
		return diag_set(d, v->column, _("%s is no host here"),
			v->text);
	return 0;
}

static int check_argument(const struct param *p, const struct value *v,
	struct diag *d)
{
	if (v->kind == VALUE_NAME)
		return diag_set(d, v->column, _("%s is not bound"), v->text);
	if (p->kind == PARAM_ADDRESS)
		return check_address(v, d);
	if (p->kind == PARAM_BYTES && v->kind != VALUE_BYTES)
		return diag_set(d, v->column, _("%s: bytes belong here, not a "
			"number"), p->name);
	if (p->kind == PARAM_BYTES && value_size(v) > CALL_SEND_MAX)
		return diag_set(d, v->column, _("%s: at most %d bytes"),
			p->name, CALL_SEND_MAX);
	if (p->kind != PARAM_BYTES && v->kind == VALUE_BYTES)
		return diag_set(d, v->column, _("%s: a number belongs here, "
			"not bytes"), p->name);
	if (v->kind == VALUE_NUMBER && !value_in_range(p, v))
		return diag_set(d, v->column, _("%s: %lld is out of range"),
			p->name, (long long)v->number);
	return 0;
}

int line_check_ready(const struct line *l, struct diag *d)
{
	int i;

	for (i = 0; i < l->nargs; i++)
		if (check_argument(&l->row->param[i], &l->arg[i], d) < 0)
			return -EINVAL;
	return 0;
}

/* The value of a parameter that was left out. */
static void put_default(const struct call_row *row, const struct param *p,
	struct value *v)
{
	struct scan s;
	int error;

	scan_init(&s, p->otherwise, strlen(p->otherwise), NULL);
	error = value_parse_argument(&s, row, p, NULL, v);
	assert(!error && s.at == s.n);
	(void)error;
}

void line_run(const struct line *l, struct value *result)
{
	struct value args[CALL_ARGS_MAX] = {0};
	struct call_run run = {.args = args};
	int i;

	run.nargs = call_params(l->row);
	for (i = 0; i < l->nargs; i++)
		args[i] = l->arg[i]; /* borrowed */
	for (; i < run.nargs; i++)
		put_default(l->row, &l->row->param[i], &args[i]);
	l->row->run(&run);
	for (i = l->nargs; i < run.nargs; i++)
		value_done(&args[i]);
	if (run.error) {
		value_done(&run.result);
		value_of_errno(&run.result, run.error);
	}
	*result = run.result;
}
