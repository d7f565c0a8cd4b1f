/*
 * player_peer: a player, and a lab that answers as it is told: what is sent, in
 * which order, and what is locked when.
 */
#ifndef TESTS_UNIT_PLAYER_PEER_H
#define TESTS_UNIT_PLAYER_PEER_H

#include <errno.h>
#include <fcntl.h>
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

#include "base/buf.h"
#include "base/diag.h"
#include "base/lines.h"
#include "call/link.h"
#include "lesson/lesson.h"
#include "lesson/player.h"

#define UNUSED __attribute__((unused))

/* One fake lab: an answer for each line, by its beginning. */
struct rule {
	const char *line;   /* how the line begins */
	const char *answer; /* "failed …", "error 3 …"; NULL: none for now */
};

struct fixture {
	struct lesson *l;
	struct link *link;
	struct player *p;
	int peer;
	struct lines in;
	struct buf heard;           /* lines it got, each with | behind it */
	struct rule rule[4];        /* the last one that fits is it */
	char late[64];              /* id of a line that got no answer */
};

static void reply(struct fixture *f, const char *line)
{
	const char *said = strchr(line, ' ') + 1;
	const char *answer = "ok";
	struct buf b = {0};

	buf_printf(&f->heard, "%s|", said);
	for (int i = 0; i < 4; i++)
		if (f->rule[i].line && !strncmp(said, f->rule[i].line,
				strlen(f->rule[i].line)))
			answer = f->rule[i].answer;
	if (answer)
		buf_printf(&b, "%.*s %s\n", (int)(said - line - 1), line,
			answer);
	else
		snprintf(f->late, sizeof(f->late), "%.*s",
			(int)(said - line - 1), line);
	if (b.len)
		assert_int_equal(write(f->peer, b.data, b.len), b.len);
	buf_done(&b);
}

/* Let both ends talk until neither has anything more to say. */
static void run(struct fixture *f)
{
	bool more = true;

	while (more) {
		struct answer a;
		char *line;

		more = false;
		link_pump(f->link);
		lines_fill(&f->in, f->peer);
		while ((line = lines_next(&f->in, NULL, NULL))) {
			reply(f, line);
			more = true;
		}
		link_pump(f->link);
		while (link_next(f->link, &a)) {
			if (a.kind == ANSWER_ENDED) {
				player_answer(f->p, &a);
				return;
			}
			player_answer(f->p, &a);
			more = true;
		}
	}
}

static void connect_peer(struct fixture *f)
{
	int fd[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK |
		SOCK_CLOEXEC, 0, fd), 0);
	f->link = link_new(fd[0]);
	f->peer = fd[1];
	lines_init(&f->in, 1 << 16);
}

/* The line that got no answer gets this one. */
static UNUSED void answer_late(struct fixture *f, const char *answer)
{
	struct buf b = {0};

	buf_printf(&b, "%s %s\n", f->late, answer);
	assert_int_equal(write(f->peer, b.data, b.len), b.len);
	buf_done(&b);
	run(f);
}

static UNUSED struct lesson *parse(const char *file, const char *source)
{
	struct lesson *l;
	struct diag d = {0};

	if (lesson_parse(&l, file, source, strlen(source), &d))
		fail_msg("%s:%d:%d: %s", file, d.line, d.column, d.msg);
	return l;
}

/* A player of the lesson, which is the fixture's from now on. */
static struct fixture *make(struct lesson *l)
{
	struct fixture *f = calloc(1, sizeof(*f));

	f->l = l;
	connect_peer(f);
	f->p = player_new(f->l, f->link);
	return f;
}

/* The lab dies; another one takes its place. */
static UNUSED void lose_lab(struct fixture *f)
{
	close(f->peer);
	run(f);
	assert_true(player_ended(f->p));
	link_free(f->link);
	lines_done(&f->in);
	buf_clear(&f->heard);
	connect_peer(f);
	player_relink(f->p, f->link);
}

static UNUSED int teardown(void **state)
{
	struct fixture *f = *state;

	player_free(f->p);
	link_free(f->link);
	lesson_free(f->l);
	lines_done(&f->in);
	buf_done(&f->heard);
	if (f->peer >= 0)
		close(f->peer);
	free(f);
	return 0;
}

static UNUSED void heard(struct fixture *f, const char *lines)
{
	run(f);
	assert_string_equal(buf_str(&f->heard), lines);
	buf_clear(&f->heard);
}

static UNUSED void offers(struct fixture *f, enum player_state state,
	const char *words)
{
	struct buf b = {0};

	assert_int_equal(player_state(f->p), state);
	player_next_text(f->p, &b);
	assert_string_equal(buf_str(&b), words);
	buf_done(&b);
}

#endif
