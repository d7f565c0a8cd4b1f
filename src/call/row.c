/* row: what can be asked of the rows of the table, whatever they are. */
#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "call/nearest.h"
#include "call/table.h"

const struct call_row *call_row(const char *name)
{
	const struct call_row *row;
	size_t i;

	for (i = 0; (row = call_row_at(i)); i++)
		if (strcmp(row->name, name) == 0)
			return row;
	return NULL;
}

const char *call_nearest(const char *name)
{
	const struct call_row *row;
	struct nearest near;
	size_t i;

	nearest_init(&near, name);
	for (i = 0; (row = call_row_at(i)); i++)
		nearest_try(&near, row->name);
	return near.word;
}

int call_params(const struct call_row *row)
{
	int n = 0;

	while (n < CALL_ARGS_MAX && row->param[n].kind != PARAM_END)
		n++;
	return n;
}

const char *call_result_word(enum result_kind kind)
{
	switch (kind) {
	case RESULT_ZERO:
		return "0";
	case RESULT_FD:
		return "fd";
	case RESULT_COUNT:
		return "count";
	case RESULT_BYTES:
		return "bytes";
	case RESULT_NUMBER:
		return "number";
	case RESULT_FLAGS:
		return "flags";
	case RESULT_ADDRESS:
		return "address";
	}
	return "";
}

void call_signature(struct buf *b, const struct call_row *row)
{
	int i;

	buf_printf(b, "%s(", row->name);
	for (i = 0; i < call_params(row); i++) {
		buf_printf(b, "%s%s", i ? ", " : "", row->param[i].name);
		if (row->param[i].otherwise)
			buf_printf(b, "=%s", row->param[i].otherwise);
	}
	buf_printf(b, ") -> %s", call_result_word(row->result));
}
