/*
 * sockets TOMADA: the screen beside a lab of four hosts that have a thousand
 * open sockets.
 *
 * The sockets are made as a person would make them, by lines typed at the
 * prompt. Prints how many calls followed another and the median ms from return
 * to return; then per key the median and the longest ms until its last byte,
 * the median µs of the screen's processor time, the µs of the one that was the
 * longest (when these are few, it was the machine that had other things to
 * do), and its name.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/diag.h"
#include "journal/journal.h"
#include "timed.h"

#define TIMES 25
#define CALLS 4096

/* What is typed; the journal then has so many lines more that tell how far it
 * got. */
static const struct {
	const char *text, *says;
	int times;
} line[] = {
	{"lab: host eve 10.0.0.3", "lab: host eve ", 1},
	{"lab: host bob 10.0.0.4", "lab: host bob ", 1},
	{"server: ear = socket(AF_INET)", "server: socket returns", 1},
	{"server: bind(ear, any:9999)", "server: bind returns -> 0", 1},
	{"server: listen(ear, 250)", "server: listen returns -> 0", 1},
	{"client: s{1..225} = socket(AF_INET)", "client: socket returns", 225},
	{"client: connect(s{1..225}, server:9999)",
		"client: connect returns -> 0", 225},
	{"server: c{1..225} = accept(ear)", "server: accept returns", 225},
	{"bob: ear = socket(AF_INET)", "bob: socket returns", 1},
	{"bob: bind(ear, any:9999)", "bob: bind returns -> 0", 1},
	{"bob: listen(ear, 250)", "bob: listen returns -> 0", 1},
	{"eve: s{1..225} = socket(AF_INET)", "eve: socket returns", 225},
	{"eve: connect(s{1..225}, bob:9999)", "eve: connect returns -> 0", 225},
	{"bob: c{1..225} = accept(ear)", "bob: accept returns", 225},
	{"eve: u{1..50} = socket(AF_INET, SOCK_DGRAM)", "eve: socket returns",
		50},
	{"eve: bind(u{1..50}, any:{5001..5050})", "eve: bind returns -> 0", 50},
	{"client: a{1..24}, b{1..24} = socketpair(AF_UNIX, SOCK_STREAM)",
		"client: socketpair returns", 24},
};

#define LINES (sizeof(line) / sizeof(line[0]))
#define CLEAR "\x15"

#define UP "\x1bOA"
#define DOWN "\x1bOB"
#define HOME "\x1bOH"
#define END "\x1bOF"
#define BACK "\x7f"
#define BACKTAB "\x1b[Z"
#define ESC "\x1b"

/* before is typed first, and after at last, so that the next row finds the
 * panes as they were: the stage in focus, no layer, at the end of time. What
 * key did, undo takes back for the next time, untimed. */
static const struct {
	const char *name, *before, *key, *undo, *after;
} typed[] = {
	{"a key without meaning", "", "~", "", ""},
	{"redraw", "", "\f", "", ""},
	{"stage up", "", UP, "", ESC END},
	{"stage down", "", DOWN, UP UP, ESC END},
	{"stage back in time", "", BACK, "", END},
	{"stage End", "", END, BACK, END},
	{"stage search", "", "/connect\r", "", ESC END},
	{"stage search, nothing found", "", "/nothing\r", "~", ESC END},
	{"bytes shown", "/SYN\r", "1", "0", ESC END},
	{"why", "/connect\r", "w", ESC, ESC END},
	{"sockets shown", "", "3", "0", ""},
	{"sockets down", "3\t", DOWN, "", HOME BACKTAB},
	{"sockets up", "3\t/bob\r", UP, "", HOME BACKTAB},
	{"sockets back in time", "3\t", BACK, "", END BACKTAB},
	{"sockets search", "3\t", "/:50\r", "", HOME BACKTAB},
	{"sockets search, nothing found", "3\t", "/nothing\r", "~",
		HOME BACKTAB},
	{"sockets find next", "3\t/0\r", "n", "", HOME BACKTAB},
	{"sockets to stage", "3\t", "\r", DOWN, BACKTAB ESC END},
	{"diagram shown", "3\t", "z", "z", BACKTAB},
	{"diagram down", "3\tz", DOWN, "", HOME "z" BACKTAB},
	{"ladder shown", "", "z", "z", ""},
	{"ladder up", "z", UP, "", "z" ESC END},
	{"ladder back in time", "z", BACK, "", END "z"},
	{"ladder of one connection", "z/connect\r", "i", "i",
		"z" ESC END},
	{"ladder search", "z", "/connect\r", "", "z" ESC END},
	{"ladder search, nothing found", "z", "/nothing\r", "~",
		"z" ESC END},
	{"menu", "", "m", ESC, ""},
	{"help", "", "?", ESC, ""},
	{"letter at the prompt", ":", "c", "\b", ESC ESC},
	{"letter of a name at the prompt", ":client: send(s1", "1", "\b",
		CLEAR ESC ESC},
	{"completion at the prompt", ":client: close(", "\t", "",
		CLEAR ESC ESC},
};

static struct journal_view *journal;
static uint64_t at;

static double ms_of_call[CALLS], ms_meanwhile[LINES];
static int calls, lines;

static void die(const char *why)
{
	fprintf(stderr, "sockets: %s\n", why);
	exit(1);
}

static bool begins(const struct event *e, const char *text)
{
	return e->kind == EVENT_LINE && e->len >= strlen(text) &&
		!memcmp(e->data, text, strlen(text));
}

static void find_journal(void)
{
	int64_t until = clock_mono() + 10 * CLOCK_S;
	struct diag d = {0};
	char path[4096];

	while (journal_live_path(path, sizeof(path)) ||
		journal_map(&journal, path, &d))
		if (clock_mono() > until)
			die("there is no journal");
	at = journal_begin(journal);
}

/* Read the journal until it says so, so many times. */
static void wait_for(struct program *p, const char *says, int times)
{
	int64_t until = clock_mono() + 60 * CLOCK_S, before = 0, last;
	struct event e;

	while (times > 0) {
		if (clock_mono() > until)
			die(says);
		if (journal_read(journal, at, &e) <= 0) {
			timed_drain(p, &last);
			continue;
		}
		at = e.next;
		if (!begins(&e, says))
			continue;
		times--;
		if (before && calls < CALLS)
			ms_of_call[calls++] = (double)(e.time - before) /
				CLOCK_MS;
		before = e.time;
	}
}

/* While calls are being made, and the journal grows, something is typed. */
static void type_meanwhile(struct program *p)
{
	struct timed_took took;

	p->began = clock_mono();
	if (write(p->pty, "xyzzy", 5) != 5)
		die("the screen has gone");
	ms_meanwhile[lines++] = (double)timed_wait_for(p, "xyzzy") / CLOCK_MS;
	timed_key(p, CLEAR, &took);
}

static void make_sockets(struct program *p)
{
	struct timed_took took;

	timed_key(p, ":", &took);
	for (size_t i = 0; i < LINES; i++) {
		timed_key(p, line[i].text, &took);
		if (write(p->pty, "\r", 1) != 1)
			die("the screen has gone");
		if (line[i].times > 1)
			type_meanwhile(p);
		wait_for(p, line[i].says, line[i].times);
	}
	timed_key(p, ESC, &took);
}

static void type(struct program *p, const char *keys)
{
	struct timed_took took;
	char one[8];

	/* An escape is a key of its own only when nothing follows it soon. */
	while (*keys) {
		bool many = *keys == 0x1b && (keys[1] == 'O' || keys[1] == '[');
		size_t n = many ? 3 : 1;

		snprintf(one, sizeof(one), "%.*s", (int)n, keys);
		timed_key(p, one, &took);
		keys += n;
	}
}

/* Sorts ms and us. */
static void tell(double *ms, double *us, int n, const char *name)
{
	int longest = 0;
	double its, median;

	for (int i = 1; i < n; i++)
		if (ms[i] > ms[longest])
			longest = i;
	its = us ? us[longest] : 0;
	median = timed_median(ms, n);
	printf("%.2f %.2f %.0f %.0f %s\n", median, ms[n - 1],
		us ? timed_median(us, n) : 0, its, name);
	fflush(stdout);
}

static void measure(struct program *p, size_t i)
{
	static double ms[TIMES], us[TIMES];
	struct timed_took took;

	type(p, typed[i].before);
	for (int n = 0; n < TIMES; n++) {
		if (timed_key(p, typed[i].key, &took) < 0)
			die("the screen has gone");
		ms[n] = took.ms;
		us[n] = took.us;
		type(p, typed[i].undo);
	}
	type(p, typed[i].after);
	tell(ms, us, TIMES, typed[i].name);
}

int main(int argc, char **argv)
{
	char lab[] = "lab", *const program[] = {argv[1], lab, NULL};
	struct program p;

	if (argc != 2) {
		fprintf(stderr, "usage: sockets TOMADA\n");
		return 2;
	}
	p = timed_start(program);
	if (timed_wait_for(&p, "server") < 0)
		die("the screen did not begin");
	find_journal();
	make_sockets(&p);
	printf("%d %.2f\n", calls, timed_median(ms_of_call, calls));
	tell(ms_meanwhile, NULL, lines, "typed while calls are made");
	for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++)
		measure(&p, i);
	timed_stop(&p);
	return 0;
}
