/* actor_line: the call of a line is parsed as any line of the notation is. */
#include "actor/actor_line.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "call/scan.h"

/* Every line has a lane; whose line this is the actor need not know. */
#define LANE "actor"

int actor_line_parse(struct actor_line *l, const char *text, size_t n,
	struct diag *d)
{
	const struct line *line = &l->line;
	struct scan s;
	uint64_t id;

	memset(l, 0, sizeof(*l));
	scan_init(&s, text, n, d);
	if (scan_unsigned(&s, _("number of the line"), UINT64_MAX, &id) < 0)
		return -EINVAL;
	l->id = id;
	if (scan_peek(&s) != ' ')
		return scan_fail(&s, _("a number, a blank and a call, as in "
			"1 socket(AF_INET)"));
	scan_blank(&s);
	if (line_parse(&l->line, text + s.at, n - s.at, LANE, d, NULL) < 0)
		return -EINVAL;
	if (line->kind != LINE_CALL || strcmp(line->lane, LANE) != 0 ||
		line->thread || line->name[0] ||
		line->expect.kind != EXPECT_NOTHING)
		return diag_set(d, 1, _("nothing but a call, as in "
			"1 socket(AF_INET)"));
	return line_check_ready(line, d);
}

void actor_line_result(struct buf *b, uint64_t id, const struct value *result,
	uint64_t cookie)
{
	buf_printf(b, "%" PRIu64 " -> ", id);
	value_print(b, result);
	if (cookie)
		buf_printf(b, " cookie=%" PRIu64, cookie);
	buf_char(b, '\n');
}

void actor_line_error(struct buf *b, uint64_t id, const char *text)
{
	buf_printf(b, "%" PRIu64 " error %s\n", id, text);
}
