/* cell: see cell.h. */
#include "ui/cell.h"

#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "call/line.h"
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
	FORM_CUT,    /* send(s,"LO…") */
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

static void print_value(struct buf *b, const struct value *v, enum form form,
	int bytes_room)
{
	if (form == FORM_CUT && v->kind == VALUE_BYTES &&
			v->spelling == VALUE_QUOTED)
		cut_bytes(b, v, bytes_room);
	else
		value_print(b, v);
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

/* The fullest form that fits into room cells. */
static void fit_call(struct buf *b, const struct line *l, int room)
{
	for (int form = FORM_NAMED; form < FORMS; form++)
		for (int m = measures(l, (enum form)form); m >= 1; m--) {
			buf_clear(b);
			write_call(b, l, (enum form)form, m);
			if (cells(b) <= room)
				return;
		}
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
	const uint8_t *p = c->result->bytes + i;
	struct buf one = { 0 };

	if (symbol)
		text_symbol(&one, *p, c->ascii);
	else
		text_escape(&one, p, 1);
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
 * name, 111 (ECONNREFUSED), the number. */
static void print_result(struct buf *b, const struct value *v, int room)
{
	const char *name;

	value_print(b, v);
	name = v->kind == VALUE_CONSTANT ? strstr(buf_str(b), " (") : NULL;
	if (name != NULL && cells(b) > room) {
		b->len = (size_t)(name - b->data);
		b->data[b->len] = '\0';
	}
}

static void write_result(struct ink *out, const struct cell_call *c, int room)
{
	struct buf b = { 0 };
	int style = THEME_PLAIN;

	if (!as_bytes(c->result, room))
		print_result(&b, c->result, room);
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
static void arrow(struct ink *out, int width, int wants)
{
	int tab = (width < TAB_MAX ? width : TAB_MAX) - wants;

	if (wants <= SHORT_RESULT && ink_cells(out) < tab)
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

void cell_call(struct ink *out, const struct cell_call *c, int width)
{
	struct ink head = { 0 };
	struct ink call = { 0 };
	struct buf b = { 0 };
	int wants = result_wants(c, width), room;
	int least = (int)strlen(c->line->row->name);

	if (c->letter != NULL && !c->only_result)
		ink_printf(&head, c->letter_style, "%s ", c->letter);
	write_lane(&head, c, width - ink_cells(&head) - wants - least);
	room = width - ink_cells(&head);
	if (c->only_result)
		buf_text(&b, c->line->row->name);
	else
		fit_call(&b, c->line, room - wants);
	ink_text(&call, c->only_result ? THEME_DIM : THEME_PLAIN, buf_str(&b));
	/* the name itself is cut before a number or an errno is */
	if (ink_cells(&call) > room - wants)
		ink_cut(&call, room - wants > NAME_LEAST ? room - wants :
			NAME_LEAST);
	ink_append(&head, &call);
	if (c->result != NULL) {
		arrow(&head, width, wants);
		write_result(&head, c, width - ink_cells(&head));
		write_given(&head, c, width - ink_cells(&head));
	} else if (c->waits)
		ink_printf(&head, THEME_WAITS, "  %s", _("waits"));
	ink_cut(&head, width);
	ink_append(out, &head);
	ink_done(&head);
	ink_done(&call);
	buf_done(&b);
}

void cell_bytes(struct ink *out, const uint8_t *p, size_t n, int max,
	const struct cell_owner *owner, bool ascii)
{
	struct buf b = { 0 };
	size_t i, end = n;

	if (max <= 0)
		return;
	if (n > (size_t)max)
		end = (size_t)max - 1;
	for (i = 0; i < end; i++) {
		buf_clear(&b);
		text_symbol(&b, p[i], ascii);
		ink_add(out, owner->style != NULL ?
			owner->style(owner->data, i) : THEME_PLAIN,
			b.data, b.len);
	}
	if (end < n)
		ink_text(out, THEME_DIM, more());
	buf_done(&b);
}

static const char *head_of(enum cell_arrow arrow, bool left)
{
	switch (arrow) {
	case CELL_WENT:
		return theme_sign(left ? SIGN_LEFT : SIGN_RIGHT);
	case CELL_HELD:
		return theme_sign(left ? SIGN_HELD_LEFT : SIGN_HELD_RIGHT);
	case CELL_DROPPED:
		return theme_sign(left ? SIGN_DROP_LEFT : SIGN_DROP_RIGHT);
	case CELL_LATER:
		return theme_sign(left ? SIGN_LATER_LEFT : SIGN_LATER_RIGHT);
	case CELL_FROM_HAND:
		return theme_sign(left ? SIGN_FROM_HAND_LEFT :
			SIGN_FROM_HAND_RIGHT);
	case CELL_CHANGED:
		return theme_sign(left ? SIGN_CHANGED_LEFT :
			SIGN_CHANGED_RIGHT);
	}
	return "";
}

/* The end of a shaft that points at nobody: the same marks, no head. */
static void ink_end(struct ink *out, int style, const struct cell_frame *f)
{
	if (f->beside && f->arrow == CELL_WENT)
		ink_repeat(out, style, theme_sign(SIGN_HORIZONTAL), 3);
	else if (f->beside && f->arrow == CELL_FROM_HAND)
		ink_text(out, style, theme_sign(SIGN_LATER_LEFT));
	else
		ink_text(out, style, head_of(f->arrow, f->leftwards));
}

/* What it is in plain words, where there is room for them: a flag at its first
 * use, as what the frame says; a retransmission. */
static void add_told(struct ink *out, const struct cell_frame *f, int room)
{
	const char *again = _("retransmission");

	room -= ink_cells(out);
	if (f->told != NULL) {
		if (text_cells(f->told, strlen(f->told)) + 3 <= room)
			ink_printf(out, THEME_DIM, " \"%s\"", f->told);
		return;
	}
	if (f->again == 0 || !f->names_it)
		return;
	if (text_cells(again, strlen(again)) >= room)
		again = _("again");
	if (text_cells(again, strlen(again)) < room)
		ink_printf(out, THEME_WAITS, " %s", again);
}

/* "4 A LOGIN↵ ×4" in at most room cells. */
static void frame_words(struct ink *out, const struct cell_frame *f, int room)
{
	struct ink tail = { 0 };
	struct ink words = { 0 };

	ink_printf(out, THEME_DIM, "%u", f->number);
	ink_text(out, THEME_WAITS, f->made ? theme_sign(SIGN_MADE) : "");
	ink_text(out, THEME_DIM, " ");
	if (f->again > 0)
		ink_printf(out, THEME_WAITS, "%s%u ", theme_sign(SIGN_AGAIN),
			f->again);
	if (f->whom != NULL && f->whom[0] != '\0')
		ink_printf(out, THEME_DIM, "%s ", f->whom);
	if (f->letters[0] != '\0')
		ink_printf(out, f->letters_style, "%s ", f->letters);
	if (f->times > 1)
		ink_printf(&tail, THEME_STRONG, f->ascii ? " x%u" : " ×%u",
			f->times);
	ink_append(&words, f->words);
	ink_cut(&words, room - ink_cells(out) - ink_cells(&tail));
	ink_append(out, &words);
	ink_append(out, &tail);
	add_told(out, f, room);
	ink_done(&words);
	ink_done(&tail);
}

/*
 * The shaft reaches the far edge when the frame arrived, and the middle of the
 * wire when our hand stopped it there.
 */
void cell_frame(struct ink *out, const struct cell_frame *f, int width)
{
	struct ink words = { 0 };
	struct ink shaft = { 0 };
	const char *line = theme_sign(SIGN_HORIZONTAL);
	int style = f->arrow == CELL_DROPPED ? THEME_TROUBLE :
		f->arrow == CELL_HELD || f->arrow == CELL_CHANGED ?
		THEME_WAITS : THEME_PLAIN;
	int room, blank = 0;

	frame_words(&words, f, width - 4);
	room = width - ink_cells(&words) - 1;
	if (room < 3)
		room = 3;
	if (f->arrow != CELL_WENT && f->arrow != CELL_FROM_HAND) {
		int reach = width / 2 + 2 - ink_cells(&words) - 1;

		reach = reach < 3 ? 3 : reach;
		blank = room - reach > 0 ? room - reach : 0;
	}
	if (f->leftwards) {
		ink_repeat(&shaft, THEME_PLAIN, " ", blank);
		ink_end(&shaft, style, f);
		ink_repeat(&shaft, style, line, room - blank - 3);
		ink_text(&shaft, THEME_PLAIN, " ");
		ink_append(out, &shaft);
		ink_append(out, &words);
	} else {
		ink_append(out, &words);
		ink_text(&shaft, THEME_PLAIN, " ");
		ink_repeat(&shaft, style, line, room - blank - 3);
		ink_end(&shaft, style, f);
		ink_append(out, &shaft);
	}
	ink_done(&words);
	ink_done(&shaft);
}
