/*
 * fuzz_actor: the actor's line. Whatever parses is one call with numbers for
 * names, ready to be made; it is not made here.
 */
#include <assert.h>
#include <stdint.h>

#include "actor/actor_line.h"
#include "base/diag.h"

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
		for (i = 0; i < l.line.nargs; i++)
			assert(l.line.arg[i].kind != VALUE_NAME);
	}
	line_done(&l.line);
	return 0;
}
