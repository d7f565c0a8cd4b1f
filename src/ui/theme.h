/*
 * theme: what things look like on 2, 8, 16 and 256 colours, and which signs
 * are drawn with and without UTF-8. The only place that knows colours.
 */
#ifndef UI_THEME_H
#define UI_THEME_H

#include <stdbool.h>
#include <stdint.h>

#include <curses.h>

enum theme_role {
	THEME_PLAIN,
	THEME_DIM,      /* rulers, hints, what is over */
	THEME_TITLE,    /* names of panes; focused: with THEME_FOCUS */
	THEME_FOCUS,
	THEME_BAR,      /* top and bottom line */
	THEME_KEY,      /* a key named in the footer */
	THEME_SELECTED, /* the row or field under the cursor */
	THEME_LIT,      /* bytes of the selected field */
	THEME_WAITS,    /* a waiting call */
	THEME_TROUBLE,  /* errors; never red alone: bold too */
	THEME_GOOD,
	THEME_BLACK,    /* a dark screen, whatever the terminal's ground */
	THEME_STRONG, THEME_EMPHASIS, THEME_CODE, /* prose */
	THEME_LINK,     /* a word of it that K explains */
	THEME_ROLES
};

enum theme_sign {
	SIGN_RIGHT, SIGN_LEFT,         /* ──▶ ◀── a frame on its way */
	SIGN_HELD_RIGHT, SIGN_HELD_LEFT, /* ──▌ ▐── in our hand */
	SIGN_DROP_RIGHT, SIGN_DROP_LEFT, /* ──✕ ✕── */
	SIGN_LATER_RIGHT, SIGN_LATER_LEFT, /* ──┄ ┄── passed or dropped later */
	SIGN_FROM_HAND_RIGHT, SIGN_FROM_HAND_LEFT, /* ┄─▶ ◀─┄ now it goes on */
	SIGN_CHANGED_RIGHT, SIGN_CHANGED_LEFT, /* ──✎ ✎── others go instead */
	SIGN_WAITS,                    /* ┆ */
	SIGN_VERTICAL, SIGN_HORIZONTAL, SIGN_CROSS, SIGN_TEE_DOWN, SIGN_TEE_UP,
	SIGN_DONE, SIGN_OPEN,          /* ☑ ☐ */
	SIGN_POINTER,                  /* ▸ */
	SIGN_MORE,                     /* … */
	SIGN_DOT,                      /* · */
	SIGN_HEAD_RIGHT, SIGN_HEAD_LEFT, /* ▶ ◀ */
	SIGN_LOST,                     /* ✕ */
	SIGN_MADE,                     /* ✎ by us, or changed by us */
	SIGN_AGAIN,                    /* ↻ says again what another said */
	SIGN_DOWN_RIGHT, SIGN_DOWN_LEFT, /* ─╮ ╭─ from the right, the left edge
					of an arrow it goes on below */
	SIGN_OUT_RIGHT, SIGN_OUT_LEFT, /* ╰─ ─╯ it came from above */
	SIGN_BAR,                      /* █ a waiting call, in the ladder */
	SIGN_TO,                       /* → who to whom */
	SIGN_STEP,                     /* › one state, then the next */
	SIGNS
};

/* After initscr: looks at TERM's colours, NO_COLOR and the locale. */
void theme_init(bool ascii);

/* Attributes for attrset. */
attr_t theme_role(enum theme_role role);

/* The colour of a send's letter (0 = A …): never one of the roles' alone, so
 * that letters stay readable without colour. */
attr_t theme_letter(uint16_t letter);

const char *theme_sign(enum theme_sign sign);

#endif
