/* What the checker asks of a lesson's form. */
#include "lesson_folder.h"

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

/* A heading and 4 rows of the option, an empty row, 3 of the explanation. */
static void observations_are_seen_whole(void **state)
{
#define LONG "12345678901234567890123456789 "
#define ASKED(option, why) "# T\n## Q\n- [x] " option "\n\n" why "\n- [ ] b\n" \
	"\n  W\n\n```lab\nclient: socket(AF_INET) -> 3\n```\n" END
	static const char fits[] = ASKED(LONG LONG LONG LONG,
		"  a\\\n  b\\\n  c\n");
	static const char high[] = ASKED(LONG LONG LONG LONG,
		"  a\\\n  b\\\n  c\\\n  d\n");

	(void)state;
	judged(fits, fits, NULL);
	judged(high, high, "en.md:3:1: this option and what is observed, side "
		"by side, and its explanation take 10 rows; 9 are there");
}

static void the_sentence_to_keep_is_short(void **state)
{
	(void)state;
	judged("# T\n## P\nx\n## E\n> a\\\n> b\n", "# T\n## P\nx\n## E\n"
		"> a\\\n> b\n", NULL);
	judged("# T\n## P\nx\n## E\n> a\\\n> b\\\n> c\n", "# T\n" END,
		"en.md:4:1: the sentence to keep takes 3 rows of 78; 2 are");
}

static void titles_have_an_end(void **state)
{
	(void)state;
	judged("# T\n## P\nx\n" END, "# T\n## 123456789 123456789 123456789 "
		"123456789 123456789 123456789 \xc3\xa9\nx\n" END,
		"pt_BR.md:2:1: this title is 61 cells wide; 60 are there");
}

static void missing_languages_fail(void **state)
{
	struct check_result result = {0};
	char path[128];
	char *text = NULL;
	size_t size = 0;
	FILE *tap = open_memstream(&text, &size);
	int number = 1;

	(void)state;
	put("en", "# T\n## P\nx\n" END);
	check_form("x", tap, &number, &result);
	fclose(tap);
	snprintf(path, sizeof(path), "# %s/x/pt_BR.md: cannot be opened",
		folder);
	assert_non_null(strstr(text, path));
	assert_int_equal(result.failed, 1);
	free(text);
}

/* ---- a file by itself ---- */

static char file[160];

static bool form_of_the_file(FILE *tap, int *number,
	struct check_result *result)
{
	return check_form_of_file(file, tap, number, result);
}

static void a_file_by_itself(void **state)
{
	char *text, expected[512];

	(void)state;
	put("en", "# T\n## P\nx\n" END);
	snprintf(file, sizeof(file), "%s/x/en.md", folder);
	text = tap_of(form_of_the_file, true);
	snprintf(expected, sizeof(expected), "ok 1 - %s: form\n"
		"# %s: not compared with another language: none lies beside "
		"it\n", file, file);
	assert_string_equal(text, expected);
	free(text);
	put("pt_BR", "# T\n" PAGE END);
	text = tap_of(form_of_the_file, false);
	snprintf(expected, sizeof(expected), "not ok 1 - %s: form, and both "
		"languages alike\n# %s:5:1: fences and", file, file);
	put("pt_BR", "# T\n## P\ny\n" END);
	free(text);
	free(tap_of(form_of_the_file, true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(both_alike_pass),
		CASE(differences_fail),
		CASE(form_fails),
		CASE(notes_are_alike),
		CASE(lines_are_named_whole),
		CASE(results_are_seen_whole),
		CASE(observations_are_seen_whole),
		CASE(the_sentence_to_keep_is_short),
		CASE(titles_have_an_end),
		CASE(missing_languages_fail),
		CASE(a_file_by_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
