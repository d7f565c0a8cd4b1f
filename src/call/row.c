/* row: what can be asked of the rows of the table, whatever they are. */
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

static uint64_t sum_of(const struct value *list)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; list && i < list->items; i++)
		sum += value_size(&list->item[i]);
	return sum;
}

uint64_t call_moved(const struct call_row *row, const struct value *result)
{
	const struct value *field;

	if (!row->sends && !row->receives)
		return 0;
	if (result->kind == VALUE_NUMBER)
		return result->number > 0 ? (uint64_t)result->number : 0;
	if (result->kind != VALUE_RECORD)
		return value_size(result);
	field = value_field(result, "returned");
	if (field)
		return (uint64_t)field->number;
	field = value_field(result, "bytes");
	return field ? value_size(field) :
		sum_of(value_field(result, "buffers"));
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
	case RESULT_FDS:
		return "[fd, fd]";
	case RESULT_READY:
		return "[fd: flags]";
	case RESULT_RECORD:
		return "{fields}";
	case RESULT_ADDRESSES:
		return "[addresses]";
	case RESULT_OPTION:
		return "value";
	case RESULT_CONST:
		return "name";
	case RESULT_PROCESS:
		return "process";
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
