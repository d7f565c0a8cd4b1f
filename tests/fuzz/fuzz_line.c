/* fuzz_line: whatever parses is printed to a line that prints the same. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "call/line.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf once = {0}, twice = {0};
	struct diag d = {0};
	char *offer = NULL;
	struct line l;

	if (line_parse(&l, (const char *)data, size, "client", &d, &offer)) {
		assert(d.msg[0] && d.column > 0);
		goto out;
	}
	line_print(&once, &l);
	line_done(&l);
	if (line_parse(&l, buf_str(&once), once.len, NULL, &d, NULL))
		abort();
	line_print(&twice, &l);
	assert(once.len == twice.len);
	assert(memcmp(buf_str(&once), buf_str(&twice), once.len) == 0);
out:
	line_done(&l);
	free(offer);
	buf_done(&once);
	buf_done(&twice);
	return 0;
}
