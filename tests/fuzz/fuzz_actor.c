/*
 * fuzz_actor: the actor's line. Whatever parses is one call with numbers for
 * names, ready to be made; it is not made here.
 */
#include <assert.h>
#include <stdint.h>

#include "actor/actor_line.h"
#include "base/diag.h"

/* Nothing in it is a name that somebody would have to look up. */
static void check_value(const struct value *v)
{
	size_t i;

	assert(v->kind != VALUE_NAME);
	for (i = 0; i < v->items; i++)
		check_value(&v->item[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct actor_line l;
	struct diag d = {0};
	int i;

	if (actor_line_parse(&l, (const char *)data, size, &d) < 0) {
		assert(d.msg[0]);
	} else {
		assert(l.line.kind == LINE_CALL && l.line.row);
		assert(l.thread >= 1 && l.thread <= ACTOR_THREADS);
		assert(actor_line_thread((const char *)data, size) ==
			l.thread);
		for (i = 0; i < l.line.nargs; i++)
			check_value(&l.line.arg[i]);
	}
	line_done(&l.line);
	return 0;
}
