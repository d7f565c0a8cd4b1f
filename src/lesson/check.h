/* check: lessons and scripts, headless: every expectation compared. */
#ifndef LESSON_CHECK_H
#define LESSON_CHECK_H

#include <stdbool.h>
#include <stdio.h>

struct lesson;
struct link;
struct journal_view;

struct check_result {
	int passed, failed, skipped;
};

/*
 * Run every page of a lesson (or the one page of a script) through a player,
 * each prediction answered rightly, and print TAP: one test a page, and of an
 * exercise one for its start, for each mistake and for the solution; pages with
 * numbers in each of their rounds. l is of round 0; its file is read again for
 * the others. A failure says expected, observed, file and line, and the last
 * rows of the journal. number is the number of the next test, counted on.
 */
void check_run(const struct lesson *l, struct link *link,
	struct journal_view *journal, FILE *tap, int *number,
	struct check_result *result);

/* The languages of a lesson against each other, and its form (lesson/form.h).
 * One test. Whether it passed: then what is run of one language is run of the
 * other. */
bool check_form(const char *name, FILE *tap, int *number,
	struct check_result *result);

/* The form of a file that need not be of the course; against its sister if one
 * lies beside it. One test. */
bool check_form_of_file(const char *path, FILE *tap, int *number,
	struct check_result *result);

/* The words and links of the course's glossary, and that it has as many terms
 * in each language. One test; none when there is no glossary. */
bool check_form_of_glossary(FILE *tap, int *number,
	struct check_result *result);

#endif
