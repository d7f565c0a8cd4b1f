/* The glossary: terms found whatever their spelling, and the two that there
 * are against each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/diag.h"
#include "lesson/glossary.h"
#include "lesson/lesson.h"
#include "lesson/lint.h"

static const char text[] = "# Words\n"
	"## Zero window\nNothing.\n"
	"## Backlog, listen queue, *fila* de conex\303\265es\nA queue.\n"
	"## Address\nWhere.\n"
	"## \xc3\x81rvore\nA tree.\n"
	"## Half-close\nOne way.\n"
	"## Byte\nEight bits.\n";

static struct glossary *made(const char *from)
{
	struct diag d = {0};
	struct glossary *g;
	struct lesson *l;

	assert_int_equal(lesson_parse(&l, "glossary/en.md", from, strlen(from),
		&d), 0);
	if (glossary_of(&g, l, &d))
		fail_msg("%d: %s", d.line, d.msg);
	return g;
}

static void stands_in_the_order_of_the_alphabet(void **state)
{
	static const char *const names[] = {"Address", "\xc3\x81rvore",
		"Backlog, listen queue, fila de conex\303\265es", "Byte",
		"Half-close", "Zero window"};
	struct glossary *g = made(text);

	(void)state;
	for (size_t i = 0; i < 6; i++)
		assert_string_equal(glossary_at(g, i)->names, names[i]);
	assert_null(glossary_at(g, 6));
	assert_string_equal(glossary_at(g, 3)->meaning, "Eight bits.");
	glossary_free(g);
}

static void finds(const struct glossary *g, const char *word,
	const char *names)
{
	const struct glossary_term *t = glossary_find(g, word, strlen(word));

	if (!names) {
		assert_null(t);
		return;
	}
	if (!t)
		fail_msg("%s is not found", word);
	assert_memory_equal(t->names, names, strlen(names));
}

static void finds_whatever_the_spelling(void **state)
{
	struct glossary *g = made(text);

	(void)state;
	finds(g, "byte", "Byte");
	finds(g, "BYTES", "Byte");
	finds(g, "addresses", "Address");
	finds(g, "address", "Address");
	finds(g, "listen queues", "Backlog");
	finds(g, "half close", "Half");
	finds(g, "FILA DE CONEX\303\225ES", "Backlog");
	finds(g, "fila de conexoes", "Backlog");
	finds(g, "arvore", "\xc3\x81rvore");
	finds(g, "", NULL);
	finds(g, "s", NULL);
	finds(g, "by", NULL);
	finds(g, "bytese", NULL);
	finds(g, "listen", NULL);
	finds(g, "byte\n", NULL);
	glossary_free(g);
}

static void finds_what_links_name(void **state)
{
	struct glossary *g = made(text);

	(void)state;
	assert_non_null(glossary_linked(g, "backlog"));
	assert_ptr_equal(glossary_linked(g, "listen-queue"),
		glossary_linked(g, "backlog-listen-queue-fila-de-conexoes"));
	assert_ptr_equal(glossary_linked(g, "half-close"),
		glossary_find(g, "half-close", 10));
	assert_null(glossary_linked(g, "backlog-listen"));
	assert_null(glossary_linked(g, ""));
	glossary_free(g);
}

static void refused(const char *from, int line, const char *says)
{
	struct diag d = {0};
	struct glossary *g;
	struct lesson *l;

	assert_int_equal(lesson_parse(&l, "glossary/en.md", from, strlen(from),
		&d), 0);
	assert_int_not_equal(glossary_of(&g, l, &d), 0);
	assert_null(g);
	assert_int_equal(d.line, line);
	assert_non_null(strstr(d.msg, says));
}

static void refuses_what_is_no_term(void **state)
{
	(void)state;
	refused("# T\n## A\n", 2, "prose below it");
	refused("# T\n## A\nx\n```lab\nclient: close(3)\n```\n", 2,
		"nothing else");
	refused("# T\n## A, b\nx\n## C, B\ny\n", 4, "a term above");
	refused("# T\n## A\nx\n## \xc3\x80\ny\n", 4, "a term above");
}

/* ---- the two that there are ---- */

static size_t terms(const struct glossary *g)
{
	size_t n = 0;

	while (glossary_at(g, n))
		n++;
	return n;
}

static void knows_what_it_names(const struct glossary *g)
{
	struct buf word = {0};

	for (size_t i = 0; glossary_at(g, i); i++)
		if (!lint_marked(glossary_at(g, i)->meaning, &word))
			fail_msg("%s: %s", glossary_at(g, i)->names,
				buf_str(&word));
	buf_done(&word);
}

static void both_languages_have_as_many_terms(void **state)
{
	struct glossary *en, *pt;
	struct diag d = {0};

	(void)state;
	setenv("TOMADA_LESSONS", "lessons", 0);
	if (glossary_load(&en, "en", &d) || glossary_load(&pt, "pt_BR", &d))
		fail_msg("%s:%d: %s", d.file, d.line, d.msg);
	assert_int_equal(terms(en), terms(pt));
	assert_true(terms(en) >= 50);
	knows_what_it_names(en);
	knows_what_it_names(pt);
	/* words that lessons and screen use, in both */
	for (size_t i = 0; i < 2; i++) {
		const struct glossary *g = i ? pt : en;

		finds(g, "socket", "");
		finds(g, "backlog", "");
		finds(g, "TIME_WAIT", "TIME_WAIT");
		finds(g, "time-wait", "TIME_WAIT");
		finds(g, "EAGAIN", "");
		finds(g, "UTF-8", "");
		finds(g, "kernel", "");
	}
	/* what the screen says of the wire and of the lab */
	finds(en, "receive queue", "Receive queue");
	finds(pt, "fila de recepcao", "Fila de recep");
	glossary_free(en);
	glossary_free(pt);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stands_in_the_order_of_the_alphabet),
		cmocka_unit_test(finds_whatever_the_spelling),
		cmocka_unit_test(finds_what_links_name),
		cmocka_unit_test(refuses_what_is_no_term),
		cmocka_unit_test(both_languages_have_as_many_terms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
