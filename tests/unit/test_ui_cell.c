/* Calls and frames, made to fit a column of the stage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "call/line.h"
#include "ui/cell.h"
#include "ui/ink.h"

/* Returns whether nothing that matters was left out. */
static bool call(const char *text, const char *result, const char *letter,
	int width, const char *expected)
{
	struct cell_call c = { .letter = letter, .letter_style = INK_LETTER };
	struct value v = { 0 };
	struct ink k = { 0 };
	struct line l;
	bool whole;

	assert_int_equal(line_parse(&l, text, strlen(text), NULL, NULL, NULL),
		0);
	c.line = &l;
	if (result != NULL) {
		assert_int_equal(line_parse_value(&v, result, strlen(result),
			NULL), 0);
		c.result = &v;
	}
	whole = cell_call(&k, &c, width);
	assert_string_equal(buf_str(&k.text), expected);
	assert_true(ink_cells(&k) <= width);
	ink_done(&k);
	value_done(&v);
	line_done(&l);
	return whole;
}

static void test_call_fits(void **state)
{
	static const char text[] = "client: s = socket(AF_INET, SOCK_STREAM)";

	(void)state;
	call(text, "3", NULL, 60,
		"s = socket(AF_INET, SOCK_STREAM) -> 3");
	/* the name goes first, then spaces, then the arguments */
	call(text, "3", NULL, 36, "socket(AF_INET, SOCK_STREAM)  -> 3");
	call(text, "3", NULL, 32, "socket(AF_INET,SOCK_STREAM) -> 3");
	call(text, "3", NULL, 25, "socket(AF_INET,…)    -> 3");
	call(text, "3", NULL, 20, "socket(…)       -> 3");
	call(text, "3", NULL, 12, "socket  -> 3");
}

/* The two sends of DESIGN.md's picture: results stand under one another. */
static void test_sends_of_the_picture(void **state)
{
	(void)state;
	call("client: send(s, \"LOGIN\\n\")", "6", "A", 24,
		"A send(s,\"LOGIN\\n\") -> 6");
	call("client: send(s, \"LIST\\n\")", "5", "B", 24,
		"B send(s, \"LIST\\n\") -> 5");
	call("client: send(s, \"LOGIN\\n\")", "6", "A", 25,
		"A send(s, \"LOGIN\\n\") -> 6");
	call("client: send(s, \"LIST\\n\")", "5", "B", 25,
		"B send(s, \"LIST\\n\")  -> 5");
}

static void test_bytes_are_cut(void **state)
{
	(void)state;
	call("client: send(s, \"0123456789\")", "10", "A", 22,
		"A send(s,\"0123…) -> 10");
}

/* Of bytes in another spelling the encoding is the last to go. */
static void test_spelled_bytes_are_cut(void **state)
{
	static const char text[] = "client: send(s, text(\"UTF-16LE\", \"Olá\"))";

	(void)state;
	assert_true(call(text, NULL, "B", 36,
		"B send(s, text(\"UTF-16LE\", \"Olá\"))"));
	assert_false(call(text, NULL, "B", 26, "B send(s,text(\"UTF-16LE\"…)"));
	call(text, NULL, "B", 19, "B send(s,text(\"UT…)");
	call("client: send(s, utf8\"maçã\")", NULL, "B", 19,
		"B send(s,utf8\"maç…)");
}

/* What poll gave: first what stands for nothing is left out, then what it says
 * of each, then each but the first. */
static void test_lists(void **state)
{
	static const char text[] = "client: poll([a: POLLOUT], 1000)";
	static const char two[] =
		"[a: POLLOUT, b: POLLOUT | POLLERR | POLLHUP]";

	(void)state;
	assert_true(call(text, "[a: POLLOUT]", NULL, 41,
		"poll([a: POLLOUT], 1000) -> [a: POLLOUT]"));
	assert_false(call(text, two, NULL, 56, /* its arguments */
		"poll(…) -> [a: POLLOUT, b: POLLOUT | POLLERR | POLLHUP]"));
	call(text, two, NULL, 47,
		"poll -> [a:POLLOUT,b:POLLOUT|POLLERR|POLLHUP]");
	call(text, two, NULL, 33, "poll(…) -> [a:OUT,b:OUT|ERR|HUP]");
	call(text, two, NULL, 26, "poll(…) -> [a:…,b:…]");
	call(text, two, NULL, 16, "poll -> [a… 2]");
	call(text, "[]", NULL, 26, "poll([a: POLLOUT],…) -> []");
	call("client: epoll_wait(e, 8)", "[a: EPOLLIN | EPOLLRDHUP]", NULL, 28,
		"epoll_wait -> [a:IN|RDHUP]");
	call("client: getsockopt(s, SO_LINGER)", "{l_onoff=0, l_linger=0}",
		NULL, 36, "getsockopt -> {l_onoff=0,l_linger=0}");
	call("client: getsockopt(s, SO_LINGER)", "{l_onoff=0, l_linger=0}",
		NULL, 28, "getsockopt -> {l_onoff=0…}");
}

static void test_result_is_whole(void **state)
{
	(void)state;
	call("client: connect(s, server:9998)", "ECONNREFUSED", NULL, 25,
		"connect -> ECONNREFUSED");
	call("client: connect(s, server:9998)", "ECONNREFUSED", NULL, 29,
		"connect(s,…) -> ECONNREFUSED");
	call("server: recv(conn, 64)", "\"LOGIN\\nLIST\\n\"", NULL, 24,
		"recv -> \"LOGIN\\nLIST\\n\"");
}

/* The name of the call is cut before an errno or a number is. */
static void test_name_is_cut_first(void **state)
{
	(void)state;
	call("client: setsockopt(s, TCP_NODELAY, 1)", "ENOPROTOOPT", NULL, 24,
		"setsocko… -> ENOPROTOOPT");
	call("client: getsockname(s)", "10.0.0.1:40000", NULL, 24,
		"getso… -> 10.0.0.1:40000");
}

/* 111 (ECONNREFUSED) beside its call, or else 111. */
static void test_name_of_a_number_goes_first(void **state)
{
	static const char text[] = "client: getsockopt(s, SO_ERROR)";

	(void)state;
	call(text, "111 (ECONNREFUSED)", NULL, 46,
		"getsockopt(s, SO_ERROR) -> 111 (ECONNREFUSED)");
	call(text, "111 (ECONNREFUSED)", NULL, 32,
		"getsockopt -> 111 (ECONNREFUSED)");
	call(text, "111 (ECONNREFUSED)", NULL, 31,
		"getsockopt(s, SO_ERROR)  -> 111");
	call(text, "111 (ECONNREFUSED)", NULL, 24, "getsockopt(s,…)   -> 111");
}

/* Only of bytes may a part be left out; then their number is told. */
static void test_bytes_of_a_result_are_counted(void **state)
{
	static const char text[] = "server: recv(conn, 64)";
	static const char bytes[] = "\"LOGIN\\nLIST\\nQUIT\\n\"";

	(void)state;
	call(text, bytes, NULL, 29, "recv -> \"LOGIN\\nLIST\\nQUIT\\n\"");
	call(text, bytes, NULL, 27, "recv -> \"LOGIN↵LIST↵QUIT↵\"");
	call(text, bytes, NULL, 24, "recv -> LOGIN↵LIST↵QUIT↵");
	call(text, bytes, NULL, 23, "recv -> LOGIN↵LIST↵… 16");
	/* as the notation writes bytes that are hardly any letters */
	call(text, "hex(01 02 03 04 05 06 07 08 0e 0f)", NULL, 42,
		"recv -> hex(01 02 03 04 05 06 07 08 0e 0f)");
	call(text, "hex(01 02 03 04 05 06 07 08 0e 0f)", NULL, 18,
		"recv -> ␁␂␃␄␅␆␇␈␎␏");
}

static void test_waits(void **state)
{
	struct cell_call c = { .waits = true };
	static const char text[] = "server: recv(conn, 64)";
	struct ink k = { 0 };
	struct line l;

	(void)state;
	assert_int_equal(line_parse(&l, text, strlen(text), NULL, NULL, NULL),
		0);
	c.line = &l;
	cell_call(&k, &c, 24);
	assert_string_equal(buf_str(&k.text), "recv(conn, 64)  waits");
	ink_done(&k);
	line_done(&l);
}

/* Whatever the width, no cell is wider than its column. */
static void test_any_width(void **state)
{
	static const char *const result[] = { NULL, "0", "ECONNREFUSED",
		"\"a long line of bytes, longer than any column is wide\"",
		"10.0.0.1:40000", "[a: POLLOUT, b: POLLOUT | POLLERR]",
		"{l_onoff=0, l_linger=0}" };
	static const char text[] =
		"client2: name = send(s, \"some more bytes than fit\\n\", 0)";
	struct line l;

	(void)state;
	assert_int_equal(line_parse(&l, text, strlen(text), NULL, NULL, NULL),
		0);
	for (int width = 1; width < 120; width++)
		for (size_t i = 0; i < 7; i++) {
			struct cell_call c = { .line = &l, .letter = "A2",
				.lane = "client2", .waits = true };
			struct value v = { 0 };
			struct ink k = { 0 };

			if (result[i] != NULL) {
				line_parse_value(&v, result[i],
					strlen(result[i]), NULL);
				c.result = &v;
			}
			cell_call(&k, &c, width);
			assert_true(ink_cells(&k) <= width);
			ink_done(&k);
			value_done(&v);
		}
	line_done(&l);
}

static void frame(struct cell_frame f, const char *words, int width,
	const char *expected)
{
	struct ink w = { 0 };
	struct ink k = { 0 };

	ink_text(&w, THEME_PLAIN, words);
	f.words = &w;
	cell_frame(&k, &f, width);
	assert_string_equal(buf_str(&k.text), expected);
	assert_true(ink_cells(&k) <= width);
	ink_done(&w);
	ink_done(&k);
}

static void test_frames(void **state)
{
	struct cell_frame f = { .number = 4, .letters = "A", .times = 1 };

	(void)state;
	/* what arrived reaches the far side */
	frame(f, "LOGIN↵", 24, "4 A LOGIN↵ ────────────▶");
	/* what our hand holds stops in the middle */
	f.arrow = CELL_HELD;
	frame(f, "LOGIN↵", 24, "4 A LOGIN↵ ──▌");
	f.arrow = CELL_FROM_HAND;
	frame(f, "LOGIN↵", 24, "4 A LOGIN↵ ──────────┄─▶");
	f = (struct cell_frame){ .number = 6, .letters = "", .times = 1,
		.leftwards = true };
	frame(f, "ACK", 24, "◀───────────────── 6 ACK");
	f.arrow = CELL_DROPPED;
	frame(f, "ACK", 24, "          ✕─────── 6 ACK");
}

/* Between two hosts that both stand to the right of the wire: what our hand
 * did is marked, and nothing points at the host at the left. */
static void test_frames_beside(void **state)
{
	struct cell_frame f = { .number = 4, .letters = "A", .times = 1,
		.whom = "e→s", .beside = true };

	(void)state;
	frame(f, "LOGIN↵", 24, "4 e→s A LOGIN↵ ─────────");
	f.arrow = CELL_FROM_HAND;
	frame(f, "LOGIN↵", 24, "4 e→s A LOGIN↵ ──────┄──");
	f.arrow = CELL_HELD;
	frame(f, "LOGIN↵", 24, "4 e→s A LOGIN↵ ──▌");
	f.arrow = CELL_DROPPED;
	frame(f, "LOGIN↵", 24, "4 e→s A LOGIN↵ ──✕");
}

static void test_repeats_and_words(void **state)
{
	struct cell_frame f = { .number = 1, .letters = "", .times = 4,
		.told = "open?" };

	(void)state;
	frame(f, "SYN", 24, "1 SYN ×4 \"open?\" ──────▶");
	/* no room: the plain word is the first to go, the count never */
	frame(f, "SYN", 14, "1 SYN ×4 ────▶");
}

static void bytes(const char *p, size_t n, int cells, const char *expected)
{
	static const struct cell_owner nobody;
	struct ink k = { 0 };

	cell_bytes(&k, (const uint8_t *)p, n, cells, &nobody, false);
	assert_string_equal(buf_str(&k.text), expected);
	assert_true(ink_cells(&k) <= cells);
	ink_done(&k);
}

/* One symbol each; but what no ASCII stands for is told where there is room: the
 * same letter has other bytes in another encoding. */
static void test_bytes_beyond_ascii(void **state)
{
	(void)state;
	bytes("Ol\xc3\xa1\n", 5, 12, "Ol\\xc3\\xa1\\n");
	bytes("Ol\xc3\xa1\n", 5, 11, "Ol··↵");
	bytes("Ol\xc3\xa1\n", 5, 4, "Ol·…");
	bytes("LOGIN\n", 6, 20, "LOGIN↵");
	/* in C the digit would belong to the number */
	bytes("\xe1\0007", 3, 20, "\\xe1\\x007");
	bytes("\xe1\0009", 3, 20, "\\xe1\\09");
}

/* A retransmission says which frame it repeats; and what it is called, where
 * there is room. */
static void test_sent_again(void **state)
{
	struct cell_frame f = { .number = 7, .letters = "A", .times = 1,
		.again = 4, .names_it = true };

	(void)state;
	frame(f, "LOGIN↵", 36, "7 ↻4 A LOGIN↵ retransmission ──────▶");
	frame(f, "LOGIN↵", 24, "7 ↻4 A LOGIN↵ again ───▶");
	frame(f, "LOGIN↵", 20, "7 ↻4 A LOGIN↵ ─────▶");
	f.names_it = false;
	frame(f, "LOGIN↵", 24, "7 ↻4 A LOGIN↵ ─────────▶");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_call_fits),
		cmocka_unit_test(test_sends_of_the_picture),
		cmocka_unit_test(test_bytes_are_cut),
		cmocka_unit_test(test_spelled_bytes_are_cut),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_bytes_beyond_ascii),
		cmocka_unit_test(test_result_is_whole),
		cmocka_unit_test(test_name_is_cut_first),
		cmocka_unit_test(test_name_of_a_number_goes_first),
		cmocka_unit_test(test_bytes_of_a_result_are_counted),
		cmocka_unit_test(test_waits),
		cmocka_unit_test(test_any_width),
		cmocka_unit_test(test_frames),
		cmocka_unit_test(test_frames_beside),
		cmocka_unit_test(test_repeats_and_words),
		cmocka_unit_test(test_sent_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
