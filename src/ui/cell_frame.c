/* cell_frame: frames and bytes, as cells of the stage. See cell.h. */
#include "ui/cell.h"

#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "ui/ink.h"

void cell_escape(struct buf *b, const uint8_t *p, size_t n, size_t i)
{
	if (p[i] == 0 && i + 1 < n && p[i + 1] >= '0' && p[i + 1] <= '7')
		buf_text(b, "\\x00"); /* \0 and a digit is another byte in C */
	else
		text_escape(b, p + i, 1);
}

/* Whether bytes that are no ASCII are among them, and all have room in their
 * exact spelling. */
static bool worth_telling(const uint8_t *p, size_t n, int max)
{
	struct buf b = { 0 };
	bool told = false;
	size_t i;

	for (i = 0; i < n && (int)b.len <= max; i++) {
		told = told || p[i] > 0x7f;
		cell_escape(&b, p, n, i);
	}
	told = told && i == n && (int)b.len <= max;
	buf_done(&b);
	return told;
}

void cell_bytes(struct ink *out, const uint8_t *p, size_t n, int max,
	const struct cell_owner *owner, bool ascii)
{
	bool told = worth_telling(p, n, max);
	struct buf b = { 0 };
	size_t i, end = n;

	if (max <= 0)
		return;
	if (!told && n > (size_t)max)
		end = (size_t)max - 1;
	for (i = 0; i < end; i++) {
		buf_clear(&b);
		if (told)
			cell_escape(&b, p, n, i);
		else
			text_symbol(&b, p[i], ascii);
		ink_add(out, owner->style != NULL ?
			owner->style(owner->data, i) : THEME_PLAIN,
			b.data, b.len);
	}
	if (end < n)
		ink_text(out, THEME_DIM, theme_sign(SIGN_MORE));
	buf_done(&b);
}

#define SHAFT 4 /* cells of an arrow, and the blank before it, at least */

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

int cell_frame_room(const struct cell_frame *f, int width)
{
	struct cell_frame without = *f;
	struct ink none = { 0 }, head = { 0 };
	int room = width - SHAFT;

	without.words = &none;
	without.told = NULL;
	without.names_it = false;
	frame_words(&head, &without, room);
	room -= ink_cells(&head);
	ink_done(&head);
	return room;
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

	frame_words(&words, f, width - SHAFT);
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
