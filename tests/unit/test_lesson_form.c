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
	judged("# T\n" PAGE END, "# U\n" END, "pt_BR.md:1: 1 pages, but 2");
	judged("# T\n" PAGE END,
		"# U\n## P\n```lab\nclient: close(4) -> 0\n```\n" END,
		"pt_BR.md:4: this line is “client: close(3) -> 0” in en");
	judged("# T\n" PAGE END, "# U\n## P\n```setup\n"
		"client: close(3) -> 0\n```\n" END, "another order");
	judged("# T\n" TASK END, "# U\n## Q\n- [ ] a\n\n  W\n\n"
		"- [x] b\n\n  W\n\n"
		"```lab\nclient: socket(AF_INET) -> 3\n```\n" END,
		"pt_BR.md:3: its tick");
	judged("# T\n" PAGE END, "# U\n## P\n```lab\nclient: close(3) -> 0\n"
		"client: close(4)\n```\n" END, "pt_BR.md:5: this line is “”");
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
	judged(text, text, "en.md:9: a lesson has at most 7 pages");
	judged("# T\n## E\nend\n", "# T\n## E\nend\n", "no sentence to keep");
	judged("# T\n" PAGE "\n> keep\n", "# T\n" PAGE "\n> keep\n",
		"the last page is the end page");
	strcpy(text, "# T\n## P\n");
	for (int i = 0; i < 10; i++)
		strcat(text, "row\\\n");
	strcat(text, "\n" END);
	judged(text, text, "en.md:2: prose and questions of this page take 10");
	judged("# T\n## P\nx\n\n> keep\n## E\na\\\nb\\\nc\\\nd\n",
		"# T\n" END, "en.md:6: prose and questions of this page take "
		"4 rows of 78; 3 are there");
	judged("# T\n## P\n```nothing\n```\n" END, "# T\n" END, "en.md:3:4: ");
	judged("# T\n## P\n`send(1, 2` and `sned(1)`\n" END, "# T\n" END,
		"“sned” stands there as code");
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
	lints("sned() outside code", NULL);
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
		cmocka_unit_test(knows_the_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
