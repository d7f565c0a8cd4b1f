/* wish: the words of a socket's description, read and printed. */
#include "call/wish.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "call/line.h"
#include "call/line_parse.h"
#include "call/nearest.h"
#include "call/scan.h"
#include "call/table.h"
#include "call/value_parse.h"

enum wish_word {
	WISH_TCP, WISH_UDP, WISH_UNIX,
	WISH_LOCAL, WISH_PEER,
	WISH_RECV, WISH_SEND, WISH_UNSENT,
	WISH_TIMER,
	WISH_ORPHAN,
};

static const char *const words[] = {
	[WISH_TCP] = "tcp", [WISH_UDP] = "udp", [WISH_UNIX] = "unix",
	[WISH_LOCAL] = "local", [WISH_PEER] = "peer",
	[WISH_RECV] = "recv", [WISH_SEND] = "send", [WISH_UNSENT] = "unsent",
	[WISH_TIMER] = "timer",
	[WISH_ORPHAN] = "orphan",
};

#define WORDS (sizeof(words) / sizeof(words[0]))

/* By idiag_timer (sock_diag(7)). */
static const char *const timers[] = {
	"none", "retransmit", "keepalive", "timewait", "probe",
};

#define TIMERS (sizeof(timers) / sizeof(timers[0]))

const char *wish_word_at(size_t i)
{
	return i < WORDS ? words[i] : NULL;
}

const char *wish_timer_at(size_t i)
{
	return i < TIMERS ? timers[i] : NULL;
}

const char *state_name(int state)
{
	return constant_name("state", state);
}

int state_number(const char *name)
{
	int64_t number;

	return constant_number("state", name, &number) ? (int)number : 0;
}

/* ---- read ---- */

/* The cursor is behind the word. */
static int fail_twice(struct scan *s, enum wish_word word)
{
	s->at -= strlen(words[word]);
	return scan_fail(s, _("has: %s stands here twice"), words[word]);
}

static int parse_count(struct scan *s, enum wish_word word, int64_t *n)
{
	if (*n >= 0)
		return fail_twice(s, word);
	scan_blank(s);
	return scan_number(s, words[word], 0, INT64_MAX, n);
}

static int parse_address(struct scan *s, enum wish_word word,
	struct value *v)
{
	if (v->kind != VALUE_NONE)
		return fail_twice(s, word);
	scan_blank(s);
	return value_parse_address(s, v, true);
}

static int parse_timer(struct scan *s, struct socket_wish *w)
{
	char seen[SCAN_SEEN];
	size_t i;

	if (w->timer >= 0)
		return fail_twice(s, WISH_TIMER);
	for (i = 0; i < TIMERS; i++)
		if (scan_word(s, timers[i])) {
			w->timer = (int)i;
			return 0;
		}
	return scan_fail(s, _("timer: retransmit, keepalive, timewait, probe "
		"or none, not %s"), scan_seen(s, seen));
}

/* The cursor is behind the word. */
static int parse_word(struct scan *s, enum wish_word word,
	struct socket_wish *w)
{
	switch (word) {
	case WISH_TCP:
	case WISH_UDP:
	case WISH_UNIX:
		if (w->protocol[0])
			return fail_twice(s, word);
		strcpy(w->protocol, words[word]);
		return 0;
	case WISH_LOCAL:
		return parse_address(s, word, &w->local);
	case WISH_PEER:
		return parse_address(s, word, &w->peer);
	case WISH_RECV:
		return parse_count(s, word, &w->recv);
	case WISH_SEND:
		return parse_count(s, word, &w->send);
	case WISH_UNSENT:
		return parse_count(s, word, &w->unsent);
	case WISH_TIMER:
		return parse_timer(s, w);
	case WISH_ORPHAN:
		w->orphan = true;
		return 0;
	}
	return -EINVAL;
}

/* SO_REUSEADDR=1; the cursor is behind the name. */
static int parse_option(struct scan *s, const struct option_row *o,
	struct socket_wish *w)
{
	struct value *v = &w->wanted[w->options];
	size_t start;

	if (w->options == WISH_OPTIONS)
		return scan_fail(s, _("has: at most %d options"),
			WISH_OPTIONS);
	if (!scan_take(s, '='))
		return scan_fail(s, _("has: = and a value behind %s, as in "
			"%s=1"), o->name, o->name);
	scan_blank(s);
	start = s->at;
	w->option[w->options++] = o;
	if (value_parse_result(s, NULL, v) < 0)
		return -EINVAL;
	if (value_fits_option(o, v) && v->kind != VALUE_ERRNO)
		return 0;
	s->at = start;
	return scan_fail(s, _(value_option_told(o)), o->name);
}

static int fail_word(struct scan *s, size_t n, const char *word)
{
	struct nearest near;
	const char *other;
	size_t i;

	nearest_init(&near, word);
	for (i = 0; i < WORDS; i++)
		nearest_try(&near, words[i]);
	for (i = 0; (other = constant_at("state", i)); i++)
		nearest_try(&near, other);
	for (i = 0; (other = constant_at("option", i)); i++)
		nearest_try(&near, other);
	if (!near.word)
		return scan_fail(s, _("has: a name, a state, an option, local, "
			"peer, recv, send, unsent, timer, orphan, tcp, udp or "
			"unix, not “%s”"), word);
	scan_offer_word(s, n, near.word);
	return scan_fail(s, _("has: there is no %s; did you mean %s?"), word,
		near.word);
}

/* Anything but the words above: a state, an option, a name. */
static int parse_other(struct scan *s, struct socket_wish *w)
{
	size_t n = scan_name(s);
	char word[64];
	int64_t option;
	int state;

	scan_copy(s, n, word, sizeof(word));
	state = state_number(word);
	if (state) {
		if (w->state)
			return scan_fail(s, _("has: one state, not two"));
		w->state = state;
		s->at += n;
		return 0;
	}
	if (constant_number("option", word, &option)) {
		s->at += n;
		return parse_option(s, option_row(option), w);
	}
	if (!n || n >= sizeof(w->name) || w->name[0] ||
			(word[0] >= 'A' && word[0] <= 'Z') ||
			value_word_is_taken(word))
		return fail_word(s, n, word);
	strcpy(w->name, word);
	s->at += n;
	return 0;
}

int wish_parse(struct scan *s, struct socket_wish *w)
{
	size_t i;
	int error;

	memset(w, 0, sizeof(*w));
	w->timer = -1;
	w->recv = w->send = w->unsent = -1;
	while (!scan_end(s) && sees_tail(s) != s->at) {
		for (i = 0; i < WORDS; i++)
			if (scan_word(s, words[i]))
				break;
		error = i < WORDS ? parse_word(s, i, w) : parse_other(s, w);
		if (error)
			return error;
		if (s->at < s->n && s->text[s->at] != ' ' &&
				s->text[s->at] != '\t')
			return scan_fail(s, _("a blank is missing here"));
	}
	return 0;
}

/* ---- print ---- */

static void print_count(struct buf *b, enum wish_word word, int64_t n)
{
	if (n >= 0)
		buf_printf(b, " %s %" PRId64, words[word], n);
}

static void print_address(struct buf *b, enum wish_word word,
	const struct value *v)
{
	if (v->kind == VALUE_NONE)
		return;
	buf_printf(b, " %s ", words[word]);
	value_print(b, v);
}

void wish_print(struct buf *b, const struct socket_wish *w)
{
	int i;

	if (w->name[0])
		buf_printf(b, " %s", w->name);
	if (w->protocol[0])
		buf_printf(b, " %s", w->protocol);
	if (w->state)
		buf_printf(b, " %s", state_name(w->state));
	print_address(b, WISH_LOCAL, &w->local);
	print_address(b, WISH_PEER, &w->peer);
	print_count(b, WISH_RECV, w->recv);
	print_count(b, WISH_SEND, w->send);
	print_count(b, WISH_UNSENT, w->unsent);
	if (w->timer >= 0)
		buf_printf(b, " timer %s", timers[w->timer]);
	if (w->orphan)
		buf_text(b, " orphan");
	for (i = 0; i < w->options; i++) {
		buf_printf(b, " %s=", w->option[i]->name);
		value_print(b, &w->wanted[i]);
	}
}

void wish_done(struct socket_wish *w)
{
	int i;

	value_done(&w->local);
	value_done(&w->peer);
	for (i = 0; i < w->options; i++)
		value_done(&w->wanted[i]);
	memset(w, 0, sizeof(*w));
}
