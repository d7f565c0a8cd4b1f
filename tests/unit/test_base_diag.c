/* Sentences that fit, that are cut, and where they point. */
#include "base/diag.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

static void a_sentence(void **state)
{
	struct diag d = {.msg = "", .file = "x.lab", .line = 3};
	char out[300];

	(void)state;
	assert_int_equal(diag_set(&d, 7, "no %s", "way"), -EINVAL);
	diag_print(&d, out, sizeof(out));
	assert_string_equal(out, "x.lab:3:7: no way");
	d.column = 0;
	diag_print(&d, out, sizeof(out));
	assert_string_equal(out, "x.lab:3: no way");
	d.line = 0;
	diag_print(&d, out, sizeof(out));
	assert_string_equal(out, "x.lab: no way");
	d.file = NULL;
	diag_print(&d, out, sizeof(out));
	assert_string_equal(out, "no way");
	assert_int_equal(diag_set(NULL, 1, "x"), -EINVAL);
}

/* Letters of 2, 3 and 4 bytes across the last byte: none is left in part, and
 * none is lost that fits. */
static void cut_at_a_letter(void **state)
{
	static const char *const letters[] = {"á", "↵", "😀"};
	char text[600];
	size_t kind, before;

	(void)state;
	for (kind = 0; kind < 3; kind++)
		for (before = 0; before < 4; before++) {
			size_t n = strlen(letters[kind]), fits;
			struct diag d;

			memset(text, 'x', before);
			text[before] = '\0';
			while (strlen(text) < 500)
				strcat(text, letters[kind]);
			diag_set(&d, 1, "%s", text);
			fits = before + (255 - before) / n * n;
			assert_int_equal(strlen(d.msg), fits);
			assert_true(text_is_utf8(d.msg, fits));
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sentence),
		cmocka_unit_test(cut_at_a_letter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
