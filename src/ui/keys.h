/*
 * keys: one table of what the keys on the stage do. Dispatch, the footer and
 * the help overlay all read it. Pure: knows key codes, draws nothing.
 */
#ifndef UI_KEYS_H
#define UI_KEYS_H

#include <stdbool.h>
#include <stddef.h>

struct ink;

enum command {
	CMD_NONE,
	CMD_NEXT, CMD_BACK, CMD_NOW, CMD_PAGE_BACK, CMD_PAGE_ON,
	CMD_ANSWER,            /* which one: the key less 'a' */
	CMD_HINT,
	CMD_VOTES, CMD_SKIP, CMD_BLANK,
	CMD_LESSON, CMD_BYTES, CMD_SOCKETS,
	CMD_PANE_ON, CMD_PANE_BACK, CMD_MOVE, CMD_ENTER,
	CMD_PASS, CMD_PASS_ALL, CMD_DROP, CMD_HOLD, CMD_MENU,
	CMD_WHY, CMD_KERNEL, CMD_ZOOM, CMD_ONLY,
	CMD_TAKE_BACK, CMD_REBUILD, CMD_RESTART, CMD_FREE, CMD_PROGRAMS,
	CMD_MOVE_LINE,
	CMD_WORD, CMD_GLOSSARY,
	CMD_SEARCH, CMD_FIND_ON, CMD_FIND_BACK, CMD_COPY,
	CMD_PROMPT, CMD_INTERRUPT, CMD_REDRAW, CMD_SUSPEND, CMD_HELP,
	CMD_LEAVE,
};

#define KEYS_OF_ONE 8

struct key_row {
	enum command command;
	int key[KEYS_OF_ONE];  /* curses codes or letters, 0 ends them */
	const char *label;     /* as people see it: "Space"; msgid */
	const char *name;      /* two words for the footer; msgid */
	const char *help;      /* a sentence; msgid. NULL: same row of the
				  help as the one above */
	enum { KEYS_GO, KEYS_LOOK, KEYS_WIRE, KEYS_ACT, KEYS_PROGRAM } group;
};

/* Row i, or NULL behind the last. */
const struct key_row *keys_at(size_t i);

/* What a key does on the stage. */
enum command keys_command(int key);

const struct key_row *keys_of(enum command command);

/* Name of a group, translated. */
const char *keys_group(int group);

/* One thing the footer may name: a command, and words that say it better than
 * the table's (NULL: the table's). */
struct footer_item {
	enum command command;
	const char *label, *words;
};

/*
 * Append as many of n items as fit into width cells, most useful first, with
 * " · " between them. The first is always there: cut when it must be. Returns
 * how many were taken.
 */
size_t keys_footer(struct ink *out, const struct footer_item *item, size_t n,
	int width);

#endif
