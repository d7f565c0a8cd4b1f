/* The screen's parts at every size: nothing overlaps, nothing sticks out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ui/layout.h"

/* DESIGN.md, section 1: the screen of 80x24 that is drawn there. */
static void test_80x24(void **state)
{
	struct layout l;
	struct layout_wish wish = { .rows = 24, .columns = 80,
		.lesson_view = true, .has_lesson = true,
		.stage_focused = true };

	(void)state;
	layout_make(&l, &wish);
	assert_false(l.tiny);
	assert_int_equal(l.header.y, 0);
	assert_int_equal(l.stage.y, 1);   /* heading and seven rows */
	assert_int_equal(l.stage.h, 8);
	assert_int_equal(l.queues.y, 9);  /* ruler, state, count, letters */
	assert_int_equal(l.queues.h, 4);
	assert_int_equal(l.tabs.y, 13);
	assert_int_equal(l.view.y, 14);   /* prose and question: nine rows */
	assert_int_equal(l.view.h, 9);
	assert_int_equal(l.strip.h, 0);
	assert_int_equal(l.footer.y, 23);
}

/* From 100x30 on the lesson has a strip of its own below the other views. */
static void test_strip_of_its_own(void **state)
{
	struct layout l;
	struct layout_wish wish = { .rows = 30, .columns = 100,
		.has_lesson = true };

	(void)state;
	layout_make(&l, &wish);
	assert_true(l.strip.h >= 9);
	assert_true(l.strip.y > l.view.y);
	assert_true(l.view.h >= 5);
	wish.columns = 99;
	layout_make(&l, &wish);
	assert_int_equal(l.strip.h, 0);
	wish.columns = 100;
	wish.rows = 29;
	layout_make(&l, &wish);
	assert_int_equal(l.strip.h, 0);
}

static void test_tiny(void **state)
{
	struct layout l;
	struct layout_wish wish = { .rows = 12, .columns = 39 };

	(void)state;
	layout_make(&l, &wish);
	assert_true(l.tiny);
	wish.columns = 40;
	layout_make(&l, &wish);
	assert_false(l.tiny);
	wish.rows = 11;
	layout_make(&l, &wish);
	assert_true(l.tiny);
}

static void mark(unsigned char *row, const struct rect *r,
	const struct layout_wish *wish)
{
	if (r->h == 0)
		return;
	assert_int_equal(r->x, 0);
	assert_int_equal(r->w, wish->columns);
	assert_true(r->h > 0);
	assert_true(r->y >= 0);
	assert_true(r->y + r->h <= wish->rows);
	for (int y = r->y; y < r->y + r->h; y++)
		assert_int_equal(row[y]++, 0);
}

static void check(const struct layout_wish *wish)
{
	unsigned char row[256] = { 0 };
	struct layout l;

	layout_make(&l, wish);
	if (l.tiny)
		return;
	mark(row, &l.header, wish);
	mark(row, &l.stage, wish);
	mark(row, &l.queues, wish);
	mark(row, &l.tabs, wish);
	mark(row, &l.view, wish);
	mark(row, &l.ruler, wish);
	mark(row, &l.strip, wish);
	mark(row, &l.prompt, wish);
	mark(row, &l.footer, wish);
	for (int y = 0; y < wish->rows; y++)
		assert_int_equal(row[y], 1);
	if (!wish->zoomed) {
		assert_true(l.stage.h >= 4);
		assert_true(l.view.h >= 2);
	}
}

static void test_every_size(void **state)
{
	(void)state;
	for (int rows = 12; rows <= 80; rows++)
		for (int columns = 40; columns <= 210; columns += 5)
			for (int i = 0; i < 256; i++) {
				struct layout_wish wish = { rows, columns,
					i & 1, i & 2, i & 4, i & 8, i & 16,
					i & 32 ? 9 : 0, rows % 9, i & 64,
					i & 128, columns % 4 };

				check(&wish);
			}
}

/* What is said stands in the footer's row; a long sentence has more from the
 * view, and nothing above that moves. */
static void test_long_sentence(void **state)
{
	struct layout_wish wish = { .rows = 24, .columns = 80,
		.lesson_view = true, .has_lesson = true,
		.stage_focused = true, .message = 2 };
	struct layout l;

	(void)state;
	layout_make(&l, &wish);
	assert_int_equal(l.footer.y, 21);
	assert_int_equal(l.footer.h, 3);
	assert_int_equal(l.view.y, 14);
	assert_int_equal(l.view.h, 7);
	/* while a line is typed it stands above that */
	wish.prompt = true;
	layout_make(&l, &wish);
	assert_int_equal(l.footer.y, 23);
	assert_int_equal(l.footer.h, 1);
	assert_int_equal(l.prompt.y, 19);
	assert_int_equal(l.prompt.h, 4);
	assert_int_equal(l.view.y, 14);
	assert_int_equal(l.view.h, 5);
	/* the view is never given up for it */
	wish.rows = 12;
	layout_make(&l, &wish);
	assert_int_equal(l.view.h, 2);
	assert_int_equal(l.prompt.h, 2);
}

/* A page that needs more rows has them from the queues and the stage, but never
 * all; when its pictures matter the queues stay. */
static void test_long_page(void **state)
{
	struct layout_wish wish = { .rows = 24, .columns = 80,
		.lesson_view = true, .has_lesson = true,
		.stage_focused = true, .strip = 10 };
	struct layout l;

	(void)state;
	layout_make(&l, &wish);
	assert_int_equal(l.view.h, 10);
	assert_int_equal(l.queues.h, 4);
	assert_int_equal(l.stage.h, 7);
	wish.strip = 15;
	layout_make(&l, &wish);
	assert_int_equal(l.view.h, 15);
	assert_int_equal(l.queues.h, 0);
	assert_int_equal(l.stage.h, 6);
	wish.strip = 40;
	layout_make(&l, &wish);
	assert_int_equal(l.stage.h, 6);
	wish.queues = true;
	layout_make(&l, &wish);
	assert_int_equal(l.queues.h, 4);
	assert_true(l.stage.h >= 4);
}

/* The zoomed strip has all the room, and is not the view. */
/* An answer has the rows that the stage does not need, and no others. */
static void test_answer(void **state)
{
	struct layout l;
	struct layout_wish wish = { .rows = 24, .columns = 80,
		.has_lesson = true, .lesson_view = true, .queues = true };
	int usual, stage;

	(void)state;
	layout_make(&l, &wish);
	usual = l.view.h;
	stage = l.stage.h;
	wish.strip = usual + 2;
	wish.stage = stage - 1;
	layout_make(&l, &wish);
	assert_int_equal(l.view.h, usual + 1);
	assert_int_equal(l.stage.h, stage - 1);
	assert_int_equal(l.queues.h, 4);
	wish.stage = stage + 5; /* it is full */
	layout_make(&l, &wish);
	assert_int_equal(l.view.h, usual);
	assert_int_equal(l.queues.h, 4);
}

static void test_zoomed_strip(void **state)
{
	struct layout_wish wish = { .rows = 30, .columns = 100,
		.has_lesson = true, .zoomed = true, .strip_focused = true };
	struct layout l;

	(void)state;
	layout_make(&l, &wish);
	assert_int_equal(l.strip.h, 27);
	assert_int_equal(l.view.h, 0);
	assert_int_equal(l.stage.h, 0);
}

/* An open prompt takes its rows from the bottom: the stage stays. */
static void test_prompt_moves_nothing(void **state)
{
	(void)state;
	for (int rows = 12; rows <= 70; rows++)
		for (int lesson = 0; lesson < 2; lesson++) {
			struct layout_wish wish = { .rows = rows,
				.columns = 120, .has_lesson = true,
				.lesson_view = lesson };
			struct layout closed, open;

			layout_make(&closed, &wish);
			wish.prompt = true;
			layout_make(&open, &wish);
			assert_int_equal(open.stage.h, closed.stage.h);
			assert_int_equal(open.view.y, closed.view.y);
			assert_int_equal(open.tabs.y, closed.tabs.y);
			assert_int_equal(open.prompt.h, 2);
			assert_int_equal(open.prompt.y, rows - 3);
		}
}

/* 80 columns: rules at 27 and 54, as drawn in DESIGN.md. */
static void test_columns(void **state)
{
	int x, w;

	(void)state;
	layout_column(80, 3, 0, &x, &w);
	assert_int_equal(x, 1);
	assert_int_equal(w, 25);
	layout_column(80, 3, 1, &x, &w);
	assert_int_equal(x, 29);
	assert_int_equal(w, 24);
	layout_column(80, 3, 2, &x, &w);
	assert_int_equal(x, 56);
	assert_int_equal(w, 24);
}

static void test_columns_stay_apart(void **state)
{
	(void)state;
	for (int width = 72; width <= 210; width++)
		for (int n = 2; n <= 5; n++) {
			int end = 0, x, w;

			for (int i = 0; i < n; i++) {
				layout_column(width, n, i, &x, &w);
				assert_true(w >= 10);
				/* blank, rule, blank; the first: blank */
				assert_true(x >= end + (i == 0 ? 1 : 3));
				end = x + w;
			}
			assert_true(end <= width);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_80x24),
		cmocka_unit_test(test_strip_of_its_own),
		cmocka_unit_test(test_tiny),
		cmocka_unit_test(test_every_size),
		cmocka_unit_test(test_long_sentence),
		cmocka_unit_test(test_long_page),
		cmocka_unit_test(test_answer),
		cmocka_unit_test(test_zoomed_strip),
		cmocka_unit_test(test_prompt_moves_nothing),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_columns_stay_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
