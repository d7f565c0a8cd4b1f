/*
 * Where a long statement is broken, in both languages, and where its comment
 * stands.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "export/inside.h"

static void is(struct buf *b, const char *lines)
{
	assert_string_equal(buf_str(b), lines);
	buf_done(b);
}

static void test_short(void **state)
{
	struct buf b = {0};

	(void)state;
	spell_statement(&b, 1, "\t", "f(a, b);", "/* 0 */");
	spell_statement(&b, 1, "    ", "f(a, b)", "# 0");
	is(&b, "\tf(a, b); /* 0 */\n    f(a, b)  # 0\n");
}

/* Between the arguments of the outer call, though one of the inner ones would
 * fill the line better. */
static void test_brackets(void **state)
{
	struct buf b = {0};

	(void)state;
	spell_statement(&b, 1, "\t", "show_events(\"epoll_wait(ep, 16, 1000)\", n, "
		"events, (const int[]){ear, conn});", "");
	is(&b, "\tshow_events(\"epoll_wait(ep, 16, 1000)\", n, events,\n"
		"\t\t(const int[]){ear, conn});\n");
	spell_statement(&b, 0, "    ", "print(\"epoll_wait(ep, 16, 1000) ->\", "
		"ready(events, \"EPOLL\", ear=ear, conn=conn))", "# []");
	is(&b, "print(\"epoll_wait(ep, 16, 1000) ->\",\n"
		"      ready(events, \"EPOLL\", ear=ear, conn=conn))  # []\n");
}

/* Brackets in a string open nothing. */
static void test_quotes(void **state)
{
	struct buf b = {0};

	(void)state;
	spell_statement(&b, 0, "    ", "n = s.send(b\"{[( \\\", and so on, for "
		"fifty letters or so\" b\", then as many again, to the end\")",
		"");
	is(&b, "n = s.send(b\"{[( \\\", and so on, for fifty letters or so\"\n"
		"           b\", then as many again, to the end\")\n");
}

/* What does not fit behind its bracket stands further to the left. */
static void test_wide(void **state)
{
	struct buf b = {0};

	(void)state;
	spell_statement(&b, 0, "    ", "n = a_name_of_thirty_letters_here.send("
		"1, \"a string that has nearly fifty letters, as it is\")", "");
	is(&b, "n = a_name_of_thirty_letters_here.send(1,\n"
		"    \"a string that has nearly fifty letters, as it is\")\n");
}

static void test_nowhere(void **state)
{
	static const char text[] = "f(\"a string, longer than a line of eighty "
		"letters, in which there is no place to break\");";
	char line[128];
	struct buf b = {0};

	(void)state;
	spell_statement(&b, 0, "\t", text, "/* 0 */");
	snprintf(line, sizeof(line), "%s\n", text);
	is(&b, line);
}

/* The reason for a pause is never left out. */
static void test_reason(void **state)
{
	static const char why[] = "/* after client: sendto(s, \"abcdef\", 0, "
		"server:5000) */";
	struct buf b = {0};

	(void)state;
	spell_reasoned(&b, 1, "\t", "pause_until(0.9);", "/* after */");
	is(&b, "\tpause_until(0.9); /* after */\n");
	spell_reasoned(&b, 1, "\t", "pause_until(0.9);", why);
	is(&b, "\t/* after client: sendto(s, \"abcdef\", 0, server:5000) */\n"
		"\tpause_until(0.9);\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_short),
		cmocka_unit_test(test_brackets),
		cmocka_unit_test(test_quotes),
		cmocka_unit_test(test_wide),
		cmocka_unit_test(test_nowhere),
		cmocka_unit_test(test_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
