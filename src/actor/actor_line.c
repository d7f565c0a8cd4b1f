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

/* "N" or "N/T", and the blank behind it. */
static int parse_head(struct scan *s, uint64_t *id, int *thread)
{
	int64_t number = 1;
	uint64_t read;

	*id = 0;
	*thread = 1;
	if (scan_unsigned(s, _("number of the line"), UINT64_MAX, &read) < 0)
		return -EINVAL;
	*id = read;
	if (scan_peek(s) == '/') {
		s->at++;
		if (scan_number(s, _("thread"), 1, ACTOR_THREADS, &number) < 0)
			return -EINVAL;
	}
	if (scan_peek(s) != ' ')
		return scan_fail(s, _("a number, a blank and a call, as in "
			"1 socket(AF_INET)"));
	*thread = (int)number;
	scan_blank(s);
	return 0;
}

int actor_line_thread(const char *text, size_t n)
{
	struct scan s;
	uint64_t id;
	int thread;

	scan_init(&s, text, n, NULL);
	return parse_head(&s, &id, &thread) < 0 ? 1 : thread;
}

int actor_line_parse(struct actor_line *l, const char *text, size_t n,
	struct diag *d)
{
	const struct line *line = &l->line;
	struct scan s;

	memset(l, 0, sizeof(*l));
	scan_init(&s, text, n, d);
	if (parse_head(&s, &l->id, &l->thread) < 0)
		return -EINVAL;
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
	const uint64_t cookie[2])
{
	buf_printf(b, "%" PRIu64 " -> ", id);
	value_print(b, result);
	if (cookie[0])
		buf_printf(b, " cookie=%" PRIu64, cookie[0]);
	if (cookie[0] && cookie[1])
		buf_printf(b, ",%" PRIu64, cookie[1]);
	buf_char(b, '\n');
}

void actor_line_process(struct buf *b, uint64_t id, pid_t pid,
	const int pipes[2])
{
	buf_printf(b, "%" PRIu64 " -> %d pipes=%d,%d\n", id, (int)pid,
		pipes[0], pipes[1]);
}

void actor_line_error(struct buf *b, uint64_t id, const char *text)
{
	buf_printf(b, "%" PRIu64 " error %s\n", id, text);
}
