/* Whether the lab has been still since something happened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lesson/still.h"
#include "scene_script.h"

/* A lab that was still, and what came behind that. */
static bool still_behind(const char *line)
{
	const char *const events[] = {
		"lab: built namespaces clocks=slow mtu=1500 kernel=6.18",
		"lab: host client 10.0.0.1 fd00::1",
		"lab: page zero 6 en",
		"client: starts",
		"client: s = socket(AF_INET, SOCK_STREAM)",
		"client: socket returns -> 3",
		"lab: still",
		line,
	};
	struct script t;
	bool still = still_now(script_play(&t, events,
		sizeof(events) / sizeof(*events)));

	script_done(&t);
	return still;
}

static void samples_and_marks_tell_nothing(void **state)
{
	static const char *const lines[] = {
		("client: state fd=3 cookie=1 tcp CLOSE 0.0.0.0:0 0.0.0.0:0 "
			"rq=0 sq=0 timer=none"),
		"client: options cookie=1 SO_RCVBUF=16384",
		"lab: play", "lab: step 2", "lab: predict a",
		"lab: failed 12 expected 0, observed 1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (!still_behind(lines[i]))
			fail_msg("not still: %s", lines[i]);
}

static void what_happens_ends_it(void **state)
{
	static const char *const lines[] = {
		"client: recv(s, 64)", "client: socket returns -> 4",
		"client: ended 9", "lab: wait 2s", "client> S 1000 0",
		/* bytes that look like a sample */
		"client: send(s, \"x: state y\")",
		"client: recv returns -> \": options \"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (still_behind(lines[i]))
			fail_msg("still: %s", lines[i]);
}

static void just_built_it_rests(void **state)
{
	static const char *const built[] = {
		"lab: built namespaces clocks=slow mtu=1500 kernel=6.18",
		"lab: host client 10.0.0.1 fd00::1",
		"lab: page zero 6 en", "lab: setup",
	};
	struct script t;

	(void)state;
	assert_true(still_now(script_play(&t, built,
		sizeof(built) / sizeof(*built))));
	script_done(&t);
	assert_false(still_now(script_play(&t, built, 0)));
	script_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(samples_and_marks_tell_nothing),
		cmocka_unit_test(what_happens_ends_it),
		cmocka_unit_test(just_built_it_rests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
