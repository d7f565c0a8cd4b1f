/* The gate: every fault, as a rule and on frames in hand. */
#include "wire_world.h"

#define ALL .filter = (char *)""
#define HOLD(w) ORDER(w, .verb = WIRE_HOLD, ALL)

/* A payload that went last. */
static void went(struct world *w, const char *payload)
{
	struct facts f;

	facts_read_headers(&f, w->went, w->went_len);
	assert_int_equal(f.payload_len, strlen(payload));
	assert_memory_equal(w->went + f.payload, payload, f.payload_len);
}

static struct facts facts_went(struct world *w)
{
	struct facts f;

	facts_read(&f, w->went, w->went_len);
	return f;
}

/* ---- what loses ---- */

/* Which of 200 frames a loss of 30% with that seed takes, one bit each. */
static unsigned losses(uint64_t seed, uint8_t lost[25])
{
	struct world *w;
	void *state;
	unsigned n = 0;

	setup(&state);
	w = state;
	memset(lost, 0, 25);
	ORDER(w, .verb = WIRE_LOSS, .number = 30000, .seed = seed, ALL);
	for (int i = 0; i < 200; i++) {
		frame(w, CLIENT, i, DATA, "x");
		if (strstr(buf_str(&w->told), "dropped")) {
			lost[i / 8] |= 1 << i % 8;
			n++;
		}
		buf_clear(&w->told);
	}
	teardown(&state);
	return n;
}

static void test_loss_is_the_same_for_the_same_seed(void **state)
{
	uint8_t one[25], again[25], other[25];
	unsigned n;

	(void)state;
	n = losses(7, one);
	assert_in_range(n, 40, 80); /* 60, give or take three deviations */
	assert_int_equal(losses(7, again), n);
	assert_memory_equal(one, again, sizeof(one));
	losses(8, other);
	assert_memory_not_equal(one, other, sizeof(one));
	losses(0, one); /* not given: 1 */
	losses(1, other);
	assert_memory_equal(one, other, sizeof(one));
}

/* Used up by what it lost, not by what it spared. */
static void test_loss_next(void **state)
{
	struct world *w = *state;
	unsigned lost = 0;

	ORDER(w, .verb = WIRE_LOSS, .number = 50000, .next = true, .count = 3,
		ALL);
	for (int i = 0; i < 100; i++) {
		buf_clear(&w->told);
		frame(w, CLIENT, i, DATA, "x");
		lost += strstr(buf_str(&w->told), "dropped") != NULL;
	}
	assert_int_equal(lost, 3);
	REFUSED((buf_clear(&w->told), w), "no rule is in force",
		.verb = WIRE_MEND, .number = 1);
}

static void test_a_host_vanishes_both_ways(void **state)
{
	struct world *w = *state;

	w->rules = true;
	REFUSED(w, "there is no host eve", .verb = WIRE_VANISH, .host = "eve");
	ORDER(w, .verb = WIRE_VANISH, .host = "server");
	frame(w, CLIENT, 1, DATA, "x");
	frame(w, SERVER, 2, DATA, "x");
	told(w, "1 dropped by 1\n2 dropped by 1\n");
	assert_false(gate_reaches(w->gate, SERVER));
	assert_true(gate_reaches(w->gate, CLIENT));
	REFUSED(w, "server has vanished, nothing reaches it; mend it first",
		.verb = WIRE_RESET, .host = "server");
	ORDER(w, .verb = WIRE_MEND);
	frame(w, CLIENT, 1, DATA, "x");
	told(w, "3 passed\nout c 1\n");
}

/* What left its sender before arrives, unless it is for the one who is gone. */
static void test_under_way_when_a_host_vanishes(void **state)
{
	struct world *w = *state;

	HOLD(w);
	frame(w, CLIENT, 1, DATA, "x");
	frame(w, SERVER, 2, DATA, "x");
	ORDER(w, .verb = WIRE_VANISH, .host = "server");
	buf_clear(&w->told);
	ORDER(w, .verb = WIRE_PASS, .count = -1);
	told(w, "#1 dropped\n#2 passed\nout s 2\n");
}

static void test_mtu_drops_and_says_so(void **state)
{
	struct world *w = *state;
	uint8_t f[256];
	size_t n;

	w->rules = true;
	ORDER(w, .verb = WIRE_HOLD, .filter = (char *)"icmp");
	ORDER(w, .verb = WIRE_MTU, .number = 70, ALL);
	n = make(f, CLIENT, 1, DATA, "123456789012345678901234567890"); /* 70 */
	gate_frame(w->gate, CLIENT, f, n, 0);
	n = make(f, CLIENT, 2, DATA, "1234567890123456789012345678901");
	gate_frame(w->gate, CLIENT, f, n, 0);
	told(w, "1 passed\nout c 1\n2 dropped by 2\n"
		"3 made icmp of 2 by 2, held by 1\n");
	ORDER(w, .verb = WIRE_PASS, .frame = 3);
	assert_int_equal(facts_went(w).icmp_type, 3);
	assert_int_equal(facts_went(w).icmp_code, 4);
	assert_int_equal(facts_went(w).target[3], 1);
	assert_false(facts_went(w).bad_sum);
}

/* ---- what changes ---- */

static void test_corrupt_takes_its_place(void **state)
{
	struct world *w = *state;

	w->rules = true;
	ORDER(w, .verb = WIRE_CORRUPT, .payload = true, .number = 1, .to = 'X',
		.next = true, ALL);
	frame(w, CLIENT, 1, FACTS_ACK, "a"); /* no byte 1: not for it */
	frame(w, CLIENT, 2, DATA, "abc");
	frame(w, CLIENT, 3, DATA, "abc");
	told(w, "1 passed\nout c 1\n2 replaced of 3 by 1\n"
		"3 made corrupt of 2 by 1, passed\nout c 2\n"
		"4 passed\nout c 3\n");
}

static void test_corrupt_in_hand(void **state)
{
	struct world *w = *state;

	HOLD(w);
	frame(w, CLIENT, 1, DATA, "abc");
	frame(w, CLIENT, 1, DATA, "abc");
	frame(w, CLIENT, 9, DATA, "def");
	buf_clear(&w->told);
	REFUSED(w, "frame 1 carries 3 bytes of payload, counted from 0",
		.verb = WIRE_CORRUPT, .in_hand = true, .payload = true,
		.number = 3, .to = -1);
	REFUSED(w, "frame 1 has 57 bytes, counted from 0",
		.verb = WIRE_CORRUPT, .in_hand = true, .number = 57, .to = -1);
	REFUSED(w, "in frame 1 that byte is 97 already",
		.verb = WIRE_CORRUPT, .in_hand = true, .payload = true,
		.to = 'a');
	ORDER(w, .verb = WIRE_CORRUPT, .in_hand = true, .frame = 1,
		.payload = true, .to = 'X', .mended = true);
	told(w, "#1 replaced of 4\n#2 absorbed of 1\n"
		"4 made corrupt of 1, held\n");
	/* The kernel's next try is not what we changed. */
	frame(w, CLIENT, 1, DATA, "abc");
	told(w, "5 held\n");
	ORDER(w, .verb = WIRE_PASS);
	told(w, "#4 passed\nout c 1\n");
	went(w, "Xbc");
	assert_false(facts_went(w).bad_sum);
}

static void test_split_takes_its_place(void **state)
{
	struct world *w = *state;

	w->rules = true;
	ORDER(w, .verb = WIRE_SPLIT, .number = 3, .filter = (char *)"data");
	frame(w, CLIENT, 10, DATA, "LOGIN");
	told(w, "1 replaced of 2 by 1\n2 made split of 1 by 1, passed\n"
		"out c 10\n3 made split of 1 by 1, passed\nout c 13\n");
	went(w, "IN");
	frame(w, CLIENT, 20, DATA, "abc"); /* nothing would be behind it */
	told(w, "4 passed\nout c 20\n");
}

static void test_split_in_hand(void **state)
{
	struct world *w = *state;

	HOLD(w);
	frame(w, CLIENT, 10, DATA, "LOGIN");
	frame(w, CLIENT, 15, DATA, "x");
	buf_clear(&w->told);
	REFUSED(w, "frame 2 cannot be split before byte 3: only a TCP segment "
		"with bytes on both sides can; it carries 1",
		.verb = WIRE_SPLIT, .in_hand = true, .number = 3, .count = -1);
	ORDER(w, .verb = WIRE_SPLIT, .in_hand = true, .number = 3, .frame = 1);
	told(w, "#1 replaced of 3\n3 made split of 1, held\n"
		"4 made split of 1, held\n");
	ORDER(w, .verb = WIRE_PASS, .count = -1); /* where it lay */
	told(w, "#3 passed\nout c 10\n#4 passed\nout c 13\n"
		"#2 passed\nout c 15\n");
}

static void test_duplicate(void **state)
{
	struct world *w = *state;

	w->rules = true;
	ORDER(w, .verb = WIRE_DUPLICATE, .next = true, ALL);
	frame(w, CLIENT, 1, DATA, "a");
	frame(w, CLIENT, 2, DATA, "a");
	told(w, "1 passed\nout c 1\n2 made duplicate of 1 by 1, passed\n"
		"out c 1\n3 passed\nout c 2\n");
	/* What is made meets what comes behind: here it is held. */
	ORDER(w, .verb = WIRE_DUPLICATE, .next = true, ALL);
	HOLD(w);
	frame(w, CLIENT, 3, DATA, "a");
	told(w, "4 held by 3\n5 made duplicate of 4 by 2, held by 3\n");
	ORDER(w, .verb = WIRE_DUPLICATE, .in_hand = true);
	told(w, "6 made duplicate of 4, held\n");
	ORDER(w, .verb = WIRE_PASS, .count = -1);
	told(w, "#4 passed\nout c 3\n#6 passed\nout c 3\n#5 passed\nout c 3\n");
}

/* Changed, then split, then held: each is a frame of its own. */
static void test_one_behind_the_other(void **state)
{
	struct world *w = *state;

	w->rules = true;
	HOLD(w);
	ORDER(w, .verb = WIRE_SPLIT, .number = 1, .filter = (char *)"data");
	ORDER(w, .verb = WIRE_CORRUPT, .payload = true, .to = 'X',
		.filter = (char *)"data");
	frame(w, CLIENT, 1, DATA, "abc");
	told(w, "1 replaced of 2 by 3\n"
		"2 made corrupt of 1 by 3, replaced of 3 by 2\n"
		"3 made split of 2 by 2, held by 1\n"
		"4 made split of 2 by 2, held by 1\n");
}

/* ---- what keeps ---- */

static void test_swap(void **state)
{
	struct world *w = *state;

	w->rules = true;
	ORDER(w, .verb = WIRE_SWAP, .next = true, .filter = (char *)"data");
	frame(w, CLIENT, 1, DATA, "a");
	frame(w, CLIENT, 1, DATA, "a");   /* tried again: a repeat */
	frame(w, CLIENT, 2, FACTS_ACK, "");
	frame(w, SERVER, 3, DATA, "b");   /* the other way: waits as well */
	told(w, "1 held by 1\n2 repeat of 1\n3 passed\nout c 2\n4 held by 1\n");
	frame(w, CLIENT, 5, DATA, "c");
	told(w, "5 passed\nout c 5\n#1 passed\n#2 absorbed of 1\nout c 1\n");
	frame(w, CLIENT, 6, DATA, "d");   /* it was used up */
	told(w, "6 passed\nout c 6\n");
}

static void test_swap_and_hold(void **state)
{
	struct world *w = *state;

	ORDER(w, .verb = WIRE_SWAP, .next = true, .filter = (char *)"data");
	HOLD(w);
	frame(w, CLIENT, 1, DATA, "a");
	frame(w, CLIENT, 2, DATA, "b");
	told(w, "1 held\n2 held\n");
	ORDER(w, .verb = WIRE_FLOW);
	told(w, "#2 passed\nout c 2\n#1 passed\nout c 1\n");
}

/* The one that waited was passed by hand: the next one waits. */
static void test_swap_and_pass(void **state)
{
	struct world *w = *state;

	ORDER(w, .verb = WIRE_SWAP, .next = true, ALL);
	frame(w, CLIENT, 1, DATA, "a");
	ORDER(w, .verb = WIRE_PASS);
	frame(w, CLIENT, 2, DATA, "b");
	told(w, "1 held\n#1 passed\nout c 1\n2 held\n");
	frame(w, CLIENT, 3, DATA, "c");
	told(w, "3 passed\nout c 3\n#2 passed\nout c 2\n");
}

/* With a delay behind it the two arrive at once, still changed over. */
static void test_swap_and_delay(void **state)
{
	struct world *w = *state;

	ORDER(w, .verb = WIRE_SWAP, .next = true, ALL);
	ORDER(w, .verb = WIRE_DELAY, .delay = 5, ALL);
	frame(w, CLIENT, 1, DATA, "a");
	frame(w, CLIENT, 2, DATA, "b");
	told(w, "1 held\n2 delayed 5\n#1 delayed\n");
	gate_tick(w->gate, 5);
	told(w, "#2 passed\nout c 2\n#1 passed\nout c 1\n");
}

/* The longest that can be said, on top of a slow line: it never comes, and
 * nobody comes before it began. */
static void test_delay_for_ever(void **state)
{
	int64_t now = INT64_MAX / 4, most = INT64_MAX / 2;
	struct world *w = *state;
	uint8_t f[1000];

	memset(f, 0, sizeof(f));
	ORDER(w, .verb = WIRE_RATE, .number = 1, ALL);
	ORDER(w, .verb = WIRE_DELAY, .delay = most, .jitter = most, ALL);
	for (int i = 0; i < 64; i++) {
		make(f, CLIENT, i, DATA, "x");
		gate_frame(w->gate, CLIENT, f, sizeof(f), now);
	}
	assert_true(gate_due(w->gate) >= now);
	assert_int_equal(gate_delayed(w->gate), 64);
	gate_tick(w->gate, now);
	assert_int_equal(gate_delayed(w->gate), 64);
}

static void test_swap_in_hand(void **state)
{
	struct world *w = *state;

	HOLD(w);
	for (int i = 1; i <= 3; i++)
		frame(w, CLIENT, i, DATA, "x");
	buf_clear(&w->told);
	REFUSED(w, "frame 3 is the newest in hand: there is none behind it",
		.verb = WIRE_SWAP, .in_hand = true, .frame = 3);
	REFUSED(w, "swap is about one frame and the one behind it",
		.verb = WIRE_SWAP, .in_hand = true, .count = -1);
	ORDER(w, .verb = WIRE_SWAP, .in_hand = true);
	ORDER(w, .verb = WIRE_SWAP, .in_hand = true, .frame = 1);
	told(w, "");
	ORDER(w, .verb = WIRE_PASS, .count = -1);
	told(w, "#2 passed\nout c 2\n#3 passed\nout c 3\n#1 passed\nout c 1\n");
}

/* 1000 bytes at 8000 bit a second take a second; each way has a line of its
 * own, and a delay comes on top. */
static void test_rate(void **state)
{
	struct world *w = *state;
	uint8_t f[1000];

	memset(f, 0, sizeof(f));
	make(f, CLIENT, 1, DATA, "x");
	ORDER(w, .verb = WIRE_RATE, .number = 8000, .filter = NULL);
	gate_frame(w->gate, CLIENT, f, sizeof(f), 100);
	gate_frame(w->gate, CLIENT, f, sizeof(f), 100 + CLOCK_S / 2);
	gate_frame(w->gate, SERVER, f, sizeof(f), 100 + CLOCK_S / 2);
	told(w, "1 delayed 1000000000\n2 delayed 1500000000\n"
		"3 delayed 1000000000\n");
	ORDER(w, .verb = WIRE_DELAY, .delay = CLOCK_S, ALL);
	gate_frame(w->gate, CLIENT, f, sizeof(f), 100 + 4 * CLOCK_S);
	told(w, "4 delayed 2000000000\n");
	gate_tick(w->gate, 100 + CLOCK_S);
	told(w, "#1 passed\nout c 1\n");
}

static void jitters(uint64_t seed, int64_t due[50])
{
	struct world *w;
	void *state;

	setup(&state);
	w = state;
	ORDER(w, .verb = WIRE_DELAY, .delay = 100, .jitter = 20, .seed = seed,
		ALL);
	for (int i = 0; i < 50; i++) {
		frame(w, CLIENT, i, DATA, "x");
		due[i] = gate_due(w->gate);
		gate_tick(w->gate, due[i]);
	}
	teardown(&state);
}

static void test_jitter(void **state)
{
	int64_t one[50], again[50], other[50], least = 200, most = 0;

	(void)state;
	jitters(3, one);
	jitters(3, again);
	jitters(4, other);
	assert_memory_equal(one, again, sizeof(one));
	assert_memory_not_equal(one, other, sizeof(one));
	for (int i = 0; i < 50; i++) {
		least = one[i] < least ? one[i] : least;
		most = one[i] > most ? one[i] : most;
	}
	assert_in_range(least, 80, 90);
	assert_in_range(most, 110, 120);
}

static void test_delay_in_hand(void **state)
{
	struct world *w = *state;

	HOLD(w);
	frame(w, CLIENT, 1, DATA, "a");
	frame(w, CLIENT, 1, DATA, "a");
	frame(w, CLIENT, 2, DATA, "b");
	buf_clear(&w->told);
	w->now = 1000;
	ORDER(w, .verb = WIRE_DELAY, .in_hand = true, .frame = 1, .delay = 50);
	told(w, "#1 delayed\n#2 absorbed of 1\n");
	assert_true(gate_due(w->gate) == 1050);
	gate_tick(w->gate, 1050);
	told(w, "#1 passed\nout c 1\n");
}

/* ---- rules by number ---- */

static void test_mend_one(void **state)
{
	struct world *w = *state;

	w->rules = true;
	REFUSED(w, "no rule is in force", .verb = WIRE_MEND, .number = 1);
	ORDER(w, .verb = WIRE_DROP, .filter = (char *)"fin");
	HOLD(w);
	ORDER(w, .verb = WIRE_LOSS, .number = 30000, ALL);
	REFUSED(w, "there is no rule 4; in force: 1 (drop fin), 2 (hold), "
		"3 (loss 30%)", .verb = WIRE_MEND, .number = 4);
	ORDER(w, .verb = WIRE_MEND, .number = 2);
	ORDER(w, .verb = WIRE_DROP, .filter = (char *)"fin"); /* said again */
	REFUSED(w, "there is no rule 1; in force: 3 (loss 30%), 4 (drop fin)",
		.verb = WIRE_MEND, .number = 1);
	frame(w, CLIENT, 1, FACTS_FIN, "");
	told(w, "1 dropped by 4\n");
	ORDER(w, .verb = WIRE_MEND);
	frame(w, CLIENT, 1, FACTS_FIN, "");
	told(w, "2 passed\nout c 1\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_loss_is_the_same_for_the_same_seed),
		TEST(test_loss_next),
		TEST(test_a_host_vanishes_both_ways),
		TEST(test_under_way_when_a_host_vanishes),
		TEST(test_mtu_drops_and_says_so),
		TEST(test_corrupt_takes_its_place),
		TEST(test_corrupt_in_hand),
		TEST(test_split_takes_its_place),
		TEST(test_split_in_hand),
		TEST(test_duplicate),
		TEST(test_one_behind_the_other),
		TEST(test_swap),
		TEST(test_swap_and_hold),
		TEST(test_swap_and_pass),
		TEST(test_swap_and_delay),
		TEST(test_delay_for_ever),
		TEST(test_swap_in_hand),
		TEST(test_rate),
		TEST(test_jitter),
		TEST(test_delay_in_hand),
		TEST(test_mend_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
