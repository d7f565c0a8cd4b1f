/*
 * complete: what may stand at the cursor.
 *
 * The text before the cursor is looked at once, from the left: whose line it
 * is, which call, which parameter. What stands there need not be right yet, so
 * this is no parser; where it cannot tell, it offers nothing.
 *
 * The *word* is what was typed of a candidate: from `from` to the cursor.
 */
#include "call/complete.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/mem.h"
#include "call/line.h"
#include "call/line_parse.h"
#include "call/scan.h"
#include "call/table.h"
#include "call/verb.h"

struct completing {
	struct completion *out;
	size_t cap;
	struct scan s;        /* its end is the cursor */
	const char *word;     /* not NUL-terminated */
	size_t word_len;
	const struct complete_world *world;
};

/* ---- candidates ---- */

/* Add word and a tail, when what was typed begins it in any case. */
static void offer(struct completing *c, const char *word, const char *tail)
{
	struct completion *out = c->out;
	struct buf b = {0};

	buf_printf(&b, "%s%s", word, tail);
	if (strlen(b.data) < c->word_len ||
		strncasecmp(b.data, c->word, c->word_len) != 0) {
		buf_done(&b);
		return;
	}
	out->candidate = mem_grow(out->candidate, &c->cap, out->count + 2,
		sizeof(*out->candidate));
	out->candidate[out->count++] = b.data;
	out->candidate[out->count] = NULL;
}

static void offer_list(struct completing *c, const char *const *list,
	const char *tail)
{
	for (; list && *list; list++)
		offer(c, *list, tail);
}

static void offer_set(struct completing *c, const char *set)
{
	size_t i;

	for (i = 0; constant_at(set, i); i++)
		if (!scan_is_digit(constant_at(set, i)[0]))
			offer(c, constant_at(set, i), "");
}

static void offer_calls(struct completing *c)
{
	size_t i;

	for (i = 0; call_row_at(i); i++)
		offer(c, call_row_at(i)->name, "(");
}

static void offer_verbs(struct completing *c, bool lab)
{
	const struct verb *v;
	size_t i;

	for (i = 0; (v = verb_at(i)); i++)
		if (v->lab == lab && v->help)
			offer(c, v->name, v->takes == VERB_NOTHING ? "" : " ");
}

static void offer_orders(struct completing *c)
{
	size_t i;

	for (i = 0; wire_word_at(i); i++)
		offer(c, wire_word_at(i), "");
}

/* The lanes that are hosts or processes on one. */
static void offer_hosts(struct completing *c, const char *tail)
{
	const char *const *lane = c->world->lanes;

	for (; lane && *lane; lane++)
		if (strcmp(*lane, "wire") != 0 && strcmp(*lane, "lab") != 0)
			offer(c, *lane, tail);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sorted, each once. */
static void tidy(struct completion *out)
{
	size_t i, kept = 0;

	if (!out->count)
		return;
	qsort(out->candidate, out->count, sizeof(*out->candidate), compare);
	for (i = 0; i < out->count; i++) {
		if (kept && strcmp(out->candidate[kept - 1],
				out->candidate[i]) == 0)
			free(out->candidate[i]);
		else
			out->candidate[kept++] = out->candidate[i];
	}
	out->candidate[kept] = NULL;
	out->count = kept;
}

/* The word at the end of the text: letters, digits, _ and - . */
static void take_word(struct completing *c)
{
	struct scan *s = &c->s;
	size_t from = s->n;

	while (from > s->at && (scan_is_name(s->text[from - 1]) ||
			s->text[from - 1] == '-'))
		from--;
	c->word = s->text + from;
	c->word_len = s->n - from;
	c->out->from = from;
}

/* Whether nothing but the word being typed is left. */
static bool at_word(struct completing *c)
{
	scan_blank(&c->s);
	take_word(c);
	return c->out->from == c->s.at;
}

/* ---- hints ---- */

static void hint_text(struct completing *c, const char *text)
{
	free(c->out->hint);
	c->out->hint = mem_string(text);
}

/* "send(fd, BYTES, flags=0) -> count": the current parameter in capitals. */
static void hint_signature(struct completing *c, const struct call_row *row,
	int current)
{
	struct buf b = {0};
	const char *p;
	int i;

	buf_printf(&b, "%s(", row->name);
	for (i = 0; i < call_params(row); i++) {
		buf_text(&b, i ? ", " : "");
		for (p = row->param[i].name; *p; p++)
			buf_char(&b, i == current && *p >= 'a' && *p <= 'z' ?
				(char)(*p - 'a' + 'A') : *p);
		if (row->param[i].otherwise)
			buf_printf(&b, "=%s", row->param[i].otherwise);
	}
	buf_printf(&b, ") -> %s", call_result_word(row->result));
	free(c->out->hint);
	c->out->hint = b.data;
}

/* What a verb or a call does, when it is the only one left. */
static void hint_only(struct completing *c, bool lab)
{
	const struct call_row *row;
	const struct verb *v;
	char name[LINE_NAME];

	if (c->out->count != 1)
		return;
	snprintf(name, sizeof(name), "%.*s",
		(int)strcspn(c->out->candidate[0], "( "),
		c->out->candidate[0]);
	row = lab ? NULL : call_row(name);
	v = verb_row(lab, name);
	if (row)
		hint_signature(c, row, -1);
	else if (v && v->help)
		hint_text(c, _(v->help));
}

/* ---- arguments ---- */

static void offer_bytes(struct completing *c)
{
	static const char *const spelling[] = {"\"", "utf8\"", "latin1\"",
		"hex(", "repeat(\"", "u8(", "u16be(", "u16le(", "u32be(",
		"u32le(", "u64be(", "u64le(", NULL};

	offer_list(c, spelling, "");
	offer_list(c, c->world->names, "");
}

static void offer_argument(struct completing *c, const struct param *p)
{
	switch (p->kind) {
	case PARAM_FD:
		offer_list(c, c->world->names, "");
		break;
	case PARAM_CONST:
	case PARAM_FLAGS:
	case PARAM_OPTION:
		offer_set(c, p->set);
		break;
	case PARAM_BYTES:
		offer_bytes(c);
		break;
	case PARAM_ADDRESS:
		offer_hosts(c, ":");
		offer(c, "any", ":");
		break;
	case PARAM_NUMBER:
	case PARAM_SIZE:
	case PARAM_OPTVALUE:
	case PARAM_END:
		break;
	}
}

/*
 * Behind the opening parenthesis: go to the last argument. Returns its index,
 * -1 when the call was closed again, or -2 inside a string or a parenthesis
 * of its own, with the index in *inside.
 */
static int find_argument(struct scan *s, int *inside)
{
	int index = 0, depth = 0;
	bool quoted = false;

	for (; s->at < s->n; s->at++) {
		char ch = s->text[s->at];

		if (quoted && ch == '\\')
			s->at++;
		else if (ch == '"')
			quoted = !quoted;
		else if (quoted)
			continue;
		else if (ch == '(')
			depth++;
		else if (ch == ')' && depth-- == 0)
			return -1;
		else if (ch == ',' && !depth)
			index++;
	}
	if (s->at > s->n)
		s->at = s->n; /* behind a last backslash */
	*inside = index;
	return quoted || depth ? -2 : index;
}

static void offer_expect(struct completing *c, const struct call_row *row,
	bool returned)
{
	size_t i;

	if (row->may_wait && !returned)
		offer(c, "waits", "");
	offer(c, "?", "");
	offer(c, "_", "");
	if (row->result == RESULT_FLAGS)
		offer_set(c, "status");
	if (row->result == RESULT_ADDRESS)
		offer_hosts(c, ":");
	if (c->word_len && (c->word[0] == 'E' || c->word[0] == 'e'))
		for (i = 1; i < 134; i++)
			if (errno_name((int)i))
				offer(c, errno_name((int)i), "");
}

/* Behind a call or `returns`: the arrow, and what it may give. */
static void after_call(struct completing *c, const struct call_row *row,
	bool returned)
{
	struct scan *s = &c->s;
	const char *arrow = "->";
	size_t i, last = 0;

	scan_blank(s);
	for (i = s->at; i + 1 < s->n; i++)
		if (memcmp(s->text + i, arrow, 2) == 0 ||
			(last && s->text[i] == '|'))
			last = i + (s->text[i] == '|' ? 1 : 2);
	if (!last && s->n - s->at <= 2 &&
		memcmp(s->text + s->at, arrow, s->n - s->at) == 0) {
		c->word = s->text + s->at;
		c->word_len = s->n - s->at;
		c->out->from = s->at;
		offer(c, arrow, " ");
	} else if (last) {
		s->at = last;
		if (at_word(c))
			offer_expect(c, row, returned);
	}
	hint_signature(c, row, -1);
}

/* Behind "send(". */
static void inside_call(struct completing *c, const struct call_row *row)
{
	struct scan *s = &c->s;
	size_t open = s->at, comma;
	int inside = 0, index = find_argument(s, &inside);

	if (index == -1) {
		s->at++;
		after_call(c, row, false);
		return;
	}
	hint_signature(c, row, index < 0 ? inside : index);
	if (index < 0 || index >= call_params(row))
		return;
	comma = s->n;
	while (comma > open && s->text[comma - 1] != ',' &&
		s->text[comma - 1] != '|')
		comma--;
	s->at = comma;
	if (at_word(c))
		offer_argument(c, &row->param[index]);
}

/* ---- lines ---- */

/* Behind an order: words of filters, hosts behind from and to. */
static void inside_order(struct completing *c, const char *order)
{
	static const char *const which[] = {"all", NULL};
	static const char *const filter[] = {"syn", "synack", "rst", "fin",
		"ack", "data", "from", "to", NULL};
	struct scan *s = &c->s;
	const char *before;
	size_t n, i;

	scan_blank(s);
	take_word(c);
	n = c->out->from;
	while (n > s->at && s->text[n - 1] == ' ')
		n--;
	for (i = n; i > s->at && s->text[i - 1] != ' '; i--)
		;
	before = s->text + i;
	n -= i;
	if ((n == 4 && memcmp(before, "from", 4) == 0) ||
		(n == 2 && memcmp(before, "to", 2) == 0)) {
		offer_hosts(c, "");
		return;
	}
	if (n == 0 && (strcmp(order, "pass") == 0 ||
			strcmp(order, "drop") == 0))
		offer_list(c, which, "");
	if (n == 0 && strcmp(order, "drop") == 0)
		offer(c, "next", " ");
	if (strcmp(order, "hold") == 0 || strcmp(order, "drop") == 0 ||
		strcmp(order, "sees") == 0 || (strcmp(order, "delay") == 0 &&
			n > 0))
		offer_list(c, filter, "");
	if (n == 0 && strcmp(order, "delay") == 0)
		hint_text(c, _("a time, as in 2s, 500ms or 10us; then a "
			"filter"));
}

static void inside_verb(struct completing *c, const struct verb *v)
{
	const char *p = v->choices;
	char word[LINE_NAME];
	size_t n;

	if (at_word(c))
		for (; p && *p; p += n + (p[n] == '|')) {
			n = strcspn(p, "|");
			snprintf(word, sizeof(word), "%.*s", (int)n, p);
			offer(c, word, "");
		}
	if (v->help)
		hint_text(c, _(v->help));
}

/* The first word of what an actor does; bound: behind "x =". */
static void actor_begins(struct completing *c, bool bound, bool lane_given)
{
	offer_calls(c);
	if (!bound)
		offer_verbs(c, false);
	if (!bound && !lane_given) {
		offer_orders(c);
		offer_list(c, c->world->lanes, ":");
		offer(c, "wire", ":");
		offer(c, "lab", ":");
	}
	tidy(c->out);
	hint_only(c, false);
}

static void wire_line(struct completing *c)
{
	char word[LINE_NAME];
	size_t n;

	if (at_word(c)) {
		offer_orders(c);
		return;
	}
	n = scan_name(&c->s);
	scan_copy(&c->s, n, word, sizeof(word));
	c->s.at += n;
	if (wire_is_order(word))
		inside_order(c, word);
}

static void lab_line(struct completing *c)
{
	char word[LINE_NAME];
	size_t n;

	if (at_word(c)) {
		offer_verbs(c, true);
		tidy(c->out);
		hint_only(c, true);
		return;
	}
	n = scan_name(&c->s);
	scan_copy(&c->s, n, word, sizeof(word));
	c->s.at += n;
	if (verb_row(true, word))
		inside_verb(c, verb_row(true, word));
}

static void actor_line(struct completing *c, bool lane_given)
{
	const struct call_row *row;
	char word[LINE_NAME];
	bool bound = false;
	size_t n;

	for (;;) {
		if (at_word(c)) {
			actor_begins(c, bound, lane_given);
			return;
		}
		n = scan_name(&c->s);
		scan_copy(&c->s, n, word, sizeof(word));
		if (!n)
			return;
		c->s.at += n;
		if (bound || !scan_take(&c->s, '='))
			break;
		bound = true;
	}
	row = call_row(word);
	if (row && scan_take(&c->s, '(')) {
		inside_call(c, row);
	} else if (row && !bound && scan_word(&c->s, "returns")) {
		after_call(c, row, true);
	} else if (row && !bound && at_word(c)) {
		offer(c, "returns", " -> ");
	} else if (!bound && !lane_given && wire_is_order(word)) {
		inside_order(c, word);
	}
}

/* The lane that is written, n bytes; the cursor goes behind its colon. */
static size_t take_lane(struct scan *s, const char **lane)
{
	struct scan ahead = *s;
	size_t n = 0;

	scan_blank(&ahead);
	*lane = ahead.text + ahead.at;
	while (ahead.at + n < ahead.n && (scan_is_name((*lane)[n]) ||
			(*lane)[n] == '-' || (*lane)[n] == '/'))
		n++;
	ahead.at += n;
	if (!n || !scan_take(&ahead, ':'))
		return 0;
	*s = ahead;
	return n;
}

void complete(struct completion *out, const char *text, size_t at,
	const struct complete_world *world)
{
	struct completing c = {.out = out, .world = world};
	const char *lane;
	size_t n;

	memset(out, 0, sizeof(*out));
	out->from = at;
	scan_init(&c.s, text, at, NULL);
	n = take_lane(&c.s, &lane);
	if (n == 4 && memcmp(lane, "wire", 4) == 0)
		wire_line(&c);
	else if (n == 3 && memcmp(lane, "lab", 3) == 0)
		lab_line(&c);
	else
		actor_line(&c, n > 0);
	if (!out->candidate)
		out->candidate = mem_zero(sizeof(*out->candidate));
	tidy(out);
}

void completion_done(struct completion *c)
{
	size_t i;

	for (i = 0; i < c->count; i++)
		free(c->candidate[i]);
	free(c->candidate);
	free(c->hint);
	memset(c, 0, sizeof(*c));
}
