/* What the checker asks of a lesson's form, and of the code in its prose. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/buf.h"
#include "lesson/check.h"
#include "lesson/lint.h"

static char folder[64];

static int setup(void **state)
{
	char path[128];

	(void)state;
	strcpy(folder, "/tmp/tomada-form-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	setenv("TOMADA_LESSONS", folder, 1);
	snprintf(path, sizeof(path), "%s/x", folder);
	return mkdir(path, 0700);
}

static int teardown(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -r '%s'", folder);
	return system(command);
}

static void put(const char *language, const char *text)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/x/%s.md", folder, language);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

/* The form of both: passes when says is NULL, else fails saying it. */
static void judged(const char *en, const char *pt, const char *says)
{
	struct check_result result = {0};
	char *text = NULL;
	size_t size = 0;
	FILE *tap = open_memstream(&text, &size);
	int number = 7;

	put("en", en);
	put("pt_BR", pt);
	check_form("x", tap, &number, &result);
	fclose(tap);
	assert_int_equal(number, 8);
	assert_int_equal(result.failed, says != NULL);
	assert_int_equal(result.passed, says == NULL);
	if (strncmp(text, says ? "not ok 7 - x" : "ok 7 - x", 8) ||
			(says && !strstr(text, says)))
		fail_msg("expected %s, observed %s", says, text);
	free(text);
}

#define PAGE "## P\n```lab\nclient: close(3) -> 0\n```\n"
#define TASK "## Q\n- [x] a\n\n  W\n\n- [ ] b `-> 4`\n\n  W\n\n" \
	"```lab\nclient: socket(AF_INET) -> 3\n```\n"
#define END "## E\nend\n\n> keep\n"

static void both_alike_pass(void **state)
{
	(void)state;
	judged("# T\n" PAGE TASK END, "# U\n" PAGE "prosa\n" TASK END, NULL);
}

static void differences_fail(void **state)
{
	(void)state;
	judged("# T\n" PAGE END, "# U\n" END, "pt_BR.md:1:1: 1 pages, but 2");
	judged("# T\n" PAGE END,
		"# U\n## P\n```lab\nclient: close(4) -> 0\n```\n" END,
		"pt_BR.md:4:1: this line is “client: close(3) -> 0” in en");
	judged("# T\n" PAGE END, "# U\n## P\n```setup\n"
		"client: close(3) -> 0\n```\n" END, "another order");
	judged("# T\n" TASK END, "# U\n## Q\n- [ ] a\n\n  W\n\n"
		"- [x] b\n\n  W\n\n"
		"```lab\nclient: socket(AF_INET) -> 3\n```\n" END,
		"pt_BR.md:3:1: its tick");
	judged("# T\n" PAGE END, "# U\n## P\n```lab\nclient: close(3) -> 0\n"
		"client: close(4)\n```\n" END, "pt_BR.md:5:1: this line is “”");
	judged("# T\n## P\n```lab\nclient: close(3) -> 0\n"
		"client: close(4)\n```\n" END, "# U\n" PAGE END,
		"“client: close(4)” of en is missing");
}

static void form_fails(void **state)
{
	char text[4096] = "# T\n";

	(void)state;
	for (int i = 0; i < 7; i++)
		strcat(text, "## P\n");
	strcat(text, END);
	judged(text, text, "en.md:9:1: a lesson has at most 7 pages");
	judged("# T\n## E\nend\n", "# T\n## E\nend\n", "no sentence to keep");
	judged("# T\n" PAGE "\n> keep\n", "# T\n" PAGE "\n> keep\n",
		"the last page is the end page");
	strcpy(text, "# T\n## P\n");
	for (int i = 0; i < 10; i++)
		strcat(text, "row\\\n");
	strcat(text, "\n" END);
	judged(text, text, "en.md:2:1: prose and questions of this page take "
		"10");
	judged("# T\n## P\nx\n\n> keep\n## E\na\\\nb\\\nc\\\nd\n",
		"# T\n" END, "en.md:6:1: prose and questions of this page take "
		"4 rows of 78; 3 are there");
	judged("# T\n## P\n```nothing\n```\n" END, "# T\n" END, "en.md:3:4: ");
	judged("# T\n## P\n## Q\nx\n" END, "# T\n" END,
		"en.md:2:1: this page is empty");
	judged("# T\n## Q\n- [x] a\n\n  W\n\n- [ ] b\n\n  W\n\n- [ ] a\n\n"
		"  W\n\n" END, "# T\n" END,
		"en.md:11:1: this option says what option a says");
}

/* A word is found where it stands, not where its text begins. */
static void words_are_found(void **state)
{
	(void)state;
	judged("# T\n## P\n`send(1, 2` and\nsnedder, `sned(1)`\n" END,
		"# T\n" END, "en.md:4:11: “sned” stands there as code");
	judged("# T\n## \xc3\xa9 `SO_NO`\nx\n" END, "# T\n" END,
		"en.md:2:7: “SO_NO” stands");
	judged("# T\n## Q\n- [x] a\n\n  W\n\n- [ ] b\n\n  W\n  ENOO\n\n"
		END, "# T\n" END, "en.md:10:3: “ENOO” stands");
	judged("# T\n## P\nx\n## E\nend\n\n> keep MSG_NO\n", "# T\n" END,
		"en.md:7:8: “MSG_NO” stands");
	judged("# T SO_NO\n## P\nx\n" END, "# T\n" END,
		"en.md:1:5: “SO_NO” stands");
}

static void notes_are_alike(void **state)
{
	(void)state;
	judged("# T\n" PAGE "<!-- N -->\n" END, "# U\n" PAGE END,
		"pt_BR.md:2:1: speaker's notes, <!-- … -->, are missing here; "
		"en has them");
	judged("# T\n" PAGE END, "# U\n\n<!-- N -->\n" PAGE END,
		"pt_BR.md:1:1: there are speaker's notes here; en has none");
}

/* 58 cells of a line that Space runs; of its result the footer says nothing. */
static void lines_are_named_whole(void **state)
{
#define SEND(more) "## P\n```lab\nclient: send(s, \"0123456789012345678901234" \
	"5678901234567" more "\") -> 4\n```\n" END
	(void)state;
	judged("# T\n" SEND("a"), "# T\n" SEND("a"), NULL);
	judged("# T\n" SEND("ab"), "# T\n" SEND("ab"), "en.md:4:1: this line "
		"is 59 cells wide without its result; 58 are there");
}

#define RESULT(line) "## P\n```lab\n" line "\n```\n" END

/* 24 cells of the stage's column, 4 of the name, 4 of the arrow. */
static void results_are_seen_whole(void **state)
{
	static const char longest[] = "# T\n" RESULT(
		"client: poll([s: POLLOUT], 1) -> [ss: POLLIN] | [a: POLLERR]");
	static const char wide[] = "# T\n" RESULT("client: poll([s: POLLOUT], "
		"1) -> [] | [s: POLLIN | POLLERR]");
	static const char back[] = "# T\n" RESULT("client: poll returns -> "
		"[s: POLLIN | POLLERR]");
	static const char thread[] = "# T\n" RESULT("client/2: "
		"poll([s: POLLOUT], 1) -> [long: POLLERR]");
	static const char number[] = "# T\n" RESULT("client: getsockopt(s, "
		"SO_ERROR) -> 111 (ECONNREFUSED)\nserver: recv(s, 99) -> "
		"\"0123456789012345678901234567890123456789\"\n"
		"client: poll([s: POLLOUT], 1) -> _");
	static const char folded[] = "# T\n## P\n```setup\nclient: "
		"poll([s: POLLOUT], 1) -> [s: POLLIN | POLLERR]\n```\n" END;
	static const char decides[] = "# T\n## Q\n- [x] a `-> [s: POLLIN | "
		"POLLERR]`\n\n  W\n\n- [ ] b\n\n  W\n\n```lab\nclient: "
		"poll([s: POLLOUT], 1) -> [s: POLLIN | POLLERR]\n```\n" END;

	(void)state;
	judged(longest, longest, NULL);
	judged(wide, wide, "en.md:4:34: this result is 21 cells wide; 16 are "
		"there, in the stage's column");
	judged(back, back, "en.md:4:25: this result is 21 cells");
	/* "/2 " stands before the name */
	judged(thread, thread, "this result is 15 cells wide; 13 are");
	judged(number, number, NULL);
	judged(folded, folded, NULL);
	judged(decides, decides, NULL);
}

/* ---- exercises ---- */

#define ROW "row\\\n"
#define ROWS4 ROW ROW ROW ROW
#define SETUP "```numbers\nn 3 4\n```\n```setup\nclient: close($n)\n```\n"
#define GOAL "Goal.\n```goal\nwire: sees syn x $n\n```\n"
#define HINTS "1. a\n2. b\n3. c\n\n"
#define FEED "```feed server\nclient: close(3)\n```\n"
#define SOLUTION "```solution\nclient: close(3)\n```\n"
#define MISTAKE "```mistake no\nclient: close(4)\n```\n" \
	"```when\nwire: sees rst\n```\n"
#define EXERCISE SETUP "Do.\n\n" GOAL HINTS FEED SOLUTION MISTAKE "Words.\n"

/* Of an exercise: in which both are alike. */
static void exercise(const char *page, const char *says)
{
	char text[4096];

	snprintf(text, sizeof(text), "# T\n## X\n%s" END, page);
	judged(text, text, says);
}

static void exercises_fit_their_place(void **state)
{
	(void)state;
	exercise(EXERCISE, NULL);
	/* 8 rows and the goal are 9; one more is too much */
	exercise(SETUP ROWS4 ROW ROW ROW "x\n\n" GOAL HINTS FEED SOLUTION
		MISTAKE "Words.\n", NULL);
	exercise(SETUP ROWS4 ROWS4 "x\n\n" GOAL HINTS FEED SOLUTION MISTAKE
		"Words.\n", "en.md:2:1: prose and goals (and lines) of this "
		"page take 10 rows of 78; 9 are there");
	/* a heading, 7 rows, the goal */
	exercise(SETUP GOAL "1. a\\\n   b\\\n   c\\\n   d\\\n   e\\\n   f\\\n"
		"   g\n"
		"2. b\n3. c\n\n" SOLUTION MISTAKE "W\n", NULL);
	exercise(SETUP GOAL "1. a\\\n   b\\\n   c\\\n   d\\\n   e\\\n   f\\\n"
		"   g\\\n   h\n2. b\n3. c\n\n" SOLUTION MISTAKE "W\n",
		"en.md:20:1: this hint and the goals below it take 10 rows");
	/* expected, observed, 6 rows, the goal */
	exercise(SETUP GOAL HINTS SOLUTION MISTAKE ROWS4 ROW "x\n", NULL);
	exercise(SETUP GOAL HINTS SOLUTION MISTAKE ROWS4 ROW ROW "x\n",
		"en.md:20:1: the words of this mistake, what was expected and "
		"observed, and the goals take 10 rows");
	exercise(SETUP ROWS4 "x\n```goal\nwire: sees syn\n```\n" HINTS
		SOLUTION MISTAKE "W\n", "the goals take 5 rows of 75; 4 are");
}

/* 15 rows: expected, observed, words, an empty one, 10 lines, the goal. */
static void parsons_fit_their_place(void **state)
{
#define LINE "client: close(3)\n"
#define PARSONS(lines) "Do.\n\n" "Goal.\n```goal\nwire: sees syn\n```\n" HINTS \
	"```parsons\n" lines "```\n```solution\n" lines "```\n" \
	"```mistake no\nclient: close(3)\n```\n```when\nwire: sees rst\n" \
	"```\nWords.\n"
#define FIVE LINE LINE LINE LINE LINE
	(void)state;
	exercise(PARSONS(FIVE FIVE), NULL);
	exercise(PARSONS(FIVE FIVE LINE), "the words of this mistake");
	exercise(PARSONS(FIVE FIVE LINE LINE LINE), "page take 16 rows of 78; "
		"15 are there");
	exercise(PARSONS("client: send(3, \"aaaaaaaaaabbbbbbbbbbcccccccccc"
		"ddddddddddeeeeeeeeeefffffffffff\")\n" LINE),
		"this line is 80 cells wide; 74 are there");
}

/* What is wrong only with the numbers of the second round is found. */
static void every_round_is_looked_at(void **state)
{
	(void)state;
	exercise("```numbers\nw \"x\" \"`foo(1)`, x\"\nf send sned\n```\n"
		"`$f(1)`\n", "“sned” stands there as code");
	/* the same in both rounds: told once */
	exercise("```numbers\nw a b\n```\n`sned($w)`\n", "en.md:6:2: “sned”");
}

static void what_an_exercise_shares_is_compared(void **state)
{
	char en[4096], pt[4096];

	(void)state;
	snprintf(en, sizeof(en), "# T\n## X\n" EXERCISE END);
	snprintf(pt, sizeof(pt), "# T\n## X\n"
		"```numbers\nn 3 4\nm 1\n```\n"
		"```setup\nclient: close($n)\n```\n"
		"Do.\n\n" GOAL HINTS FEED SOLUTION MISTAKE "Words.\n" END);
	judged(en, pt, "pt_BR.md:2:1: the numbers of this page differ");
	snprintf(pt, sizeof(pt), "# T\n## X\n" SETUP "Do.\n\n" GOAL HINTS
		"```feed client\nclient: close(3)\n```\n" SOLUTION MISTAKE
		"Words.\n" END);
	judged(en, pt, "this is “server” in en");
	snprintf(pt, sizeof(pt), "# T\n## X\n" SETUP "Do.\n\n"
		"Goal.\n```goal\nwire: sees syn x 3\n```\n" HINTS FEED
		SOLUTION MISTAKE "Words.\n" END);
	judged(en, pt, "this line is “wire: sees syn x 4” in en");
	snprintf(pt, sizeof(pt), "# T\n## X\n" SETUP "Do.\n\n" GOAL HINTS FEED
		SOLUTION "```mistake yes\nclient: close(4)\n```\n"
		"```when\nwire: sees rst\n```\nWords.\n" END);
	judged(en, pt, "this is “no” in en");
	snprintf(pt, sizeof(pt), "# T\n## X\n" SETUP "Do.\n\n" GOAL HINTS
		SOLUTION MISTAKE "Words.\n" END);
	judged(en, pt, "another order");
}

static void titles_have_an_end(void **state)
{
	(void)state;
	judged("# T\n## P\nx\n" END, "# T\n## 123456789 123456789 123456789 "
		"123456789 123456789 123456789 \xc3\xa9\nx\n" END,
		"pt_BR.md:2:1: this title is 61 cells wide; 60 are there");
}

/* ---- links ---- */

static void links_lead_somewhere(void **state)
{
	static const char to_x[] = "# T\n## P\n[x](../x/en.md)\n" END;
	static const char plain[] = "# T\n## P\nx\n" END;
	char path[128];
	FILE *f;

	(void)state;
	snprintf(path, sizeof(path), "%s/glossary", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	strcat(path, "/en.md");
	f = fopen(path, "w");
	fputs("# Words\n## Backlog, listen queue\nA queue.\n", f);
	fclose(f);
	judged(to_x, plain, NULL);
	judged("# T\n## P\n[x](../y/en.md)\n" END, plain,
		"en.md:3:5: this link leads to “y”, which is not there");
	judged("# T\n## P\n[x](../x/pt_BR.md)\n" END, plain,
		"en.md:3:5: this link leads to another language: pt_BR");
	judged("# T\n## P\n[x](../x/en.md#a)\n" END, plain,
		"as a whole");
	judged("# T\n## P\n[x](../glossary/en.md#backlog), "
		"[y](../glossary/en.md#backlog-listen-queue)\n" END, plain,
		NULL);
	judged("# T\n## P\n[x](../glossary/en.md#back)\n" END, plain,
		"the glossary has no term “back”");
	f = fopen(path, "w");
	fputs("# Words\n## Backlog\n", f);
	fclose(f);
	judged("# T\n## P\n[x](../glossary/en.md#backlog)\n" END, plain,
		"the glossary cannot be read");
}

static void lints(const char *marked, const char *unknown)
{
	struct buf b = {0};

	assert_int_equal(lint_marked(marked, &b), unknown == NULL);
	assert_string_equal(buf_str(&b), unknown ? unknown : "");
	buf_done(&b);
}

static void knows_the_table(void **state)
{
	(void)state;
	lints("sned() outside code", "sned");
	lints("run(), start(), Close(), send() and send (), sned", NULL);
	lints("SO_RCVTIMEO, EAGAIN, TIME_WAIT and \"EOF\"", NULL);
	lints("the option SO_RCVTIMO", "SO_RCVTIMO");
	lints("\x03recv\x03 gives EAGIAN", "EAGIAN");
	lints("\x03send(s, \"foo(\\\" BAR_BAZ\")\x03", NULL);
	lints("\x03" "foo(1)\x03", "foo");
	lints("\x03send\x03 and \x03recv(s, foo(2))\x03", "foo");
	lints("\x03SO_REUSEADDR\x03 \x03TCP_NODELAY | AF_INET\x03", NULL);
	lints("\x03SO_REUSEADR\x03", "SO_REUSEADR");
	lints("\x03" "EPIPE\x03 \x03" "ESTABLISHED\x03 \x03" "FIN\x03", NULL);
	lints("\x03" "EPIPES\x03", "EPIPES");
	lints("\x03hex(00 ff)\x03", NULL);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		CASE(both_alike_pass),
		CASE(differences_fail),
		CASE(form_fails),
		CASE(words_are_found),
		CASE(notes_are_alike),
		CASE(lines_are_named_whole),
		CASE(results_are_seen_whole),
		CASE(exercises_fit_their_place),
		CASE(parsons_fit_their_place),
		CASE(every_round_is_looked_at),
		CASE(what_an_exercise_shares_is_compared),
		CASE(titles_have_an_end),
		CASE(links_lead_somewhere),
		cmocka_unit_test(knows_the_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
