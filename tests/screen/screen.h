/*
 * screen: the real program on a pseudo terminal, read through libvterm.
 *
 * A test types, waits for a state of the screen with a deadline, and looks at
 * cells. Nothing here sleeps. What cannot go on (no pty) ends the test program.
 *
 * The program runs under a small shell of our own, so that it can be stopped
 * and continued as a real shell does it.
 */
#ifndef TESTS_SCREEN_SCREEN_H
#define TESTS_SCREEN_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>

struct screen;

/* The usual deadline. Only what fails waits so long: a slow machine may take
 * its time. */
#define SCREEN_SECONDS 60

/* The program under test: $TOMADA, else build/tomada. */
const char *screen_program(void);

/*
 * Start argv (argv[0] is a path) on a terminal of that size. env holds
 * "NAME=value", or "NAME" to take it away, on top of the environment of the
 * test, TERM=xterm-256color and LC_ALL=C.UTF-8; both lists end in NULL, env
 * may be NULL.
 */
struct screen *screen_start(int columns, int rows, const char *const env[],
	const char *const argv[]);

/* The same for the program under test; arguments are parted by spaces. */
struct screen *screen_run(int columns, int rows, const char *const env[],
	const char *arguments);

/* Kill what still runs, wait for it, free everything. */
void screen_free(struct screen *s);

/* ---- doing ---- */

void screen_type(struct screen *s, const char *text);
void screen_send(struct screen *s, const void *p, size_t n); /* raw bytes */

/* A key by name: Enter Esc Tab S-Tab Space Backspace Up Down Left Right Home
 * End PgUp PgDn Delete C-x M-x, or one letter. */
void screen_key(struct screen *s, const char *name);

void screen_click(struct screen *s, int row, int column);
/* To another size; true when all is drawn anew, or the program stands still. */
bool screen_resize(struct screen *s, int columns, int rows);
void screen_signal(struct screen *s, int sig); /* to the program */

/* After the program has stopped: what the shell's fg does. */
void screen_continue(struct screen *s);

/* ---- waiting: true when it came; else the screen is printed ----
 *
 * A screen is judged only when all that was written has been read and the
 * program *rests*: it has read every key, and sleeps where it waits for news,
 * neither for the rest of an escape sequence nor in the midst of a picture. */

bool screen_wait(struct screen *s, const char *text, int seconds);
bool screen_wait_gone(struct screen *s, const char *text, int seconds);
/* Any condition on the screen; what names it for the print. */
bool screen_until(struct screen *s, bool (*is)(struct screen *, void *),
	void *data, const char *what, int seconds);
bool screen_wait_stopped(struct screen *s, int seconds);
bool screen_wait_exit(struct screen *s, int seconds);
/* Type a line at the open prompt, and wait until it is taken (the prompt is
 * empty again) and the text that it brings stands on the screen once more than
 * before. Where rows scroll away it must be a text of its own. */
bool screen_line(struct screen *s, const char *line, const char *shows);
/* Until what the keys typed so far do to the screen is on it. What a key asks
 * of the lab is not: wait for that by what it shows. */
bool screen_settle(struct screen *s);
/* Until the program has written nothing for ms: to prove that nothing happens
 * by itself. It says nothing about what is still under way. */
bool screen_wait_quiet(struct screen *s, int ms, int seconds);

/* ---- looking ---- */

/* A row's text without trailing spaces; good for the next 64 calls. */
const char *screen_row(struct screen *s, int row);
bool screen_has(struct screen *s, const char *text);
int screen_count(struct screen *s, const char *text); /* how often */
/* Where a text stands; false when nowhere. */
bool screen_find(struct screen *s, const char *text, int *row, int *column);
void screen_print(struct screen *s); /* to standard error */

struct screen_cell {
	char text[32];         /* UTF-8, marks with it; "" for an empty cell */
	int width;
	bool bold, underline, italic, reverse;
	bool default_front, default_back;
	uint8_t front[3], back[3];  /* red, green, blue */
	int front_index, back_index; /* of the palette, or -1 */
};
bool screen_cell(struct screen *s, int row, int column,
	struct screen_cell *out);

void screen_size(struct screen *s, int *columns, int *rows);
void screen_cursor(struct screen *s, int *row, int *column, bool *visible);
bool screen_alternate(struct screen *s); /* the full-screen buffer is in use */
int screen_mouse(struct screen *s);      /* 0: not asked for */
int screen_bells(struct screen *s);
bool screen_titled(struct screen *s);    /* somebody set a window title */

/* Everything that was written to the terminal so far. */
const uint8_t *screen_raw(struct screen *s, size_t *len);

/*
 * Why what was written is not what curses writes: a control character or a
 * sequence that no terminal description has; NULL when all is well.
 */
const char *screen_raw_trouble(struct screen *s, size_t *at);

/* Whether these bytes are anywhere in what was written. */
bool screen_raw_has(struct screen *s, const void *p, size_t n);

/* Status as of waitpid, after screen_wait_exit. */
int screen_status(struct screen *s);
pid_t screen_pid(struct screen *s);

/* Descriptors (pidfd_open(2)) of the program's descendants, at most max. */
size_t screen_family(struct screen *s, int *pidfd, size_t max);

/* The terminal's modes as the program found them, and as they are now. */
void screen_modes(struct screen *s, struct termios *first,
	struct termios *now);

/* Stop reading the terminal, as a blocked one does; read on. */
void screen_block(struct screen *s, bool blocked);

#endif
