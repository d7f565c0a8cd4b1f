/* The key map and the footer that is made of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/ink.h"
#include "ui/keys.h"

static void test_no_key_twice(void **state)
{
	const struct key_row *a, *b;

	(void)state;
	for (size_t i = 0; (a = keys_at(i)) != NULL; i++)
		for (size_t j = 0; j <= i && (b = keys_at(j)) != NULL; j++)
			for (int m = 0; m < KEYS_OF_ONE; m++)
				for (int n = 0; n < KEYS_OF_ONE; n++) {
					if ((i == j && m <= n) ||
							a->key[m] == 0)
						continue;
					assert_int_not_equal(a->key[m],
						b->key[n]);
				}
}

/* The key map of DESIGN.md, as far as it is there. */
static void test_the_map(void **state)
{
	static const struct {
		int key;
		enum command command;
	} map[] = {
		{ ' ', CMD_NEXT }, { KEY_NPAGE, CMD_NEXT },
		{ KEY_BACKSPACE, CMD_BACK }, { KEY_PPAGE, CMD_BACK },
		{ KEY_END, CMD_NOW }, { '[', CMD_PAGE_BACK },
		{ ']', CMD_PAGE_ON }, { 'a', CMD_ANSWER },
		{ 'e', CMD_ANSWER }, { '0', CMD_LESSON }, { '1', CMD_BYTES },
		{ '2', CMD_NONE }, { '3', CMD_SOCKETS }, { '\t', CMD_PANE_ON },
		{ KEY_BTAB, CMD_PANE_BACK }, { KEY_UP, CMD_MOVE },
		{ 'h', CMD_MOVE }, { 'j', CMD_MOVE }, { 'l', CMD_MOVE },
		{ '\n', CMD_ENTER }, { 'p', CMD_PASS }, { 'P', CMD_PASS_ALL },
		{ 'x', CMD_DROP }, { 'o', CMD_HOLD }, { 'm', CMD_MENU },
		{ 'k', CMD_KERNEL }, { 'z', CMD_ZOOM }, { 'u', CMD_TAKE_BACK },
		{ 'r', CMD_REBUILD }, { 'R', CMD_RESTART }, { 'f', CMD_FREE },
		{ 'K', CMD_WORD }, { '/', CMD_SEARCH }, { 'n', CMD_FIND_ON },
		{ 'N', CMD_FIND_BACK }, { 'y', CMD_COPY }, { 3, CMD_INTERRUPT },
		{ 'q', CMD_LEAVE }, { '?', CMD_HELP }, { ':', CMD_PROMPT },
		{ 12, CMD_REDRAW }, { 26, CMD_SUSPEND },
		/* dead keys of Brazilian keyboards command nothing */
		{ '~', CMD_NONE }, { '^', CMD_NONE }, { '\'', CMD_NONE },
		{ '"', CMD_NONE }, { 0xb4, CMD_NONE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof map / sizeof map[0]; i++)
		assert_int_equal(keys_command(map[i].key), map[i].command);
}

static const struct footer_item items[] = {
	{ CMD_NEXT, NULL, "run \"wire: pass #5\"" },
	{ CMD_PASS, NULL, "pass" },
	{ CMD_DROP, NULL, "drop" },
	{ CMD_BACK, NULL, "back" },
	{ CMD_PROMPT, NULL, "type" },
	{ CMD_LEAVE, NULL, "leave" },
};

static void footer(int width, const char *expected, size_t taken)
{
	struct ink k = { 0 };

	assert_int_equal(keys_footer(&k, items, 6, width), taken);
	assert_string_equal(buf_str(&k.text), expected);
	assert_true(ink_cells(&k) <= width);
	ink_done(&k);
}

static void test_footer(void **state)
{
	(void)state;
	footer(78, "Space run \"wire: pass #5\" · p pass · x drop · Bksp back"
		" · : type · q leave", 6);
	/* what is less useful goes first, but a short one may still fit */
	footer(50, "Space run \"wire: pass #5\" · p pass · x drop", 3);
	footer(53, "Space run \"wire: pass #5\" · p pass · x drop · : type",
		4);
	/* the next thing is always there, cut when it must be */
	footer(20, "Space run \"wire: pa…", 1);
}

static void test_footer_at_every_width(void **state)
{
	(void)state;
	for (int width = 3; width < 120; width++) {
		struct ink k = { 0 };

		assert_true(keys_footer(&k, items, 6, width) >= 1);
		assert_true(ink_cells(&k) <= width);
		ink_done(&k);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_key_twice),
		cmocka_unit_test(test_the_map),
		cmocka_unit_test(test_footer),
		cmocka_unit_test(test_footer_at_every_width),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
