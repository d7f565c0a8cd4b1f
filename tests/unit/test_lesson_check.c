/* The headless runner's TAP, against a lab that a child process plays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "call/link.h"
#include "journal/journal.h"
#include "lesson/check.h"
#include "lesson/lesson.h"

static const char text[] =
	"# T\n"
	"## First\n"
	"- [ ] a\n\n  W\n\n- [x] b `-> 4`\n\n  W\n\n"
	"```lab\n"
	"client: socket(AF_INET) -> 4\n"
	"```\n"
	"## On the #2\n"
	"```lab\n"
	"wire: flow\n"
	"```\n"
	"## End\n";

static const char picky[] =
	"# T\n"
	"## Picky\n"
	"```setup\n"
	"lab: needs kernel 9.5\n"
	"```\n"
	"```lab\n"
	"client: socket(AF_INET) -> 4\n"
	"```\n"
	"## End\n";

/* Answer every line ok but those that contain fails; say so and leave when the
 * other end does. */
static void play_lab(int fd, const char *fails)
{
	FILE *in = fdopen(fd, "r");
	char line[4096];

	while (fgets(line, sizeof(line), in)) {
		int id = atoi(line);

		if (fails && strstr(line, fails))
			dprintf(fd, "%d failed expected 4, observed EPIPE\n",
				id);
		else
			dprintf(fd, "%d ok\n", id);
	}
	_exit(0);
}

struct played {
	char *tap;
	int number;
	struct check_result result;
};

static void write_journal(const char *path, const char *built)
{
	static const char *const lines[] = {
		"lab: host client 10.0.0.1", "client: starts", "lab: still",
		"client: socket(AF_INET)", "client: socket returns -> EPIPE",
	};
	struct journal *j;

	assert_int_equal(journal_create(&j, path, 1 << 20), 0);
	journal_line(j, clock_wall(), built, strlen(built));
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		journal_line(j, clock_wall(), lines[i], strlen(lines[i]));
	journal_close(j);
}

static void play_text(struct played *p, const char *lesson, const char *built,
	const char *fails)
{
	char path[] = "/tmp/tomada-check-XXXXXX";
	struct journal_view *view;
	struct lesson *l;
	struct link *link;
	size_t size;
	FILE *tap;
	int fd[2];
	pid_t child;

	close(mkstemp(path));
	unlink(path); /* journal_create wants it new */
	write_journal(path, built);
	assert_int_equal(journal_map(&view, path, NULL), 0);
	assert_int_equal(lesson_parse(&l, "x/les/en.md", lesson,
		strlen(lesson), NULL), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	child = fork();
	if (!child) {
		close(fd[0]);
		play_lab(fd[1], fails);
	}
	close(fd[1]);
	link = link_new(fd[0]);
	*p = (struct played){.number = 1};
	tap = open_memstream(&p->tap, &size);
	check_run(l, link, view, tap, &p->number, &p->result);
	fclose(tap);
	link_free(link);
	waitpid(child, NULL, 0);
	journal_unmap(view);
	lesson_free(l);
	unlink(path);
}

static void play(struct played *p, const char *built, const char *fails)
{
	play_text(p, text, built, fails);
}

#define WIRED "lab: built namespaces clocks=slow mtu=1500 kernel=6.1"
#define LOOPBACK "lab: built loopback clocks=real kernel=6.1 " \
	"why=\"not allowed\""

static void all_is_well(void **state)
{
	struct played p;

	(void)state;
	play(&p, WIRED, NULL);
	assert_string_equal(p.tap, "ok 1 - les en 1: First\n"
		"ok 2 - les en 2: On the \\#2\n"
		"ok 3 - les en 3: End\n");
	assert_int_equal(p.number, 4);
	assert_int_equal(p.result.passed, 3);
	assert_int_equal(p.result.failed, 0);
	free(p.tap);
}

static void a_failure_says_where_and_what_was(void **state)
{
	struct played p;

	(void)state;
	play(&p, WIRED, "socket(AF_INET)");
	assert_non_null(strstr(p.tap, "not ok 1 - les en 1: First\n"
		"# x/les/en.md:12: client: socket(AF_INET) -> 4\n"
		"# expected 4, observed EPIPE\n"
		"# the journal's last rows:\n"));
	/* rows for people, none for the screen alone */
	assert_non_null(strstr(p.tap, "#   client: starts\n"
		"#   client: socket(AF_INET)\n"
		"#   client: socket returns -> EPIPE\n"));
	assert_null(strstr(p.tap, "lab: still"));
	assert_null(strstr(p.tap, "lab: host"));
	assert_non_null(strstr(p.tap, "\nok 2 - "));
	assert_int_equal(p.result.passed, 2);
	assert_int_equal(p.result.failed, 1);
	free(p.tap);
}

static void without_a_wire_its_pages_are_skipped(void **state)
{
	struct played p;

	(void)state;
	play(&p, LOOPBACK, NULL);
	assert_string_equal(p.tap, "ok 1 - les en 1: First\n"
		"ok 2 - les en 2: On the \\#2 # SKIP it needs the wire: "
		"not allowed\n"
		"ok 3 - les en 3: End\n");
	assert_int_equal(p.result.skipped, 1);
	assert_int_equal(p.result.passed, 2);
	free(p.tap);
}

/* What the lab answers to a need that the machine has not is why. */
static void what_the_machine_lacks_is_skipped(void **state)
{
	struct played p;

	(void)state;
	play_text(&p, picky, WIRED, "lab: needs");
	assert_string_equal(p.tap, "ok 1 - les en 1: Picky # SKIP expected 4, "
		"observed EPIPE\n"
		"ok 2 - les en 2: End\n");
	assert_int_equal(p.result.skipped, 1);
	assert_int_equal(p.result.failed, 0);
	free(p.tap);
	/* a call that fails behind a need that is met is no lack */
	play_text(&p, picky, WIRED, "socket(AF_INET)");
	assert_int_equal(p.result.skipped, 0);
	assert_int_equal(p.result.failed, 1);
	free(p.tap);
}

static void a_lab_that_refuses_to_rebuild_fails(void **state)
{
	struct played p;

	(void)state;
	play(&p, WIRED, "lab: rebuild");
	assert_int_equal(p.result.failed, 3);
	assert_non_null(strstr(p.tap, "# x/les/en.md:2: expected 4"));
	free(p.tap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_is_well),
		cmocka_unit_test(a_failure_says_where_and_what_was),
		cmocka_unit_test(without_a_wire_its_pages_are_skipped),
		cmocka_unit_test(what_the_machine_lacks_is_skipped),
		cmocka_unit_test(a_lab_that_refuses_to_rebuild_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
