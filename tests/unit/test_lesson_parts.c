/* The page of an exercise: its parts, its numbers, and each sentence about
 * what is wrong in them, with its line and column. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/diag.h"
#include "lesson/lesson.h"
#include "lesson/numbers.h"

static struct lesson *parsed(const char *text, int round)
{
	struct diag d = {0};
	struct lesson *l;

	if (lesson_parse_round(&l, "no-name/en.md", text, strlen(text), round,
			&d))
		fail_msg("%d:%d: %s", d.line, d.column, d.msg);
	return l;
}

#define HEAD "# T\n## P\n"
#define NUMBERS "```numbers\n" \
	"size  5 7\n" \
	"word  hello  \"two words\"\n" \
	"one   1\n" \
	"```\n"
#define GOAL "It is so.\n\n```goal\nwire: sees syn x 1\n```\n"
#define HINTS "1. First.\n2. Second.\n3. Third.\n\n"
#define SOLUTION "```solution\nserver: recv(4, 64)\n```\n"
#define MISTAKE "```mistake none\nserver: recv(4, 1)\n```\n" \
	"```when\nwire: sees rst x 0\n```\n\nNo.\n"

static const char whole[] = HEAD NUMBERS
	"```setup\nserver: ear = socket(AF_INET)\n```\n"
	"Read $word, $size bytes, for $$$one.\n"
	"\n"
	"The first $size are read,\nall.\n"
	"\n"
	"```goal\n"
	"wire: sees data from client x $size\n"
	"server: has LISTEN\n"
	"```\n"
	"\n"
	"None *more*.\n"
	"```goal\n"
	"wire: sees data x 0\n"
	"```\n"
	"\n"
	"1. Look at `recv`.\n"
	"\n"
	"   Well?\n"
	"\n"
	"2. $size.\n"
	"3. `recv(4, $size)`.\n"
	"\n"
	"```feed server\n"
	"client: send(3, \"$word\")\n"
	"```\n"
	"```feed client\n"
	"wire: pass $one\n"
	"```\n"
	"```solution\n"
	"server: recv(4, $size)\n"
	"```\n"
	"```mistake too-few\n"
	"server: recv(4, 1)\n"
	"```\n"
	"```when\n"
	"wire: sees rst x 0\n"
	"```\n"
	"Only $one\n"
	"came.\n"
	"\n"
	"More waits.\n"
	"```mistake again\n"
	"server: recv(4, 2)\n"
	"```\n"
	"```when\n"
	"wire: sees rst x 1\n"
	"```\n"
	"Other words.\n"
	"## Q\n"
	"End.\n";

static void reads_all_parts(void **state)
{
	static const enum block_kind kinds[] = {BLOCK_SETUP, BLOCK_PROSE,
		BLOCK_GOAL, BLOCK_GOAL, BLOCK_HINT, BLOCK_HINT, BLOCK_HINT,
		BLOCK_FEED, BLOCK_FEED, BLOCK_SOLUTION, BLOCK_MISTAKE,
		BLOCK_WHEN, BLOCK_MISTAKE, BLOCK_WHEN};
	struct lesson *l = parsed(whole, 0);
	const struct page *p = &l->page[0];
	const struct block *b = p->block;

	(void)state;
	assert_true(lesson_is_exercise(p));
	assert_false(lesson_is_exercise(&l->page[1]));
	assert_int_equal(l->round, 0);
	assert_int_equal(l->rounds, 2);
	assert_int_equal(p->rounds, 2);
	assert_int_equal(l->page[1].rounds, 1);
	assert_string_equal(p->numbers, "size \"5\" \"7\"\n"
		"word \"hello\" \"two words\"\none \"1\"\n");
	assert_int_equal(p->blocks, sizeof(kinds) / sizeof(*kinds));
	for (size_t i = 0; i < p->blocks; i++)
		assert_int_equal(b[i].kind, kinds[i]);
	assert_string_equal(b[1].prose, "Read hello, 5 bytes, for $1.");
	assert_string_equal(b[2].prose, "The first 5 are read, all.");
	assert_int_equal(b[2].steps, 2);
	assert_int_equal(b[2].step[0].line.times, 5);
	assert_string_equal(b[3].prose, "None \x02more\x02.");
	assert_string_equal(b[4].prose, "Look at \x03recv\x03.\n\nWell?");
	assert_string_equal(b[5].prose, "5.");
	assert_string_equal(b[6].prose, "\x03recv(4, 5)\x03.");
	assert_string_equal(b[7].word, "server");
	assert_string_equal(b[7].step[0].text, "client: send(3, \"hello\")");
	assert_string_equal(b[8].word, "client");
	assert_string_equal(b[10].word, "too-few");
	assert_string_equal(b[10].prose, "Only 1 came.\n\nMore waits.");
	assert_string_equal(b[12].prose, "Other words.");
	assert_int_equal(lesson_block(p, BLOCK_GOAL, 1), 3);
	assert_int_equal(lesson_block(p, BLOCK_GOAL, 2), SIZE_MAX);
	assert_int_equal(lesson_when(p, 10), 11);
	assert_int_equal(lesson_when(p, 12), 13);
	assert_true(lesson_needs_wire(p));
	lesson_free(l);
}

static void a_round_has_its_numbers(void **state)
{
	static const int rounds[] = {1, 3, 101};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct lesson *l = parsed(whole, rounds[i]);
		const struct block *b = l->page[0].block;

		assert_int_equal(l->round, 1);
		assert_string_equal(b[1].prose,
			"Read two words, 7 bytes, for $1.");
		assert_string_equal(b[7].step[0].text,
			"client: send(3, \"two words\")");
		lesson_free(l);
	}
}

/* One page has two rounds, another three: each counts on by itself. */
static void pages_may_have_different_rounds(void **state)
{
	static const char text[] = "# T\n"
		"## A\n```numbers\na 1 2\n```\n$a\n"
		"## B\n```numbers\na 1 2 3\n```\n$a\n"
		"## C\n```numbers\na 9\n```\n$a\n";
	struct lesson *l = parsed(text, 2);

	(void)state;
	assert_int_equal(l->round, 2);
	assert_int_equal(l->rounds, 3);
	assert_int_equal(l->page[2].rounds, 1);
	assert_string_equal(l->page[0].block[0].prose, "1");
	assert_string_equal(l->page[1].block[0].prose, "3");
	assert_string_equal(l->page[2].block[0].prose, "9");
	lesson_free(l);
}

static void names_stand_in_predictions_and_notes(void **state)
{
	struct lesson *l = parsed(HEAD "```numbers\nn 3 4\nnn 7 8\n```\n"
		"- [x] $n `-> $n`\n\n  Why $nn.\n\n- [ ] $nx\n\n  Why.\n\n"
		"```lab\nclient: socket(AF_INET) -> $n\n```\n"
		"<!-- for $nn -->\n\\$n 5$ $5\n", 1);
	const struct page *p = &l->page[0];

	(void)state;
	assert_string_equal(p->block[0].option[0].text, "4");
	assert_string_equal(p->block[0].option[0].why, "Why 8.");
	assert_string_equal(p->block[0].option[1].text, "4x");
	assert_string_equal(p->notes, "for 8");
	assert_string_equal(p->block[2].prose, "$n 5$ $5");
	lesson_free(l);
}

static void reads_parsons(void **state)
{
	struct lesson *l = parsed(HEAD GOAL HINTS
		"```parsons\n"
		"server: bind(ear, any:9999)\n"
		"server: ear = socket(AF_INET, SOCK_STREAM)\n"
		"server: connect(ear, client:80)\n"
		"```\n"
		"```solution\n" /* all but one, which leads astray */
		"server: ear = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"server: bind(ear, any:9999)\n"
		"```\n"
		"```mistake as-given\n"
		"server: bind(ear, any:9999)\n"
		"```\n"
		"```when\nwire: sees syn\n```\nNo.\n", 0);

	(void)state;
	assert_int_equal(lesson_block(&l->page[0], BLOCK_PARSONS, 0), 4);
	assert_int_equal(l->page[0].block[4].steps, 3);
	lesson_free(l);
}

static void reads_links(void **state)
{
	struct lesson *l = parsed(HEAD
		"See [`TCP` itself](../no-messages/en.md) and\n"
		"[backlog](../glossary/en.md#listen-queue).\n", 0);

	(void)state;
	assert_string_equal(l->page[0].block[0].prose,
		"See \x04\x03TCP\x03 itself\x04 and \x04" "backlog\x04.");
	assert_int_equal(l->links, 2);
	assert_string_equal(l->link[0].to, "no-messages");
	assert_string_equal(l->link[0].language, "en");
	assert_string_equal(l->link[0].term, "");
	assert_string_equal(l->link[1].to, "glossary");
	assert_string_equal(l->link[1].term, "listen-queue");
	assert_int_equal(l->link[1].source_line, 4);
	lesson_free(l);
}

/* ---- what is wrong ---- */

struct mistake {
	const char *text;
	int line, column;
	const char *says; /* a piece of the sentence */
};

#define PARSONS(lines) "```parsons\n" lines "```\n"
#define FEED(number) STEPS("feed server" number, "client: close(3)")
#define ONE_MISTAKE(name) STEPS("mistake " name, "server: close(3)") \
	STEPS("when", "server: did close") "x\n"
#define FOUR_MISTAKES(name) ONE_MISTAKE(name "1") ONE_MISTAKE(name "2") \
	ONE_MISTAKE(name "3") ONE_MISTAKE(name "4")
#define FIFTY "12345678901234567890123456789012345678901234567890"
#define FOUR_LINES "client: close(3)\nclient: close(4)\n" \
	"client: close(5)\nclient: close(6)\n"
#define STEPS(word, line) "```" word "\n" line "\n```\n"

/* HEAD is lines 1 and 2, GOAL 3 to 7, HINTS 8 to 11, SOLUTION 12 to 14. */
static const struct mistake mistakes[] = {
	/* numbers */
	{HEAD "x\n" NUMBERS, 4, 4, "numbers stand first"},
	{HEAD STEPS("setup", "client: close(3)") NUMBERS, 6, 4,
		"numbers stand first"},
	{HEAD NUMBERS NUMBERS, 8, 4, "second numbers"},
	{HEAD STEPS("numbers", ""), 3, 4, "no line in it"},
	{HEAD STEPS("numbers", "Size 3"), 4, 1, "begins with a name"},
	{HEAD STEPS("numbers", " 3 3"), 4, 2, "begins with a name"},
	{HEAD STEPS("numbers", "a-b 3"), 4, 1, "begins with a name"},
	{HEAD STEPS("numbers", "abcdefghijklmnop 3"), 4, 1, "longer than 15"},
	{HEAD STEPS("numbers", "a"), 4, 1, "“a” has no value"},
	{HEAD STEPS("numbers", "a 1 2\na 1 2"), 5, 1, "already"},
	{HEAD STEPS("numbers", "a 1 2\nb 1 2 3"), 5, 1, "3 values"},
	{HEAD STEPS("numbers", "a 1 2 3 4 5 6 7 8 9"), 4, 19, "at most 8"},
	{HEAD STEPS("numbers", "a \"x y"), 4, 3, "quote that ends"},
	{HEAD STEPS("numbers", "a \"x\"y"), 4, 3, "a blank stands"},
	{HEAD STEPS("numbers x", "a 1"), 3, 4, "nothing stands behind"},
	{HEAD STEPS("numbers", "a 1 " FIFTY FIFTY FIFTY FIFTY "x"), 4, 5,
		"at most 200 bytes"},
	{HEAD STEPS("numbers", "a 1\nb 1\nc 1\nd 1\ne 1\nf 1\ng 1\nh 1\n"
		"i 1\nj 1\nk 1\nl 1\nm 1\nn 1\no 1\np 1\nq 1"), 20, 1,
		"at most 16 names"},
	{HEAD "\xc3\xa9 $size\n", 3, 3, "“size” has no value"},
	{"# T $n\n" "## P\nx\n", 1, 5, "no numbers fence stands before"},
	{HEAD NUMBERS "x\n*and* $sise\n", 9, 7, "have no name “sise”"},
	{HEAD NUMBERS "- [x] $x\n\n  W\n\n- [ ] b\n\n  W\n", 8, 7,
		"no name “x”"},
	{HEAD NUMBERS "<!--\n$x -->\n", 8, 0, "no name “x”"},
	/* columns are those of the file, before and behind what was put in */
	{HEAD NUMBERS STEPS("lab", "  client: close($one0 $x)"), 9, 23,
		"no name “x”"},
	{HEAD NUMBERS STEPS("lab", "client: sned(\"$word\", 3)"), 9, 9, ""},
	{HEAD NUMBERS STEPS("lab", "client: send(3, \"$word\" 3)"), 9, 25, ""},
	/* goals */
	{HEAD STEPS("goal", "wire: sees syn"), 3, 4, "in a paragraph"},
	{HEAD "- a\n\n" STEPS("goal", "wire: sees syn"), 5, 4,
		"in a paragraph"},
	{HEAD "### a\n\n" STEPS("goal", "wire: sees syn"), 5, 4,
		"in a paragraph"},
	{HEAD GOAL STEPS("goal", "wire: sees syn"), 8, 4, "in a paragraph"},
	{HEAD GOAL "x\n\ny\n\n" STEPS("goal", "wire: sees syn"), 10, 1,
		"one paragraph"},
	{HEAD "x\n" STEPS("goal", "client: close(3)"), 5, 1, "they ask"},
	{HEAD "x\n" STEPS("goal", "wire: hold"), 5, 1, "they ask"},
	{HEAD "x\n" STEPS("goal", "lab: wait 2s"), 5, 1, "they ask"},
	{HEAD "x\n" STEPS("goal", "wire: sees syn within 2s"), 5, 1,
		"no after and no within"},
	{HEAD "x\n" STEPS("goal", "client: did send{1..2}"), 5, 0, ""},
	{HEAD STEPS("lab", "client: did send"), 4, 1, "goal and when fences"},
	{HEAD "x\n" STEPS("goal", ""), 4, 4, "no line in it"},
	{HEAD GOAL GOAL GOAL GOAL GOAL, 25, 4, "at most 4 goals"},
	{HEAD GOAL HINTS "x\n" STEPS("goal", "wire: sees syn"), 12, 1,
		"before its goals"},
	{HEAD GOAL HINTS STEPS("goal", "wire: sees syn"), 12, 4,
		"before the hints"},
	{HEAD GOAL "x\n\n" HINTS, 8, 1, "its fence must follow"},
	{HEAD GOAL "x\n\n## Q\n", 8, 1, "its fence must follow"},
	{HEAD GOAL STEPS("lab", "client: close(3)"), 8, 4, "before the goals"},
	{HEAD GOAL STEPS("setup", "client: close(3)"), 8, 4,
		"before the goals"},
	{HEAD GOAL "- [x] a\n\n  W\n\n- [ ] b\n\n  W\n", 8, 0, ""},
	{HEAD GOAL "1. [x] a\n\n   W\n\n2. [ ] b\n\n   W\n", 8, 5,
		"prediction stands before"},
	{HEAD GOAL "### x\n", 8, 1, "further goals"},
	/* hints */
	{HEAD GOAL "- a\n- b\n- c\n", 8, 1, "it has numbers"},
	{HEAD GOAL "1. a\n2. b\n\n" SOLUTION MISTAKE, 0, 0, "three hints"},
	{HEAD GOAL "1. a\n2. b\n3. c\n4. d\n", 11, 4, "three hints"},
	{HEAD GOAL "1. a\n2. \n3. c\n", 0, 0, "hint is empty"},
	{HEAD GOAL HINTS "- x\n", 12, 1, "second list"},
	{HEAD GOAL SOLUTION, 8, 4, "hints are missing"},
	{HEAD GOAL HINTS "x\n", 12, 1, "before its goals"},
	/* parsons and feed */
	{HEAD PARSONS("client: close(3)\n"), 3, 4, "belongs to an exercise"},
	{HEAD GOAL HINTS PARSONS("client: close(3) -> 0\n"), 13, 21,
		"tells no result"},
	{HEAD GOAL HINTS PARSONS("wire: sees syn\n"), 13, 1, "acts"},
	{HEAD GOAL HINTS PARSONS(FOUR_LINES FOUR_LINES FOUR_LINES FOUR_LINES)
		SOLUTION MISTAKE, 28, 1, "at most 15 lines"},
	{HEAD GOAL HINTS PARSONS("client: close(3)\n")
		PARSONS("client: close(3)\n"), 15, 4, "not both"},
	{HEAD GOAL HINTS PARSONS("client: close(3)\n")
		STEPS("feed server", "client: close(3)"), 15, 4, "not both"},
	{HEAD GOAL HINTS STEPS("feed server", "client: close(3)")
		PARSONS("client: close(3)\n"), 15, 4, "not both"},
	{HEAD GOAL HINTS SOLUTION PARSONS("client: close(3)\n"), 15, 4,
		"before the solution"},
	{HEAD GOAL HINTS SOLUTION STEPS("feed server", "client: close(3)"),
		15, 4, "before the solution"},
	{HEAD GOAL HINTS STEPS("feed", "client: close(3)"), 12, 4,
		"whose calls"},
	{HEAD GOAL HINTS STEPS("feed lab", "client: close(3)"), 12, 4,
		"whose calls"},
	{HEAD GOAL HINTS STEPS("feed wire", "client: close(3)"), 12, 4,
		"whose calls"},
	{HEAD GOAL HINTS STEPS("feed a b", "client: close(3)"), 12, 4,
		"whose calls"},
	{HEAD GOAL HINTS STEPS("feed server", "client: close(3)")
		STEPS("feed server", "client: close(3)"), 15, 4,
		"second feed"},
	{HEAD GOAL HINTS FEED("1") FEED("2") FEED("3") FEED("4") FEED("5")
		FEED("6") FEED("7") FEED("8") FEED("9"), 36, 4,
		"at most 8 feeds"},
	{HEAD GOAL HINTS SOLUTION FOUR_MISTAKES("a") FOUR_MISTAKES("b")
		FOUR_MISTAKES("c") FOUR_MISTAKES("d") ONE_MISTAKE("e"),
		127, 4, "at most 16 mistakes"},
	/* the places of a long line: that of what the third link leads to */
	{HEAD "áé [a](../b/en.md) [c](../d/en.md) **e** [f](g) "
		"[h](../i/en.md)\n", 3, 46, "a link leads to"},
	{HEAD GOAL HINTS PARSONS("client: close(3)\n")
		STEPS("solution", "client: close(4)") MISTAKE, 16, 1,
		"not one of"},
	{HEAD GOAL HINTS PARSONS("client: close(3)\n")
		STEPS("solution", "client: close(3)\nclient: close(3)") MISTAKE,
		17, 1, "second time"},
	{HEAD GOAL HINTS PARSONS("client: close(3)\nclient: close(4)\n"
		"client: close(5)\n") STEPS("solution", "client: close(3)")
		MISTAKE, 17, 1, "all but one"},
	{HEAD GOAL HINTS PARSONS("server: recv(4, 64)\n") SOLUTION MISTAKE,
		19, 1, "not one of"},
	/* solution */
	{HEAD SOLUTION, 3, 4, "belongs to an exercise"},
	{HEAD GOAL HINTS, 0, 1, "no ```solution"},
	{HEAD GOAL HINTS SOLUTION SOLUTION, 15, 4, "second solution"},
	{HEAD GOAL HINTS SOLUTION MISTAKE SOLUTION, 0, 4,
		"before the mistakes"},
	{HEAD GOAL HINTS SOLUTION, 0, 1, "no ```mistake"},
	{HEAD GOAL HINTS SOLUTION "x\n", 15, 1, "before its goals"},
	/* mistakes */
	{HEAD MISTAKE, 3, 4, "belongs to an exercise"},
	{HEAD GOAL HINTS MISTAKE, 12, 4, "behind the solution"},
	{HEAD GOAL HINTS SOLUTION STEPS("mistake", "client: close(3)"), 15, 4,
		"has a name"},
	{HEAD GOAL HINTS SOLUTION STEPS("mistake Two", "client: close(3)"),
		15, 4, "has a name"},
	{HEAD GOAL HINTS SOLUTION STEPS("when", "wire: sees syn"), 15, 4,
		"immediately behind"},
	{HEAD GOAL HINTS SOLUTION STEPS("mistake a", "client: close(3)"), 15,
		1, "no ```when"},
	{HEAD GOAL HINTS SOLUTION STEPS("mistake a", "client: close(3)")
		"x\n", 18, 1, "comes its ```when"},
	{HEAD GOAL HINTS SOLUTION STEPS("mistake a", "client: close(3)")
		STEPS("when", "wire: sees syn"), 15, 1, "no words"},
	{HEAD GOAL HINTS SOLUTION STEPS("mistake a", "client: close(3)")
		STEPS("when", "client: close(3)"), 19, 1, "they ask"},
	{HEAD GOAL HINTS SOLUTION STEPS("mistake a", "client: close(3)")
		STEPS("when", "wire: sees syn") "- x\n", 21, 1,
		"second list"},
	{HEAD GOAL HINTS SOLUTION STEPS("mistake a", "client: close(3)")
		STEPS("when", "wire: sees syn") "### x\n", 21, 1,
		"plain paragraphs"},
	{HEAD GOAL HINTS SOLUTION MISTAKE MISTAKE, 23, 4, "of this name"},
	/* links */
	{HEAD "x [y](http://z)\n", 3, 7, "opens no other"},
	{HEAD "x <http://z>\n", 3, 4, "opens no other"},
	{HEAD "x [y](../z)\n", 3, 7, "opens no other"},
	{HEAD "x [y](../a/b/en.md)\n", 3, 7, "opens no other"},
	{HEAD "x [y](../../etc/en.md)\n", 3, 7, "opens no other"},
	{HEAD "x [y]()\n", 3, 0, "opens no other"},
	{"# [y](../z/en.md)\n## P\n", 1, 7, "has its place in prose"},
	{HEAD "> [y](../z/en.md)\n", 3, 7, "has its place in prose"},
};

static void says_what_is_wrong(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++) {
		const struct mistake *m = &mistakes[i];
		struct diag d = {0};
		struct lesson *l;

		if (!lesson_parse(&l, "f.md", m->text, strlen(m->text), &d)) {
			print_error("nothing wrong with: %s\n", m->text);
			lesson_free(l);
			wrong++;
			continue;
		}
		if ((m->line && d.line != m->line) || d.line < 1 ||
				(m->column && d.column != m->column) ||
				!strstr(d.msg, m->says) || !d.msg[0] ||
				d.column < 1) {
			wrong++;
			print_error("%zu: expected %d:%d “%s”, observed %d:%d "
				"“%s” of: %s\n", i, m->line, m->column, m->says,
				d.line, d.column, d.msg, m->text);
		}
	}
	assert_int_equal(wrong, 0);
}

/* "a$b" with b = "" (nothing), "xyz": columns behind it move. */
static void columns_go_back_to_the_file(void **state)
{
	static const char text[] = "\xc3\xa9 $b$$ $c!";
	struct numbers s = {0};
	struct buf b = {0};
	struct diag d = {0};

	(void)state;
	assert_int_equal(numbers_add(&s, "b \"\" xyz", 8, 1, &d), 0);
	assert_int_equal(numbers_add(&s, "# note", 6, 1, &d), 0);
	assert_int_equal(numbers_add(&s, "c 1", 3, 1, &d), 0);
	assert_int_equal(numbers_replace(&s, 0, &b, text, strlen(text), &d),
		0);
	assert_string_equal(buf_str(&b), "\xc3\xa9 $ 1!");
	buf_clear(&b);
	assert_int_equal(numbers_replace(&s, 1, &b, text, strlen(text), &d),
		0);
	assert_string_equal(buf_str(&b), "\xc3\xa9 xyz$ 1!");
	buf_done(&b);
	/* é blank x y z $ blank 1 ! and behind it */
	static const int columns[] = {1, 2, 3, 3, 3, 5, 7, 8, 10, 11};

	for (int i = 0; i < 10; i++)
		assert_int_equal(numbers_column(&s, 1, text, strlen(text),
			i + 1), columns[i]);
	numbers_done(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_all_parts),
		cmocka_unit_test(a_round_has_its_numbers),
		cmocka_unit_test(pages_may_have_different_rounds),
		cmocka_unit_test(names_stand_in_predictions_and_notes),
		cmocka_unit_test(reads_parsons),
		cmocka_unit_test(reads_links),
		cmocka_unit_test(says_what_is_wrong),
		cmocka_unit_test(columns_go_back_to_the_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
