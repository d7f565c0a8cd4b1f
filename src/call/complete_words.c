/* complete_words: candidates, gathered, and hints. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "call/complete_inside.h"
#include "call/table.h"

void complete_word(struct completing *c, const char *word, const char *tail)
{
	struct completion *out = c->out;
	struct buf b = {0};

	buf_printf(&b, "%s%s", word, tail);
	if (b.len < c->word_len ||
		strncasecmp(b.data, c->word, c->word_len) != 0) {
		buf_done(&b);
		return;
	}
	out->candidate = mem_grow(out->candidate, &c->cap, out->count + 2,
		sizeof(*out->candidate));
	out->candidate[out->count++] = b.data;
	out->candidate[out->count] = NULL;
}

void complete_list(struct completing *c, const char *const *list,
	const char *tail)
{
	for (; list && *list; list++)
		complete_word(c, *list, tail);
}

void complete_set(struct completing *c, const char *set)
{
	size_t i;

	for (i = 0; constant_at(set, i); i++)
		if (!scan_is_digit(constant_at(set, i)[0]))
			complete_word(c, constant_at(set, i), "");
}

void complete_hosts(struct completing *c, const char *tail)
{
	const char *const *lane = c->world->lanes;

	for (; lane && *lane; lane++)
		if (strcmp(*lane, "wire") != 0 && strcmp(*lane, "lab") != 0)
			complete_word(c, *lane, tail);
}

void complete_addresses(struct completing *c)
{
	complete_hosts(c, ":");
	complete_word(c, "any", ":");
	complete_word(c, "unix", ":");
	complete_word(c, "none", "");
}

/* Letters, digits, _ and - . */
void complete_take_word(struct completing *c)
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

bool complete_at_word(struct completing *c)
{
	scan_blank(&c->s);
	complete_take_word(c);
	return c->out->from == c->s.at;
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void complete_tidy(struct completion *out)
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

/* ---- hints ---- */

void complete_hint(struct completing *c, const char *text)
{
	free(c->out->hint);
	c->out->hint = mem_string(text);
}

void complete_hint_call(struct completing *c, const struct call_row *row,
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
