/*
 * comment: what the journal says of a frame beside its bytes.
 *
 * Its first fate (held, repeat of #4, replaced by #9, dropped, cut, delayed
 * 2s; none: passed), `by N` when a rule decided it; in front of all that, of a
 * frame that we made, what it is: made split of #4.
 */
#include "scene/inside.h"

static bool is_number(struct word w, int64_t *number)
{
	return word_cut(&w, "#") && word_number(w, number) && *number > 0;
}

static enum made made_of_word(struct word w)
{
	static const enum made made[] = {
		MADE_DUPLICATE, MADE_SPLIT, MADE_CORRUPT, MADE_RESET,
		MADE_ICMP,
	};
	static const char *const words[] = {
		"duplicate", "split", "corrupt", "reset", "icmp",
	};

	for (size_t i = 0; i < sizeof(made) / sizeof(*made); i++)
		if (word_is(w, words[i]))
			return made[i];
	return MADE_NOT;
}

static void read_fate(struct comment *c, struct word w)
{
	if (word_is(w, "held"))
		c->fate = FATE_HELD;
	else if (word_is(w, "dropped") || word_is(w, "cut"))
		c->fate = FATE_DROPPED;
	else if (word_is(w, "delayed"))
		c->fate = FATE_DELAYED;
	c->cut = c->cut || word_is(w, "cut");
}

/* `of #4` or `by …` behind a word. */
static bool read_of(struct told *t, const char *link, int64_t *number)
{
	struct told rest = *t;

	if (!word_is(told_word(&rest), link) ||
		!is_number(told_word(&rest), number))
		return false;
	*t = rest;
	return true;
}

void comment_read(struct comment *c, const struct event *e)
{
	struct told t;
	struct word w;

	*c = (struct comment){.fate = FATE_PASSED, .made = MADE_NOT};
	if (!e->comment)
		return;
	t = (struct told){e->comment, e->comment + e->comment_len};
	while ((w = told_word(&t)).n) {
		if (word_is(w, "made")) {
			c->made = made_of_word(told_word(&t));
			read_of(&t, "of", &c->made_of);
		} else if (word_is(w, "repeat")) {
			if (read_of(&t, "of", &c->of))
				c->fate = FATE_REPEAT;
		} else if (word_is(w, "replaced")) {
			if (read_of(&t, "by", &c->of))
				c->fate = FATE_REPLACED;
		} else if (word_is(w, "by")) {
			if (!word_number(told_word(&t), &c->rule) ||
				c->rule < 0 || c->rule > UINT32_MAX)
				c->rule = 0;
		} else {
			read_fate(c, w);
		}
	}
}
