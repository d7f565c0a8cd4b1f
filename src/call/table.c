/*
 * table: the calls that can be taught, theme by theme, in the order in which
 * help lists them.
 *
 * To add a call: write its run function, which makes exactly one system call
 * and leaves the result or the errno, and add its row behind it. The parser,
 * printer, runner, completion, help and exports follow from the row.
 */
#include "call/table.h"

#include <errno.h>

#include "call/table_inside.h"

static const struct call_rows *const themes[] = {
	&table_open, &table_move, &table_pieces, &table_end, &table_option,
	&table_ready, &table_name, &table_process,
};

#define THEMES (sizeof(themes) / sizeof(themes[0]))

const struct call_row *call_row_at(size_t i)
{
	size_t t;

	for (t = 0; t < THEMES; t++) {
		if (i < themes[t]->n)
			return &themes[t]->row[i];
		i -= themes[t]->n;
	}
	return NULL;
}

void call_gave(struct call_run *run, long result)
{
	if (result < 0)
		run->error = errno;
	else
		value_of_number(&run->result, result);
}
