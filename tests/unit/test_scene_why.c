/*
 * Why: what the evidence does not decide, what only another machine would do,
 * and that nothing is known before it happened.
 *
 * tests/sh/why reads the marks "why: CAUSE" and "not: CAUSE" in this file: a
 * cause that is proved here needs no script in tests/why.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scene/why.h"
#include "scene_script.h"

#define PLAY(script, events) \
	script_play(script, events, sizeof(events) / sizeof(*events))
#define BUILT \
	/* 0 */ "lab: built namespaces clocks=slow mtu=1500 kernel=6.18", \
	/* 1 */ "lab: host client 10.0.0.1 fd00::1", \
	/* 2 */ "lab: host server 10.0.0.2 fd00::2"
#define LOOPBACK \
	/* 0 */ ("lab: built loopback clocks=real kernel=6.18 " \
		"why=\"no namespaces\""), \
	/* 1 */ "lab: host client 127.0.0.1", \
	/* 2 */ "lab: host server 127.0.0.1"

static void check(struct scene *s, uint32_t position, enum why_kind kind,
	uint32_t ref, const char *cause)
{
	struct why w;
	bool told = scene_why(s, position, kind, ref, &w);

	if (!cause) {
		if (told)
			fail_msg("told %s", w.cause);
		assert_int_equal(w.n, 0);
	} else {
		assert_true(told);
		assert_string_equal(w.cause, cause);
		assert_in_range(w.n, 1, WHY_FACTS);
		for (int i = 0; i < w.n; i++) {
			assert_true(w.fact[i].text[0]);
			assert_true(w.fact[i].position == SCENE_NONE ||
				w.fact[i].position < position);
		}
	}
	why_done(&w);
}

/* why: refused */
static void without_frames_a_refusal_is_not_decided(void **state)
{
	static const char *const events[] = {
		LOOPBACK,
		/* 3 */ "client: s = socket(AF_INET, SOCK_STREAM)",
		/* 4 */ "client: socket returns -> 3",
		/* 5 */ "client: connect(s, server:9998)",
		/* 6 */ "client: connect returns -> ECONNREFUSED",
	};
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	check(s, 7, WHY_CALL, 1, "refused");
	check(s, 6, WHY_CALL, 1, NULL); /* it had not returned */
	check(s, 5, WHY_CALL, 1, NULL); /* nor been made */
	check(s, 7, WHY_CALL, 0, NULL);
	check(s, 7, WHY_CALL, 9, NULL);
	check(s, 7, WHY_FRAME, 0, NULL);
	check(s, 7, WHY_SOCKET, 0, NULL);
	script_done(&t);
}

/* why: reset, why: pipe, why: timed-out, why: in-use, why: waits,
 * why: no-address-left, why: path-not-allowed */
static void errors_without_evidence_say_what_would_decide(void **state)
{
	static const char *const events[] = {
		BUILT,
		/* 3 */ "client: s = socket(AF_INET, SOCK_STREAM)",
		/* 4 */ "client: socket returns -> 3",
		/* 5 */ "client: bind(s, any:9999)",
		/* 6 */ "client: bind returns -> EADDRINUSE",
		/* 7 */ "client: connect(s, server:9999)",
		/* 8 */ "client: connect returns -> EADDRNOTAVAIL",
		/* 9 */ "client: connect(s, server:9999)",
		/* 10 */ "client: connect returns -> 0",
		/* 11 */ ("client: state fd=3 cookie=1 tcp ESTABLISHED "
			"10.0.0.1:40000 10.0.0.2:9999 rq=0 sq=0 timer=none"),
		/* 12 */ "client: recv(s, 9)",
		/* 13 */ "client: recv returns -> ECONNRESET",
		/* 14 */ "client: recv(s, 9)",
		/* 15 */ "client: recv returns -> ETIMEDOUT",
		/* 16 */ "client: send(s, \"x\")",
		/* 17 */ "client: send returns -> EPIPE",
		/* 18 */ "client: bind(s, unix:/root/x)",
		/* 19 */ "client: bind returns -> EACCES",
		/* 20 */ "client: getsockname(s)",
		/* 21 */ "client: getsockname waits",
	};
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	check(s, 22, WHY_CALL, 1, "in-use");
	check(s, 22, WHY_CALL, 2, "no-address-left");
	check(s, 22, WHY_CALL, 3, NULL);
	check(s, 22, WHY_CALL, 4, "reset");
	check(s, 22, WHY_CALL, 5, "timed-out");
	check(s, 22, WHY_CALL, 6, "pipe");
	check(s, 22, WHY_CALL, 7, "path-not-allowed");
	check(s, 22, WHY_CALL, 8, "waits");
	check(s, 21, WHY_CALL, 8, NULL); /* not yet the kernel's word */
	script_done(&t);
}

/* What came later is not known: a held frame is held, then it was passed. */
static void nothing_is_known_before_it_happened(void **state)
{
	static const char *const events[] = {
		BUILT,
		/* 3 */ "client: s = socket(AF_INET, SOCK_STREAM)",
		/* 4 */ "client: socket returns -> 3",
		/* 5 */ "client: connect(s, server:9999)",
		/* 6 */ "client>[held] S 1000 0",
		/* 7 */ "client: connect waits",
		/* 8 */ "client>[repeat of #1] S 1000 0",
		/* 9 */ "wire: passed #1",
		/* 10 */ "server> RA 0 1001",
		/* 11 */ "client: connect returns -> ECONNREFUSED",
	};
	struct script t;
	struct scene *s = PLAY(&t, events);
	struct why w;

	(void)state;
	check(s, 8, WHY_FRAME, 0, "not-arrived");
	check(s, 10, WHY_FRAME, 0, NULL);
	check(s, 9, WHY_FRAME, 1, "syn-again");
	check(s, 8, WHY_FRAME, 1, NULL);
	check(s, 11, WHY_FRAME, 2, "reset-refuses");
	check(s, 8, WHY_CALL, 1, "waits-for-answer");
	check(s, 12, WHY_CALL, 1, "refused-by-reset");
	assert_true(scene_why(s, 12, WHY_CALL, 1, &w));
	assert_int_equal(w.fact[0].position, 8);  /* the SYN … */
	assert_int_equal(w.fact[1].position, 10); /* … and its answer */
	assert_non_null(strstr(w.fact[1].text, "#3"));
	why_done(&w);
	assert_null(w.cause);
	script_done(&t);
}

static void causes_have_names_of_their_own(void **state)
{
	const char *name;

	(void)state;
	for (size_t i = 0; (name = why_cause_at(i)); i++) {
		assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz-"),
			strlen(name));
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(name, why_cause_at(k));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_frames_a_refusal_is_not_decided),
		cmocka_unit_test(errors_without_evidence_say_what_would_decide),
		cmocka_unit_test(nothing_is_known_before_it_happened),
		cmocka_unit_test(causes_have_names_of_their_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
