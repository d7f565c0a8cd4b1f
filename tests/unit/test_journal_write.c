/* What the writer of a journal leaves in its file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diag.h"
#include "journal/journal.h"
#include "journal_file.h"

static struct journal *create(int64_t limit)
{
	struct journal *j;

	assert_int_equal(journal_create(&j, path, limit), 0);
	return j;
}

static struct journal_view *map(void)
{
	struct journal_view *v;
	struct diag d = {0};

	if (journal_map(&v, path, &d) != 0)
		fail_msg("%s", d.msg);
	return v;
}

static int64_t line(struct journal *j, const char *text)
{
	return journal_line(j, 1, text, strlen(text));
}

static void check_line(const struct event *e, const char *text)
{
	assert_int_equal(e->kind, EVENT_LINE);
	assert_int_equal(e->len, strlen(text));
	assert_memory_equal(e->data, text, e->len);
}

static void file_is_private_and_not_replaced(void **state)
{
	struct journal *j = create(JOURNAL_LIMIT), *k;
	struct stat st;

	(void)state;
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(journal_create(&k, path, JOURNAL_LIMIT), -EEXIST);
	journal_close(j);
}

static void events_come_back_in_order(void **state)
{
	/* Bytes that could be taken for an end: zeros. */
	static const uint8_t frame[61] = {2, 0, 0, 0, 0, 1};
	struct journal *j = create(JOURNAL_LIMIT);
	struct journal_view *v;
	struct event e;

	(void)state;
	assert_int_equal(journal_add_host(j, "client"), 1);
	assert_int_equal(journal_add_host(j, "server"), 2);
	assert_int_equal(line(j, "lab: still"), 0);
	assert_int_equal(journal_frame(j, 2, 1234567890123456789, frame,
		sizeof(frame), "held"), 1);
	assert_int_equal(journal_frame(j, 1, 5, frame, 0, NULL), 2);
	assert_int_equal(line(j, ""), 3);
	journal_close(j);

	v = map();
	assert_false(journal_is_live(v));
	assert_int_equal(journal_read(v, journal_begin(v), &e), 1);
	check_line(&e, "lab: still");
	assert_int_equal(journal_hosts(v), 2);
	assert_string_equal(journal_host_name(v, 0), "client");
	assert_string_equal(journal_host_name(v, 1), "server");
	assert_string_equal(journal_host_name(v, 2), "");
	assert_int_equal(journal_read(v, e.next, &e), 1);
	assert_int_equal(e.kind, EVENT_FRAME);
	assert_int_equal(e.host, 1);
	assert_int_equal(e.time, 1234567890123456789);
	assert_int_equal(e.len, sizeof(frame));
	assert_memory_equal(e.data, frame, sizeof(frame));
	assert_int_equal(e.comment_len, 4);
	assert_memory_equal(e.comment, "held", 4);
	assert_int_equal(journal_read(v, e.next, &e), 1);
	assert_int_equal(e.host, 0);
	assert_int_equal(e.len, 0);
	assert_null(e.comment);
	assert_int_equal(journal_read(v, e.next, &e), 1);
	check_line(&e, "");
	assert_int_equal(journal_read(v, e.next, &e), 0);
	assert_int_equal(journal_torn(v), 0);
	journal_unmap(v);
}

static void reader_follows_a_live_journal(void **state)
{
	struct journal *j = create(JOURNAL_LIMIT);
	struct journal_view *v = map();
	uint64_t at = journal_begin(v);
	char text[1000];
	struct event e, first = {0};

	(void)state;
	assert_true(journal_is_live(v));
	assert_int_equal(journal_read(v, at, &e), 0);
	memset(text, 'x', sizeof(text));
	for (int i = 0; i < 20000; i++) { /* 20 MB: many pieces of it */
		memcpy(text, &i, sizeof(i));
		assert_int_equal(journal_line(j, i, text, sizeof(text)), i);
		assert_int_equal(journal_read(v, at, &e), 1);
		assert_memory_equal(e.data, &i, sizeof(i));
		if (i == 0)
			first = e;
		at = e.next;
		assert_int_equal(journal_read(v, at, &e), 0);
	}
	assert_int_equal(at, journal_size(j));
	journal_close(j);
	assert_int_equal(journal_read(v, at, &e), 0);
	assert_false(journal_is_live(v));
	assert_int_equal(first.data[4], 'x'); /* what was borrowed is good */
	journal_unmap(v);
}

/* The blocks end with a page: the reader that looks behind them may not meet
 * a page that is gone. */
static void closing_at_a_page_leaves_readers_alive(void **state)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	struct journal *j = create(JOURNAL_LIMIT);
	struct journal_view *v;
	struct event e;
	size_t len = 0;
	uint64_t at;
	char *text;
	struct stat st;

	(void)state;
	while ((journal_size(j) + pcapng_packet_size(16 + len, 0)) % page)
		len++;
	text = calloc(1, len + 1);
	assert_true(journal_line(j, 1, text, len) >= 0);
	free(text);
	assert_int_equal(journal_size(j) % page, 0);
	v = map();
	for (at = journal_begin(v); journal_read(v, at, &e) == 1; at = e.next)
		continue;
	journal_close(j);
	assert_int_equal(stat(path, &st), 0);
	assert_true((uint64_t)st.st_size > at);
	assert_int_equal(journal_read(v, at, &e), 0);
	assert_int_equal(journal_torn(v), 0);
	journal_unmap(v);
}

static void limit_is_kept_and_told(void **state)
{
	struct journal *j = create(100000);
	struct journal_view *v;
	char text[997];
	struct event e, last;
	int64_t n = 0, r;
	struct stat st;

	(void)state;
	memset(text, 'y', sizeof(text));
	while ((r = journal_line(j, 1, text, sizeof(text))) >= 0)
		assert_int_equal(r, n++);
	assert_int_equal(r, -ENOSPC);
	assert_true(n > 90);
	/* Not even what would fit: what follows a gap would lie. */
	assert_int_equal(line(j, "x"), -ENOSPC);
	assert_int_equal(journal_frame(j, 1, 1, "", 0, NULL), -ENOSPC);
	assert_int_equal(journal_add_host(j, "late"), -ENOSPC);
	journal_close(j);
	assert_int_equal(stat(path, &st), 0);
	assert_true(st.st_size <= 100000);
	v = map();
	r = 0;
	for (uint64_t at = journal_begin(v); journal_read(v, at, &e) == 1;
		at = e.next) {
		last = e;
		r++;
	}
	assert_int_equal(r, n + 1);
	check_line(&last, "lab: full");
	journal_unmap(v);
}

/* RLIMIT_FSIZE stands for a full disk: without our care SIGXFSZ would kill. */
static void a_full_disk_is_an_answer(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	if (pid == 0) {
		struct rlimit most = {300000, 300000};
		struct journal *j;
		char text[500] = {0};
		int64_t r;

		setrlimit(RLIMIT_FSIZE, &most);
		if (journal_create(&j, path, JOURNAL_LIMIT) != 0)
			_exit(2);
		while ((r = journal_line(j, 1, text, sizeof(text))) >= 0)
			continue;
		_exit(r == -ENOSPC && journal_size(j) > 200000 ? 0 : 3);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

/* The writer is killed while it writes: what it told (the number of the last
 * event, through a pipe) is there. */
static void kill_loses_nothing_that_was_shown(void **state)
{
	(void)state;
	for (int round = 0; round < 10; round++) {
		int64_t told = -1, n = 0, got;
		int tell[2];
		pid_t pid;
		struct journal_view *v;
		struct event e;
		uint64_t at;
		int r;

		assert_int_equal(pipe(tell), 0);
		pid = fork();
		if (pid == 0) {
			struct journal *j;
			char text[700];

			memset(text, 'z', sizeof(text));
			if (journal_create(&j, path, JOURNAL_LIMIT) != 0)
				_exit(2);
			for (int64_t i = 0; ; i++) {
				memcpy(text, &i, sizeof(i));
				i = journal_line(j, i, text, sizeof(text));
				if (i < 0 || write(tell[1], &i, sizeof(i)) < 0)
					_exit(3);
			}
		}
		close(tell[1]);
		do
			assert_int_equal(read(tell[0], &got, sizeof(got)),
				sizeof(got));
		while (got < 100 + round * 777);
		kill(pid, SIGKILL);
		told = got;
		while (read(tell[0], &got, sizeof(got)) == sizeof(got))
			told = got;
		close(tell[0]);
		waitpid(pid, NULL, 0);
		v = map();
		assert_false(journal_is_live(v));
		at = journal_begin(v);
		while ((r = journal_read(v, at, &e)) == 1) {
			assert_int_equal(e.time, n);
			assert_memory_equal(e.data, &n, sizeof(n));
			at = e.next;
			n++;
		}
		assert_int_equal(r, 0);
		assert_true(n > told);
		journal_unmap(v);
		unlink(path);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, make_folder, remove_folder)
		TEST(file_is_private_and_not_replaced),
		TEST(events_come_back_in_order),
		TEST(reader_follows_a_live_journal),
		TEST(closing_at_a_page_leaves_readers_alive),
		TEST(limit_is_kept_and_told),
		TEST(a_full_disk_is_an_answer),
		TEST(kill_loses_nothing_that_was_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
