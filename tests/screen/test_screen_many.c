/*
 * Four hosts and a thousand open sockets: the sockets pane counts them all,
 * scrolls to the last one, finds one among them, and leads to its connection.
 *
 * The sockets are made by lines that stand for many, typed at the prompt.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rights.h"
#include "screen.h"

/* Type a line, and wait until the last call of it is on the stage. */
static void say(struct screen *s, const char *line, const char *last)
{
	assert_true(screen_line(s, line, last));
}

/* n connections of two hosts: ear and n ends on one, n on the other. The last
 * descriptors are n + 2 and n + 3; n differs, so that they are new on the
 * stage. */
static void connect_hosts(struct screen *s, const char *from, const char *to,
	int n)
{
	char line[96], last[32];

	snprintf(line, sizeof(line), "%s: ear = socket(AF_INET)", to);
	say(s, line, "-> 3");
	snprintf(line, sizeof(line), "%s: bind(ear, any:9999)", to);
	say(s, line, "bind(ear");
	snprintf(line, sizeof(line), "%s: listen(ear, 250)", to);
	say(s, line, "listen(ear");
	snprintf(line, sizeof(line), "%s: s{1..%d} = socket(AF_INET)", from, n);
	snprintf(last, sizeof(last), "-> %d", n + 2);
	say(s, line, last);
	snprintf(line, sizeof(line), "%s: connect(s{1..%d}, %s:9999)", from, n,
		to);
	snprintf(last, sizeof(last), "connect(s%d", n);
	say(s, line, last);
	snprintf(line, sizeof(line), "%s: c{1..%d} = accept(ear)", to, n);
	snprintf(last, sizeof(last), "-> %d", n + 3);
	say(s, line, last);
}

/* What it has then: client 270, server 221, eve 280, bob 231. */
static struct screen *crowded_lab(void)
{
	struct screen *s = screen_run(160, 50, NULL, "lab --lang en");

	assert_true(screen_wait(s, "This is an empty lab", SCREEN_SECONDS));
	screen_key(s, ":");
	assert_true(screen_wait(s, "client>", SCREEN_SECONDS));
	say(s, "lab: host eve 10.0.0.5", " eve");
	say(s, "lab: host bob 10.0.0.4", "bob");
	connect_hosts(s, "client", "server", 220);
	connect_hosts(s, "eve", "bob", 230);
	say(s, "eve: u{1..50} = socket(AF_INET, SOCK_DGRAM)", "-> 282");
	say(s, "eve: bind(u{1..50}, any:{5001..5050})", "bind(u50");
	say(s, "client: a{1..25}, b{1..25} = socketpair(AF_UNIX, SOCK_STREAM)",
		"[271, 272]");
	screen_key(s, "Esc");
	assert_true(screen_wait_gone(s, "client>", SCREEN_SECONDS));
	screen_key(s, "3");
	screen_key(s, "Tab");
	assert_true(screen_wait(s, "SOCKETS", SCREEN_SECONDS));
	return s;
}

static void press(struct screen *s, const char *key, int times)
{
	while (times-- > 0)
		screen_key(s, key);
}

/* Find it, and read what the pane says of it. */
static void find(struct screen *s, const char *text, const char *said)
{
	screen_key(s, "/");
	screen_type(s, text);
	screen_key(s, "Enter");
	assert_true(screen_wait(s, said, SCREEN_SECONDS));
}

#define EAR "ear: descriptor 3 of process bob"

/* From bob's first socket to the last, which no key moves on from. Which it is
 * the kernel decides: what it told of at once stands in the order in which its
 * table had it. */
static void to_the_last(struct screen *s)
{
	char last[512];
	int row, column;

	press(s, "Down", 230);
	assert_true(screen_settle(s));
	assert_false(screen_has(s, EAR));
	assert_true(screen_find(s, " of process bob", &row, &column));
	snprintf(last, sizeof(last), "%s", screen_row(s, row));
	press(s, "Down", 3);
	assert_true(screen_settle(s));
	assert_string_equal(screen_row(s, row), last);
}

static void a_thousand_on_four_hosts(void **state)
{
	struct screen *s;

	(void)state;
	need_namespaces();
	s = crowded_lab();
	assert_true(screen_wait(s, "client  270 sockets", SCREEN_SECONDS));
	press(s, "Down", 270);
	assert_true(screen_wait(s, "server  221 sockets", SCREEN_SECONDS));
	press(s, "Down", 221);
	assert_true(screen_wait(s, "eve  280 sockets", SCREEN_SECONDS));
	press(s, "Down", 280);
	assert_true(screen_wait(s, "bob  231 sockets", SCREEN_SECONDS));
	assert_true(screen_wait(s, EAR, SCREEN_SECONDS));
	to_the_last(s);
	assert_false(screen_has(s, "bob  231 sockets"));
	press(s, "Up", 230);
	assert_true(screen_wait(s, EAR, SCREEN_SECONDS));
	to_the_last(s);
	/* from there the search begins again at the top */
	find(s, "s100 ", "s100: descriptor 102 of process client");
	find(s, ":5050 ", "u50: descriptor 282 of process eve");
	find(s, "c7 ", "c7: descriptor 10 of process bob");
	/* the last frame of its connection: the third of the handshake */
	screen_key(s, "Enter");
	screen_key(s, "1");
	assert_true(screen_wait(s, " from eve, 54 bytes", SCREEN_SECONDS));
	assert_true(screen_has(s, " eve→bob ACK"));
	screen_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_thousand_on_four_hosts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
