/*
 * 256 MB go over the wire while the screen is stopped (Ctrl-Z), and again
 * while nobody reads its terminal: they arrive all the same, and afterwards
 * the screen is alive.
 *
 * The bytes are pushed by bench/pump, run on the lab's hosts. What happened is
 * read from the journal, for the screen cannot tell.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/diag.h"
#include "journal/journal.h"
#include "rights.h"
#include "screen.h"

#define BYTES "268435456"

static char folder[] = "/tmp/tomada-flood-XXXXXX";

static struct screen *lab_screen(void)
{
	static char runtime[64];
	const char *const env[] = {runtime, NULL};
	struct screen *s;

	snprintf(runtime, sizeof(runtime), "XDG_RUNTIME_DIR=%s", folder);
	s = screen_run(80, 24, env, "lab --lang en");
	assert_true(screen_wait(s, "This is an empty lab", SCREEN_SECONDS));
	return s;
}

static void pump_path(char *out)
{
	char relative[256];
	const char *b = getenv("B");

	snprintf(relative, sizeof(relative), "%s/bench/pump", b ? b : "build");
	assert_non_null(realpath(relative, out));
}

/* The line of the newest journal that begins with text, within five minutes. */
static bool journal_says(const char *text)
{
	const struct timespec between = {.tv_nsec = 20 * CLOCK_MS};
	int64_t until = clock_mono() + 300 * CLOCK_S;
	struct journal_view *v;
	char path[4096];
	struct diag d = {0};
	struct event e;
	uint64_t at;
	bool found = false;

	setenv("XDG_RUNTIME_DIR", folder, 1);
	assert_int_equal(journal_live_path(path, sizeof(path)), 0);
	assert_int_equal(journal_map(&v, path, &d), 0);
	at = journal_begin(v);
	while (!found && clock_mono() < until) {
		if (journal_read(v, at, &e) <= 0) {
			nanosleep(&between, NULL);
			continue;
		}
		at = e.next;
		found = e.kind == EVENT_LINE && e.len >= strlen(text) &&
			!memcmp(e.data, text, strlen(text));
	}
	journal_unmap(v);
	return found;
}

/* Both programs are started from the prompt; their lines do not fit, and need
 * not be seen. */
static void begin_flood(struct screen *s)
{
	char pump[4096], line[8192];

	pump_path(pump);
	screen_key(s, ":");
	assert_true(screen_wait(s, "client>", SCREEN_SECONDS));
	snprintf(line, sizeof(line), "server: run %s take 9000 " BYTES, pump);
	screen_type(s, line);
	screen_key(s, "Enter");
	assert_true(screen_wait(s, "server run", SCREEN_SECONDS));
	snprintf(line, sizeof(line), "client: run %s give 10.0.0.2 9000 " BYTES,
		pump);
	screen_type(s, line);
	screen_key(s, "Enter");
	/* it has left the screen, which need do nothing any more */
	assert_true(journal_says("client: run "));
}

static void leave(struct screen *s)
{
	screen_key(s, "Esc");
	assert_true(screen_wait_gone(s, "client>", SCREEN_SECONDS));
	screen_key(s, "q");
	screen_key(s, "q");
	assert_true(screen_wait_exit(s, SCREEN_SECONDS));
	screen_free(s);
}

static void screen_is_stopped(void **state)
{
	struct screen *s;

	(void)state;
	need_namespaces();
	s = lab_screen();
	begin_flood(s);
	screen_key(s, "C-z");
	assert_true(screen_wait_stopped(s, SCREEN_SECONDS));
	assert_true(journal_says("server: ended exit 0"));
	assert_true(journal_says("client: ended exit 0"));
	screen_continue(s);
	assert_true(screen_wait(s, "client>", SCREEN_SECONDS));
	leave(s);
}

static void terminal_is_not_read(void **state)
{
	struct screen *s;

	(void)state;
	need_namespaces();
	s = lab_screen();
	begin_flood(s);
	screen_block(s, true);
	assert_true(journal_says("server: ended exit 0"));
	assert_true(journal_says("client: ended exit 0"));
	screen_block(s, false);
	leave(s);
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

/* Half a gigabyte of journals is not left lying about. */
static int remove_folder(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screen_is_stopped),
		cmocka_unit_test(terminal_is_not_read),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
