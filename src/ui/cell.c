/* cell: calls, as cells of the stage. See cell.h. */
#include "ui/cell.h"

#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "call/line.h"
#include "ui/cell_list.h"
#include "ui/ink.h"

/* Short results end at this cell of a wide column, so that they stand under
 * one another; longer ones follow their call. */
#define TAB_MAX 34
#define SHORT_RESULT 8

/* Cells that a result of many bytes asks for. */
#define BYTES_LEAST 20

/* From this width on there is room for words about an option. */
#define GIVEN_WIDE 44

/* Cells of a call's name that are never given up. */
#define NAME_LEAST 4

#define ARROW 4 /* cells of " -> " */

/* How a call is written, from whole to bare. */
enum form {
	FORM_NAMED,  /* s = send(s, "LOGIN\n") */
	FORM_SPACED, /* send(s, "LOGIN\n") */
	FORM_TIGHT,  /* send(s,"LOGIN\n") */
	FORM_CUT,    /* send(s,"LO…"), send(s,utf8"Ol…) */
	FORM_FEWER,  /* send(s,…) */
	FORM_BARE,   /* send(…) */
	FORM_NAME,   /* send */
	FORMS
};

static const char *more(void)
{
	return theme_sign(SIGN_MORE);
}

/* "LOGIN\n" with at most room cells between its quotes. */
static void cut_bytes(struct buf *b, const struct value *v, int room)
{
	struct buf all = { 0 };
	size_t n = v->len, i;

	if (n > (size_t)room + 1)
		n = (size_t)room + 1;
	buf_char(b, '"');
	for (i = 0; i < n; i++) {
		buf_clear(&all);
		text_escape(&all, v->bytes + i, 1);
		if ((int)all.len > room)
			break;
		buf_add(b, all.data, all.len);
		room -= (int)all.len;
	}
	buf_text(b, i < v->len ? more() : "\"");
	buf_done(&all);
}

/* utf8"Ol… : how bytes are spelled, with at most room cells behind that. */
static void cut_spelling(struct buf *b, const struct value *v, int room)
{
	struct buf all = { 0 };
	const char *text, *stop;
	int n;

	value_print(&all, v);
	text = buf_str(&all);
	stop = text + strcspn(text, "\"(");
	room += text_cells(text, (size_t)(stop - text)) + 1;
	if (text_cells(text, all.len) <= room + 1) {
		buf_text(b, text);
	} else {
		for (; *text != '\0' && room > 0; room -= n) {
			int32_t point;
			size_t len = text_letter(text, strlen(text), &point);

			n = text_cells(text, len);
			if (n <= room)
				buf_add(b, text, len);
			text += len;
		}
		buf_text(b, more());
	}
	buf_done(&all);
}

static void print_value(struct buf *b, const struct value *v, enum form form,
	int bytes_room)
{
	if (form != FORM_CUT || v->kind != VALUE_BYTES)
		value_print(b, v);
	else if (v->spelling == VALUE_QUOTED)
		cut_bytes(b, v, bytes_room);
	else
		cut_spelling(b, v, bytes_room);
}

/* The call without its result. measure: the cells that a FORM_CUT leaves to
 * each argument of bytes, the arguments that a FORM_FEWER names. */
static void write_call(struct buf *b, const struct line *l, enum form form,
	int measure)
{
	int i;

	if (form == FORM_NAMED && l->name[0] != '\0')
		buf_printf(b, "%s = ", l->name);
	buf_text(b, l->row->name);
	if (form == FORM_NAME)
		return;
	buf_char(b, '(');
	if (form == FORM_BARE && l->nargs > 0)
		buf_text(b, more());
	else
		for (i = 0; i < l->nargs; i++) {
			if (i > 0)
				buf_text(b, form <= FORM_SPACED ? ", " : ",");
			if (form == FORM_FEWER && i == measure) {
				buf_text(b, more());
				break;
			}
			print_value(b, &l->arg[i], form, measure);
		}
	buf_char(b, ')');
}

static int cells(const struct buf *b)
{
	return text_cells(buf_str(b), b->len);
}

/* How often a form is tried, with a smaller measure each time, and that. */
static int measures(const struct line *l, enum form form)
{
	return form == FORM_CUT ? BYTES_LEAST : form == FORM_FEWER ?
		l->nargs - 1 : 1;
}

/* The fullest form that fits into room cells. False: arguments are missing. */
static bool fit_call(struct buf *b, const struct line *l, int room)
{
	for (int form = FORM_NAMED; form < FORMS; form++)
		for (int m = measures(l, (enum form)form); m >= 1; m--) {
			buf_clear(b);
			write_call(b, l, (enum form)form, m);
			if (cells(b) <= room)
				return form <= FORM_TIGHT;
		}
	return false;
}

/* How the bytes of a result are written, from exact to short. */
enum bytes_form {
	BYTES_EXACT,  /* "LOGIN\nLIST\n", as in the notation */
	BYTES_SYMBOLS,/* "LOGIN↵LIST↵" */
	BYTES_BARE,   /* LOGIN↵LIST↵ */
	BYTES_CUT,    /* LOGIN↵L… 11: so many in all */
};

static void add_byte(struct ink *k, const struct cell_call *c, size_t i,
	bool symbol)
{
	const struct value *v = c->result;
	struct buf one = { 0 };

	if (symbol)
		text_symbol(&one, v->bytes[i], c->ascii);
	else
		cell_escape(&one, v->bytes, v->len, i);
	ink_add(k, c->owner.style != NULL ? c->owner.style(c->owner.data, i) :
		THEME_PLAIN, one.data, one.len);
	buf_done(&one);
}

/* False when it takes more than room cells. */
static bool write_bytes(struct ink *k, const struct cell_call *c,
	enum bytes_form form, int room)
{
	const char *quote = form <= BYTES_SYMBOLS ? "\"" : "";
	size_t n = c->result->len, i;
	struct ink tail = { 0 };

	if (form == BYTES_CUT)
		ink_printf(&tail, THEME_DIM, "%s %zu", more(), n);
	room -= ink_cells(&tail) + (int)strlen(quote);
	ink_text(k, THEME_PLAIN, quote);
	for (i = 0; i < n && ink_cells(k) < room; i++)
		add_byte(k, c, i, form != BYTES_EXACT);
	ink_text(k, THEME_PLAIN, quote);
	ink_append(k, &tail);
	ink_done(&tail);
	return form == BYTES_CUT || (i == n &&
		ink_cells(k) <= room + (int)strlen(quote));
}

/* A result of bytes in at most room cells, each byte in its sender's style. */
static void bytes_result(struct ink *out, const struct cell_call *c, int room)
{
	struct ink k = { 0 };

	for (int form = BYTES_EXACT; form <= BYTES_CUT; form++) {
		ink_clear(&k);
		if (write_bytes(&k, c, (enum bytes_form)form, room))
			break;
	}
	ink_append(out, &k);
	ink_done(&k);
}

/* Whether a result is bytes that can be left out, and counted. */
static bool is_bytes(const struct value *v)
{
	return v->kind == VALUE_BYTES && v->spelling != VALUE_REPEAT;
}

/* The same: and it is not worth while to print it in another spelling. */
static bool as_bytes(const struct value *v, int room)
{
	return is_bytes(v) && (v->spelling == VALUE_QUOTED ||
		v->len > (size_t)(room > 0 ? room : 0));
}

/* A result as the notation writes it. Where room is short, of a number with its
 * name, 111 (ECONNREFUSED), the number; of a list less. False: something was
 * left out. */
static bool print_result(struct buf *b, const struct value *v, int room)
{
	const char *name;

	if (v->kind == VALUE_LIST || v->kind == VALUE_RECORD)
		return cell_list(b, v, room);
	value_print(b, v);
	name = v->kind == VALUE_CONSTANT ? strstr(buf_str(b), " (") : NULL;
	if (name == NULL || cells(b) <= room)
		return true;
	b->len = (size_t)(name - b->data);
	b->data[b->len] = '\0';
	return false;
}

static bool write_result(struct ink *out, const struct cell_call *c, int room)
{
	struct buf b = { 0 };
	int style = THEME_PLAIN;
	bool whole = true;

	if (!as_bytes(c->result, room))
		whole = print_result(&b, c->result, room);
	if (is_bytes(c->result) && (b.len == 0 || cells(&b) > room)) {
		bytes_result(out, c, room);
		goto out;
	}
	if (c->result->kind == VALUE_ERRNO)
		style = THEME_TROUBLE;
	ink_text(out, style, buf_str(&b));
	if (c->result->kind == VALUE_ERRNO) {
		const char *say = errno_sentence((int)c->result->number);

		if (say != NULL && cells(&b) + 2 +
				text_cells(say, strlen(say)) <= room)
			ink_printf(out, THEME_DIM, "  %s", say);
	}
out:
	buf_done(&b);
	return whole;
}

/* " set 8192, kernel says 16384", in as few words as there is room for. */
static void write_given(struct ink *out, const struct cell_call *c, int room)
{
	struct buf b = { 0 };

	if (c->given == NULL)
		return;
	buf_printf(&b, _("  set %s, kernel says %s"), c->asked, c->given);
	if (cells(&b) > room) {
		buf_clear(&b);
		buf_printf(&b, _(" kernel says %s"), c->given);
	}
	if (cells(&b) > room) {
		buf_clear(&b);
		buf_printf(&b, _(" kernel: %s"), c->given);
	}
	if (cells(&b) > room) {
		buf_clear(&b);
		buf_printf(&b, " (%s)", c->given);
	}
	ink_text(out, THEME_EMPHASIS, buf_str(&b));
	buf_done(&b);
}

/* What the kernel made of an option: in wide columns the word "kernel" is worth
 * a tighter call. */
static int given_wants(const struct cell_call *c, int width)
{
	const char *word = _(" kernel: %s");
	int n = text_cells(c->given, strlen(c->given));

	return n + (width < GIVEN_WIDE ? 3 : text_cells(word, strlen(word)) -
		2);
}

/* Cells the result asks for before any of it is left out. */
static int result_wants(const struct cell_call *c, int width)
{
	struct buf b = { 0 };
	int n;

	if (c->result == NULL)
		return c->waits ? 2 + text_cells(_("waits"),
			strlen(_("waits"))) : 0;
	if (is_bytes(c->result) && c->result->len > BYTES_LEAST) {
		n = BYTES_LEAST; /* bytes may be left out, and are counted */
	} else {
		print_result(&b, c->result, width - ARROW -
			(int)strlen(c->line->row->name));
		n = cells(&b);
	}
	buf_done(&b);
	if (c->given != NULL)
		n += given_wants(c, width);
	return n + ARROW;
}

/* Begin the result: behind the call, or further right, so that short results
 * stand under one another. */
static void arrow(struct ink *out, const struct cell_call *c, int width,
	int wants)
{
	int tab = (width < TAB_MAX ? width : TAB_MAX) - wants;

	if (wants <= SHORT_RESULT && ink_cells(out) < tab && !c->packed)
		ink_pad(out, tab);
	ink_text(out, THEME_DIM, " -> ");
}

/* Who calls, where the column does not say it: "client2", or where that would
 * cost the result its place, what tells it from its host: "2". */
static void write_lane(struct ink *out, const struct cell_call *c, int rest)
{
	const char *lane = c->lane;

	if (lane == NULL)
		return;
	if ((int)strlen(lane) + 1 > rest)
		lane += strcspn(lane, "0123456789/");
	ink_printf(out, THEME_DIM, "%s ", lane);
}

bool cell_call(struct ink *out, const struct cell_call *c, int width)
{
	struct ink head = { 0 };
	struct ink call = { 0 };
	struct buf b = { 0 };
	int wants = result_wants(c, width), room;
	int least = (int)strlen(c->line->row->name);
	bool whole = true;

	if (c->letter != NULL && !c->only_result)
		ink_printf(&head, c->letter_style, "%s ", c->letter);
	write_lane(&head, c, width - ink_cells(&head) - wants - least);
	room = width - ink_cells(&head);
	if (c->only_result)
		buf_text(&b, c->line->row->name);
	else
		whole = fit_call(&b, c->line, room - wants);
	ink_text(&call, c->only_result ? THEME_DIM : THEME_PLAIN, buf_str(&b));
	/* the name itself is cut before a number or an errno is */
	if (ink_cells(&call) > room - wants) {
		ink_cut(&call, room - wants > NAME_LEAST ? room - wants :
			NAME_LEAST);
		whole = false;
	}
	ink_append(&head, &call);
	if (c->result != NULL) {
		arrow(&head, c, width, wants);
		whole = write_result(&head, c, width - ink_cells(&head)) &&
			whole;
		write_given(&head, c, width - ink_cells(&head));
	} else if (c->waits)
		ink_printf(&head, THEME_WAITS, "  %s", _("waits"));
	whole = whole && ink_cells(&head) <= width;
	ink_cut(&head, width);
	ink_append(out, &head);
	ink_done(&head);
	ink_done(&call);
	buf_done(&b);
	return whole;
}
