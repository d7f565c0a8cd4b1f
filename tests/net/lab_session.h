/*
 * lab_session: a lab for a test: started, spoken to line by line, read back.
 *
 * Tests are lines of the notation. An answer is waited for at most ANSWER_MAX;
 * nothing sleeps. On a machine that allows no namespaces a test is skipped.
 */
#ifndef TESTS_NET_LAB_SESSION_H
#define TESTS_NET_LAB_SESSION_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "actor/actor.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/diag.h"
#include "call/line.h"
#include "call/link.h"
#include "journal/journal.h"
#include "lab/lab.h"

#define ANSWER_MAX (60 * CLOCK_S) /* only what fails waits so long */
#define UNUSED __attribute__((unused))

struct session {
	struct lab_started lab;
	struct link *link;
	struct journal_view *journal;
	struct buf text;      /* the journal as lines, see session_text */
	uint64_t at;          /* read up to here */
	int frames;           /* since the last `lab: built` */
};

/* The journal so far, one event a line: lines as they are, a frame as
 * "frame 4 client 66 bytes held". */
static UNUSED const char *session_text(struct session *s)
{
	struct event e;

	while (journal_read(s->journal, s->at, &e) == 1) {
		s->at = e.next;
		if (e.kind == EVENT_LINE) {
			if (e.len > 10 && !memcmp(e.data, "lab: built", 10))
				s->frames = 0;
			buf_add(&s->text, e.data, e.len);
		} else {
			buf_printf(&s->text, "frame %d %s %u bytes ",
				++s->frames,
				journal_host_name(s->journal, e.host), e.len);
			buf_add(&s->text, e.comment ? e.comment : "",
				e.comment_len);
		}
		buf_char(&s->text, '\n');
	}
	return buf_str(&s->text);
}

/* Fail, and show what happened: cmocka would cut it. */
#define SESSION_FAIL(s, ...) do { \
		fprintf(stderr, "%s", session_text(s)); \
		fail_msg(__VA_ARGS__); \
	} while (0)

static UNUSED bool session_has(struct session *s, const char *text)
{
	return strstr(session_text(s), text) != NULL;
}

static UNUSED int session_count(struct session *s, const char *text)
{
	int n = 0;

	for (const char *p = session_text(s); (p = strstr(p, text)); p++)
		n++;
	return n;
}

static UNUSED struct session *session_open(const struct lab_options *o)
{
	static const struct lab_options plain;
	struct session *s = calloc(1, sizeof(*s));
	char folder[] = "/tmp/tomada-test.XXXXXX", path[64], why[512] = "";
	struct lab_options own = o ? *o : plain;
	struct diag d = {0};

	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/journal", folder);
	if (!own.journal)
		own.journal = path;
	if (lab_start(&own, &s->lab, why, sizeof(why)))
		fail_msg("%s", why);
	assert_int_equal(journal_map(&s->journal, s->lab.journal, &d), 0);
	s->at = journal_begin(s->journal);
	s->link = link_new(s->lab.fd);
	return s;
}

/* Close the control socket and wait for the lab to end: its exit status. The
 * journal stays. */
static UNUSED int session_end(struct session *s)
{
	int status = 0;

	if (s->link)
		link_free(s->link);
	s->link = NULL;
	if (s->lab.pid > 0)
		while (waitpid(s->lab.pid, &status, 0) < 0 && errno == EINTR)
			;
	s->lab.pid = 0;
	return status;
}

static UNUSED int session_close(struct session *s)
{
	int status = session_end(s);

	journal_unmap(s->journal);
	unlink(s->lab.journal);
	*strrchr(s->lab.journal, '/') = '\0';
	rmdir(s->lab.journal);
	buf_done(&s->text);
	free(s);
	return status;
}

/* Wait until the journal holds text. */
static UNUSED void session_until(struct session *s, const char *text)
{
	int64_t end = clock_mono() + ANSWER_MAX;
	struct answer a;

	while (!session_has(s, text)) {
		if (clock_mono() > end)
			SESSION_FAIL(s, "no \"%s\"", text);
		link_wait(s->link, &a, 20 * CLOCK_MS);
	}
}

static UNUSED struct session *session_namespaces(const struct lab_options *o)
{
	struct session *s = session_open(o);

	session_until(s, "lab: built");
	if (session_has(s, "lab: built loopback")) {
		session_close(s);
		skip();
	}
	return s;
}

/* The answer to line id. */
static UNUSED struct answer session_answer(struct session *s, uint64_t id)
{
	struct answer a = {0};

	do {
		if (!link_wait(s->link, &a, ANSWER_MAX))
			SESSION_FAIL(s, "no answer");
		if (a.kind == ANSWER_ENDED)
			SESSION_FAIL(s, "the lab ended: %s", a.text);
	} while (a.kind == ANSWER_GREW || a.id != id);
	return a;
}

static UNUSED struct answer session_say(struct session *s, const char *line)
{
	return session_answer(s, link_send(s->link, line));
}

/* Lines separated by newlines, each of which must be answered with ok. */
static UNUSED void session_run(struct session *s, const char *lines)
{
	char *copy = strdup(lines), *save, *line;

	for (line = strtok_r(copy, "\n", &save); line;
		line = strtok_r(NULL, "\n", &save)) {
		struct answer a = session_say(s, line);

		if (a.kind != ANSWER_OK)
			SESSION_FAIL(s, "%s\n  %d %s", line, a.column,
				a.text);
	}
	free(copy);
}

/* A line that must be answered so. */
static UNUSED void session_refused(struct session *s, enum answer_kind kind,
	const char *line, const char *text)
{
	struct answer a = session_say(s, line);

	if (a.kind != kind || strcmp(a.text, text))
		SESSION_FAIL(s, "%s\n  got %d \"%s\"", line, a.kind, a.text);
}

/* What most tests begin with: a connected pair, s and conn. */
#define CONNECTED \
	"server: ear = socket(AF_INET, SOCK_STREAM) -> 3\n" \
	"server: bind(ear, any:9999) -> 0\n" \
	"server: listen(ear, 5) -> 0\n" \
	"server: conn = accept(ear) -> waits\n" \
	"client: s = socket(AF_INET, SOCK_STREAM) -> 3\n" \
	"client: connect(s, server:9999) -> 0\n" \
	"server: accept returns -> 4\n"

/* Every test program is its own actor. */
#define SESSION_ACTOR(argc, argv) \
	if ((argc) >= 2 && !strcmp((argv)[1], "actor")) \
		return actor_main((argv)[2])

#endif
