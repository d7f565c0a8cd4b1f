/* Whether what the words of a lesson promise is there: calls, constants, links;
 * and those of the glossary. */
#include "lesson_folder.h"

#include "base/buf.h"
#include "lesson/lint.h"

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
	judged("# T\n## P\nx\n\n<!-- SO_KEEPALIVE\nor MSG_NO -->\n" END, "# T\n"
		END, "en.md:6:4: “MSG_NO” stands");
	judged("# T SO_NO\n## P\nx\n" END, "# T\n" END,
		"en.md:1:5: “SO_NO” stands");
}

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

static void put_glossary(const char *en, const char *pt)
{
	static const char *const name[] = {"en", "pt_BR"};
	char path[160];

	snprintf(path, sizeof(path), "%s/glossary", folder);
	mkdir(path, 0700);
	for (int i = 0; i < 2; i++) {
		FILE *f;

		snprintf(path, sizeof(path), "%s/glossary/%s.md", folder,
			name[i]);
		f = fopen(path, "w");
		assert_non_null(f);
		fputs(i ? pt : en, f);
		fclose(f);
	}
}

static void a_glossary_has_a_form(void **state)
{
	char *text;

	(void)state;
	text = tap_of(check_form_of_glossary, true);
	assert_string_equal(text, ""); /* there is none */
	free(text);
	put_glossary("# W\n## A\n`send`.\n## B\nx\n",
		"# W\n## B\nx\n## C\nx\n");
	text = tap_of(check_form_of_glossary, true);
	assert_string_equal(text, "ok 1 - glossary: form, and both languages "
		"alike\n");
	free(text);
	put_glossary("# W\n## A\nx, `sned()`\n## B\nx\n", "# W\n## B\nx\n");
	text = tap_of(check_form_of_glossary, false);
	assert_non_null(strstr(text, "glossary/en.md:3:5: “sned” stands"));
	assert_non_null(strstr(text, "pt_BR.md:1:1: 1 terms, but 2 in en"));
	free(text);
	put_glossary("# W\n## A\nx\n", "# W\n## A\n");
	text = tap_of(check_form_of_glossary, false);
	assert_non_null(strstr(text, "glossary/pt_BR.md:2"));
	free(text);
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
	lints("FIN_WAIT, FIN_WAIT1, CLOSE_WAIT", NULL);
	lints("FIN_WAIT3", "FIN_WAIT3");
	lints("FIN_WA", "FIN_WA");
	lints("POLL, POLLIN | POLLHUP, SIGPIPE", NULL);
	lints("POLLOT", "POLLOT");
	lints("SIGPIP", "SIGPIP");
	lints("\x03hex(00 ff)\x03", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(words_are_found),
		CASE(links_lead_somewhere),
		CASE(a_glossary_has_a_form),
		cmocka_unit_test(knows_the_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
