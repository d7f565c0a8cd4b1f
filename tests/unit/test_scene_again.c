/* Which frames are retransmissions, and of what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scene_script.h"

#define PLAY(script, events) \
	script_play(script, events, sizeof(events) / sizeof(*events))

#define BUILT \
	"lab: built namespaces clocks=real mtu=1500 kernel=6.18", \
	"lab: host client 10.0.0.1 fd00::1", \
	"lab: host server 10.0.0.2 fd00::2"

/* Frame number n sends again what frame number `of` did; 0: nothing. */
static void assert_again(struct scene *s, uint32_t n, uint32_t of)
{
	uint32_t first = scene_frame(s, n - 1)->again;

	assert_int_equal(first == SCENE_NONE ? 0 :
		scene_frame(s, first)->number, of);
}

static void each_part_of_a_connection(void **state)
{
	static const char *const events[] = {
		BUILT,
		/* 1 */ "client>[dropped] S 1000 0",
		/* 2 */ "client> S 1000 0",
		/* 3 */ "server> SA 5000 1001",
		/* 4 */ "server> SA 5000 1001",
		/* 5 */ "client> A 1001 5001",
		/* 6 */ "client>[dropped] PA 1001 5001 LOGIN",
		/* 7 */ "client> PA 1006 5001 LIST",
		/* 8 */ "server> A 5001 1001",
		/* 9 */ "client> PA 1001 5001 LOGIN",
		/* 10 */ "client> PA 1001 5001 LOGIN", /* once more: the same */
		/* 11 */ "server> PA 5001 1010 LOGIN",  /* the other way */
		/* 12 */ "client> A 1010 5006",
		/* 13 */ "client> FA 1010 5006",
		/* 14 */ "client> FA 1010 5006",
		/* 15 */ "client> R 1011 0",
		/* 16 */ "client> R 1011 0",
	};
	static const uint32_t of[] = { 0, 1, 0, 3, 0, 0, 0, 0, 6, 6, 0, 0, 0,
		13, 0, 0 };
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	for (uint32_t i = 0; i < 16; i++)
		assert_again(s, i + 1, of[i]);
	script_done(&t);
}

/* Segments are cut anew when they are sent again: whose the first byte was
 * counts. What begins with a byte never sent is no retransmission. */
static void segments_cut_anew(void **state)
{
	static const char *const events[] = {
		BUILT,
		/* 1 */ "client> S 1000 0",
		/* 2 */ "client> PA 1001 1 abc",
		/* 3 */ "client> PA 1004 1 def",
		/* 4 */ "client> PA 1001 1 abcdefghi", /* with three more */
		/* 5 */ "client> PA 1005 1 efg",
		/* 6 */ "client> PA 1008 1 hi",
		/* 7 */ "client> PA 1010 1 jkl",
		/* 8 */ "client> A 1000 1", /* a keepalive has no bytes */
		/* 9 */ "client> PFA 1010 1 jkl", /* the FIN is new */
		/* 10 */ "client> FA 1013 1",
	};
	static const uint32_t of[] = { 0, 0, 0, 2, 3, 4, 0, 0, 7, 9 };
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	for (uint32_t i = 0; i < 10; i++)
		assert_again(s, i + 1, of[i]);
	script_done(&t);
}

/* A held frame's repeats are folded into it; what comes when it is lost, and
 * the copies that we make ourselves. */
static void held_folded_and_made(void **state)
{
	static const char *const events[] = {
		BUILT,
		/* 1 */ "client> S 1000 0",
		/* 2 */ "client>[held] PA 1001 1 abc",
		/* 3 */ "client>[repeat of #2] PA 1001 1 abc",
		"wire: dropped #2",
		"wire: dropped #3",
		/* 4 */ "client> PA 1001 1 abc",
		/* 5 */ "client>[made duplicate of #4] PA 1001 1 abc",
	};
	static const uint32_t of[] = { 0, 0, 2, 2, 0 };
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	for (uint32_t i = 0; i < 5; i++)
		assert_again(s, i + 1, of[i]);
	script_done(&t);
}

/* Bytes that nobody saw are new when they come; other connections have their
 * own; a new SYN begins anew. */
static void what_was_not_seen(void **state)
{
	static const char *const events[] = {
		BUILT,
		/* 1 */ "client> A 3001 1 ghi", /* from the midst of one */
		/* 2 */ "client> A 2001 1 abc", /* from before that */
		/* 3 */ "client> A 3010 1 pqr",
		/* 4 */ "client> A 3004 1 jkl", /* from between */
		/* 5 */ "client:40001> S 1000 0",
		/* 6 */ "client:40001> A 1001 1 ghi",
		/* 7 */ "client:40001> S 7000 0",
		/* 8 */ "client:40001> S 7000 0",
	};
	static const uint32_t of[] = { 0, 0, 0, 0, 0, 0, 0, 7 };
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	for (uint32_t i = 0; i < 8; i++)
		assert_again(s, i + 1, of[i]);
	script_done(&t);
}

/* The numbers of a stream come round; a byte is still told from the one that
 * had its number 4 GiB before. (The frames claim to lie far apart: nobody saw
 * what is between.) */
static void numbers_that_come_round(void **state)
{
	static const char *const events[] = {
		BUILT,
		/* 1 */ "client> S 4294967290 0",
		/* 2 */ "client> A 4294967291 1 abc",
		/* 3 */ "client> A 1000000000 1 def",
		/* 4 */ "client> A 2000000000 1 ghi",
		/* 5 */ "client> A 3000000000 1 jkl",
		/* 6 */ "client> A 4000000000 1 mno",
		/* 7 */ "client> A 4294967291 1 new",
		/* 8 */ "client> A 4000000001 1 no",
		/* 9 */ "client> A 4294967292 1 ew",
	};
	static const uint32_t of[] = { 0, 0, 0, 0, 0, 0, 0, 6, 7 };
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	for (uint32_t i = 0; i < 9; i++)
		assert_again(s, i + 1, of[i]);
	script_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_part_of_a_connection),
		cmocka_unit_test(segments_cut_anew),
		cmocka_unit_test(held_folded_and_made),
		cmocka_unit_test(what_was_not_seen),
		cmocka_unit_test(numbers_that_come_round),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
