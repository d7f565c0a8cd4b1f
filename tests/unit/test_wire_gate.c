/* The gate: what is held, passed, dropped, delayed and cut. */
#include "wire_world.h"

static void test_a_plain_wire_flows(void **state)
{
	struct world *w = *state;

	frame(w, CLIENT, 1, FACTS_SYN, "");
	frame(w, SERVER, 2, FACTS_SYN | FACTS_ACK, "");
	told(w, "1 passed\nout c 1\n2 passed\nout s 2\n");
	assert_true(gate_due(w->gate) == INT64_MAX);
}

static void test_hold_and_pass_in_any_order(void **state)
{
	struct world *w = *state;

	ORDER(w, .verb = WIRE_HOLD, .filter = (char *)"");
	for (int i = 1; i <= 5; i++)
		frame(w, i % 2 ? CLIENT : SERVER, 10 * i, DATA, "0123456789");
	told(w, "1 held\n2 held\n3 held\n4 held\n5 held\n");
	ORDER(w, .verb = WIRE_PASS, .frame = 4);
	told(w, "#4 passed\nout s 40\n");
	ORDER(w, .verb = WIRE_PASS);
	told(w, "#1 passed\nout c 10\n");
	ORDER(w, .verb = WIRE_DROP, .in_hand = true, .frame = 3);
	told(w, "#3 dropped\n");
	ORDER(w, .verb = WIRE_PASS, .count = 2);
	told(w, "#2 passed\nout s 20\n#5 passed\nout c 50\n");
}

static void test_drop_what_is_held(void **state)
{
	struct world *w = *state;

	ORDER(w, .verb = WIRE_HOLD, .filter = NULL);
	for (int i = 1; i <= 4; i++)
		frame(w, CLIENT, 10 * i, DATA, "x");
	buf_clear(&w->told);
	ORDER(w, .verb = WIRE_DROP, .in_hand = true);
	told(w, "#1 dropped\n");
	ORDER(w, .verb = WIRE_DROP, .in_hand = true, .count = -1);
	told(w, "#2 dropped\n#3 dropped\n#4 dropped\n");
}

static void test_flow_lets_go_in_order(void **state)
{
	struct world *w = *state;

	ORDER(w, .verb = WIRE_HOLD, .filter = (char *)"");
	frame(w, CLIENT, 1, DATA, "a");
	frame(w, SERVER, 2, DATA, "b");
	buf_clear(&w->told);
	ORDER(w, .verb = WIRE_FLOW);
	told(w, "#1 passed\nout c 1\n#2 passed\nout s 2\n");
	frame(w, CLIENT, 3, DATA, "c");
	told(w, "3 passed\nout c 3\n");
	ORDER(w, .verb = WIRE_FLOW); /* again: nothing to do, no mistake */
	told(w, "");
}

static void test_hold_some_and_then_more(void **state)
{
	struct world *w = *state;

	ORDER(w, .verb = WIRE_HOLD, .filter = (char *)"data from client");
	frame(w, CLIENT, 1, FACTS_ACK, "");
	frame(w, CLIENT, 2, DATA, "a");
	frame(w, SERVER, 3, DATA, "b");
	told(w, "1 passed\nout c 1\n2 held\n3 passed\nout s 3\n");
	ORDER(w, .verb = WIRE_HOLD, .filter = (char *)"from server");
	frame(w, CLIENT, 4, FACTS_ACK, "");
	frame(w, CLIENT, 5, DATA, "a");
	frame(w, SERVER, 6, DATA, "b");
	told(w, "4 passed\nout c 4\n5 held\n6 held\n");
}

static void test_repeats_fold_and_are_absorbed(void **state)
{
	struct world *w = *state;
	uint8_t f[256];
	size_t n;

	ORDER(w, .verb = WIRE_HOLD, .filter = (char *)"data");
	frame(w, CLIENT, 1, DATA, "LOGIN\n");
	/* Sent again: another identification, another acknowledgement. */
	n = make(f, CLIENT, 1, DATA, "LOGIN\n");
	f[IP_ID + 1] = 8;
	f[TCP_ACK + 3] = 77;
	gate_frame(w->gate, CLIENT, f, n, 0);
	frame(w, CLIENT, 7, DATA, "LIST\n");
	frame(w, CLIENT, 1, DATA, "LOGIN\n");
	told(w, "1 held\n2 repeat of 1\n3 held\n4 repeat of 1\n");
	REFUSED(w, "frame 4 is a repeat of frame 1 and shares its fate",
		.verb = WIRE_PASS, .frame = 4);
	ORDER(w, .verb = WIRE_PASS, .frame = 1);
	told(w, "#1 passed\n#2 absorbed of 1\n#4 absorbed of 1\nout c 1\n");
	/* What comes later is no repeat of what is not held any more. */
	frame(w, CLIENT, 1, DATA, "LOGIN\n");
	told(w, "5 held\n");
}

static void test_repeats_are_dropped_together(void **state)
{
	struct world *w = *state;

	ORDER(w, .verb = WIRE_HOLD, .filter = (char *)"syn");
	frame(w, CLIENT, 1, FACTS_SYN, "");
	frame(w, CLIENT, 1, FACTS_SYN, "");
	buf_clear(&w->told);
	ORDER(w, .verb = WIRE_DROP, .in_hand = true);
	told(w, "#1 dropped\n#2 dropped\n");
}

/* Nearly the same is not the same. */
static void test_what_is_no_repeat(void **state)
{
	struct world *w = *state;
	uint8_t f[256];
	size_t n;

	ORDER(w, .verb = WIRE_HOLD, .filter = (char *)"");
	frame(w, CLIENT, 1, DATA, "abc");
	frame(w, CLIENT, 1, DATA, "abcd");           /* a longer range */
	frame(w, CLIENT, 1, DATA | FACTS_FIN, "ab"); /* as long, with FIN */
	frame(w, CLIENT, 2, DATA, "abc");            /* the next range */
	frame(w, SERVER, 1, DATA, "abc");            /* the other way */
	n = make(f, CLIENT, 1, DATA, "abc");
	f[35]++;                                     /* another port */
	gate_frame(w->gate, CLIENT, f, n, 0);
	told(w, "1 held\n2 held\n3 held\n4 held\n5 held\n6 held\n");
}

/* Two acknowledgements that say different things are two; the same one again
 * (a probe's, a SYN+ACK's) is a repeat. */
static void test_acknowledgements_fold_when_equal(void **state)
{
	struct world *w = *state;
	uint8_t f[256];
	size_t n;

	ORDER(w, .verb = WIRE_HOLD, .filter = (char *)"");
	frame(w, CLIENT, 1, FACTS_ACK, "");
	n = make(f, CLIENT, 1, FACTS_ACK, "");
	f[TCP_ACK + 3] = 9;
	gate_frame(w->gate, CLIENT, f, n, 0);
	f[IP_ID + 1]++;
	gate_frame(w->gate, CLIENT, f, n, 0);
	told(w, "1 held\n2 held\n3 repeat of 2\n");
}

/* No kernel sends a datagram twice: these were two sends. ARP is asked again
 * by the kernel. */
static void test_datagrams_never_fold(void **state)
{
	static const uint8_t arp[42] = {
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02, 0, 0, 0, 0, 1,
		0x08, 0x06,                     /* ARP */
		0, 1, 8, 0, 6, 4, 0, 1,         /* Ethernet, IPv4: request */
		0x02, 0, 0, 0, 0, 1, 10, 0, 0, 1, /* client asks */
		0, 0, 0, 0, 0, 0, 10, 0, 0, 2,  /* who has 10.0.0.2 */
	};
	struct world *w = *state;
	uint8_t f[256];

	ORDER(w, .verb = WIRE_HOLD, .filter = (char *)"");
	make(f, CLIENT, 0, 0, "");
	f[IP_PROTOCOL] = 17;
	f[IP_LENGTH + 1] = 28 + 1;
	memcpy(f + 38, (uint8_t[]){0, 9, 0, 0, 'A'}, 5); /* length 9, sum */
	gate_frame(w->gate, CLIENT, f, 14 + 29, 0);
	gate_frame(w->gate, CLIENT, f, 14 + 29, 0);
	gate_frame(w->gate, CLIENT, arp, sizeof(arp), 0);
	gate_frame(w->gate, CLIENT, arp, sizeof(arp), 0);
	told(w, "1 held\n2 held\n3 held\n4 repeat of 3\n");
}

static void test_a_torn_frame_does_no_harm(void **state)
{
	struct world *w = *state;
	uint8_t f[256];
	size_t n = make(f, CLIENT, 1, DATA, "abc");

	ORDER(w, .verb = WIRE_HOLD, .filter = (char *)"");
	for (size_t i = 0; i <= n; i++) {
		uint8_t *exact = malloc(i ? i : 1);

		memcpy(exact, f, i);
		gate_frame(w->gate, CLIENT, exact, i, 0);
		free(exact);
	}
}

static void test_drop_next_is_used_up(void **state)
{
	struct world *w = *state;

	ORDER(w, .verb = WIRE_DROP, .next = true, .count = 2,
		.filter = (char *)"syn from client");
	frame(w, SERVER, 1, FACTS_SYN, "");
	frame(w, CLIENT, 2, FACTS_SYN, "");
	frame(w, CLIENT, 2, FACTS_SYN, "");
	frame(w, CLIENT, 2, FACTS_SYN, "");
	told(w, "1 passed\nout s 1\n2 dropped\n3 dropped\n4 passed\n"
		"out c 2\n");
	/* Without a number, one. */
	ORDER(w, .verb = WIRE_DROP, .next = true, .filter = (char *)"");
	frame(w, CLIENT, 3, DATA, "a");
	frame(w, CLIENT, 4, DATA, "b");
	told(w, "5 dropped\n6 passed\nout c 4\n");
}

static void test_drop_and_cut_until_mended(void **state)
{
	struct world *w = *state;

	ORDER(w, .verb = WIRE_DROP, .filter = (char *)"data");
	frame(w, CLIENT, 1, DATA, "a");
	frame(w, CLIENT, 2, FACTS_ACK, "");
	told(w, "1 dropped\n2 passed\nout c 2\n");
	ORDER(w, .verb = WIRE_CUT);
	frame(w, CLIENT, 3, FACTS_ACK, "");
	frame(w, SERVER, 4, FACTS_ACK, "");
	told(w, "3 cut\n4 cut\n");
	ORDER(w, .verb = WIRE_MEND);
	frame(w, CLIENT, 5, DATA, "a");
	told(w, "5 passed\nout c 5\n");
}

static void test_mend_lets_nothing_go(void **state)
{
	struct world *w = *state;

	ORDER(w, .verb = WIRE_HOLD, .filter = (char *)"data");
	frame(w, CLIENT, 1, DATA, "a");
	ORDER(w, .verb = WIRE_CUT);
	frame(w, CLIENT, 1, DATA, "a"); /* dropped, not folded */
	told(w, "1 held\n2 cut\n");
	REFUSED(w, "the wire is cut, nothing arrives; mend it first",
		.verb = WIRE_PASS);
	REFUSED(w, "the wire is cut, nothing arrives; mend it first",
		.verb = WIRE_FLOW);
	ORDER(w, .verb = WIRE_MEND);
	told(w, "");
	ORDER(w, .verb = WIRE_PASS);
	told(w, "#1 passed\nout c 1\n");
}

static void test_delayed_frames_go_when_due(void **state)
{
	struct world *w = *state;
	uint8_t f[256];
	size_t n;

	ORDER(w, .verb = WIRE_DELAY, .delay = 2 * CLOCK_S,
		.filter = (char *)"from client");
	/* The newer rule is asked first. */
	ORDER(w, .verb = WIRE_DELAY, .delay = 1 * CLOCK_S,
		.filter = (char *)"fin");
	n = make(f, CLIENT, 1, DATA, "a");
	gate_frame(w->gate, CLIENT, f, n, 100);
	n = make(f, CLIENT, 2, DATA, "b");
	gate_frame(w->gate, CLIENT, f, n, 100);
	n = make(f, CLIENT, 3, FACTS_FIN | FACTS_ACK, "");
	gate_frame(w->gate, CLIENT, f, n, 100);
	frame(w, SERVER, 4, DATA, "c");
	told(w, "1 delayed 2000000000\n2 delayed 2000000000\n"
		"3 delayed 1000000000\n4 passed\nout s 4\n");
	assert_int_equal(gate_delayed(w->gate), 3);
	assert_true(gate_due(w->gate) == CLOCK_S + 100);
	gate_tick(w->gate, CLOCK_S + 99);
	told(w, "");
	gate_tick(w->gate, CLOCK_S + 100);
	told(w, "#3 passed\nout c 3\n");
	ORDER(w, .verb = WIRE_MEND); /* those under way keep their time */
	gate_tick(w->gate, 3 * CLOCK_S);
	told(w, "#1 passed\nout c 1\n#2 passed\nout c 2\n");
	assert_true(gate_due(w->gate) == INT64_MAX);
	frame(w, CLIENT, 5, DATA, "d");
	told(w, "5 passed\nout c 5\n");
}

static void test_many_delays_come_out_sorted(void **state)
{
	struct world *w = *state;
	int64_t last = 0;

	for (int i = 0; i < 200; i++) {
		ORDER(w, .verb = WIRE_DELAY, .delay = 1 + i * 37 % 101,
			.filter = (char *)"");
		frame(w, CLIENT, i, DATA, "x");
	}
	while (gate_delayed(w->gate)) {
		size_t before = gate_delayed(w->gate);
		int64_t due = gate_due(w->gate);

		assert_true(due > last); /* all that are due at once go */
		gate_tick(w->gate, due);
		assert_true(gate_delayed(w->gate) < before);
		last = due;
	}
	assert_true(last == 101);
}

static void test_a_cut_loses_what_is_under_way(void **state)
{
	struct world *w = *state;

	ORDER(w, .verb = WIRE_DELAY, .delay = 5, .filter = (char *)"");
	frame(w, CLIENT, 1, DATA, "a");
	ORDER(w, .verb = WIRE_CUT);
	buf_clear(&w->told);
	gate_tick(w->gate, 5);
	told(w, "#1 dropped\n");
}

static void test_mistakes_are_named(void **state)
{
	struct world *w = *state;

	REFUSED(w, "no frame is held", .verb = WIRE_PASS);
	REFUSED(w, "no frame is held", .verb = WIRE_DROP, .in_hand = true,
		.count = -1);
	ORDER(w, .verb = WIRE_HOLD, .filter = (char *)"");
	for (int i = 1; i <= 3; i++)
		frame(w, CLIENT, i * 10, DATA, "x");
	buf_clear(&w->told);
	ORDER(w, .verb = WIRE_PASS);
	buf_clear(&w->told);
	REFUSED(w, "frame 9 is not held; held are 2 and 3",
		.verb = WIRE_PASS, .frame = 9);
	REFUSED(w, "frame 1 is not held; held are 2 and 3",
		.verb = WIRE_DROP, .in_hand = true, .frame = 1);
	REFUSED(w, "2 frames are held, not 5", .verb = WIRE_PASS, .count = 5);
	for (int i = 4; i <= 14; i++)
		frame(w, CLIENT, i * 10, DATA, "x");
	buf_clear(&w->told);
	REFUSED(w, "frame 1 is not held; held are 2, 3, 4, 5, 6, 7, 8 and 6 "
		"more", .verb = WIRE_PASS, .frame = 1);
	ORDER(w, .verb = WIRE_DROP, .in_hand = true, .count = 12);
	buf_clear(&w->told);
	REFUSED(w, "frame 99 is not held; held is 14",
		.verb = WIRE_PASS, .frame = 99);
}

static void test_a_wrong_filter_changes_nothing(void **state)
{
	struct world *w = *state;

	assert_int_equal(order(w, (struct wire_order){.verb = WIRE_HOLD,
		.filter = (char *)"nonsense ((" }), -EINVAL);
	assert_true(w->d.msg[0]);
}

/* Many held frames: each is found, each repeat folds. */
static void test_a_full_hand(void **state)
{
	struct world *w = *state;
	uint8_t f[256];
	size_t n = make(f, CLIENT, 0, DATA, "x");

	ORDER(w, .verb = WIRE_HOLD, .filter = (char *)"");
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 1000; i++) {
			f[TCP_SEQ + 2] = i >> 8;
			f[TCP_SEQ + 3] = i & 0xff;
			gate_frame(w->gate, CLIENT, f, n, 0);
		}
	for (int64_t i = 1000; i > 0; i--)
		ORDER(w, .verb = WIRE_DROP, .in_hand = true, .frame = i);
	assert_non_null(strstr(buf_str(&w->told), "\n#1 dropped\n#1001 "
		"dropped\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_plain_wire_flows),
		TEST(test_hold_and_pass_in_any_order),
		TEST(test_drop_what_is_held),
		TEST(test_flow_lets_go_in_order),
		TEST(test_hold_some_and_then_more),
		TEST(test_repeats_fold_and_are_absorbed),
		TEST(test_repeats_are_dropped_together),
		TEST(test_what_is_no_repeat),
		TEST(test_acknowledgements_fold_when_equal),
		TEST(test_datagrams_never_fold),
		TEST(test_a_torn_frame_does_no_harm),
		TEST(test_drop_next_is_used_up),
		TEST(test_drop_and_cut_until_mended),
		TEST(test_mend_lets_nothing_go),
		TEST(test_delayed_frames_go_when_due),
		TEST(test_many_delays_come_out_sorted),
		TEST(test_a_cut_loses_what_is_under_way),
		TEST(test_mistakes_are_named),
		TEST(test_a_wrong_filter_changes_nothing),
		TEST(test_a_full_hand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
