/* cell_list: see cell_list.h. */
#include "ui/cell_list.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "call/value.h"
#include "ui/theme.h"

enum form {
	FORM_EXACT, /* [a: POLLOUT, b: POLLOUT | POLLERR] */
	FORM_TIGHT, /* [a:POLLOUT,b:POLLOUT|POLLERR] */
	FORM_BARE,  /* [a:OUT,b:OUT|ERR] */
	FORM_WHO,   /* [a:…,b:…] */
	FORM_SOME,  /* [a,b… 7] */
};

static int cells(const struct buf *b)
{
	return text_cells(buf_str(b), b->len);
}

/* "POLLOUT | POLLERR" without blanks; bare: without what all flags of such a
 * list begin with. */
static void add_flags(struct buf *b, const struct value *v, bool bare)
{
	static const char *const prefix[] = { "EPOLL", "POLL" };
	struct buf all = { 0 };
	const char *p;

	value_print(&all, v);
	for (p = buf_str(&all); *p != '\0'; p += *p != '\0') {
		bool begins = p == all.data || p[-1] == ' ' || p[-1] == '|';

		for (size_t i = 0; bare && begins && i < 2; i++)
			if (strncmp(p, prefix[i], strlen(prefix[i])) == 0) {
				p += strlen(prefix[i]);
				break;
			}
		if (*p != '\0' && *p != ' ')
			buf_char(b, *p);
	}
	buf_done(&all);
}

static void add_item(struct buf *b, const struct value *v, enum form form)
{
	if (v->key != NULL)
		buf_printf(b, "%s=", v->key);
	if (v->kind != VALUE_ENTRY) {
		value_print(b, v);
		return;
	}
	value_print(b, &v->item[0]);
	if (form == FORM_SOME)
		return;
	buf_char(b, ':');
	if (form == FORM_WHO)
		buf_text(b, theme_sign(SIGN_MORE));
	else
		add_flags(b, &v->item[1], form == FORM_BARE);
}

/* The first n of its items; behind them, where it has more, how many. */
static void add_items(struct buf *b, const struct value *v, enum form form,
	size_t n)
{
	bool list = v->kind == VALUE_LIST;

	buf_char(b, list ? '[' : '{');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_char(b, ',');
		add_item(b, &v->item[i], form);
	}
	if (n < v->items && list)
		buf_printf(b, "%s %zu", theme_sign(SIGN_MORE), v->items);
	else if (n < v->items)
		buf_text(b, theme_sign(SIGN_MORE));
	buf_char(b, list ? ']' : '}');
}

/* As many of its items as fit, instead of b; where not even one does, b stays,
 * to be cut. */
static void add_some(struct buf *b, const struct value *v, int room)
{
	struct buf more = { 0 };

	for (size_t n = 1; n < v->items; n++) {
		buf_clear(&more);
		add_items(&more, v, FORM_SOME, n);
		if (cells(&more) > room)
			break;
		buf_clear(b);
		buf_add(b, more.data, more.len);
	}
	buf_done(&more);
}

bool cell_list(struct buf *b, const struct value *v, int room)
{
	struct buf all = { 0 };
	enum form form;

	value_print(&all, v);
	for (form = FORM_TIGHT; form <= FORM_WHO && cells(&all) > room;
			form++) {
		buf_clear(&all);
		add_items(&all, v, form, v->items);
	}
	if (cells(&all) > room)
		add_some(&all, v, room);
	buf_add(b, all.data, all.len);
	buf_done(&all);
	/* the form made last is the one before: at most the tight one */
	return form <= FORM_BARE;
}
