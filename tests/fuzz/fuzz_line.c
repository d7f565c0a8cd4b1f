/*
 * fuzz_line: whatever parses is printed to a line that prints the same; so are
 * results alone. Braces and completion take anything.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "call/complete.h"
#include "call/expand.h"
#include "call/line.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same(const struct buf *once, const struct buf *twice)
{
	assert(once->len == twice->len);
	assert(memcmp(buf_str(once), buf_str(twice), once->len) == 0);
}

static void one_line(const char *text, size_t size)
{
	struct buf once = {0}, twice = {0};
	struct diag d = {0};
	char *offer = NULL;
	struct line l;

	if (line_parse(&l, text, size, "client", &d, &offer)) {
		assert(d.msg[0] && d.column > 0);
		goto out;
	}
	line_print(&once, &l);
	line_done(&l);
	if (line_parse(&l, buf_str(&once), once.len, NULL, &d, NULL))
		abort();
	line_print(&twice, &l);
	same(&once, &twice);
out:
	line_done(&l);
	free(offer);
	buf_done(&once);
	buf_done(&twice);
}

static void one_result(const char *text, size_t size)
{
	struct buf once = {0}, twice = {0};
	struct value v, again;
	struct diag d = {0};

	if (line_parse_value(&v, text, size, &d))
		return;
	value_print(&once, &v);
	if (line_parse_value(&again, buf_str(&once), once.len, &d))
		abort();
	value_print(&twice, &again);
	same(&once, &twice);
	value_matches(&v, &again);
	value_done(&v);
	value_done(&again);
	buf_done(&once);
	buf_done(&twice);
}

static void many_lines(const char *text, size_t size)
{
	struct buf line = {0};
	struct diag d = {0};
	long turns = expand_count(text, size, &d);

	if (turns < 0)
		assert(d.msg[0] && d.column > 0);
	assert(turns <= EXPAND_MAX);
	if (turns > 1)
		expand_line(&line, text, size, turns - 1);
	buf_done(&line);
}

static void completed(const char *text, size_t size)
{
	static const char *const words[] = {"client", "server", NULL};
	const struct complete_world world = {"client", words, words};
	struct completion c;

	complete(&c, text, size, &world);
	assert(c.from <= size);
	completion_done(&c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;

	one_line(text, size);
	one_result(text, size);
	many_lines(text, size);
	completed(text, size);
	return 0;
}
