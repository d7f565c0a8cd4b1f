/*
 * menu: the faults of the wire, as a list to choose from, and the rules in
 * force, to be taken away.
 *
 * A fault is an order of the notation. Its arguments are *asked* on one line,
 * which already holds the order with sensible ones: for the selected frame when
 * it lies in our hand, else as a rule for the next frame that is like the
 * selected one.
 */
#ifndef UI_MENU_H
#define UI_MENU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <curses.h>

struct app;
struct buf;
struct facts;

void menu_open(struct app *a);
void menu_draw(struct app *a);
void menu_key(struct app *a, wint_t key);

void ask_draw(struct app *a);
void ask_key(struct app *a, wint_t key, bool is_char);

/* ---- menu_faults.c: pure ---- */

/* What a fault is about. */
enum menu_about {
	MENU_FRAME, /* a frame in hand, else the next one like it */
	MENU_RULE,  /* frames to come */
	MENU_HOST,  /* one end */
	MENU_WIRE,  /* the wire: nothing is asked */
};

struct menu_fault {
	const char *what;   /* msgid */
	const char *order;  /* "delay 2s": with the arguments offered */
	const char *form;   /* "delay TIME [jitter TIME [seed N]]" */
	enum menu_about about;
};

/* Fault i, NULL behind the last. */
const struct menu_fault *menu_fault(size_t i);

/* What an order is offered for. */
struct menu_for {
	uint32_t held;      /* number of the selected frame in hand, 0 */
	const char *like;   /* filter of what is like the selected one, "" */
	const char *host;   /* the end that a fault of one end is about */
};

/* "wire: delay 2s #5", "wire: drop next data from client". */
void menu_order(struct buf *b, const struct menu_fault *f,
	const struct menu_for *to);

/* "data from client", "syn from server", "udp from client". */
void menu_like(struct buf *b, const struct facts *facts, const char *host);

#endif
