/* typed: see typed.h. */
#include "lesson/typed.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "call/expand.h"
#include "call/line.h"

static int parse_turn(struct line *l, const char *text, size_t n, long turn,
	const char *lane, struct diag *d, char **offer)
{
	struct buf b = {0};
	int error;

	expand_line(&b, text, n, turn);
	error = line_parse(l, buf_str(&b), b.len, lane, d, offer);
	buf_done(&b);
	return error;
}

/* Whether the line names its lane itself. */
static bool names_lane(const char *text, size_t n)
{
	struct line l;
	bool names = !parse_turn(&l, text, n, 0, NULL, NULL, NULL);

	line_done(&l);
	return names;
}

static int parse_many(struct line *first, struct buf *send, const char *text,
	size_t n, long turns, const char *lane, struct diag *d, char **offer)
{
	struct line last;
	int error = parse_turn(first, text, n, 0, lane, d, offer);

	if (error)
		return error;
	error = parse_turn(&last, text, n, turns - 1, lane, d, offer);
	line_done(&last);
	if (error)
		return error;
	if (lane && !names_lane(text, n))
		buf_printf(send, "%s: ", lane);
	buf_add(send, text, n);
	return 0;
}

int typed_parse(struct line *first, struct buf *send, bool *many,
	const char *text, size_t n, const char *lane, struct diag *d,
	char **offer)
{
	long turns = expand_count(text, n, d);
	int error;

	memset(first, 0, sizeof(*first));
	if (offer)
		*offer = NULL;
	if (many)
		*many = turns > 1;
	if (turns < 0)
		return -EINVAL;
	if (turns > 1)
		return parse_many(first, send, text, n, turns, lane, d, offer);
	if (turns == 1 && memchr(text, '{', n))
		error = parse_turn(first, text, n, 0, lane, d, offer);
	else
		error = line_parse(first, text, n, lane, d, offer);
	if (!error && first->kind != LINE_EMPTY)
		line_print(send, first);
	return error;
}

void typed_without_expect(struct buf *b, const char *text)
{
	const char *end = NULL, *at;
	bool quoted = false;

	for (at = text; *at; at++) {
		if (quoted && *at == '\\' && at[1])
			at++;
		else if (*at == '"')
			quoted = !quoted;
		else if (!quoted && !strncmp(at, "->", 2))
			end = at;
	}
	if (!end)
		end = at;
	while (end > text && end[-1] == ' ')
		end--;
	buf_add(b, text, (size_t)(end - text));
}
