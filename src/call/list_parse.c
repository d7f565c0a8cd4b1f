/*
 * list_parse: lists and records, of arguments and of results.
 *
 * [a, b], [4, 8], ["ab", "cd"], [conn: POLLIN, ear: 0], {l_onoff=1}.
 */
#include <errno.h>
#include <string.h>

#include "base/intl.h"
#include "call/list_parse.h"
#include "call/scan.h"
#include "call/value_parse.h"

/* No process here has more descriptors. */
#define LIST_MOST 1024

int list_parse_items(struct scan *s, struct value *v, char close,
	list_item *parse, void *how)
{
	char seen[SCAN_SEEN];
	int error;

	s->at++;
	if (scan_take(s, close))
		return 0;
	do {
		struct value item = {0};

		scan_blank(s);
		if (v->items == LIST_MOST)
			return scan_fail(s, _("at most %d of them"),
				LIST_MOST);
		item.column = scan_column(s);
		error = parse(s, v, &item, how);
		if (error) {
			value_done(&item);
			return error;
		}
		value_add(v, item.key, &item);
	} while (scan_take(s, ','));
	if (scan_take(s, close))
		return 0;
	return scan_fail(s, _("expected , or %c, not %s"), close,
		scan_seen(s, seen));
}

int list_parse_key(struct scan *s, const struct value *record,
	struct value *item)
{
	size_t n = scan_name(s), start = s->at;
	char seen[SCAN_SEEN];
	struct value key = {0};
	bool twice;

	if (!n)
		return scan_fail(s, _("a field's name and =, as in "
			"l_onoff=1, not %s"), scan_seen(s, seen));
	value_take_text(s, &key, n);
	item->key = key.text; /* moved */
	twice = value_field(record, item->key) != NULL;
	if (twice) {
		s->at = start;
		return scan_fail(s, _("%s stands here twice"), item->key);
	}
	if (!scan_take(s, '='))
		return scan_fail(s, _("= is missing behind %s"), item->key);
	scan_blank(s);
	return 0;
}

/* ---- arguments ---- */

/* conn: POLLIN */
static int parse_wanted(struct scan *s, const struct param *p, struct value *v)
{
	struct value part = {0};
	int error = value_parse_fd(s, p, &part);

	v->kind = VALUE_ENTRY;
	part.column = v->column;
	value_add(v, NULL, &part);
	if (error)
		return error;
	if (!scan_take(s, ':'))
		return scan_fail(s, _("%s: a colon and what to wait for, as "
			"in conn: %s"), p->name, constant_at(p->set, 0));
	scan_blank(s);
	part.column = scan_column(s);
	error = value_parse_flags(s, p->name, p->set, &part);
	value_add(v, NULL, &part);
	return error;
}

static int parse_item(struct scan *s, const struct value *list,
	struct value *item, void *how)
{
	const struct param *p = how;
	struct param size = {PARAM_SIZE, p->name, NULL, NULL};

	(void)list;
	if (p->kind == PARAM_BUFFERS)
		return value_parse_data(s, p, item);
	if (p->kind == PARAM_SIZES)
		return value_parse_number(s, &size, item);
	if (p->kind == PARAM_WANTED)
		return parse_wanted(s, p, item);
	return value_parse_fd(s, p, item);
}

static int fail_list(struct scan *s, const struct param *p)
{
	char seen[SCAN_SEEN];

	scan_seen(s, seen);
	if (p->kind == PARAM_BUFFERS)
		return scan_fail(s, _("%s: bytes in brackets, as in "
			"[\"ab\", \"cd\"], not %s"), p->name, seen);
	if (p->kind == PARAM_SIZES)
		return scan_fail(s, _("%s: sizes in brackets, as in [4, 60], "
			"not %s"), p->name, seen);
	if (p->kind == PARAM_WANTED)
		return scan_fail(s, _("%s: descriptors in brackets, each with "
			"its flags, as in [conn: %s], not %s"), p->name,
			constant_at(p->set, 0), seen);
	return scan_fail(s, _("%s: descriptors in brackets, as in [ear, "
		"conn], not %s"), p->name, seen);
}

int value_parse_list(struct scan *s, const struct param *p, struct value *v)
{
	if (scan_peek(s) != '[')
		return fail_list(s, p);
	value_of_list(v, VALUE_LIST);
	return list_parse_items(s, v, ']', parse_item, (void *)p);
}

static int parse_field(struct scan *s, const struct value *record,
	struct value *item, void *how)
{
	const struct param *p = how;
	struct param number = {PARAM_NUMBER, p->name, NULL, NULL};

	if (list_parse_key(s, record, item) < 0)
		return -EINVAL;
	number.name = item->key;
	item->column = scan_column(s);
	if (value_take_time(s, item))
		return 0;
	if (scan_name(s))
		return scan_fail(s, _("%s: a number"), item->key);
	return value_parse_number(s, &number, item);
}

int value_parse_record(struct scan *s, const struct param *p, struct value *v)
{
	value_of_list(v, VALUE_RECORD);
	return list_parse_items(s, v, '}', parse_field, (void *)p);
}
