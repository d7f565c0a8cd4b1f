/*
 * sees_parse: what is expected of frames and of sockets: `sees rst from server
 * x 1 within 3s`, `has LISTEN x 2`.
 *
 * The *tail* is what stands behind the filter or the wish: how many, and when.
 */
#include <errno.h>
#include <string.h>

#include "base/intl.h"
#include "base/mem.h"
#include "call/line.h"
#include "call/line_parse.h"
#include "call/scan.h"
#include "call/wish.h"

/* Take the `x` before a number (`x 2`, `x2`): a host or a name may be called
 * x as well. */
static bool take_x(struct scan *s)
{
	struct scan ahead = *s;

	if (!scan_take(&ahead, 'x'))
		return false;
	if (!scan_is_digit(scan_peek(&ahead))) {
		if (scan_name(&ahead))
			return false;
		scan_blank(&ahead);
		if (!scan_is_digit(scan_peek(&ahead)) &&
				scan_peek(&ahead) != '-')
			return false;
	}
	s->at = ahead.at;
	return true;
}

/* Whether the tail begins at the cursor. */
static bool at_tail(struct scan s)
{
	return scan_word(&s, "after") || scan_word(&s, "within") ||
		take_x(&s);
}

size_t sees_tail(const struct scan *s)
{
	struct scan at = *s;
	size_t end = line_end_of_text(s);
	bool quoted = false, begins = true;

	for (at.n = end; at.at < end; at.at++) {
		char c = at.text[at.at];

		if (!quoted && begins && at_tail(at))
			return at.at;
		if (c == '\\' && quoted)
			at.at++;
		else if (c == '"')
			quoted = !quoted;
		begins = c == ' ' || c == '\t';
	}
	return end;
}

/* x N, after T, within T, and nothing more. */
static int parse_tail(struct scan *s, struct line *l)
{
	char seen[SCAN_SEEN];

	l->times = -1;
	if (take_x(s)) {
		scan_blank(s);
		if (scan_number(s, "x", 0, INT64_MAX, &l->times) < 0)
			return -EINVAL;
	}
	if (span_parse(s, &l->expect) < 0)
		return -EINVAL;
	if (scan_end(s))
		return 0;
	return scan_fail(s, _("the end of the line is expected here, not %s"),
		scan_seen(s, seen));
}

int sees_parse(struct scan *s, struct line *l)
{
	struct scan filter = *s, ahead;

	l->kind = LINE_SEES;
	scan_blank(s);
	ahead = *s;
	filter.n = sees_tail(s);
	l->filter = line_take_rest(&filter);
	if (!l->filter) {
		s->at = filter.at;
		return -EINVAL;
	}
	if (!l->filter[0] && !take_x(&ahead)) /* x 0: no frame at all */
		return scan_fail(s, _("sees: which frames, as in sees rst "
			"from server"));
	s->at = filter.n;
	return parse_tail(s, l);
}

int has_parse(struct scan *s, struct line *l)
{
	struct scan ahead;
	size_t start;

	l->kind = LINE_HAS;
	l->wish = mem_zero(sizeof(*l->wish));
	if (l->thread)
		return scan_fail(s, _("has: sockets belong to a host or a "
			"process, not to a thread"));
	scan_blank(s);
	start = s->at;
	if (wish_parse(s, l->wish) < 0)
		return -EINVAL;
	ahead = *s;
	if (s->at == start && !take_x(&ahead))
		return scan_fail(s, _("has: what a socket is like, as in has "
			"LISTEN local any:9999"));
	return parse_tail(s, l);
}
