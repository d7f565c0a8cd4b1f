/*
 * wire PUMP BYTES PINGS: the same traffic as bench/bridge, over the lab's own
 * wire, every frame journalled. Prints MB/s, then the round trip in µs with
 * everybody on processor 0.
 *
 * The programs run on the lab's hosts (`server: run …`); what they print is
 * read from the journal.
 */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/diag.h"
#include "call/link.h"
#include "journal/journal.h"
#include "lab/lab.h"

static struct link *lab_link;
static struct journal_view *journal;
static uint64_t at;

static void die(const char *why)
{
	fprintf(stderr, "wire: %s\n", why);
	exit(1);
}

static void order(const char *line)
{
	uint64_t id = link_send(lab_link, line);
	struct answer a;

	do {
		if (!link_wait(lab_link, &a, 10 * CLOCK_S))
			die(line);
	} while (a.id != id);
	if (a.kind != ANSWER_OK)
		die(a.text);
}

/* Print what LANE says next. The journal is looked at only now and then: who
 * reads along takes processor time from what is measured. */
static void print_said(const char *lane)
{
	const struct timespec while_it_runs = {.tv_nsec = 100 * CLOCK_MS};
	int64_t until = clock_mono() + 60 * CLOCK_S;
	struct event e;
	char start[64];

	snprintf(start, sizeof(start), "%s: says \"", lane);
	while (clock_mono() < until) {
		if (journal_read(journal, at, &e) <= 0) {
			nanosleep(&while_it_runs, NULL);
			continue;
		}
		at = e.next;
		if (e.kind == EVENT_LINE && e.len > strlen(start) &&
			!memcmp(e.data, start, strlen(start))) {
			printf("%.*s\n", (int)(e.len - strlen(start) - 1),
				(const char *)e.data + strlen(start));
			return;
		}
	}
	die("nobody said anything");
}

static void pin(pid_t pid, bool one)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	for (int i = 0; i < (one ? 1 : CPU_SETSIZE); i++)
		CPU_SET(i, &set);
	sched_setaffinity(pid, sizeof(set), &set);
}

/* A lab in which a program serves and another asks; the first one's or the
 * second one's words are the figure. */
static void measure(bool pinned, const char *serve, const char *ask,
	const char *who)
{
	struct lab_options o = {.real_clocks = true};
	struct lab_started started;
	struct diag d = {0};
	char why[512];

	pin(0, pinned);
	if (lab_start(&o, &started, why, sizeof(why)) < 0)
		die(why);
	lab_link = link_new(started.fd);
	if (journal_map(&journal, started.journal, &d) < 0)
		die(d.msg);
	at = journal_begin(journal);
	order(serve);
	order(ask);
	print_said(who);
	link_free(lab_link);
	waitpid(started.pid, NULL, 0);
	journal_unmap(journal);
	unlink(started.journal);
	pin(0, false);
}

int main(int argc, char **argv)
{
	struct buf serve = {0}, ask = {0};

	if (argc != 4) {
		fprintf(stderr, "usage: wire PUMP BYTES PINGS\n");
		return 2;
	}
	buf_printf(&serve, "server: run %s take 9000 %s", argv[1], argv[2]);
	buf_printf(&ask, "client: run %s give 10.0.0.2 9000 %s", argv[1],
		argv[2]);
	measure(false, serve.data, ask.data, "server");
	buf_clear(&serve);
	buf_clear(&ask);
	buf_printf(&serve, "server: run %s echo 9001", argv[1]);
	buf_printf(&ask, "client: run %s ping 10.0.0.2 9001 %s", argv[1],
		argv[3]);
	measure(true, serve.data, ask.data, "client");
	buf_done(&serve);
	buf_done(&ask);
	return 0;
}
