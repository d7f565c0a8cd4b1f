/*
 * The bytes and the sockets panes; and that any byte a network can carry is
 * shown and never obeyed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "screen.h"

/* A line for the lab, typed in full, and what shows that it was done. */
static void line(struct screen *s, const char *text, const char *shows)
{
	screen_type(s, text);
	screen_key(s, "Enter");
	assert_true(screen_wait(s, shows, SCREEN_SECONDS));
}

/* A lab with a connection; the prompt is open. Nothing when there is no wire
 * and a test needs one. */
static struct screen *connected(int columns, int rows, const char *const env[])
{
	struct screen *s = screen_run(columns, rows, env, "lab --lang en");

	assert_true(screen_wait(s, "server", SCREEN_SECONDS));
	screen_key(s, ":");
	assert_true(screen_wait(s, "client>", SCREEN_SECONDS));
	line(s, "server: ear = socket(AF_INET, SOCK_STREAM)", "ear");
	line(s, "server: bind(ear, any:9999)", "bind");
	line(s, "server: listen(ear, 5)", "listen");
	line(s, "client: s = socket(AF_INET, SOCK_STREAM)", "s = socket");
	line(s, "client: setsockopt(s, TCP_NODELAY, 1)", "setsockopt");
	line(s, "client: connect(s, server:9999)", "connect");
	line(s, "server: conn = accept(ear)", "accept");
	return s;
}

static void leave_prompt(struct screen *s)
{
	screen_key(s, "Esc");
	assert_true(screen_wait_gone(s, "client>", SCREEN_SECONDS));
}

static void assert_clean(struct screen *s)
{
	size_t at = 0;
	const char *trouble = screen_raw_trouble(s, &at);

	if (trouble)
		fail_msg("%s at byte %zu of what was written", trouble, at);
	assert_int_equal(screen_bells(s), 0);
	assert_false(screen_titled(s));
}

/* The 256 bytes, sent from one side, received on the other, looked at in
 * every pane. */
static void every_byte(const char *from, const char *with, const char *to,
	const char *by)
{
	struct screen *s = connected(100, 40, NULL);
	char text[1200];
	int n = snprintf(text, sizeof(text), "%s: send(%s, hex(", from, with);

	for (int i = 0; i < 256; i++)
		n += snprintf(text + n, sizeof(text) - (size_t)n, "%02x", i);
	snprintf(text + n, sizeof(text) - (size_t)n, "))");
	line(s, text, "-> 256");
	snprintf(text, sizeof(text), "%s: recv(%s, 300)", to, by);
	line(s, text, "recv(");
	leave_prompt(s);
	screen_key(s, "1");
	for (int i = 0; i < 6; i++) { /* the rows of send, frame and recv */
		screen_key(s, "Up");
		assert_true(screen_wait_quiet(s, 60, SCREEN_SECONDS));
		screen_key(s, "Left");
		assert_true(screen_wait_quiet(s, 60, SCREEN_SECONDS));
		assert_clean(s);
	}
	screen_key(s, "Esc"); /* nothing selected: the newest, the recv */
	assert_true(screen_wait(s, "recv, 256 bytes", SCREEN_SECONDS));
	screen_key(s, "Tab"); /* into the bytes; all of them */
	screen_key(s, "z");
	for (int i = 0; i < 20; i++)
		screen_key(s, "Down");
	assert_true(screen_wait_quiet(s, 100, SCREEN_SECONDS));
	if (!screen_has(s, "f8 f9 fa fb"))
		screen_print(s);
	assert_true(screen_has(s, "f8 f9 fa fb"));
	assert_clean(s);
	screen_free(s);
}

static void every_byte_of_the_client(void **state)
{
	(void)state;
	every_byte("client", "s", "server", "conn");
}

static void every_byte_of_the_server(void **state)
{
	(void)state;
	every_byte("server", "conn", "client", "s");
}

/* What would colour, title, ring, turn the direction and clear, if it were
 * obeyed: none of it reaches the terminal. */
static void no_sequence_gets_through(void **state)
{
	struct screen *s = connected(80, 24, NULL);

	(void)state;
	line(s, "client: send(s, \"\\x1b[31;45;7mRED\\x1b]0;TITLE\\x07"
		"\\x9b2J\\xe2\\x80\\xae\\x0e\")", "-> 30");
	line(s, "server: recv(conn, 64)", "recv(");
	leave_prompt(s);
	screen_key(s, "1");
	for (int i = 0; i < 4; i++) {
		screen_key(s, "Up");
		assert_true(screen_wait_quiet(s, 60, SCREEN_SECONDS));
	}
	assert_false(screen_raw_has(s, "\033[31;45;7m", 10));
	assert_false(screen_raw_has(s, "\033]0;", 4));
	assert_false(screen_raw_has(s, "\xe2\x80\xae", 3));
	assert_clean(s);
	screen_free(s);
}

static void the_same_without_utf8(void **state)
{
	static const char *const env[] = {"LC_ALL=C", NULL};
	struct screen *s = connected(80, 24, env);
	const uint8_t *raw;
	size_t n;

	(void)state;
	line(s, "client: send(s, hex(00 07 1b 9b 80 ff e2 82 ac))", "-> 9");
	line(s, "server: recv(conn, 64)", "recv(");
	leave_prompt(s);
	screen_key(s, "1");
	screen_key(s, "Up");
	assert_true(screen_wait_quiet(s, 100, SCREEN_SECONDS));
	raw = screen_raw(s, &n);
	for (size_t i = 0; i < n; i++)
		assert_in_range(raw[i], 1, 0x7e);
	assert_clean(s);
	screen_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_of_the_client),
		cmocka_unit_test(every_byte_of_the_server),
		cmocka_unit_test(no_sequence_gets_through),
		cmocka_unit_test(the_same_without_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
