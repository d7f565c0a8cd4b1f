/*
 * fuzz_lesson: any text is a lesson or a mistake with a place and a sentence;
 * a lesson's prose fits any width it is wrapped to.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "lesson/lesson.h"
#include "lesson/wrap.h"

#define LONGEST 65536 /* longer ones find nothing new, slowly */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void wrap_to(const char *marked, int width)
{
	struct wrapped w;

	wrap_text(&w, marked, width);
	for (size_t i = 0; i < w.lines; i++)
		/* a letter of two cells fits nowhere narrower */
		must(w.line[i].cells <= (width > 2 ? width : 2));
	wrap_done(&w);
}

/* Whoever plays an exercise may rely on its parts. */
static void look_at_exercise(const struct page *p)
{
	size_t mistake;

	must(lesson_block(p, BLOCK_HINT, LESSON_HINTS - 1) != SIZE_MAX);
	must(lesson_block(p, BLOCK_HINT, LESSON_HINTS) == SIZE_MAX);
	must(lesson_block(p, BLOCK_GOAL, LESSON_GOALS) == SIZE_MAX);
	must(lesson_block(p, BLOCK_SOLUTION, 0) != SIZE_MAX);
	must(lesson_block(p, BLOCK_MISTAKE, 0) != SIZE_MAX);
	for (size_t i = 0; (mistake = lesson_block(p, BLOCK_MISTAKE, i)) !=
			SIZE_MAX; i++)
		must(lesson_when(p, mistake) == mistake + 1 &&
			p->block[mistake].prose && p->block[mistake].word);
}

static void look_at(const struct lesson *l)
{
	must(l->pages > 0 && l->rounds > 0 && l->round < l->rounds);
	for (size_t i = 0; i < l->pages; i++) {
		must(l->page[i].rounds > 0 && l->page[i].rounds <= l->rounds);
		if (lesson_is_exercise(&l->page[i]))
			look_at_exercise(&l->page[i]);
		for (size_t k = 0; k < l->page[i].blocks; k++) {
			const struct block *b = &l->page[i].block[k];

			if (b->prose) {
				wrap_to(b->prose, 78);
				wrap_to(b->prose, 1);
			}
			must(b->kind != BLOCK_PREDICTION || (b->options >= 2 &&
				b->option[lesson_right(b)].right));
			must(b->poll || b->kind != BLOCK_PREDICTION ||
				b->decider_step < l->page[i].block[
					b->decider_block].steps);
		}
	}
}

/* Any round of what is a lesson is one. */
static void look_at_round(const uint8_t *data, size_t size)
{
	struct diag d = {0};
	struct lesson *l;

	if (!lesson_parse_round(&l, "x/en.md", (const char *)data, size,
			size ? data[size - 1] : 0, &d))
		look_at(l);
	lesson_free(l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int (*const parse[])(struct lesson **, const char *, const char *,
		size_t, struct diag *) = {lesson_parse, lesson_parse_script};

	if (size > LONGEST)
		return 0;
	look_at_round(data, size);
	for (int i = 0; i < 2; i++) {
		struct diag d = {0};
		struct lesson *l;

		if (parse[i](&l, "x/en.md", (const char *)data, size, &d))
			must(!l && d.msg[0] && d.line > 0 && d.column > 0);
		else
			look_at(l);
		lesson_free(l);
	}
	return 0;
}
