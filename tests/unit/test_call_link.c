/* The screen's end of the control socket. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "call/link.h"

struct pair {
	struct link *link;
	int lab; /* the other end, -1 when closed */
};

static int setup(void **state)
{
	struct pair *p = calloc(1, sizeof(*p));
	int fd[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fd) < 0)
		return -1;
	p->link = link_new(fd[0]);
	p->lab = fd[1];
	*state = p;
	return 0;
}

static int teardown(void **state)
{
	struct pair *p = *state;

	link_free(p->link);
	if (p->lab >= 0)
		close(p->lab);
	free(p);
	return 0;
}

static void say(struct pair *p, const char *text)
{
	assert_int_equal(write(p->lab, text, strlen(text)), strlen(text));
}

static void lab_leaves(struct pair *p)
{
	close(p->lab);
	p->lab = -1;
}

static struct answer next(struct pair *p)
{
	struct answer a;

	assert_true(link_wait(p->link, &a, 60 * CLOCK_S));
	return a;
}

static void lines_are_numbered(void **state)
{
	static const char expected[] = "1 client: close(3)\n2 wire: flow\n";
	struct pair *p = *state;
	char got[80] = "";

	assert_int_equal(link_send(p->link, "client: close(3)"), 1);
	assert_int_equal(link_send(p->link, "wire: flow\nlab: rebuild"), 2);
	assert_true(link_wants_out(p->link));
	assert_int_equal(link_pump(p->link), 0);
	assert_false(link_wants_out(p->link));
	assert_int_equal(read(p->lab, got, sizeof(got)),
		sizeof(expected) - 1);
	assert_string_equal(got, expected);
}

static void every_kind_of_answer(void **state)
{
	struct pair *p = *state;
	struct answer a;

	say(p, "+\n1 ok\n2 failed expected 0, observed EPIPE\n"
		"3 error 17 there is no call snd\n4 failed\n");
	assert_int_equal(next(p).kind, ANSWER_GREW);
	a = next(p);
	assert_int_equal(a.kind, ANSWER_OK);
	assert_int_equal(a.id, 1);
	a = next(p);
	assert_int_equal(a.kind, ANSWER_FAILED);
	assert_int_equal(a.id, 2);
	assert_string_equal(a.text, "expected 0, observed EPIPE");
	a = next(p);
	assert_int_equal(a.kind, ANSWER_ERROR);
	assert_int_equal(a.column, 17);
	assert_string_equal(a.text, "there is no call snd");
	a = next(p);
	assert_int_equal(a.kind, ANSWER_FAILED);
	assert_string_equal(a.text, "");
	assert_false(link_next(p->link, &a));
}

/* Cut anywhere: an answer is whole or not there. */
static void answers_in_pieces(void **state)
{
	static const char text[] = "12 error 3 x y\n";
	struct pair *p = *state;
	struct answer a;
	size_t i;

	for (i = 0; i < sizeof(text) - 2; i++) {
		assert_int_equal(write(p->lab, text + i, 1), 1);
		assert_int_equal(link_pump(p->link), 0);
		assert_false(link_next(p->link, &a));
	}
	say(p, "\n");
	a = next(p);
	assert_int_equal(a.id, 12);
	assert_string_equal(a.text, "x y");
}

static void what_came_before_the_end_counts(void **state)
{
	struct pair *p = *state;

	say(p, "1 ok\n2 fai"); /* torn by a kill */
	lab_leaves(p);
	assert_int_equal(next(p).kind, ANSWER_OK);
	assert_int_equal(next(p).kind, ANSWER_ENDED);
	assert_int_equal(next(p).kind, ANSWER_ENDED);
}

/* The lab said something and left before it read what we had to say. */
static void a_last_word_is_heard(void **state)
{
	struct pair *p = *state;

	say(p, "1 failed too late\n");
	lab_leaves(p);
	link_send(p->link, "client: close(3)");
	assert_string_equal(next(p).text, "too late");
	assert_int_equal(next(p).kind, ANSWER_ENDED);
	assert_false(link_wants_out(p->link));
}

static void another_language_ends_it(void **state)
{
	static const char *const wrong[] = {"hello\n", "0 ok\n", "1\n",
		"1 okay\n", "1 error x\n", "1 error 99999999999 x\n", "\n",
		"+ \n", "99999999999999999999 ok\n"};
	size_t i;

	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		void *own;
		struct answer a;

		assert_int_equal(setup(&own), 0);
		say(own, wrong[i]);
		say(own, "2 ok\n");
		a = next(own);
		assert_int_equal(a.kind, ANSWER_ENDED);
		assert_string_equal(a.text, strerror(EPROTO));
		assert_int_equal(next(own).kind, ANSWER_ENDED);
		teardown(&own);
	}
	(void)state;
}

static void long_texts_are_cut_at_a_letter(void **state)
{
	struct pair *p = *state;
	char text[2000] = "1 failed ";
	struct answer a;
	size_t n = strlen(text);

	/* letters of three bytes, so that some size cuts one */
	while (n + 4 < sizeof(text)) {
		memcpy(text + n, "€", 3);
		n += 3;
	}
	text[n++] = '\n';
	assert_int_equal(write(p->lab, text, n), n);
	a = next(p);
	assert_int_equal(strlen(a.text), (sizeof(a.text) - 1) / 3 * 3);
	assert_memory_equal(a.text + strlen(a.text) - 3, "€", 3);
}

/* A lab that does not read: lines queue, nothing blocks, nothing is lost. */
static void never_blocks(void **state)
{
	struct pair *p = *state;
	static char line[60000], got[65536];
	size_t sent = 0, read_back = 0;
	int i;

	memset(line, 'x', sizeof(line) - 1);
	for (i = 0; i < 40; i++) {
		link_send(p->link, line);
		sent += sizeof(line) + (i < 9 ? 2 : 3);
		assert_int_equal(link_pump(p->link), 0);
	}
	assert_true(link_wants_out(p->link));
	while (read_back < sent) {
		ssize_t n = recv(p->lab, got, sizeof(got), MSG_DONTWAIT);

		if (n > 0)
			read_back += n;
		assert_int_equal(link_pump(p->link), 0);
	}
	assert_int_equal(read_back, sent);
	assert_false(link_wants_out(p->link));
}

static void waits_no_longer_than_told(void **state)
{
	struct pair *p = *state;
	struct answer a;
	int64_t began = clock_mono();

	assert_false(link_wait(p->link, &a, 20 * CLOCK_MS));
	assert_true(clock_mono() - began >= 20 * CLOCK_MS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define LINKED(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		LINKED(lines_are_numbered),
		LINKED(every_kind_of_answer),
		LINKED(answers_in_pieces),
		LINKED(what_came_before_the_end_counts),
		LINKED(a_last_word_is_heard),
		LINKED(another_language_ends_it),
		LINKED(long_texts_are_cut_at_a_letter),
		LINKED(never_blocks),
		LINKED(waits_no_longer_than_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
