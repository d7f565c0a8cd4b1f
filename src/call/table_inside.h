/*
 * table_inside: what the files of the table share. Each has the rows of one
 * theme, and what they run.
 */
#ifndef CALL_TABLE_INSIDE_H
#define CALL_TABLE_INSIDE_H

#include "call/table.h"

struct call_rows {
	const struct call_row *row;
	size_t n;
};

#define CALL_ROWS(rows) {(rows), sizeof(rows) / sizeof((rows)[0])}

extern const struct call_rows table_open;   /* until there is a connection */
extern const struct call_rows table_move;   /* bytes */
extern const struct call_rows table_pieces; /* bytes in several buffers */
extern const struct call_rows table_ready;  /* who can go on */
extern const struct call_rows table_option;
extern const struct call_rows table_end;    /* shutdown, close, unlink */
extern const struct call_rows table_process; /* dup, fork, signal */
extern const struct call_rows table_name;   /* addresses and names */

static inline int call_arg(const struct call_run *run, int i)
{
	return (int)run->args[i].number;
}

/* The call gave a number, or -1 and errno. */
void call_gave(struct call_run *run, long result);

#endif
