/*
 * cell_list: a list or a record, made to fit.
 */
#ifndef UI_CELL_LIST_H
#define UI_CELL_LIST_H

#include <stdbool.h>

struct buf;
struct value;

/*
 * Append v in at most room cells: `[a: POLLOUT, b: POLLOUT | POLLERR]`; where
 * that is too long, without what stands for nothing, `[a:OUT,b:OUT|ERR]`; who
 * is in it, `[a:…,b:…]`; as many as fit, of how many in all, `[a… 2]`. False
 * when more than blanks was left out.
 */
bool cell_list(struct buf *b, const struct value *v, int room);

#endif
