/*
 * A learner on a machine that gives no wire: Space leads past what cannot be
 * shown, and the end says how much that was.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rights.h"
#include "screen.h"

static void must(struct screen *s, const char *text)
{
	if (!screen_wait(s, text, SCREEN_SECONDS))
		fail_msg("never seen: %s", text);
}

static struct screen *without_namespaces(int columns, int rows,
	const char *lesson)
{
	char command[512];
	const char *const argv[] = {"/bin/sh", "-c", command, NULL};

	need_namespaces();
	/* with a loopback of its own: others may be at the same ports */
	snprintf(command, sizeof(command), "exec unshare -Urn sh -c 'ip link "
		"set lo up; echo 0 >/proc/sys/user/max_user_namespaces; "
		"exec \"$0\" lesson --lang en %s' %s", lesson,
		screen_program());
	return screen_start(columns, rows, NULL, argv);
}

static void space_leads_past_the_page(void **state)
{
	struct screen *s = without_namespaces(80, 24, "no-messages --page 4");

	(void)state;
	must(s, "The second one first would have shown what comes of");
	must(s, "but this machine shows no frames");
	must(s, "Space turn to page 5");
	assert_false(screen_has(s, "line 1"));
	screen_key(s, "Space");
	must(s, "page 5/7");
	must(s, "A single send of 33 bytes");
	screen_free(s);
}

/* The exercise of the last but one page needs a wire, too. */
static void an_exercise_is_led_past_and_the_end_tells(void **state)
{
	struct screen *s = without_namespaces(100, 30, "never-wait --page 6");

	(void)state;
	must(s, "Three ports, one second would have shown what comes of");
	assert_false(screen_has(s, "☐"));
	screen_key(s, "t");
	must(s, "There are no hints here");
	must(s, "Space turn to page 7");
	screen_key(s, "PgDn");
	must(s, "The end of");
	must(s, "2 pages were left out: this machine shows no frames.");
	screen_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(space_leads_past_the_page),
		cmocka_unit_test(an_exercise_is_led_past_and_the_end_tells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
