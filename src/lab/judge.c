/* judge: comparisons, and the sentences that say how they failed. */
#include "lab/judge.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/intl.h"
#include "call/line.h"

/* A result of 64 KiB does not help anybody in a sentence. */
#define OBSERVED_MAX 160

bool judge_value(const struct expect *e, const struct value *observed)
{
	if (!observed)
		return e->kind == EXPECT_NOTHING || e->kind == EXPECT_WAITS;
	switch (e->kind) {
	case EXPECT_NOTHING:
	case EXPECT_ASK:
		return true;
	case EXPECT_WAITS:
		return false;
	case EXPECT_ANY_OF:
		break;
	}
	for (int i = 0; i < e->nalt; i++)
		if (value_matches(&e->alt[i], observed))
			return true;
	return false;
}

static void shorten(struct buf *b)
{
	if (b->len <= OBSERVED_MAX)
		return;
	b->len = OBSERVED_MAX;
	while (b->len && ((unsigned char)b->data[b->len] & 0xc0) == 0x80)
		b->len--;
	b->data[b->len] = '\0';
	buf_text(b, "…");
}

void judge_value_why(struct buf *b, const struct expect *e,
	const struct value *observed, enum judge_silence silence,
	const char *lane, const char *call)
{
	struct buf want = {0}, got = {0};

	line_print_expect(&want, e);
	shorten(&want);
	switch (silence) {
	case JUDGE_ANSWERED:
		value_print(&got, observed);
		shorten(&got);
		buf_printf(b, _("expected %s, observed %s"), buf_str(&want),
			buf_str(&got));
		break;
	case JUDGE_WAITS:
		buf_printf(b, _("expected %s, and %s is still waiting in %s"),
			buf_str(&want), lane, call);
		break;
	case JUDGE_ENDED:
		buf_printf(b, _("expected %s, and %s ended in %s"),
			buf_str(&want), lane, call);
		break;
	case JUDGE_RESTLESS:
		buf_printf(b, _("expected %s, and the lab did not come to rest "
			"while %s was in %s"), buf_str(&want), lane, call);
		break;
	}
	buf_done(&want);
	buf_done(&got);
}

/* Whole ms are enough for people, of what takes that long. */
static void print_span(struct buf *b, int64_t ns)
{
	if (ns < 0) /* before anybody asked */
		ns = 0;
	if (ns >= CLOCK_MS)
		ns -= ns % CLOCK_MS;
	line_print_time(b, ns);
}

bool judge_span_why(struct buf *b, int64_t after, int64_t within, int64_t came)
{
	bool soon = after && came < after, late = within && came > within;
	struct buf limit = {0}, is = {0};

	if (!soon && !late)
		return false;
	print_span(&limit, soon ? after : within);
	print_span(&is, came);
	if (soon)
		buf_printf(b, _("expected not before %s, it came after %s"),
			buf_str(&limit), buf_str(&is));
	else
		buf_printf(b, _("expected within %s, it came after %s"),
			buf_str(&limit), buf_str(&is));
	buf_done(&limit);
	buf_done(&is);
	return true;
}

enum judge_verdict judge_frames(int64_t times, int64_t seen, bool final)
{
	if (times < 0 && seen > 0)
		return JUDGE_MET;
	if (times >= 0 && seen > times)
		return JUDGE_FAILED;
	if (!final)
		return JUDGE_OPEN;
	return times == seen ? JUDGE_MET : JUDGE_FAILED;
}

void judge_frames_why(struct buf *b, int64_t times, int64_t seen,
	const char *filter)
{
	const char *of = filter[0] ? filter : _("any frame");

	if (times < 0)
		buf_printf(b, _("expected at least one frame matching %s, "
			"observed none"), of);
	else
		buf_printf(b, ngettext("expected %ld frame matching %s, "
			"observed %ld", "expected %ld frames matching %s, "
			"observed %ld", times), (long)times, of, (long)seen);
}
