/*
 * Lines out of a stream. The real code, compiled with reads of 4 bytes, so
 * that a line ends before, at and behind every boundary.
 */
#define LINES_CHUNK 4
#include "base/lines.c"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void assert_line(struct lines *l, const char *text)
{
	size_t len = 999;
	int error = 1;
	char *line = lines_next(l, &len, &error);

	assert_int_equal(error, 0);
	if (!text) {
		assert_null(line);
		return;
	}
	assert_non_null(line);
	assert_string_equal(line, text);
	assert_int_equal(len, strlen(text));
}

static void pieces(void **state)
{
	struct lines l;

	(void)state;
	lines_init(&l, 10);
	assert_line(&l, NULL);
	lines_feed(&l, "on", 2);
	assert_line(&l, NULL);
	lines_feed(&l, "e\n\ntw", 5);
	assert_line(&l, "one");
	assert_line(&l, "");
	assert_line(&l, NULL);
	lines_feed(&l, "o\n", 2);
	lines_feed(&l, "three", 5);
	assert_line(&l, "two");
	assert_line(&l, NULL);
	lines_feed(&l, NULL, 0);
	assert_line(&l, "three");
	assert_line(&l, NULL);
	lines_done(&l);
}

static void over_the_limit(void **state)
{
	struct lines l;
	int error;

	(void)state;
	lines_init(&l, 4);
	lines_feed(&l, "1234\n12345", 10);
	assert_line(&l, "1234");
	assert_null(lines_next(&l, NULL, &error));
	assert_int_equal(error, -EMSGSIZE);
	lines_feed(&l, "\nok\n", 4); /* too late: the stream has ended */
	assert_null(lines_next(&l, NULL, &error));
	assert_int_equal(error, -EMSGSIZE);
	assert_int_equal(lines_fill(&l, -1), -EMSGSIZE);
	lines_done(&l);
}

static void nul_is_a_byte(void **state)
{
	struct lines l;
	size_t len;
	char *line;

	(void)state;
	lines_init(&l, 10);
	lines_feed(&l, "a\0b\n", 4);
	line = lines_next(&l, &len, NULL);
	assert_int_equal(len, 3);
	assert_memory_equal(line, "a\0b", 4);
	lines_done(&l);
}

/* Lines of 0, 1, 2 … 40 letters through a pipe, read 4 bytes at a time. */
static void every_boundary(void **state)
{
	struct lines l;
	char text[64];
	int fd[2], n = 0;
	size_t len;
	long got;

	(void)state;
	assert_int_equal(pipe(fd), 0);
	assert_int_equal(fcntl(fd[0], F_SETFL, O_NONBLOCK), 0);
	lines_init(&l, 40);
	assert_int_equal(lines_fill(&l, fd[0]), -EAGAIN);
	memset(text, 'x', sizeof(text));
	for (n = 0; n <= 40; n++) {
		text[n] = '\n';
		assert_int_equal(write(fd[1], text, n + 1), n + 1);
		text[n] = 'x';
	}
	close(fd[1]);
	n = 0;
	do {
		char *line;

		got = lines_fill(&l, fd[0]);
		assert_in_range(got, 0, 4);
		while ((line = lines_next(&l, &len, NULL))) {
			assert_int_equal(len, n);
			assert_int_equal(strlen(line), n);
			n++;
		}
	} while (got > 0);
	assert_int_equal(n, 41);
	assert_int_equal(lines_fill(&l, -1), -EBADF);
	lines_done(&l);
	close(fd[0]);
}

/* What was handed out is forgotten: the memory stays small. */
static void memory_is_bounded(void **state)
{
	struct lines l;
	int i;

	(void)state;
	lines_init(&l, 100);
	for (i = 0; i < 100000; i++) {
		lines_feed(&l, "0123456\n89", 10);
		assert_non_null(lines_next(&l, NULL, NULL));
	}
	assert_true(l.held.cap < 1000);
	lines_done(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces),
		cmocka_unit_test(over_the_limit),
		cmocka_unit_test(nul_is_a_byte),
		cmocka_unit_test(every_boundary),
		cmocka_unit_test(memory_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
