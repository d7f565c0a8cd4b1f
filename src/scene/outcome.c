/* outcome: what stands behind `returns ->`: an errno, a number, how many
 * bytes. */
#include "scene/inside.h"

static void read_pair(struct outcome *o, const struct value *v)
{
	for (size_t i = 0; i < 2 && v->items == 2; i++)
		if (v->item[i].kind == VALUE_NUMBER)
			o->pair[i] = v->item[i].number;
}

/* All that is no plain number and no plain errno. */
static void read_value(struct outcome *o, const struct call_row *row,
	struct told text)
{
	struct value v = {0};
	uint64_t n;

	if (line_parse_value(&v, text.at, (size_t)(text.end - text.at),
		NULL) == 0) {
		n = call_moved(row, &v);
		o->bytes = v.kind == VALUE_BYTES || row->receives;
		if (o->bytes)
			o->number = n < INT64_MAX ? (int64_t)n : 0;
		if (v.kind == VALUE_LIST)
			read_pair(o, &v);
		if (v.kind == VALUE_ERRNO)
			o->error = (int)v.number;
	}
	value_done(&v);
}

void outcome_read(struct outcome *o, const struct call_row *row,
	struct told text)
{
	struct told t = text;
	struct word w = told_word(&t);
	char name[LINE_NAME];

	*o = (struct outcome){.number = -1, .pair = {-1, -1}};
	told_spaces(&t);
	if (t.at == t.end && word_number(w, &o->number))
		return;
	o->number = -1;
	if (t.at == t.end && w.n > 1 && w.n < sizeof(name) && *w.p == 'E') {
		word_copy(name, sizeof(name), w);
		o->error = errno_number(name);
		if (o->error)
			return;
	}
	read_value(o, row, text);
}
