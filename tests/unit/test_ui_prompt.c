/* What the prompt knows of its line, and its queue of keys. */
#include "ui/prompt_line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* ---- keys ---- */

static void keys_in_order(void **state)
{
	struct prompt_keys q = {0};

	(void)state;
	assert_int_equal(prompt_keys_take(&q), -1);
	/* round and round, so that every place is the first once */
	for (int i = 0; i < 3 * PROMPT_KEYS; i++) {
		assert_true(prompt_keys_put(&q, "\xc3\xa1", 2));
		assert_true(prompt_keys_put(&q, "x", 1));
		assert_int_equal(prompt_keys_take(&q), 0xc3);
		assert_int_equal(prompt_keys_take(&q), 0xa1);
		assert_int_equal(prompt_keys_take(&q), 'x');
		assert_int_equal(prompt_keys_take(&q), -1);
	}
}

static void keys_whole_or_not(void **state)
{
	struct prompt_keys q = {0};

	(void)state;
	for (int i = 0; i < PROMPT_KEYS - 1; i++)
		assert_true(prompt_keys_put(&q, "a", 1));
	assert_false(prompt_keys_put(&q, "\xc3\xa1", 2));
	assert_true(prompt_keys_put(&q, "b", 1));
	assert_int_equal(q.count, PROMPT_KEYS);
}

/* ---- the window ---- */

static struct prompt_window window(const char *text, size_t point, int cells)
{
	struct prompt_window w;

	prompt_window(&w, text, strlen(text), point, cells);
	return w;
}

static void short_line(void **state)
{
	struct prompt_window w = window("send", 4, 20);

	(void)state;
	assert_int_equal(w.first, 0);
	assert_int_equal(w.end, 4);
	assert_int_equal(w.cursor, 4);
	assert_false(w.more_left || w.more_right);
}

static void long_line(void **state)
{
	char text[1001];
	int last = -1;

	(void)state;
	memset(text, 'x', 1000);
	text[1000] = '\0';
	for (size_t point = 0; point <= 1000; point++) {
		struct prompt_window w = window(text, point, 30);

		/* the cursor is in the window, where its letter is */
		assert_in_range(w.cursor, 0, 29);
		assert_int_equal(w.first + (size_t)w.cursor,
			point + w.more_left);
		assert_true(w.end >= point || !w.more_right);
		assert_in_range(w.more_left + (w.end - w.first) + w.more_right,
			1, 30);
		assert_true(w.more_right == (w.end < 1000));
		/* it jumps: most keys do not move it */
		if ((int)w.first != last && last >= 0)
			assert_int_equal((int)w.first - last, 15);
		last = (int)w.first;
	}
}

/* Wide letters (2 cells) and marks (0 cells) count as the terminal counts. */
static void wide_letters_and_marks(void **state)
{
	struct prompt_window w = window("\xe6\x97\xa5\xe6\x9c\xac", 6, 20);

	(void)state;
	assert_int_equal(w.cursor, 4);
	/* "e" and a combining acute */
	w = window("e\xcc\x81", 3, 20);
	assert_int_equal(w.cursor, 1);
	assert_int_equal(w.end, 3);
	/* an ill-formed byte and a control take a cell */
	w = window("\xff\x01", 2, 20);
	assert_int_equal(w.cursor, 2);
}

static void letters_stay_whole(void **state)
{
	char text[301];

	(void)state;
	for (int i = 0; i < 100; i++) /* 100 letters of 3 bytes and 2 cells */
		memcpy(text + 3 * i, "\xe6\x97\xa5", 3);
	text[300] = '\0';
	for (size_t point = 0; point <= 300; point += 3) {
		for (int cells = 5; cells < 40; cells++) {
			struct prompt_window w = window(text, point, cells);

			assert_int_equal(w.first % 3, 0);
			assert_int_equal(w.end % 3, 0);
			assert_in_range(w.cursor, 0, cells - 1);
			assert_in_range(w.more_left + (w.end - w.first) / 3 * 2
				+ w.more_right, 0, (size_t)cells);
		}
	}
}

static void cell_of_a_letter(void **state)
{
	struct prompt_window w = window("abc", 3, 20);

	(void)state;
	assert_int_equal(prompt_cell(&w, "abc", 3, 1), 1);
	assert_int_equal(prompt_cell(&w, "abc", 3, 3), 3);
	assert_int_equal(prompt_column("\xc3\xa1z", 3, 2), 2);
	assert_int_equal(prompt_column("\xc3\xa1z", 3, 9), 3);
}

/* ---- what it is ---- */

static void encoding_is_missing(void **state)
{
	size_t quote;

	(void)state;
	/* send(s, "Olá|  */
	assert_true(prompt_needs_encoding("send(s, \"Ol\xc3\xa1", 13, 13,
		&quote));
	assert_int_equal(quote, 8);
	/* …")|: behind it the cursor has left the string */
	assert_true(prompt_needs_encoding("send(s, \"\xc3\xa1\")", 13, 12,
		&quote));
	assert_false(prompt_needs_encoding("send(s, \"\xc3\xa1\")", 13, 13,
		&quote));
	/* the second of two strings */
	assert_true(prompt_needs_encoding("\"a\" \"\xc3\xa1\"", 8, 7, &quote));
	assert_int_equal(quote, 4);
}

static void encoding_is_there(void **state)
{
	size_t quote;

	(void)state;
	assert_false(prompt_needs_encoding("utf8\"\xc3\xa1\"", 8, 7, &quote));
	assert_false(prompt_needs_encoding("latin1\"\xc3\xa1", 9, 9, &quote));
	assert_false(prompt_needs_encoding("\"abc\"", 5, 3, &quote));
	assert_false(prompt_needs_encoding("# \"\xc3\xa1", 5, 5, &quote));
	/* a quote behind a backslash does not end it */
	assert_true(prompt_needs_encoding("\"\\\"\xc3\xa1", 5, 5, &quote));
	assert_int_equal(quote, 0);
}

static bool wire(const char *text)
{
	return prompt_is_wire(text, strlen(text));
}

static void verbs_of_the_wire(void **state)
{
	(void)state;
	assert_true(wire("pass #5"));
	assert_true(wire("  drop next syn from client"));
	assert_true(wire("hold"));
	assert_true(wire("cut"));
	assert_true(wire("corrupt payload 3 next data"));
	assert_true(wire("loss 30% seed 7"));
	assert_true(wire("sees rst"));
	assert_false(wire("split = 3"));
	assert_false(wire("hol"));
	assert_false(wire("holds"));
	assert_false(wire("send(s, \"x\")"));
	assert_false(wire("drop = recv(s, 4)"));
	assert_false(wire("pass_on"));
	assert_false(wire(""));
}

static void common_beginning(void **state)
{
	char *three[] = {"SO_REUSEADDR", "SO_REUSEPORT", "SO_RCVBUF"};
	char *letters[] = {"\xc3\xa1", "\xc3\xa2"};

	(void)state;
	assert_int_equal(prompt_common(three, 1), 12);
	assert_int_equal(prompt_common(three, 2), 8);
	assert_int_equal(prompt_common(three, 3), 4);
	assert_int_equal(prompt_common(letters, 2), 0); /* no half letter */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_in_order),
		cmocka_unit_test(keys_whole_or_not),
		cmocka_unit_test(short_line),
		cmocka_unit_test(long_line),
		cmocka_unit_test(wide_letters_and_marks),
		cmocka_unit_test(letters_stay_whole),
		cmocka_unit_test(cell_of_a_letter),
		cmocka_unit_test(encoding_is_missing),
		cmocka_unit_test(encoding_is_there),
		cmocka_unit_test(verbs_of_the_wire),
		cmocka_unit_test(common_beginning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
