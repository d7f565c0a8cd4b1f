/* index: the offset of every JOURNAL_STRIDE-th event. */
#include "journal/journal.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

struct journal_index {
	uint64_t *offset; /* of event i * JOURNAL_STRIDE */
	size_t cap;
	uint64_t events;
};

struct journal_index *journal_index_new(void)
{
	return mem_zero(sizeof(struct journal_index));
}

void journal_index_free(struct journal_index *x)
{
	if (!x)
		return;
	free(x->offset);
	free(x);
}

void journal_index_add(struct journal_index *x, uint64_t position,
	uint64_t offset)
{
	size_t i = position / JOURNAL_STRIDE;

	assert(position == x->events);
	x->events++;
	if (position % JOURNAL_STRIDE)
		return;
	x->offset = mem_grow(x->offset, &x->cap, i + 1, sizeof(*x->offset));
	x->offset[i] = offset;
}

int journal_index_read(const struct journal_index *x, struct journal_view *v,
	uint64_t position, struct event *out)
{
	uint64_t offset;
	int r;

	if (position >= x->events)
		return 0;
	offset = x->offset[position / JOURNAL_STRIDE];
	for (uint64_t i = position % JOURNAL_STRIDE; ; i--) {
		r = journal_read(v, offset, out);
		if (r <= 0 || i == 0)
			return r;
		offset = out->next;
	}
}
