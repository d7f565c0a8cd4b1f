/*
 * Only what has changed is drawn and sent: whatever was pressed, the screen is
 * the one that stands there when all of it is sent again (Ctrl-L).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "empty_lab.h"
#include "rights.h"
#include "screen.h"

#define KEYS 120 /* of a walk */
#define MOST (200 * 60)

/* Keys that ask nothing of the lab, wherever they are pressed. */
static const char *const walk[] = {
	"Up", "Up", "Down", "Down", "Left", "Right", "PgUp", "PgDn", "Home",
	"End", "Tab", "S-Tab", "0", "1", "3", "z", "k", "?", "w", "g", "/",
	"n", "i", ":", "~", "J", "y", "Backspace", "b", "Esc", "Esc", "Esc",
};

/* Layers in which a letter may ask something of the lab. */
static const char *const layers[] = {
	"m", "Down", "Down", "k", "Esc", "m", "Up", "Enter", "x", "y", "Left",
	"Backspace", "Esc", "y", "m", "Esc", "?", "Down", "Down", "Esc", "~",
	"z", "m", "Down", "Esc", "z", "w", "Down", "Esc", "g", "Down", "/",
	"r", "Esc", "Esc", ":", "s", "Tab", "C-u", "Esc", "y", "z", "z",
};

static const int sizes[][2] = {{80, 24}, {200, 60}, {100, 30}, {41, 13}};

static struct screen_cell before[MOST], now[MOST];

static void look(struct screen *s, struct screen_cell *cell)
{
	int columns, rows;

	screen_size(s, &columns, &rows);
	assert_true(columns * rows <= MOST);
	for (int i = 0; i < columns * rows; i++)
		if (!screen_cell(s, i / columns, i % columns, &cell[i]))
			memset(&cell[i], 0, sizeof(cell[i]));
}

static bool is_blank(const struct screen_cell *c)
{
	return !c->text[0] || !strcmp(c->text, " ");
}

/* Whether people see the same; of a blank nobody sees whether it is bold. */
static bool look_alike(const struct screen_cell *a, const struct screen_cell *b)
{
	if (a->reverse != b->reverse || a->underline != b->underline ||
		a->default_back != b->default_back ||
		a->back_index != b->back_index)
		return false;
	if (is_blank(a) && is_blank(b))
		return !a->reverse || (a->default_front == b->default_front &&
			a->front_index == b->front_index);
	return !strcmp(a->text, b->text) && a->bold == b->bold &&
		a->default_front == b->default_front &&
		a->front_index == b->front_index;
}

static void press(struct screen *s, const char *key)
{
	int columns, rows;

	screen_key(s, key);
	assert_true(screen_settle(s));
	look(s, before);
	screen_key(s, "C-l");
	assert_true(screen_settle(s));
	look(s, now);
	screen_size(s, &columns, &rows);
	for (int i = 0; i < columns * rows; i++) {
		if (look_alike(&before[i], &now[i]))
			continue;
		screen_print(s);
		fail_msg("after %s, at %d:%d of %dx%d: \"%s\", should be "
			"\"%s\"", key, i / columns, i % columns, columns,
			rows, before[i].text, now[i].text);
	}
}

/* Client and server talk, the server waits; all is at rest. */
static struct screen *talking(void)
{
	struct screen *s;

	need_namespaces();
	s = empty_lab(200, 60, NULL);
	line(s, "server: ear = socket(AF_INET, SOCK_STREAM)", "-> 3");
	line(s, "server: bind(ear, any:9999)", "-> 0");
	line(s, "server: listen(ear, 5)", "-> 0");
	line(s, "server: conn = accept(ear)", "  waits");
	line(s, "client: s = socket(AF_INET, SOCK_STREAM)", "-> 3");
	line(s, "client: connect(s, server:9999)", "-> 4"); /* of accept */
	line(s, "client: send(s, \"hello\")", "-> 5");
	line(s, "server: recv(conn, 64)", "-> \"hello\"");
	line(s, "server: accept(ear)", "  waits");
	screen_key(s, "Esc");
	assert_true(screen_wait_gone(s, "client>", SCREEN_SECONDS));
	return s;
}

static void nothing_is_left_behind(void **state)
{
	struct screen *s = talking();
	uint32_t seed = 1;

	(void)state;
	for (size_t size = 0; size < 4; size++) {
		assert_true(screen_resize(s, sizes[size][0], sizes[size][1]));
		for (int i = 0; i < KEYS; i++) {
			seed = seed * 1664525 + 1013904223;
			press(s, walk[(seed >> 16) %
				(sizeof(walk) / sizeof(walk[0]))]);
		}
		for (int i = 0; i < 4; i++)
			press(s, "Esc");
	}
	screen_free(s);
}

static void layers_hide_nothing_for_ever(void **state)
{
	struct screen *s = talking();

	(void)state;
	for (size_t size = 0; size < 4; size++) {
		assert_true(screen_resize(s, sizes[size][0], sizes[size][1]));
		for (size_t i = 0; i < sizeof(layers) / sizeof(layers[0]); i++)
			press(s, layers[i]);
	}
	screen_free(s);
}

/* A key that changes nothing sends nothing. */
static void nothing_is_sent_for_nothing(void **state)
{
	struct screen *s = talking();
	size_t n, after;

	(void)state;
	screen_key(s, "~");
	assert_true(screen_wait(s, "Press : to type a call", SCREEN_SECONDS));
	assert_true(screen_settle(s));
	screen_raw(s, &n);
	screen_key(s, "~");
	assert_true(screen_settle(s));
	screen_raw(s, &after);
	assert_int_equal(after, n);
	screen_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_left_behind),
		cmocka_unit_test(layers_hide_nothing_for_ever),
		cmocka_unit_test(nothing_is_sent_for_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
