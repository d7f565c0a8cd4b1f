/*
 * theme: see theme.h.
 *
 * Colours lie on the terminal's own background, which may be dark or light:
 * with 256 colours those of middle lightness are taken, with 8 and 16 the
 * plain ones, with 2 (or NO_COLOR, no-color.org) attributes alone. What a
 * colour says an attribute or a sign says too.
 */
#include "ui/theme.h"

#include <stdlib.h>
#include <string.h>

#define LETTERS 8

/* Pairs: 1 … LETTERS are letters, then those of roles. */
enum pair {
	PAIR_LETTER = 1,
	PAIR_DIM = PAIR_LETTER + LETTERS,
	PAIR_BAR,
	PAIR_KEY,
	PAIR_LIT,
	PAIR_WAITS,
	PAIR_TROUBLE,
	PAIR_GOOD,
	PAIR_CODE,
	PAIR_BLACK,
	PAIRS
};

enum sign_set { SET_UNICODE, SET_CONSOLE, SET_ASCII };

static int colours;          /* 0: attributes alone */
static enum sign_set signs;

/* Foregrounds of the pairs, from PAIR_LETTER on, -1: the terminal's own. */
static const short with_256[PAIRS - 1] = {
	39, 208, 170, 71, 178, 141, 37, 203, /* letters */
	245, -1, 39, 16, 178, 203, 71, 73, 16,
};
static const short with_8[PAIRS - 1] = {
	COLOR_CYAN, COLOR_YELLOW, COLOR_MAGENTA, COLOR_GREEN,
	COLOR_CYAN, COLOR_YELLOW, COLOR_MAGENTA, COLOR_GREEN,
	-1, -1, COLOR_CYAN, COLOR_BLACK, COLOR_YELLOW, COLOR_RED, COLOR_GREEN,
	COLOR_CYAN, COLOR_BLACK,
};

static const char *const sign[SIGNS][3] = {
	[SIGN_RIGHT] =           { "──▶", "──►", "-->" },
	[SIGN_LEFT] =            { "◀──", "◄──", "<--" },
	[SIGN_HELD_RIGHT] =      { "──▌", "──▌", "--|" },
	[SIGN_HELD_LEFT] =       { "▐──", "▐──", "|--" },
	[SIGN_DROP_RIGHT] =      { "──✕", "──X", "--X" },
	[SIGN_DROP_LEFT] =       { "✕──", "X──", "X--" },
	[SIGN_LATER_RIGHT] =     { "──┄", "──·", "--." },
	[SIGN_LATER_LEFT] =      { "┄──", "·──", ".--" },
	[SIGN_FROM_HAND_RIGHT] = { "┄─▶", "·─►", ".->" },
	[SIGN_FROM_HAND_LEFT] =  { "◀─┄", "◄─·", "<-." },
	[SIGN_CHANGED_RIGHT] =   { "──✎", "──*", "--*" },
	[SIGN_CHANGED_LEFT] =    { "✎──", "*──", "*--" },
	[SIGN_WAITS] =           { "┆", "│", ":" },
	[SIGN_VERTICAL] =        { "│", "│", "|" },
	[SIGN_HORIZONTAL] =      { "─", "─", "-" },
	[SIGN_CROSS] =           { "┼", "┼", "+" },
	[SIGN_TEE_DOWN] =        { "┬", "┬", "+" },
	[SIGN_TEE_UP] =          { "┴", "┴", "+" },
	[SIGN_DONE] =            { "☑", "√", "x" },
	[SIGN_OPEN] =            { "☐", "·", "o" },
	[SIGN_POINTER] =         { "▸", "►", ">" },
	[SIGN_MORE] =            { "…", "~", "~" },
	[SIGN_DOT] =             { "·", "·", "-" },
	[SIGN_HEAD_RIGHT] =      { "▶", "►", ">" },
	[SIGN_HEAD_LEFT] =       { "◀", "◄", "<" },
	[SIGN_LOST] =            { "✕", "X", "X" },
	[SIGN_MADE] =            { "✎", "*", "*" },
	[SIGN_AGAIN] =           { "↻", "=", "=" },
	[SIGN_DOWN_RIGHT] =      { "╮", "┐", "." },
	[SIGN_DOWN_LEFT] =       { "╭", "┌", "." },
	[SIGN_OUT_RIGHT] =       { "╰", "└", "'" },
	[SIGN_OUT_LEFT] =        { "╯", "┘", "'" },
	[SIGN_BAR] =             { "█", "█", "#" },
	[SIGN_TO] =              { "→", "→", ">" },
	[SIGN_STEP] =            { "›", "»", ">" },
};

static int colours_wanted(void)
{
	const char *no = getenv("NO_COLOR");

	if ((no != NULL && no[0] != '\0') || !has_colors())
		return 0;
	if (start_color() == ERR || COLORS < 8 || COLOR_PAIRS < PAIRS)
		return 0;
	return COLORS;
}

void theme_init(bool ascii)
{
	const char *term = getenv("TERM");
	const short *front;
	short ground = -1;
	int i;

	signs = ascii ? SET_ASCII : SET_UNICODE;
	if (!ascii && term != NULL && strncmp(term, "linux", 5) == 0)
		signs = SET_CONSOLE;
	colours = colours_wanted();
	if (colours == 0)
		return;
	if (use_default_colors() == ERR)
		ground = COLOR_BLACK;
	/* not indexed in one expression: gcc's object-size check then takes
	 * the one array for the other */
	front = colours >= 256 ? with_256 : with_8;
	for (i = PAIR_LETTER; i < PAIRS; i++) {
		short f = front[i - 1];
		short b = ground;

		if (i == PAIR_LIT)
			b = colours >= 256 ? 178 : COLOR_YELLOW;
		if (i == PAIR_BLACK)
			b = f;
		if (f < 0 && ground >= 0)
			f = COLOR_WHITE;
		init_pair((short)i, f, b);
	}
}

static attr_t pair(enum pair p)
{
	return colours > 0 ? (attr_t)COLOR_PAIR(p) : A_NORMAL;
}

attr_t theme_role(enum theme_role role)
{
	switch (role) {
	case THEME_PLAIN:
	case THEME_ROLES:
		return A_NORMAL;
	case THEME_DIM:
		/* "dim" of eight colours is invisible on some terminals */
		return colours >= 256 ? pair(PAIR_DIM) : A_NORMAL;
	case THEME_TITLE:
		return A_NORMAL;
	case THEME_FOCUS:
		return A_BOLD;
	case THEME_BAR:
		return A_REVERSE;
	case THEME_KEY:
		return pair(PAIR_KEY) | A_BOLD;
	case THEME_SELECTED:
		return A_REVERSE;
	case THEME_LIT:
		return colours > 0 ? pair(PAIR_LIT) : A_REVERSE | A_BOLD;
	case THEME_WAITS:
		return pair(PAIR_WAITS) | A_BOLD;
	case THEME_TROUBLE:
		return pair(PAIR_TROUBLE) | A_BOLD;
	case THEME_GOOD:
		return pair(PAIR_GOOD) | A_BOLD;
	case THEME_BLACK:
		return pair(PAIR_BLACK);
	case THEME_STRONG:
		return A_BOLD;
	case THEME_EMPHASIS:
		return A_UNDERLINE;
	case THEME_CODE:
		return colours > 0 ? pair(PAIR_CODE) : A_BOLD;
	case THEME_LINK:
		return pair(PAIR_CODE) | A_UNDERLINE;
	}
	return A_NORMAL;
}

attr_t theme_letter(uint16_t letter)
{
	attr_t a = A_BOLD;

	if (colours == 0)
		return a;
	/* eight colours: the second round of four is told by the underline */
	if (colours < 256 && letter % LETTERS >= LETTERS / 2)
		a |= A_UNDERLINE;
	return a | pair((enum pair)(PAIR_LETTER + letter % LETTERS));
}

const char *theme_sign(enum theme_sign s)
{
	return sign[s][signs];
}
