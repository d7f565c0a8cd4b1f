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

#include "rights.h"
#include "screen.h"

#define TALL 60

/* A line for the lab, and what shows that it was done. */
static void line(struct screen *s, const char *text, const char *shows)
{
	assert_true(screen_line(s, text, shows));
}

/*
 * A lab with a connection; the prompt is open, and the screen so tall that no
 * row scrolls away. Each call is done before the next is typed, for the two
 * sides wait for nobody.
 */
static struct screen *connected(int columns, const char *const env[])
{
	static const char *const lines[] = {
		"server: ear = socket(AF_INET, SOCK_STREAM)",
		"server: bind(ear, any:9999)",
		"server: listen(ear, 5)",
		"client: s = socket(AF_INET, SOCK_STREAM)",
		"client: setsockopt(s, TCP_NODELAY, 1)",
		"client: connect(s, server:9999)",
		"server: conn = accept(ear)",
	};
	struct screen *s;

	need_namespaces();
	s = screen_run(columns, TALL, env, "lab --lang en");
	assert_true(screen_wait(s, "server", SCREEN_SECONDS));
	screen_key(s, ":");
	assert_true(screen_wait(s, "client>", SCREEN_SECONDS));
	for (int i = 0; i < 7; i++)
		line(s, lines[i], " -> ");
	return s;
}

/* The prompt is closed, and the screen as tall as people have it. */
static void leave_prompt(struct screen *s, int rows)
{
	int columns, tall;

	screen_key(s, "Esc");
	assert_true(screen_wait_gone(s, "client>", SCREEN_SECONDS));
	screen_size(s, &columns, &tall);
	assert_true(screen_resize(s, columns, rows));
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
	struct screen *s = connected(100, NULL);
	char text[1200];
	int n = snprintf(text, sizeof(text), "%s: send(%s, hex(", from, with);

	for (int i = 0; i < 256; i++)
		n += snprintf(text + n, sizeof(text) - (size_t)n, "%02x", i);
	snprintf(text + n, sizeof(text) - (size_t)n, "))");
	line(s, text, "-> 256");
	snprintf(text, sizeof(text), "%s: recv(%s, 300)", to, by);
	line(s, text, " -> ");
	leave_prompt(s, 40);
	screen_key(s, "1");
	for (int i = 0; i < 6; i++) { /* the rows of send, frame and recv */
		screen_key(s, "Up");
		assert_true(screen_settle(s));
		screen_key(s, "Left");
		assert_true(screen_settle(s));
		assert_clean(s);
	}
	screen_key(s, "Esc"); /* nothing selected; then the last row, the recv */
	screen_key(s, "Up");
	assert_true(screen_wait(s, "recv, 256 bytes", SCREEN_SECONDS));
	screen_key(s, "Tab"); /* into the bytes; all of them */
	screen_key(s, "z");
	for (int i = 0; i < 20; i++)
		screen_key(s, "Down");
	assert_true(screen_wait(s, "f8 f9 fa fb", SCREEN_SECONDS));
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
	struct screen *s = connected(80, NULL);

	(void)state;
	line(s, "client: send(s, \"\\x1b[31;45;7mRED\\x1b]0;TITLE\\x07"
		"\\x9b2J\\xe2\\x80\\xae\\x0e\")", "-> 30");
	line(s, "server: recv(conn, 64)", " -> ");
	leave_prompt(s, 24);
	screen_key(s, "1");
	for (int i = 0; i < 4; i++) {
		screen_key(s, "Up");
		assert_true(screen_settle(s));
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
	struct screen *s = connected(80, env);
	const uint8_t *raw;
	size_t n;

	(void)state;
	line(s, "client: send(s, hex(00 07 1b 9b 80 ff e2 82 ac))", "-> 9");
	line(s, "server: recv(conn, 64)", " -> ");
	leave_prompt(s, 24);
	screen_key(s, "1");
	screen_key(s, "Up");
	assert_true(screen_settle(s));
	raw = screen_raw(s, &n);
	for (size_t i = 0; i < n; i++)
		assert_in_range(raw[i], 1, 0x7e);
	assert_clean(s);
	screen_free(s);
}

static void assert_heading(struct screen *s, const char *text)
{
	assert_true(screen_wait(s, text, SCREEN_SECONDS));
}

/*
 * LOGIN\n in frame 4: Ethernet 14, IPv4 20, TCP 20 bytes: the payload is at
 * 54. The cursor begins there; fields and bytes follow one another.
 */
static void one_cursor_in_two_halves(void **state)
{
	struct screen *s = connected(80, NULL);
	struct screen_cell lit, plain;
	int row, column;

	(void)state;
	line(s, "client: send(s, \"LOGIN\\n\")", "-> 6");
	assert_true(screen_wait(s, "5 ACK", SCREEN_SECONDS));
	leave_prompt(s, 24);
	screen_key(s, "1");
	screen_key(s, "Up");
	assert_heading(s, "frame 5");
	for (int i = 0; i < 3 && !screen_has(s, "frame 4"); i++) {
		screen_key(s, "Up");
		assert_true(screen_settle(s));
	}
	assert_heading(s, "frame 4 from client, 60 bytes · at byte 54");
	screen_key(s, "Tab");
	/* letters below the payload; the letter's send in the list */
	assert_true(screen_wait(s, "A, a send of client", SCREEN_SECONDS));
	assert_true(screen_find(s, "4c 4f", &row, &column));
	assert_non_null(strstr(screen_row(s, row + 1), "A  A"));
	assert_true(screen_has(s, "u8 76  u16 19535/20300"));
	assert_true(screen_has(s, "u32 1280264009/1229410124"));
	assert_true(screen_has(s, "IPv4 76.79.71.73"));
	/* to the fields and up to the checksum of TCP: bytes 50 and 51 */
	screen_key(s, "Enter");
	for (int i = 0; i < 8 && !screen_has(s, "at byte 50"); i++) {
		screen_key(s, "Up");
		assert_true(screen_settle(s));
	}
	assert_heading(s, "at byte 50");
	assert_true(screen_has(s, "right"));
	/* both of its bytes are lit, and no other beside them */
	assert_true(screen_find(s, "0030", &row, &column));
	screen_cell(s, row, column + 6 + 3 * 2, &lit);
	screen_cell(s, row, column + 6 + 3 * 4, &plain);
	assert_true(lit.reverse != plain.reverse || lit.bold != plain.bold ||
		lit.underline != plain.underline ||
		memcmp(lit.front, plain.front, 3) ||
		memcmp(lit.back, plain.back, 3));
	/* back to the bytes: a byte down is in the payload again */
	screen_key(s, "Left");
	screen_key(s, "Down");
	assert_heading(s, "at byte 58");
	/* in the kernel's view no byte has a letter */
	screen_key(s, "k");
	assert_true(screen_wait_gone(s, "a send of client", SCREEN_SECONDS));
	screen_free(s);
}

/* / finds text, and bytes as the notation writes them. */
static void finds_text_and_bytes(void **state)
{
	struct screen *s = connected(80, NULL);

	(void)state;
	line(s, "client: send(s, \"name=Ana\\r\\nname=Rui\\r\\n\")", "-> 20");
	line(s, "server: recv(conn, 64)", " -> ");
	leave_prompt(s, 24);
	screen_key(s, "1");
	screen_key(s, "Up");
	assert_heading(s, "recv, 20 bytes · at byte 0");
	screen_key(s, "Tab");
	screen_type(s, "/Rui");
	screen_key(s, "Enter");
	assert_heading(s, "at byte 15");
	screen_type(s, "/hex(0d 0a)");
	screen_key(s, "Enter");
	assert_heading(s, "at byte 18");
	screen_key(s, "n"); /* around the end */
	assert_heading(s, "at byte 8");
	screen_free(s);
}

/* Bytes of a repeat are shown without being unrolled. */
static void a_long_send(void **state)
{
	struct screen *s = connected(80, NULL);

	(void)state;
	line(s, "server: recv(conn, 65536)", "  waits");
	line(s, "client: send(s, repeat(\"AB\", 32768))",
		"-> 65536");
	leave_prompt(s, 24);
	screen_key(s, "1");
	for (int i = 0; i < 40 && !screen_has(s, "client: send"); i++) {
		screen_key(s, "Up");
		screen_key(s, "Left");
		assert_true(screen_settle(s));
	}
	assert_heading(s, "client: send, 65536 bytes");
	screen_key(s, "Tab");
	screen_type(s, "/BA");
	screen_key(s, "Enter");
	assert_heading(s, "at byte 1");
	screen_free(s);
}

static void sockets_of_both_hosts(void **state)
{
	struct screen *s = connected(80, NULL);
	int row, column, client, server;

	(void)state;
	line(s, "client: t = socket(AF_INET, SOCK_STREAM)", "-> 4");
	line(s, "client: send(s, \"hello\")", "-> 5");
	leave_prompt(s, 24);
	screen_key(s, "3");
	assert_true(screen_wait(s, "t 4", SCREEN_SECONDS));
	assert_true(screen_find(s, "Recv-Q Send-Q", &row, &column));
	assert_string_equal(screen_row(s, row + 1), " client  2 sockets");
	client = row + 1;
	assert_true(screen_find(s, "ear 3", &row, &column));
	assert_non_null(strstr(screen_row(s, row), "LISTEN"));
	assert_non_null(strstr(screen_row(s, row), "0/5"));
	assert_true(screen_find(s, "conn 4", &server, &column));
	assert_true(client < row && row < server);
	assert_non_null(strstr(screen_row(s, server), "ESTABLISHED"));
	assert_non_null(strstr(screen_row(s, server), "10.0.0.2:9999"));
	assert_non_null(strstr(screen_row(s, server), "5      0"));
	/* what is gone is dropped */
	screen_key(s, ":");
	assert_true(screen_wait(s, "client>", SCREEN_SECONDS));
	line(s, "client: close(t)", "close");
	assert_true(screen_wait_gone(s, "t 4", SCREEN_SECONDS));
	screen_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_of_the_client),
		cmocka_unit_test(every_byte_of_the_server),
		cmocka_unit_test(no_sequence_gets_through),
		cmocka_unit_test(the_same_without_utf8),
		cmocka_unit_test(one_cursor_in_two_halves),
		cmocka_unit_test(finds_text_and_bytes),
		cmocka_unit_test(a_long_send),
		cmocka_unit_test(sockets_of_both_hosts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
