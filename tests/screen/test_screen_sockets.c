/*
 * The sockets pane: sockets that no process has, clocks that count down, the
 * diagram of states; and the layer that tells why.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "journal/journal.h"
#include "rights.h"
#include "screen.h"

/* Each line of the script when the footer names it as the next step. */
static void play(struct screen *s, const char *script)
{
	char next[32];

	for (; *script; script = strchr(script, '\n') + 1) {
		const char *arrow = strstr(script, " ->");
		size_t n = arrow ? (size_t)(arrow - script) : 20;

		snprintf(next, sizeof(next), "“%.*s", n < 20 ? (int)n : 20,
			script);
		assert_true(screen_wait(s, next, SCREEN_SECONDS));
		screen_key(s, "Space");
	}
	assert_true(screen_wait(s, "The end of", SCREEN_SECONDS));
}

/* A script, played to its end on a screen of that size. */
static struct screen *played(int columns, int rows, const char *script)
{
	char path[] = "/tmp/tomada-sockets-XXXXXX.lab", arguments[128];
	struct screen *s;
	FILE *f;
	int fd;

	need_namespaces();
	fd = mkstemps(path, 4);
	assert_true(fd >= 0);
	f = fdopen(fd, "w");
	assert_non_null(f);
	assert_true(fputs(script, f) >= 0);
	assert_int_equal(fclose(f), 0);
	snprintf(arguments, sizeof(arguments), "lab --lang en %s", path);
	s = screen_run(columns, rows, NULL, arguments);
	assert_true(screen_wait(s, "Space run", SCREEN_SECONDS));
	unlink(path);
	play(s, script);
	screen_key(s, "3");
	screen_key(s, "Tab");
	assert_true(screen_wait(s, "SOCKETS", SCREEN_SECONDS));
	return s;
}

#define CONNECT \
	"server: ear = socket(AF_INET, SOCK_STREAM) -> 3\n" \
	"server: bind(ear, any:9999) -> 0\n" \
	"server: listen(ear, 5) -> 0\n" \
	"client: s = socket(AF_INET, SOCK_STREAM) -> 3\n"
#define CONNECTED CONNECT \
	"client: connect(s, server:9999) -> 0\n" \
	"server: conn = accept(ear) -> 4\n"

/* The row of the list that has this text, "" when there is none. */
static const char *row_with(struct screen *s, const char *text)
{
	int row, column, columns, rows;

	if (!screen_find(s, "SOCKETS", &row, &column))
		return "";
	screen_size(s, &columns, &rows);
	while (++row < rows)
		if (strstr(screen_row(s, row), text))
			return screen_row(s, row);
	return "";
}

/* What stands behind "wait ": seconds of a TIME_WAIT, or -1. */
static int seconds_left(struct screen *s)
{
	const char *row = row_with(s, "TIME_WAIT  ");
	const char *at = strstr(row, "wait ");

	return at ? atoi(at + 5) : -1;
}

static bool has_less(struct screen *s, void *than)
{
	int left = seconds_left(s);

	return left >= 0 && left < *(int *)than;
}

static void time_wait_counts_down(void **state)
{
	struct screen *s = played(80, 24, CONNECTED
		"client: close(s) -> 0\n"
		"server: recv(conn, 64) -> \"\"\n"
		"server: close(conn) -> 0\n");
	int left;

	(void)state;
	assert_true(screen_wait(s, "no process", SCREEN_SECONDS));
	left = seconds_left(s);
	assert_in_range(left, 30, 60);
	assert_true(screen_until(s, has_less, &left, "fewer seconds",
		SCREEN_SECONDS));
	/* the server's end is gone: what listens is all it has */
	assert_string_equal(row_with(s, "server  1"), " server  1 socket");
	screen_free(s);
}

/* The last ACK of the handshake is held: the kernel of the server has half a
 * connection, which no process knows of. */
static void syn_recv_has_no_process(void **state)
{
	struct screen *s = played(80, 24, CONNECT
		"wire: hold ack from client\n"
		"client: connect(s, server:9999) -> 0\n");
	const char *row;

	(void)state;
	assert_true(screen_wait(s, "SYN_RECV", SCREEN_SECONDS));
	row = row_with(s, "SYN_RECV  ");
	assert_non_null(strstr(row, "no process"));
	assert_non_null(strstr(row, "10.0.0.2:9999"));
	assert_non_null(strstr(row_with(s, "ESTABLISHED  "), "s 3"));
	screen_free(s);
}

static void both_ends_stand_in_the_diagram(void **state)
{
	struct screen *s = played(80, 24, CONNECTED);
	struct screen_cell here, walked, never, name;
	int row, column;

	(void)state;
	screen_key(s, "z");
	assert_true(screen_wait(s, "[ ESTABLISHED ]", SCREEN_SECONDS));
	assert_true(screen_has(s, "client [ ESTABLISHED ] server") ||
		screen_has(s, "server [ ESTABLISHED ] client"));
	assert_true(screen_find(s, "[ ESTABLISHED ]", &row, &column));
	assert_true(screen_cell(s, row, column + 2, &here));
	assert_true(here.reverse);
	/* the client went through SYN_SENT, in its colour; nobody has closed */
	assert_true(screen_find(s, "[ SYN_SENT ]", &row, &column));
	assert_true(screen_cell(s, row, column + 2, &walked));
	assert_false(walked.reverse);
	assert_true(screen_find(s, " client ", &row, &column));
	assert_true(screen_cell(s, row, column + 1, &name));
	assert_int_equal(walked.front_index, name.front_index);
	assert_true(screen_find(s, "[ LAST_ACK ]", &row, &column));
	assert_true(screen_cell(s, row, column + 2, &never));
	assert_true(never.default_front);
	assert_false(walked.default_front);
	screen_free(s);
}

static bool has_selected_reset(struct screen *s, void *unused)
{
	(void)unused;
	return screen_has(s, "frame 2 from server") && screen_has(s, "BYTES");
}

static void why_goes_to_its_row(void **state)
{
	struct screen *s = played(80, 24,
		"client: c = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"client: connect(c, server:9998) -> ECONNREFUSED\n");

	(void)state;
	screen_key(s, "S-Tab"); /* the stage */
	screen_key(s, "w");
	assert_true(screen_wait(s, "Why client: connect(c, server:9998) -> "
		"ECONNREFUSED", SCREEN_SECONDS));
	assert_true(screen_has(s, "RST"));
	screen_key(s, "Down");
	screen_key(s, "Enter");
	assert_true(screen_until(s, has_selected_reset, NULL,
		"the RST, selected", SCREEN_SECONDS));
	assert_false(screen_has(s, "Enter goes there"));
	screen_free(s);
}

static void why_says_that_all_is_well(void **state)
{
	struct screen *s = played(80, 24,
		"client: c = socket(AF_INET, SOCK_STREAM) -> 3\n");

	(void)state;
	screen_key(s, "S-Tab");
	screen_key(s, "w");
	assert_true(screen_wait(s, "All here did what it should so far",
		SCREEN_SECONDS));
	screen_key(s, "Up");
	screen_key(s, "w");
	assert_true(screen_wait(s, "there is nothing to explain",
		SCREEN_SECONDS));
	screen_free(s);
}

static void enter_selects_the_connection(void **state)
{
	struct screen *s = played(80, 24, CONNECTED);

	(void)state;
	screen_key(s, "Enter"); /* its newest frame, the third */
	screen_key(s, "1");
	assert_true(screen_wait(s, "frame 3 from client", SCREEN_SECONDS));
	screen_free(s);
}

/* ---- many ---- */

static void say(struct journal *j, int64_t time, const char *text)
{
	assert_true(journal_line(j, time, text, strlen(text)) >= 0);
}

/* A recording in which the client has n connections. */
static void record_sockets(const char *path, int n)
{
	struct journal *j;
	char text[200];
	int64_t time = INT64_C(1700000000000000000);

	assert_int_equal(journal_create(&j, path, JOURNAL_LIMIT), 0);
	journal_add_host(j, "client");
	journal_add_host(j, "server");
	say(j, time, "lab: built namespaces clocks=slow mtu=1500 kernel=6.18");
	say(j, time, "lab: host client 10.0.0.1 fd00::1");
	say(j, time, "lab: host server 10.0.0.2 fd00::2");
	say(j, time, "client: starts");
	for (int i = 0; i < n; i++) {
		snprintf(text, sizeof(text), "client: state fd=%d cookie=%d "
			"tcp ESTABLISHED 10.0.0.1:%d 10.0.0.2:9999 rq=0 sq=%d "
			"timer=none", i + 3, i + 1, 20000 + i, i);
		say(j, time += 1000, text);
	}
	say(j, time, "lab: still");
	journal_close(j);
}

static void a_thousand_sockets(void **state)
{
	char path[] = "/tmp/tomada-many-XXXXXX.pcapng", arguments[128];
	int fd = mkstemps(path, 7);
	struct screen *s;

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	unlink(path);
	record_sockets(path, 1000);
	snprintf(arguments, sizeof(arguments), "open --lang en %s", path);
	s = screen_run(80, 24, NULL, arguments);
	assert_true(screen_wait(s, "client", SCREEN_SECONDS));
	screen_key(s, "3");
	screen_key(s, "Tab");
	assert_true(screen_wait(s, "client  1000 sockets", SCREEN_SECONDS));
	assert_non_null(strstr(row_with(s, "10.0.0.1:20000"), "fd 3"));
	for (int i = 0; i < 30; i++)
		screen_key(s, "Down");
	assert_true(screen_wait(s, "10.0.0.1:20030", SCREEN_SECONDS));
	assert_false(screen_has(s, "10.0.0.1:20000"));
	screen_type(s, "/:20987");
	screen_key(s, "Enter");
	assert_true(screen_wait(s, "10.0.0.1:20987", SCREEN_SECONDS));
	assert_non_null(strstr(row_with(s, "10.0.0.1:20987"), "fd 990"));
	assert_true(screen_has(s, "descriptor 990"));
	unlink(path);
	screen_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(time_wait_counts_down),
		cmocka_unit_test(syn_recv_has_no_process),
		cmocka_unit_test(both_ends_stand_in_the_diagram),
		cmocka_unit_test(why_goes_to_its_row),
		cmocka_unit_test(why_says_that_all_is_well),
		cmocka_unit_test(enter_selects_the_connection),
		cmocka_unit_test(a_thousand_sockets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
