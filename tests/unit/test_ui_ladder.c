/* The ladder's lines, as they are drawn, and the labels of its arrows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "ui/ladder_text.h"

static struct ink text(const char *s)
{
	struct ink k = { 0 };

	ink_text(&k, THEME_PLAIN, s);
	return k;
}

/* The line without spaces at its end. */
static void assert_line(const struct ladder_shape *s,
	const struct ladder_line *l, const char *expected)
{
	struct ink out[3] = { 0 };
	size_t n;

	ladder_line(out, s, l, 0, 0);
	n = out[2].text.len;
	while (n > 0 && out[2].text.data[n - 1] == ' ')
		out[2].text.data[--n] = '\0';
	assert_string_equal(buf_str(&out[2].text), expected);
	for (int i = 0; i < 3; i++)
		ink_done(&out[i]);
}

static void arrow_line(const struct ladder_shape *s, int from, int to,
	enum ladder_way how, int track, const char *label, const char *expected)
{
	struct ink k = text(label);
	struct ladder_arrow a = { .from = from, .to = to, .how = how,
		.track = track, .label = &k };
	struct ladder_line l = { .since = -1, .arrow = &a };

	assert_line(s, &l, expected);
	ink_done(&k);
}

/* 80 cells: times, a side of 17, the wire, a side of 16. */
static void test_two_hosts(void **state)
{
	struct ladder_shape s;

	(void)state;
	ladder_shape(&s, 80, 2);
	assert_true(s.sides);
	assert_int_equal(s.life[0], 26);
	assert_int_equal(s.life[1], 61);
	arrow_line(&s, 0, 1, LADDER_GOES, 0, "1 SYN",
		"                          "
		"│─ 1 SYN ─────────────────────────▶│");
	arrow_line(&s, 1, 0, LADDER_GOES, 0, "2 SYN ACK",
		"                          "
		"│◀───────────────────── 2 SYN ACK ─│");
}

/* What we hold leaves and arrives in lines of their own, down a track that is
 * its own as well; what crosses it is seen to cross. */
static void test_held(void **state)
{
	struct ladder_flight other = { 0, 1, 0 };
	struct ladder_shape s;
	struct ink k = text("5 B");
	struct ladder_arrow a = { .from = 0, .to = 1, .how = LADDER_ARRIVES,
		.track = 1, .label = &k };
	struct ladder_line l = { .since = -1, .arrow = &a, .flight = &other,
		.flights = 1 };

	(void)state;
	ladder_shape(&s, 80, 2);
	arrow_line(&s, 0, 1, LADDER_LEAVES, 0, "4 A",
		"                          "
		"│─ 4 A ───────────────────╮        │");
	arrow_line(&s, 0, 1, LADDER_LEAVES, 1, "5 B",
		"                          "
		"│─ 5 B ─────────────────╮          │");
	assert_line(&s, &l, "                          "
		"│                   5 B ╰─┼───────▶│");
	arrow_line(&s, 1, 0, LADDER_LEAVES, 0, "6",
		"                          "
		"│        ╭───────────────────── 6 ─│");
	arrow_line(&s, 1, 0, LADDER_ARRIVES, 0, "6 a longer label",
		"                          "
		"│◀───────╯ 6 a longer label        │");
	ink_done(&k);
}

static void test_lost(void **state)
{
	struct ladder_shape s;

	(void)state;
	ladder_shape(&s, 80, 2);
	arrow_line(&s, 0, 1, LADDER_LOST, 0, "3",
		"                          "
		"│─ 3 ─────────────────────✕        │");
	arrow_line(&s, 1, 0, LADDER_LOST, 0, "3",
		"                          "
		"│        ✕───────────────────── 3 ─│");
	arrow_line(&s, 0, 1, LADDER_LOST_LATE, 0, "3",
		"                          "
		"│                       3 ╰──✕     │");
	/* what no host sent begins in our hand */
	arrow_line(&s, 0, 1, LADDER_MADE, 0, "5✎",
		"                          "
		"│                      5✎ ✎───────▶│");
	arrow_line(&s, 1, 0, LADDER_MADE, 3, "6✎ RST",
		"                          "
		"│◀───────✎ 6✎ RST                  │");
	arrow_line(&s, 0, 1, LADDER_CHANGED, 0, "3",
		"                          "
		"│─ 3 ─────────────────────✎        │");
}

/* Calls stand outside; a bar for each that waits, the second further out. */
static void test_calls_and_bars(void **state)
{
	struct ink call = text("A send(s,…) -> 6"), result = text("recv(c, 9)");
	struct ladder_line l = { .since = 12000, .text = { &call, &result },
		.bars = { 0, 2 } };
	struct ladder_shape s;

	(void)state;
	ladder_shape(&s, 80, 2);
	assert_line(&s, &l, "   12 µs A send(s,…) -> 6 "
		"│                                  ██ recv(c, 9)");
	ink_done(&call);
	ink_done(&result);
}

/* Three hosts: calls behind the lifelines, arrows over all of the width. */
static void test_three_hosts(void **state)
{
	struct ink call = text("connect(s,…)");
	struct ladder_line l = { .since = -1, .text = { NULL, &call },
		.bars = { 1 } };
	struct ladder_shape s;

	(void)state;
	ladder_shape(&s, 80, 3);
	assert_false(s.sides);
	assert_int_equal(s.life[0], 9);
	assert_int_equal(s.life[1], 32);
	assert_int_equal(s.life[2], 56);
	assert_line(&s, &l, "         █                      "
		"│ connect(s,…)          │");
	arrow_line(&s, 2, 0, LADDER_GOES, 0, "7 SYN",
		"         │◀─────────────────────┼─────────────── 7 SYN ─│");
	arrow_line(&s, 1, 2, LADDER_GOES, 0, "8",
		"         │                      │─ 8 ──────────────────▶│");
	/* to all */
	arrow_line(&s, 1, -1, LADDER_GOES, 0, "9",
		"         │◀───────────────── 9 ─│──────────────────────▶│");
	ink_done(&call);
}

/* Three waits of a host: its arrows begin and end beside the last bar. */
static void test_arrows_beside_bars(void **state)
{
	struct ink label = text("4 SYN");
	struct ladder_arrow a = { .from = 2, .to = 1, .how = LADDER_GOES,
		.label = &label };
	struct ladder_line l = { .since = -1, .arrow = &a,
		.bars = { 0, 3, 1 } };
	struct ladder_shape s;

	(void)state;
	ladder_shape(&s, 80, 3);
	assert_line(&s, &l, "         │                      "
		"███◀──────────── 4 SYN ─█");
	a.from = 1;
	a.to = 2;
	assert_line(&s, &l, "         │                      "
		"███─ 4 SYN ────────────▶█");
	/* to the left nothing lies in the way */
	a.to = 0;
	assert_line(&s, &l, "         │◀───────────── 4 SYN ─███"
		"                     █");
	ink_done(&label);
}

/* Whatever the width and the hosts are, nothing leaves the line. */
static void test_every_shape(void **state)
{
	static const enum ladder_way how[] = { LADDER_GOES, LADDER_LEAVES,
		LADDER_ARRIVES, LADDER_LOST, LADDER_LOST_LATE, LADDER_CHANGED,
		LADDER_MADE };
	struct ladder_shape s;

	(void)state;
	for (int width = 40; width <= 240; width++)
		for (int hosts = 1; hosts <= 4; hosts++)
			for (size_t i = 0; i < 7 * 16; i++) {
				struct ink out[3] = { 0 }, k = { 0 };
				struct ladder_arrow a = { (int)(i / 7 / 4),
					(int)(i / 7 % 4) - 1, how[i % 7],
					(int)(i % LADDER_TRACKS), false, &k };
				uint8_t n_bars = (uint8_t)(i %
					(LADDER_BARS + 1));
				struct ladder_line l = { .arrow = &a, .bars = {
					n_bars, n_bars, n_bars, n_bars } };

				ladder_shape(&s, width, hosts);
				if (a.from >= s.hosts || a.to >= s.hosts)
					continue;
				ink_text(&k, THEME_PLAIN, "a long label of it");
				ink_cut(&k, ladder_label_room(&s, &a));
				ladder_line(out, &s, &l, 10, 20);
				assert_int_equal(ink_cells(&out[0]) +
					ink_cells(&out[1]) + ink_cells(&out[2]),
					width);
				assert_int_equal(ink_cells(&out[1]), 10);
				for (int n = 0; n < 3; n++)
					ink_done(&out[n]);
				ink_done(&k);
			}
}

static void time_is(int64_t ns, const char *expected)
{
	char out[16];

	ladder_time(out, sizeof out, ns, false);
	assert_string_equal(out, expected);
}

static void test_times(void **state)
{
	(void)state;
	time_is(0, "0 µs");
	time_is(999999, "999 µs");
	time_is(3400 * CLOCK_US, "3.4 ms");
	time_is(45 * CLOCK_MS, "45 ms");
	time_is(999 * CLOCK_MS, "999 ms");
	time_is(1020 * CLOCK_MS, "1.02 s");
	time_is(99 * CLOCK_S, "99.00 s");
	time_is(120 * CLOCK_S, "2 min");
	time_is(7200 * CLOCK_S, "2 h");
}

static void label_is(const struct ladder_label *l, int room,
	const char *expected)
{
	struct ink k = { 0 };

	ladder_label(&k, l, room);
	assert_string_equal(buf_str(&k.text), expected);
	assert_true(ink_cells(&k) <= room);
	ink_done(&k);
}

/* What says least is given up first. */
static void test_label_of_data(void **state)
{
	struct ink words = text("LOGIN↵");
	struct ladder_label l = { .number = 4, .letters = "A",
		.letters_style = INK_LETTER, .flags = "PSH ACK",
		.words = &words, .times = 1, .tcp = true, .seq = 1, .ack = 1,
		.has_ack = true, .len = 6, .window = 502 };

	(void)state;
	label_is(&l, 60, "4 A LOGIN↵ PSH ACK seq 1:7 ack 1 win 502");
	label_is(&l, 39, "4 A LOGIN↵ seq 1:7 ack 1 win 502");
	label_is(&l, 31, "4 A LOGIN↵ seq 1:7 ack 1");
	label_is(&l, 23, "4 A LOGIN↵ seq 1:7");
	label_is(&l, 17, "4 A LOGIN↵");
	label_is(&l, 8, "4 A LOG…");
	l.times = 3;
	l.made = true;
	label_is(&l, 20, "4✎ A LOGIN↵ ×3");
	ink_done(&words);
}

static void test_label_without_data(void **state)
{
	struct ink words = { 0 };
	struct ladder_label l = { .number = 1, .letters = "", .flags = "SYN",
		.words = &words, .times = 1, .tcp = true, .window = 64240 };

	(void)state;
	label_is(&l, 40, "1 SYN seq 0 win 64240");
	label_is(&l, 20, "1 SYN seq 0");
	label_is(&l, 6, "1 SYN");
	l.tcp = false;
	l.flags = "UDP";
	l.len = 31;
	label_is(&l, 40, "1 UDP len 31");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_hosts),
		cmocka_unit_test(test_held),
		cmocka_unit_test(test_lost),
		cmocka_unit_test(test_calls_and_bars),
		cmocka_unit_test(test_three_hosts),
		cmocka_unit_test(test_arrows_beside_bars),
		cmocka_unit_test(test_every_shape),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_label_of_data),
		cmocka_unit_test(test_label_without_data),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
