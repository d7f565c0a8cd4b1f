/* What goals say: did, got, gave: printed as they were written, and the
 * sentence of each mistake. */
#include "line_tests.h"

#include "call/did.h"

static void print_back(void **state)
{
	static const char *const lines[] = {
		"server: did recv",
		"server: did recv x 2",
		"server: did recv x 2..",
		"server: did recv x ..4",
		"server: did recv x 2..4",
		"server: did recv(conn) -> \"\" x 0",
		"server: did recv(conn, _) -> \"\" x 0",
		"server: did recv(conn, 4) -> waits",
		"server: did recv(conn, _, MSG_PEEK)",
		"client2: did send(s, \"hi\") -> 1 | 2 | EAGAIN within 2s x 1",
		("client/2: did connect(s, server:9999) -> ECONNREFUSED after "
			"500ms within 2s"),
		"client: did setsockopt(s, _, 1)",
		"client: did setsockopt(s, SO_REUSEADDR, 1)",
		"client: did poll([s: POLLIN], _) -> [s: POLLIN]",
		"client: did close(s) -> 0 then send(s) -> EBADF x 1",
		"client: did send -> <4 then send x ..2",
		"server: got \"ping\"",
		"server: got hex(00 00 00 04) \"ping\" u32be(2)",
		"server: got repeat(\"A\", 9)",
		"server: got \"\"",
		"server: got 4 bytes",
		"server: gave 1 byte",
		"server: gave 1.. bytes",
		"server: gave ..7 bytes",
		"server: gave 0 bytes",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		prints_as(lines[i], lines[i]);
}

static void print_shorter(void **state)
{
	(void)state;
	prints_as("server:did recv()x2", "server: did recv x 2");
	prints_as("did recv x 1..", "client: did recv");
	prints_as("did recv x 2..2", "client: did recv x 2");
	prints_as("did recv x 0..3  # few", "client: did recv x ..3");
	prints_as("did recv ( conn )", "client: did recv(conn)");
	prints_as("got \"a\"\"b\"", "client: got \"a\" \"b\"");
	prints_as("gave 0..3 bytes", "client: gave ..3 bytes");
	prints_as("gave 2 byte", "client: gave 2 bytes");
}

/* Parts of what was read. */
static void say_what_was_read(void **state)
{
	struct line l;

	(void)state;
	must(&l, "server: did recv(conn, _) -> \"ab\" then close(conn) x 2..4");
	assert_int_equal(l.kind, LINE_DID);
	assert_string_equal(l.lane, "server");
	assert_string_equal(l.did->first.row->name, "recv");
	assert_int_equal(l.did->first.nargs, 2);
	assert_int_equal(l.did->first.arg[1].kind, VALUE_ANY);
	assert_int_equal(l.did->first.expect.nalt, 1);
	assert_string_equal(l.did->then.row->name, "close");
	assert_int_equal(l.least, 2);
	assert_int_equal(l.most, 4);
	line_done(&l);

	must(&l, "did recv");
	assert_int_equal(l.least, 1);
	assert_int_equal(l.most, -1);
	assert_null(l.did->then.row);
	line_done(&l);

	must(&l, "gave \"ab\" u8(3)");
	assert_int_equal(l.kind, LINE_GAVE);
	assert_int_equal(l.nargs, 2);
	line_done(&l);
}

/* The words are no keywords: a name may be one. */
static void names_may_be_words(void **state)
{
	(void)state;
	prints_as("got = recv(s, 4)", "client: got = recv(s, 4)");
	prints_as("did, gave = socketpair()", "client: did, gave = "
		"socketpair()");
}

static void mistakes(void **state)
{
	static const struct mistake list[] = {
		{"did", 4, "did: a call", NULL},
		{"did rcev x 1", 5, "did you mean recv?", "did recv x 1"},
		{"did 4", 5, "did: a call", NULL},
		{"did recv(s, 4, 0, 1)", 19, "no more arguments", NULL},
		{"did recv(s", 11, "expected , or )", NULL},
		{"did recv(s, -1)", 13, "from 0 to", NULL},
		{"did recv -> ?", 13, "result", NULL},
		{"did listen(s) -> waits", 18, "listen never waits", NULL},
		{"did recv -> 4", 13, "recv", NULL},
		{"did recv x", 11, "x", NULL},
		{"did recv x y", 12, "x", NULL},
		{"did recv x -1", 12, "x", NULL},
		{"did recv x ..", 14, "x", NULL},
		{"did recv x 4..2", 12, "above the second", NULL},
		{"did recv x 2 x 3", 14, "end of the line", NULL},
		{"did recv then", 14, "did: a call", NULL},
		{"did recv then send then close", 20, "end of the line", NULL},
		{"did recv once", 10, "end of the line", NULL},
		{"got", 4, "got: bytes", NULL},
		{"got 4", 6, "bytes is missing", NULL},
		{"got 4 letters", 7, "bytes is missing", NULL},
		{"got 4 bytes x 2", 13, "end of the line", NULL},
		{"gave conn", 6, "gave: bytes", NULL},
		{"gave \"a\" conn", 10, "gave: bytes", NULL},
		{"got u8(1) u8(1) u8(1) u8(1) u8(1) u8(1) u8(1) u8(1) u8(1)",
			53, "at most 8", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++)
		refuses(&list[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(print_back),
		cmocka_unit_test(print_shorter),
		cmocka_unit_test(say_what_was_read),
		cmocka_unit_test(names_may_be_words),
		cmocka_unit_test(mistakes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
