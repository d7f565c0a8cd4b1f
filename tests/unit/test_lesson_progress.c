/* The learner's file: its lines, and what it survives. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>

#include "lesson/progress.h"
#include "progress_place.h"

static struct progress_line parsed(const char *text)
{
	struct progress_line e;

	if (!progress_parse(&e, text, strlen(text)))
		fail_msg("not understood: %s", text);
	return e;
}

static void prints_as(const char *text, const char *printed)
{
	struct progress_line e = parsed(text);
	struct buf b = {0};

	progress_print(&b, &e);
	assert_string_equal(buf_str(&b), printed);
	buf_done(&b);
}

static void change(const char *text)
{
	struct progress_line e = parsed(text);

	assert_int_equal(progress_change(&e), 0);
}

/* ---- lines ---- */

static void print_back(void **state)
{
	static const char *const lines[] = {
		"no-messages page 4 right 2 of 3",
		"no-messages page 7 right 3 of 3 finished",
		"no-messages page 1 right 0 of 0 finished times 2",
		"exercise zero 6 done 2026-11-21",
		"question no-messages 2.1 first a last c right 2 seen "
			"2026-11-21 lessons 4",
		/* lessons of any name */
		"exercise page 2 right 0 of 0",
		"question page 2 right 0 of 0",
		"exercise question 1 done 2000-02-29",
		/* what a newer version put behind */
		"zero page 4 right 2 of 3 finished times 2 stars 5",
		"zero page 4 right 2 of 3 paused",
		"exercise zero 6 done 2026-11-21 in 3m",
		"question zero 2.1 first a last c right 2 seen 2026-11-21 "
			"lessons 4 ease 2.5",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		prints_as(lines[i], lines[i]);
	/* as older versions wrote it: once */
	assert_int_equal(parsed(lines[1]).times, 1);
	prints_as("a page 1 right 0 of 0 finished times 1",
		"a page 1 right 0 of 0 finished");
}

static void refuse_what_is_none_of_ours(void **state)
{
	static const char *const lines[] = {
		"", " ", "# a note", "zero", "zero page", "zero page 0 right 0 "
		"of 0", "zero page -1 right 0 of 0", "zero page 1 right 2 of 1",
		"zero page 99999999999 right 0 of 0",
		"zero page 2147483647 right 0 of 0", "zero page 1x right 0 "
		"of 0", "exercise zero 6 done", "exercise zero 6 done "
		"yesterday", "exercise zero 6 done 2026-02-30",
		"exercise zero 6 done 2026-13-01", "question zero 2 first a "
		"last c right 2 seen 2026-11-21 lessons 4",
		"question zero 2.0 first a last c right 2 seen 2026-11-21 "
		"lessons 4", "question zero 2.1 first ab last c right 2 seen "
		"2026-11-21 lessons 4", "question zero 2.1 first A last c "
		"right 2 seen 2026-11-21 lessons 4",
		"a-name-that-is-longer-than-any-folder-of-ours-would-be page 1 "
		"right 0 of 0",
	};
	struct progress_line e;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (progress_parse(&e, lines[i], strlen(lines[i])))
			fail_msg("understood: %s", lines[i]);
}

/* Days that the calendar has, and none else. */
static void tell_days(void **state)
{
	struct buf b = {0};
	int64_t day;

	(void)state;
	assert_true(progress_parse_day("1970-01-01", 10, &day));
	assert_int_equal(day, 0);
	assert_true(progress_parse_day("2024-02-29", 10, &day));
	assert_int_equal(day, 19782);
	assert_false(progress_parse_day("2023-02-29", 10, &day));
	assert_false(progress_parse_day("1969-12-31", 10, &day));
	assert_false(progress_parse_day("2024-2-29", 9, &day));
	progress_print_day(&b, 19783);
	assert_string_equal(buf_str(&b), "2024-03-01");
	buf_done(&b);
	assert_true(progress_today() > 20000);
}

/* ---- the file ---- */

static void put_lines_in_their_place(void **state)
{
	struct progress p;

	(void)state;
	change("zero page 4 right 2 of 3");
	change("exercise zero 6 done 2026-11-21");
	change("exercise zero 5 done 2026-11-21");
	change("question zero 2.1 first a last a right 1 seen 2026-11-21 "
		"lessons 1");
	change("question zero 2.2 first b last b right 0 seen 2026-11-21 "
		"lessons 1");
	change("zero page 7 right 3 of 3 finished");
	/* the first answer stays, that it was finished, and how well */
	change("question zero 2.1 first c last c right 0 seen 2026-11-22 "
		"lessons 2");
	change("zero page 2 right 0 of 0");
	file_is("exercise zero 6 done 2026-11-21\n"
		"exercise zero 5 done 2026-11-21\n"
		"question zero 2.2 first b last b right 0 seen 2026-11-21 "
		"lessons 1\n"
		"question zero 2.1 first a last c right 0 seen 2026-11-22 "
		"lessons 2\n"
		"zero page 2 right 3 of 3 finished\n");
	progress_load(&p);
	assert_int_equal(p.lines, 5);
	assert_int_equal(progress_begun(&p), 1);
	assert_non_null(progress_find(&p, PROGRESS_EXERCISE, "zero", 5, 0));
	assert_null(progress_find(&p, PROGRESS_EXERCISE, "zero", 4, 0));
	assert_null(progress_find(&p, PROGRESS_QUESTION, "zero", 2, 3));
	progress_done(&p);
}

/* A newer version's lines, people's notes, bytes of a torn disk. */
static void keep_what_is_not_understood(void **state)
{
	static const char old[] = "# mine\n\nzero page 1 right 0 of 0 mood 3\n"
		"streak 5 days\ntorn\0\0 page\nlast";
	static const char new[] = "# mine\n\n"
		"streak 5 days\ntorn\0\0 page\nlast\n"
		"zero page 2 right 0 of 0 mood 3\n";
	struct buf b = {0};
	struct diag d = {0};

	(void)state;
	put("tomada/progress", old, sizeof(old) - 1);
	change("zero page 2 right 0 of 0");
	assert_int_equal(load_file(&b, file, &d), 0);
	assert_int_equal(b.len, sizeof(new) - 1);
	assert_memory_equal(b.data, new, b.len);
	buf_done(&b);
}

/* Two files that somebody put together: one line stays, with all of both. */
static void join_what_stands_twice(void **state)
{
	struct progress p;

	(void)state;
	put_text("tomada/progress", "zero page 7 right 3 of 3 finished times "
		"2\nzero page 3 right 1 of 1\n");
	progress_load(&p);
	assert_int_equal(progress_begun(&p), 1);
	assert_int_equal(progress_find(&p, PROGRESS_LESSON, "zero", 0,
		0)->page, 3);
	progress_done(&p);
	change("zero page 4 right 1 of 2");
	file_is("zero page 4 right 3 of 3 finished times 2\n");
}

static void never_replace_what_cannot_be_read(void **state)
{
	struct progress_line e = parsed("zero page 2 right 0 of 0");
	struct progress p;
	struct stat st;
	static char big[(1 << 20) + 100];

	(void)state;
	make_folder("tomada/progress");
	assert_int_equal(progress_change(&e), -EINVAL);
	assert_int_equal(stat(file, &st), 0);
	assert_true(S_ISDIR(st.st_mode));
	progress_load(&p);
	assert_int_equal(p.lines, 0);
	progress_done(&p);
	assert_int_equal(rmdir(file), 0);
	/* longer than we read */
	memset(big, '\n', sizeof(big));
	put("tomada/progress", big, sizeof(big));
	assert_int_equal(progress_change(&e), -EFBIG);
	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(st.st_size, sizeof(big));
}

static void write_where_a_link_leads(void **state)
{
	struct stat st;
	char other[256];

	(void)state;
	put_text("elsewhere", "a page 1 right 0 of 0\n");
	snprintf(other, sizeof(other), "%s/elsewhere", folder);
	assert_int_equal(symlink(other, file), 0);
	change("zero page 2 right 0 of 0");
	file_is("a page 1 right 0 of 0\nzero page 2 right 0 of 0\n");
	assert_int_equal(lstat(file, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
}

static void a_name_that_would_break_lines_is_refused(void **state)
{
	struct progress_line e = parsed("zero page 2 right 0 of 0");

	(void)state;
	strcpy(e.name, "a\nb");
	assert_int_equal(progress_change(&e), -EINVAL);
	strcpy(e.name, "");
	assert_int_equal(progress_change(&e), -EINVAL);
	assert_int_equal(access(file, F_OK), -1);
}

/* ---- what it survives ---- */

static void a_home_that_cannot_be_written(void **state)
{
	struct progress_line e = parsed("zero page 2 right 0 of 0");

	(void)state;
	setenv("XDG_STATE_HOME", "/proc/tomada", 1);
	assert_int_not_equal(progress_change(&e), 0);
	setenv("XDG_STATE_HOME", "relative", 1); /* ignored, as it should be */
	unsetenv("HOME");
	assert_int_equal(progress_change(&e), -ENOENT);
	setenv("HOME", folder, 1);
	assert_int_equal(progress_change(&e), 0);
	snprintf(file, sizeof(file), "%s/.local/state/tomada/progress",
		folder);
	file_is("zero page 2 right 0 of 0\n");
}

/* No room for the fresh file: the old one is as it was, and nothing else. */
static void a_full_disk(void **state)
{
	struct progress_line e = parsed("zero page 2 right 0 of 0");
	struct rlimit old, small;
	char fresh[160];

	(void)state;
	put_text("tomada/progress", "a page 1 right 0 of 0\n");
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 30; /* some of it can be written */
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(progress_change(&e), -EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	file_is("a page 1 right 0 of 0\n");
	snprintf(fresh, sizeof(fresh), "%s.new", file);
	assert_int_equal(access(fresh, F_OK), -1);
	assert_int_equal(progress_change(&e), 0);
}

static void somebody_who_holds_the_lock_for_long(void **state)
{
	struct progress_line e = parsed("zero page 2 right 0 of 0");
	char path[128];
	int fd;

	(void)state;
	snprintf(path, sizeof(path), "%s/tomada", folder);
	fd = open(path, O_RDONLY | O_DIRECTORY);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(progress_change(&e), -EAGAIN);
	assert_int_equal(access(file, F_OK), -1);
	close(fd);
	assert_int_equal(progress_change(&e), 0);
}

#define WRITERS 4
#define LINES 12

/* Each writes lines of its own, all at once: none is lost. */
static void several_at_once(void **state)
{
	struct progress p;
	pid_t pid[WRITERS];
	int status;

	(void)state;
	for (int i = 0; i < WRITERS; i++) {
		pid[i] = fork();
		if (pid[i] != 0)
			continue;
		for (int k = 0; k < LINES; k++) {
			struct progress_line e = {.kind = PROGRESS_EXERCISE,
				.page = k + 1, .day = 1};

			snprintf(e.name, sizeof(e.name), "lesson-%d", i);
			while (progress_change(&e) == -EAGAIN)
				;
		}
		_exit(0);
	}
	for (int i = 0; i < WRITERS; i++) {
		assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
		assert_int_equal(status, 0);
	}
	progress_load(&p);
	assert_int_equal(p.lines, WRITERS * LINES);
	progress_done(&p);
}

/* Killed at any moment: the file is whole, and the next one can write. */
static void a_kill_at_any_moment(void **state)
{
	(void)state;
	put_text("tomada/progress", "a page 1 right 0 of 0\n");
	for (int i = 0; i < 30; i++) {
		struct timespec pause = {0, 200000L * (i + 1)};
		struct progress p;
		pid_t pid = fork();

		if (pid == 0)
			for (int k = 1;; k = k % 1000 + 1) {
				struct progress_line e = {
					.kind = PROGRESS_LESSON, .page = k,
					.name = "zero",
				};

				progress_change(&e);
			}
		nanosleep(&pause, NULL);
		kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, NULL, 0), pid);
		progress_load(&p);
		assert_non_null(progress_find(&p, PROGRESS_LESSON, "a", 0, 0));
		assert_true(p.lines <= 2);
		progress_done(&p);
	}
	change("zero page 5 right 0 of 0");
	file_is("a page 1 right 0 of 0\nzero page 5 right 0 of 0\n");
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, place_begin, place_end)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(print_back),
		cmocka_unit_test(refuse_what_is_none_of_ours),
		cmocka_unit_test(tell_days),
		CASE(put_lines_in_their_place),
		CASE(keep_what_is_not_understood),
		CASE(join_what_stands_twice),
		CASE(never_replace_what_cannot_be_read),
		CASE(write_where_a_link_leads),
		CASE(a_name_that_would_break_lines_is_refused),
		CASE(a_home_that_cannot_be_written),
		CASE(a_full_disk),
		CASE(somebody_who_holds_the_lock_for_long),
		CASE(several_at_once),
		CASE(a_kill_at_any_moment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
