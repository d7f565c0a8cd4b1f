/*
 * complete_call: inside a call's parentheses, and behind them.
 *
 * The *place* is where the cursor stands in a list of arguments or in a
 * result: in which part, and in which brackets within it.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "call/complete_inside.h"
#include "call/table.h"
#include "call/value.h"

/* Brackets further inside are not looked into. */
#define DEEP 8

struct place {
	bool closed;       /* the brackets around it all were closed again */
	bool quoted;       /* inside a string */
	int part;          /* which argument, or alternative, from 0 */
	size_t begins;     /* where it begins … */
	size_t before;     /* … and the one before it */
	int depth;
	char open[DEEP];   /* the brackets that are open */
	bool colon;        /* behind conn: in the innermost */
	size_t word;       /* behind the last sign that ends a word */
};

static bool is_open(char c)
{
	return c == '(' || c == '[' || c == '{';
}

static void next_part(struct place *p, size_t at)
{
	p->part++;
	p->before = p->begins;
	p->begins = at;
}

/* One character outside strings, at `at`; separator divides the parts. */
static void take_sign(struct place *p, char c, size_t at, char separator)
{
	if (is_open(c) && p->depth < DEEP)
		p->open[p->depth] = c;
	if (is_open(c))
		p->depth++;
	else if ((c == ')' || c == ']' || c == '}') && p->depth-- == 0)
		p->closed = true;
	else if (c == separator && !p->depth)
		next_part(p, at + 1);
	if (c == ',' || is_open(c))
		p->colon = false;
	if (c == ':')
		p->colon = true;
	if (is_open(c) || strchr(",:|=", c))
		p->word = at + 1;
}

/* Walk from the cursor of s to the end, or to the bracket that closes all. */
static void find_place(struct scan *s, char separator, struct place *p)
{
	memset(p, 0, sizeof(*p));
	p->begins = p->before = p->word = s->at;
	for (; s->at < s->n; s->at++) {
		char c = s->text[s->at];

		if (p->quoted && c == '\\')
			s->at++;
		else if (c == '"')
			p->quoted = !p->quoted;
		else if (!p->quoted)
			take_sign(p, c, s->at, separator);
		if (p->closed)
			return;
	}
	if (s->at > s->n)
		s->at = s->n; /* behind a last backslash */
}

/* The innermost open bracket, 0 when none is. */
static char innermost(const struct place *p)
{
	return p->depth && p->depth <= DEEP ? p->open[p->depth - 1] : '\0';
}

/* ---- values ---- */

static void offer_bytes(struct completing *c)
{
	static const char *const spelling[] = {"\"", "utf8\"", "latin1\"",
		"text(\"", "hex(", "repeat(\"", "u8(", "u16be(", "u16le(",
		"u32be(", "u32le(", "u64be(", "u64le(", "htons(", "htonl(",
		"htobe64(", "ntohs(", "ntohl(", "be64toh(", NULL};

	complete_list(c, spelling, "");
	complete_list(c, c->world->names, "");
}

static void offer_option_value(struct completing *c,
	const struct option_row *o, char bracket)
{
	switch (o->type) {
	case OPTION_SWITCH:
		complete_word(c, "0", "");
		complete_word(c, "1", "");
		break;
	case OPTION_TIME:
	case OPTION_SECONDS:
	case OPTION_MS:
		complete_word(c, "none", "");
		break;
	case OPTION_LINGER:
		if (bracket != '{')
			complete_word(c, "{l_onoff=", "");
		complete_word(c, "l_onoff", "=");
		complete_word(c, "l_linger", "=");
		break;
	case OPTION_NUMBER:
	case OPTION_ERRNO:
	case OPTION_TCP_INFO:
		break;
	}
}

/* The option that stands at `at`, or NULL. */
static const struct option_row *option_at(const struct scan *s, size_t at)
{
	struct scan word = *s;
	char name[48];
	int64_t number;

	word.at = at;
	scan_blank(&word);
	scan_copy(&word, scan_name(&word), name, sizeof(name));
	return constant_number("option", name, &number) ?
		option_row(number) : NULL;
}

static void hint_option(struct completing *c, const struct option_row *o)
{
	struct buf b = {0};

	buf_printf(&b, "%s: %s", o->name, _(o->help));
	complete_hint(c, buf_str(&b));
	buf_done(&b);
}

/* ---- arguments ---- */

/* In the brackets of a list. */
static void offer_item(struct completing *c, const struct param *p,
	bool colon)
{
	if (p->kind == PARAM_WANTED && colon)
		complete_set(c, p->set);
	else if (p->kind == PARAM_WANTED)
		complete_list(c, c->world->names, ": ");
	else if (p->kind == PARAM_FDS)
		complete_list(c, c->world->names, "");
	else if (p->kind == PARAM_BUFFERS)
		offer_bytes(c);
}

static void offer_option(struct completing *c, const struct param *p)
{
	int64_t number;

	complete_set(c, p->set);
	if (c->out->count == 1 && constant_number(p->set,
			c->out->candidate[0], &number))
		hint_option(c, option_row(number));
}

static void offer_argument(struct completing *c, const struct param *p)
{
	switch (p->kind) {
	case PARAM_FD:
		complete_list(c, c->world->names, "");
		break;
	case PARAM_CONST:
	case PARAM_FLAGS:
		complete_set(c, p->set);
		break;
	case PARAM_OPTION:
		offer_option(c, p);
		break;
	case PARAM_BYTES:
		offer_bytes(c);
		break;
	case PARAM_ADDRESS:
		complete_addresses(c);
		break;
	case PARAM_TIME:
	case PARAM_TEXT:
		complete_word(c, "none", "");
		break;
	case PARAM_BUFFERS:
	case PARAM_SIZES:
	case PARAM_FDS:
	case PARAM_WANTED:
		complete_word(c, "[", "");
		break;
	case PARAM_NUMBER:
	case PARAM_SIZE:
	case PARAM_OPTVALUE:
	case PARAM_END:
		break;
	}
}

/* At a word: what this parameter takes there. */
static void at_argument(struct completing *c, const struct param *p,
	const struct place *place)
{
	const struct option_row *o = NULL;
	char bracket = innermost(place);

	if (p->kind == PARAM_OPTVALUE)
		o = option_at(&c->s, place->before);
	if (o)
		hint_option(c, o);
	c->s.at = place->word;
	if (place->quoted || bracket == '(' || !complete_at_word(c))
		return;
	if (o && bracket != '[')
		offer_option_value(c, o, bracket);
	else if (bracket == '[')
		offer_item(c, p, place->colon);
	else if (!bracket)
		offer_argument(c, p);
}

void complete_call(struct completing *c, const struct call_row *row)
{
	struct place place;

	find_place(&c->s, ',', &place);
	if (place.closed) {
		c->s.at++;
		complete_result(c, row, false);
		return;
	}
	complete_hint_call(c, row, place.part);
	if (place.part < call_params(row))
		at_argument(c, &row->param[place.part], &place);
}

/* ---- results ---- */

static void offer_errnos(struct completing *c)
{
	int i;

	if (!c->word_len || (c->word[0] != 'E' && c->word[0] != 'e'))
		return;
	for (i = -12; i < 134; i++)
		if (errno_name(i))
			complete_word(c, errno_name(i), "");
}

static void offer_result(struct completing *c, const struct call_row *row)
{
	switch (row->result) {
	case RESULT_FLAGS:
	case RESULT_CONST:
		complete_set(c, row->result_set);
		break;
	case RESULT_ADDRESS:
		complete_addresses(c);
		break;
	case RESULT_FDS:
	case RESULT_READY:
	case RESULT_ADDRESSES:
		complete_word(c, "[", "");
		break;
	case RESULT_RECORD:
		complete_word(c, "{", "");
		break;
	case RESULT_ZERO:
	case RESULT_FD:
	case RESULT_COUNT:
	case RESULT_BYTES:
	case RESULT_NUMBER:
	case RESULT_OPTION:
	case RESULT_PROCESS:
		break;
	}
	offer_errnos(c);
}

/* In the brackets of a result. */
static void offer_part(struct completing *c, const struct call_row *row,
	bool colon)
{
	if (row->result == RESULT_READY && colon)
		complete_set(c, row->result_set);
	else if (row->result == RESULT_READY)
		complete_list(c, c->world->names, ": ");
	else if (row->result == RESULT_ADDRESSES)
		complete_hosts(c, ":");
	else
		complete_list(c, c->world->names, "");
}

/* Whether a whole value stands before the word: what follows is a span. */
static bool behind_value(const struct completing *c,
	const struct place *place)
{
	size_t i;

	for (i = place->begins; i < c->out->from; i++)
		if (c->s.text[i] != ' ' && c->s.text[i] != '\t')
			return true;
	return false;
}

static void behind_arrow(struct completing *c, const struct call_row *row,
	bool returned)
{
	struct place place;

	find_place(&c->s, '|', &place);
	c->s.at = place.begins;
	complete_take_word(c);
	if (place.closed || place.quoted)
		return;
	if (place.depth) {
		c->s.at = place.word;
		if (innermost(&place) != '(' && complete_at_word(c))
			offer_part(c, row, place.colon);
	} else if (behind_value(c, &place)) {
		complete_word(c, "after", " ");
		complete_word(c, "within", " ");
	} else {
		if (row->may_wait && !returned && !place.part)
			complete_word(c, "waits", "");
		if (!place.part)
			complete_word(c, "?", "");
		complete_word(c, "_", "");
		offer_result(c, row);
	}
}

void complete_result(struct completing *c, const struct call_row *row,
	bool returned)
{
	static const char arrow[] = "->";
	struct scan *s = &c->s;
	size_t left;

	scan_blank(s);
	left = s->n - s->at;
	complete_hint_call(c, row, -1);
	if (left <= 2 && memcmp(s->text + s->at, arrow, left) == 0) {
		c->word = s->text + s->at;
		c->word_len = left;
		c->out->from = s->at;
		complete_word(c, arrow, " ");
	} else if (left > 2 && memcmp(s->text + s->at, arrow, 2) == 0) {
		s->at += 2;
		behind_arrow(c, row, returned);
	}
}
