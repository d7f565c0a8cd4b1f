/* Lessons out of Markdown: what is read, and each sentence about what is
 * wrong, with its line and column. */
#include <errno.h>
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

static struct lesson *parsed(const char *text)
{
	struct diag d = {0};
	struct lesson *l;

	if (lesson_parse(&l, "x/no-name/pt_BR.md", text, strlen(text), &d))
		fail_msg("%d:%d: %s", d.line, d.column, d.msg);
	return l;
}

static void reads_a_page(void **state)
{
	struct lesson *l = parsed(
		"# The *title*\n"
		"<!-- for me -->\n"
		"## One\n"
		"First **bold** and `recv(s, 1)`,\nnext line.\\\nforced\n"
		"\n"
		"- a\n- b\n\n"
		"### Small\n"
		"```setup\n"
		"  client: s = socket(AF_INET)  # comment\n"
		"\n"
		"```\n"
		"<!--\n note \n-->\n"
		"```lab\n"
		"client: close(s) -> 0\n"
		"```\n"
		"> keep me\n"
		"## Two\n"
		"1. one\n2. two\n");
	const struct page *p = &l->page[0];

	(void)state;
	assert_string_equal(l->name, "no-name");
	assert_string_equal(l->language, "pt_BR");
	assert_string_equal(l->title, "The \x02title\x02");
	assert_string_equal(l->notes, "for me");
	assert_string_equal(l->keep, "keep me");
	assert_int_equal(l->pages, 2);
	assert_string_equal(p->title, "One");
	assert_int_equal(p->source_line, 3);
	assert_string_equal(p->notes, "note");
	assert_int_equal(p->blocks, 3);
	assert_string_equal(p->block[0].prose, "First \x01" "bold\x01 and "
		"\x03recv(s, 1)\x03, next line.\nforced\n\n• a\n• b\n\n"
		"\x01Small\x01");
	assert_int_equal(p->block[0].source_line, 4);
	assert_int_equal(p->block[1].kind, BLOCK_SETUP);
	assert_int_equal(p->block[1].steps, 1);
	assert_int_equal(p->block[1].step[0].source_line, 13);
	assert_string_equal(p->block[1].step[0].text,
		"client: s = socket(AF_INET)");
	assert_int_equal(p->block[2].kind, BLOCK_STEPS);
	assert_string_equal(p->block[2].step[0].text,
		"client: close(s) -> 0");
	assert_int_equal(lesson_step_number(p, 2, 0), 1);
	assert_false(lesson_needs_wire(p));
	assert_string_equal(l->page[1].block[0].prose, "1. one\n2. two");
	lesson_free(l);
}

static const char prediction[] =
	"# T\n"
	"## P\n"
	"What?\n"
	"\n"
	"- [ ] this `-> \"A\\n\"`\n"
	"\n"
	"  No, *that*.\n"
	"\n"
	"  Really.\n"
	"\n"
	"- [x] that, and `more -> waits`\n"
	"\n"
	"  Yes.\n"
	"\n"
	"```lab\n"
	"server: recv(3, 1) -> \"B\"\n"
	"server: recv(3, 1) -> waits\n"
	"wire: flow\n"
	"```\n";

static void reads_a_prediction(void **state)
{
	struct lesson *l = parsed(prediction);
	const struct block *b = &l->page[0].block[1];

	(void)state;
	assert_int_equal(b->kind, BLOCK_PREDICTION);
	assert_int_equal(b->options, 2);
	assert_string_equal(b->option[0].text, "this");
	assert_string_equal(b->option[0].why,
		"No, \x02that\x02.\n\nReally.");
	assert_true(b->option[0].has_expect);
	assert_int_equal(b->option[0].expect.alt[0].len, 2);
	assert_false(b->option[0].right);
	assert_string_equal(b->option[1].text, "that, and \x03more\x03");
	assert_int_equal(b->option[1].expect.kind, EXPECT_WAITS);
	assert_true(b->option[1].right);
	assert_int_equal(lesson_right(b), 1);
	/* the second step expects what the tick claims: it decides */
	assert_false(b->poll);
	assert_int_equal(b->decider_block, 2);
	assert_int_equal(b->decider_step, 1);
	assert_true(lesson_needs_wire(&l->page[0]));
	lesson_free(l);
}

static void without_a_claim_the_last_step_decides(void **state)
{
	struct lesson *l = parsed("# T\n## P\n"
		"- [x] a\n\n  Why.\n\n- [ ] b\n\n  Why.\n\n"
		"```lab\nclient: close(3)\nclient: close(4)\n```\n"
		"- [x] a\n\n  Why.\n\n- [ ] b\n\n  Why.\n");

	(void)state;
	assert_false(l->page[0].block[0].poll);
	assert_int_equal(l->page[0].block[0].decider_block, 1);
	assert_int_equal(l->page[0].block[0].decider_step, 1);
	/* nothing behind it: a poll */
	assert_true(l->page[0].block[2].poll);
	lesson_free(l);
}

static void reads_carriage_returns(void **state)
{
	struct lesson *l = parsed("# T\r\n## P\r\na\r\nb\r\n"
		"```lab\r\nclient: close(3) -> 0\r\n```\r\n");

	(void)state;
	assert_string_equal(l->page[0].block[0].prose, "a b");
	assert_string_equal(l->page[0].block[1].step[0].text,
		"client: close(3) -> 0");
	lesson_free(l);
}

static void reads_a_script(void **state)
{
	static const char text[] = "# a comment\n\nlab: clocks real\r\n"
		"client: s = socket(AF_INET) -> 3";
	struct diag d = {0};
	struct lesson *l;

	(void)state;
	assert_int_equal(lesson_parse_script(&l, "a/my script.lab", text,
		sizeof(text) - 1, &d), 0);
	assert_string_equal(l->name, "my-script");
	assert_int_equal(l->pages, 1);
	assert_int_equal(l->page[0].block[0].steps, 2);
	assert_int_equal(l->page[0].block[0].step[1].source_line, 4);
	lesson_free(l);
	assert_int_equal(lesson_parse_script(&l, "x.lab", "\nclient: foo()\n",
		15, &d), -EINVAL);
	assert_null(l);
	assert_int_equal(d.line, 2);
	assert_string_equal(d.file, "x.lab");
}

/* ---- what is wrong ---- */

struct mistake {
	const char *text;
	int line, column;
	const char *says; /* a piece of the sentence */
};

#define HEAD "# T\n## P\n"
#define WHY "\n\n  Why.\n\n"

static const struct mistake mistakes[] = {
	{"", 1, 1, "no title"},
	{"# T\n", 1, 1, "no page"},
	{"## P\n", 1, 1, "page before the title"},
	{"# T\n# U\n", 2, 1, "second title"},
	{HEAD "# U\n", 3, 1, "second title"},
	{"# T\n\nprose\n## P\n", 3, 1, "prose before the first page"},
	{"# T\n### small\n## P\n", 2, 1, "prose before the first page"},
	{"# T\n- a\n## P\n", 2, 1, "prose before the first page"},
	{"# T\n```lab\nclient: close(3)\n```\n## P\n", 2, 4,
		"fence before the first page"},
	{"# T\n- [x] a" WHY "## P\n", 2, 4, "prediction before"},
	{"# T\n> q\n## P\n", 2, 1, "quote before"},
	{"#\n## P\n", 1, 1, "empty"},
	/* fences */
	{HEAD "```\nx\n```\n", 3, 1, "says what it is"},
	{HEAD "```python\nx\n```\n", 3, 4, "none of setup, lab, check"},
	{HEAD "```starter\nx\n```\n", 3, 4, "exercises"},
	{HEAD "```mistake one\nx\n```\n", 3, 4, "belongs to an exercise"},
	{HEAD "```lab\n```\n", 3, 4, "no line in it"},
	{HEAD "```lab\nclient: close(3)\n```\n```setup\n"
		"client: close(3)\n```\n", 6, 4, "setup runs when"},
	{HEAD "- a\n\n  ```lab\n  client: close(3)\n  ```\n", 5, 6,
		"fence inside a list"},
	/* lines of a fence: the column is that of the file */
	{HEAD "```lab\n\n   client: close(\n```\n", 5, 0, ""},
	{HEAD "```lab\nclient: close(3) -> ?\n```\n", 4, 21, "compare"},
	{HEAD "```lab\nwire: passed #1\n```\n", 4, 1, "only the wire"},
	{HEAD "```lab\nclient: recv waits\n```\n", 4, 1, "only the kernel"},
	{HEAD "```lab\nlab: step 3\n```\n", 4, 1, "cannot say"},
	/* predictions */
	{HEAD "- [x] a" WHY, 3, 1, "2 to 5 options"},
	{HEAD "- [x] a" WHY "- [ ] b" WHY "- [ ] c" WHY "- [ ] d" WHY
		"- [ ] e" WHY "- [ ] f" WHY, 23, 4, "at most 5"},
	{HEAD "- [ ] a" WHY "- [ ] b" WHY, 3, 1, "no option is ticked"},
	{HEAD "- [x] a" WHY "- [x] b" WHY, 7, 1, "second option is ticked"},
	{HEAD "- [x] a\n- [ ] b\n", 3, 1, "no explanation"},
	{HEAD "- [x] a" WHY "- [ ] b\n", 7, 1, "no explanation"},
	{HEAD "- [x] a" WHY "- b\n", 7, 1, "at each item"},
	{HEAD "- a\n- [x] b" WHY, 4, 4, "at each item"},
	{HEAD "- [x] a `-> 3x`" WHY "- [ ] b" WHY, 3, 0, ""},
	{HEAD "- [x] a `-> 3`" WHY "- [ ] b" WHY, 3, 1, "no step"},
	{HEAD "- [x] a `-> 3`" WHY "- [ ] b `-> 3`" WHY
		"```lab\nclient: socket(AF_INET) -> 3\n```\n", 7, 1,
		"same result"},
	/* a claim that only a step behind the next prediction would meet */
	{HEAD "- [x] a `-> 0`" WHY "- [ ] b" WHY
		"```lab\nclient: socket(AF_INET) -> 3\n```\n"
		"- [x] a" WHY "- [ ] b" WHY
		"```lab\nclient: close(3) -> 0\n```\n", 3, 1, "no step"},
	/* what has no place */
	{HEAD "- a\n  - b\n", 3, 3, "list inside"},
	{HEAD "> a\n\nx\n\n> b\n", 7, 1, "second quote"},
	{HEAD "<b>x</b>\n", 3, 1, "HTML"},
	{HEAD "x <b>y</b>\n", 3, 3, "HTML"},
	{HEAD "<!-- a --> b\n", 3, 1, "HTML"},
	{HEAD "x ![y](z)\n", 3, 8, "pictures"},
	{HEAD "x &eacute; y\n", 3, 3, "letter itself"},
	{HEAD "x\xff\n", 3, 2, "UTF-8"},
	/* ESC, and U+009B, which terminals take for ESC [ */
	{HEAD "x\x1b[31m\n", 3, 2, "control"},
	{HEAD "x\xc2\x9b" "31m\n", 3, 2, "control"},
	{HEAD "\xc3\xa9\x01\n", 3, 2, "control"},
	{HEAD "a\rb\n", 3, 2, "control"},
};

static void says_what_is_wrong(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++) {
		const struct mistake *m = &mistakes[i];
		struct diag d = {0};
		struct lesson *l;

		if (!lesson_parse(&l, "f.md", m->text, strlen(m->text), &d))
			fail_msg("nothing wrong with: %s", m->text);
		assert_null(l);
		assert_string_equal(d.file, "f.md");
		if (d.line != m->line || (m->column && d.column != m->column)
				|| !strstr(d.msg, m->says) || !d.msg[0] ||
				!d.column) {
			wrong++;
			print_error("%zu: expected %d:%d “%s”, observed %d:%d "
				"“%s” of: %s\n", i, m->line, m->column, m->says,
				d.line, d.column, d.msg, m->text);
		}
	}
	assert_int_equal(wrong, 0);
}

static void refuses_a_huge_file(void **state)
{
	char *text = calloc(1, LESSON_BYTES + 2);
	struct diag d = {0};
	struct lesson *l;

	(void)state;
	memset(text, 'a', LESSON_BYTES + 1);
	assert_int_equal(lesson_parse(&l, "f.md", text, LESSON_BYTES + 1, &d),
		-EINVAL);
	assert_non_null(strstr(d.msg, "1 MiB"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_a_page),
		cmocka_unit_test(reads_a_prediction),
		cmocka_unit_test(without_a_claim_the_last_step_decides),
		cmocka_unit_test(reads_carriage_returns),
		cmocka_unit_test(reads_a_script),
		cmocka_unit_test(says_what_is_wrong),
		cmocka_unit_test(refuses_a_huge_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
