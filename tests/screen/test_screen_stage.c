/*
 * The stage at 80x24: on a real lab, calls that have no room in their column,
 * letters beyond ASCII; in a recording, a search that takes long.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "empty_lab.h"
#include "journal/journal.h"
#include "rights.h"
#include "screen.h"

static struct screen *prompt(int columns, int rows)
{
	need_namespaces();
	return empty_lab(columns, rows, NULL);
}

/* Two sockets, of which one was refused: what poll says of each is seen without
 * Enter, for nothing stands on the wire beside it. */
static void poll_is_seen_whole(void **state)
{
	static const char refused[] =
		"poll(…) -> [s: POLLOUT | POLLERR | POLLHUP]";
	struct screen *s = prompt(80, 24);
	int row, column;
	struct screen_cell cell;

	(void)state;
	line(s, "s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK)",
		"socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK) -> 3");
	line(s, "connect(s, server:9998)", "RST");
	line(s, "poll([s: POLLOUT], 1000)", refused);
	line(s, "getsockopt(s, SO_ERROR)",
		"getsockopt(s, SO_ERROR) -> 111 (ECONNREFUSED)");
	/* the wire's column has no cell there: the call is what is selected */
	screen_key(s, "Esc");
	assert_true(screen_wait_gone(s, "client>", SCREEN_SECONDS));
	screen_key(s, "Up");
	screen_key(s, "Right");
	screen_key(s, "Up");
	assert_true(screen_wait(s, "▸poll(…) -> [s: POLLOUT",
		SCREEN_SECONDS));
	assert_true(screen_find(s, refused, &row, &column));
	assert_true(screen_cell(s, row, column + 40, &cell));
	assert_true(cell.reverse);
	screen_key(s, "Up");
	assert_true(screen_wait(s, "▸◀", SCREEN_SECONDS));
	assert_true(screen_has(s, refused));
	screen_free(s);
}

/* The server's goes on to the left, up to its own edge; what stands in its
 * column, and a frame beside a call, keep their place. */
static void the_servers_goes_to_the_left(void **state)
{
	struct screen *s = prompt(80, 24);
	const char *row;
	int y, column;

	(void)state;
	line(s, "server: ear = socket(AF_INET, SOCK_STREAM)",
		"ear = socket(AF_INET, SOCK_STREAM) -> 3");
	line(s, "server: bind(ear, any:9999)", "bind(ear, any:9999) -> 0");
	assert_true(screen_find(s, "ear = socket", &y, &column));
	row = screen_row(s, y);
	assert_true(strlen(row) > 3 && strcmp(row + strlen(row) - 3, "> 3") ==
		0);
	assert_true(column < 54);
	assert_true(screen_find(s, "│ bind(ear, any:9999) -> 0", &y,
		&column));
	screen_free(s);
}

/* The same letter is other bytes in another encoding: the stage tells them in
 * the frame and in what the server has read, and names the encoding. */
static void bytes_of_letters(void **state)
{
	struct screen *s = prompt(80, 24);

	(void)state;
	line(s, "server: u = socket(AF_INET, SOCK_DGRAM)", "-> 3");
	line(s, "server: bind(u, any:9999)", "-> 0");
	line(s, "client: s = socket(AF_INET, SOCK_DGRAM)", "-> 3");
	line(s, "client: connect(s, server:9999)", "connect(s, server:9999)");
	line(s, "client: send(s, utf8\"Olá\")", "A Ol\\xc3\\xa1 ─");
	assert_true(screen_has(s, "A send(s, utf8\"Olá\") -> 4"));
	line(s, "server: recv(u, 64)", "recv(u, 64) -> \"Ol\\xc3\\xa1\"");
	line(s, "client: send(s, latin1\"Olá\")", "B Ol\\xe1 ─");
	line(s, "client: send(s, text(\"UTF-16LE\", \"Olá\"))",
		"C O\\0l\\0\\xe1\\0 ─");
	assert_true(screen_has(s, "C send(s,text(\"UTF…) -> 6"));
	screen_free(s);
}

/* ---- searching ---- */

#define NOTES 200000

static void add(struct journal *j, const char *text)
{
	static int64_t time;

	assert_true(journal_line(j, time += 1000, text, strlen(text)) >= 0);
}

/* A recording of so many notes, of which the last is another. */
static void write_notes(const char *path)
{
	struct journal *j;

	assert_int_equal(journal_create(&j, path, JOURNAL_LIMIT), 0);
	add(j, "lab: built namespaces clocks=slow mtu=1500 kernel=6.18");
	add(j, "lab: host client 10.0.0.1 fd00::1");
	add(j, "lab: host server 10.0.0.2 fd00::2");
	for (int i = 1; i < NOTES; i++)
		add(j, "lab: note \"hay\"");
	add(j, "lab: note \"needle\"");
	journal_close(j);
}

/* Where so much is looked through, keys still do what they do: Esc ends it, any
 * other key ends it and acts; left alone it comes to its end. */
static void a_long_search(void **state)
{
	char path[] = "/tmp/tomada-notes-XXXXXX", what[64];
	struct screen *s;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	unlink(path);
	write_notes(path);
	snprintf(what, sizeof(what), "open %s --lang en", path);
	s = screen_run(80, 24, NULL, what);
	assert_true(screen_wait(s, "needle", SCREEN_SECONDS));
	screen_send(s, "/nowhere\r\033", 10);
	assert_true(screen_wait(s, "\"nowhere\" was not found before row",
		SCREEN_SECONDS));
	assert_true(screen_has(s, "of 200000; n looks again"));
	screen_send(s, "/nowhere\rk", 10);
	assert_true(screen_wait(s, "kernel's view", SCREEN_SECONDS));
	assert_false(screen_has(s, "nowhere"));
	screen_type(s, "/hay");
	screen_key(s, "Enter");
	assert_true(screen_wait(s, "▸· hay", SCREEN_SECONDS));
	screen_type(s, "/needle");
	screen_key(s, "Enter");
	assert_true(screen_wait(s, "▸· needle", SCREEN_SECONDS));
	screen_type(s, "/nowhere");
	screen_key(s, "Enter");
	assert_true(screen_wait(s, "\"nowhere\" is not there.",
		SCREEN_SECONDS));
	/* nothing is asked of it any more: it rests, and N finds the way back */
	screen_type(s, "N");
	assert_true(screen_wait(s, "\"nowhere\" is not there.",
		SCREEN_SECONDS));
	assert_true(screen_has(s, "▸· needle"));
	screen_free(s);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(poll_is_seen_whole),
		cmocka_unit_test(the_servers_goes_to_the_left),
		cmocka_unit_test(bytes_of_letters),
		cmocka_unit_test(a_long_search),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
