/* run: the call of a line, made. Nothing here knows any one call. */
#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/select.h>

#include "base/diag.h"
#include "base/intl.h"
#include "call/kernel_address.h"
#include "call/line.h"
#include "call/scan.h"
#include "call/value_parse.h"

static int check_address(const struct call_row *row, const struct value *v,
	struct diag *d)
{
	bool of_file = row->param[0].kind == PARAM_ADDRESS &&
		row->result == RESULT_ZERO; /* unlink has nothing else */

	if (v->number == PORT_UNIX && strlen(v->text) > KERNEL_PATH_MOST)
		return diag_set(d, v->column, _("a unix: name has at most %d "
			"bytes"), KERNEL_PATH_MOST);
	if (of_file && (v->number != PORT_UNIX || v->text[0] == '@'))
		return diag_set(d, v->column, _("%s: a path, as in "
			"unix:name; nothing else is a file"), row->name);
	if (v->number == PORT_UNIX || v->number == PORT_NONE)
		return 0;
	if (!kernel_address_is_host(v->text))
		return diag_set(d, v->column, _("%s is no host here"),
			v->text);
	return 0;
}

static int check_bytes(const struct param *p, const struct value *v,
	struct diag *d)
{
	if (v->kind != VALUE_BYTES)
		return diag_set(d, v->column, _("%s: bytes belong here, not a "
			"number"), p->name);
	if (value_size(v) > CALL_SEND_MAX)
		return diag_set(d, v->column, _("%s: at most %d bytes"),
			p->name, CALL_SEND_MAX);
	return 0;
}

static int check_number(const struct param *p, const struct value *v,
	struct diag *d)
{
	if (v->kind != VALUE_NUMBER && v->kind != VALUE_CONSTANT)
		return diag_set(d, v->column, _("%s: a number belongs here, "
			"not bytes"), p->name);
	if (v->kind == VALUE_NUMBER && !value_in_range(p, v))
		return diag_set(d, v->column, _("%s: %lld is out of range"),
			p->name, (long long)v->number);
	return 0;
}

/* A number of a descriptor in a list; select has bits for so many only. */
static int check_fd(const struct param *p, const struct value *v,
	struct diag *d)
{
	if (v->kind != VALUE_NUMBER)
		return diag_set(d, v->column, _("%s: a descriptor belongs "
			"here"), p->name);
	if (p->kind == PARAM_FDS && (v->number < 0 ||
			v->number >= FD_SETSIZE))
		return diag_set(d, v->column, _("%s: select knows the "
			"descriptors 0 to %d, not %lld"), p->name,
			FD_SETSIZE - 1, (long long)v->number);
	return 0;
}

/* A name may stand for a list, or for what is in one. */
static int check_item(const struct param *p, const struct value *v,
	struct diag *d)
{
	static const struct param size = {.kind = PARAM_SIZE, .name = "sizes"};

	if (v->kind == VALUE_NAME)
		return diag_set(d, v->column, _("%s is not bound"), v->text);
	if (p->kind == PARAM_BUFFERS)
		return check_bytes(p, v, d);
	if (p->kind == PARAM_SIZES)
		return check_number(&size, v, d);
	if (p->kind == PARAM_FDS)
		return check_fd(p, v, d);
	if (v->kind != VALUE_ENTRY)
		return diag_set(d, v->column, _("%s: a descriptor and what is "
			"wanted of it, as in s: POLLIN"), p->name);
	if (v->item[0].kind == VALUE_NAME)
		return diag_set(d, v->item[0].column, _("%s is not bound"),
			v->item[0].text);
	return check_fd(p, &v->item[0], d);
}

static int check_list(const struct param *p, const struct value *v,
	struct diag *d)
{
	uint64_t sum = 0;
	size_t i;

	if (v->kind != VALUE_LIST)
		return diag_set(d, v->column, _("%s: a list in [ and ] belongs "
			"here"), p->name);
	for (i = 0; i < v->items; i++) {
		if (check_item(p, &v->item[i], d) < 0)
			return -EINVAL;
		sum += p->kind == PARAM_SIZES ? (uint64_t)v->item[i].number :
			value_size(&v->item[i]);
	}
	if (p->kind == PARAM_SIZES && sum > CALL_RECV_MAX)
		return diag_set(d, v->column, _("%s: at most %d bytes"),
			p->name, CALL_RECV_MAX);
	if (p->kind == PARAM_BUFFERS && sum > CALL_SEND_MAX)
		return diag_set(d, v->column, _("%s: at most %d bytes"),
			p->name, CALL_SEND_MAX);
	return 0;
}

/* A C string: what is behind a NUL would not be looked at. */
static int check_text(const struct param *p, const struct value *v,
	struct diag *d)
{
	if (v->kind == VALUE_NUMBER)
		return diag_set(d, v->column, _("%s: a string in double "
			"quotes, or none"), p->name);
	if (v->kind == VALUE_BYTES && memchr(v->bytes, '\0', v->len))
		return diag_set(d, v->column, _("%s: a name has no \\0"),
			p->name);
	return 0;
}

static int check_argument(const struct line *l, int i, struct diag *d)
{
	const struct param *p = &l->row->param[i];
	const struct value *v = &l->arg[i];

	if (v->kind == VALUE_NAME)
		return diag_set(d, v->column, _("%s is not bound"), v->text);
	switch (p->kind) {
	case PARAM_ADDRESS:
		if (v->kind != VALUE_ADDRESS)
			return diag_set(d, v->column, _("%s: an address "
				"belongs here"), p->name);
		return check_address(l->row, v, d);
	case PARAM_BYTES:
		return check_bytes(p, v, d);
	case PARAM_FD:
	case PARAM_CONST:
	case PARAM_FLAGS:
	case PARAM_NUMBER:
	case PARAM_SIZE:
	case PARAM_OPTION:
		return check_number(p, v, d);
	case PARAM_OPTVALUE:
		return option_check(option_row(l->arg[i - 1].number), v, d);
	case PARAM_TIME:
		if (v->kind != VALUE_TIME)
			return diag_set(d, v->column, _("%s: a time, as in "
				"2s, or none"), p->name);
		return 0;
	case PARAM_TEXT:
		return check_text(p, v, d);
	case PARAM_BUFFERS:
	case PARAM_SIZES:
	case PARAM_FDS:
	case PARAM_WANTED:
		return check_list(p, v, d);
	case PARAM_END:
		break;
	}
	return 0;
}

int line_check_ready(const struct line *l, struct diag *d)
{
	int i;

	for (i = 0; i < l->nargs; i++)
		if (check_argument(l, i, d) < 0)
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

bool line_has_timeout(const struct line *l)
{
	int i;

	for (i = 0; i < l->nargs; i++)
		if (strcmp(l->row->param[i].name, "timeout") == 0)
			return l->arg[i].number >= 0;
	return l->row->gives_up;
}
