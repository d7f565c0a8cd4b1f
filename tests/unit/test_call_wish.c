/* Expectations on sockets and frames: has and sees, with their spans. */
#include "base/clock.h"
#include "call/table.h"
#include "call/wish.h"
#include "line_tests.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void what_is_written(void **state)
{
	static const char *const lines[] = {
		"server: has LISTEN", "server: has ear LISTEN local any:9999",
		"server: has conn tcp ESTABLISHED peer client:_ recv 6",
		"client: has s send 0 unsent 0 timer none",
		"client: has TIME_WAIT timer timewait orphan",
		"client: has SYN_SENT timer retransmit x 2",
		"client: has x ESTABLISHED x 0",
		"client: has x 0", "client: has orphan x 3 within 3s",
		"server: has LISTEN after 200ms within 3s",
		"server: has udp local [fd00::2]:53",
		"server: has unix local unix:my.sock peer unix:@abstract",
		"client: has s SO_RCVBUF=2304 TCP_NODELAY=1",
		"client: has s SO_RCVTIMEO=2s TCP_USER_TIMEOUT=none",
		"client: has s SO_LINGER={l_onoff=1, l_linger=0}",
		"client: has s SO_ERROR=111 (ECONNREFUSED)",
		"client: has s SO_RCVBUF=<4000 TCP_MAXSEG=_",
		"wire: sees rst from server", "wire: sees syn x 2",
		"wire: sees syn x 2 within 3s",
		"wire: sees data after 200ms",
		"wire: sees data x 0 after 1s within 2s",
		"wire: sees from x", "wire: sees from x x 2",
		"wire: sees x 0", "wire: sees x 3 within 2s",
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(lines); i++)
		prints_as(lines[i], lines[i]);
	prints_as("has recv 6 LISTEN s", "client: has s LISTEN recv 6");
	prints_as("sees rst x2 within 1s after 500ms # late",
		"wire: sees rst x 2 after 500ms within 1s");
}

static void the_parts(void **state)
{
	struct line l;

	(void)state;
	must(&l, "server: has conn tcp ESTABLISHED peer client:_ recv 6 "
		"SO_RCVBUF=2304 x 2 within 3s");
	assert_int_equal(l.kind, LINE_HAS);
	assert_string_equal(l.lane, "server");
	assert_string_equal(l.wish->name, "conn");
	assert_string_equal(l.wish->protocol, "tcp");
	assert_int_equal(l.wish->state, state_number("ESTABLISHED"));
	assert_int_equal(l.wish->peer.number, PORT_ANY);
	assert_int_equal(l.wish->local.kind, VALUE_NONE);
	assert_int_equal(l.wish->recv, 6);
	assert_int_equal(l.wish->send, -1);
	assert_int_equal(l.wish->unsent, -1);
	assert_int_equal(l.wish->timer, -1);
	assert_false(l.wish->orphan);
	assert_int_equal(l.wish->options, 1);
	assert_string_equal(l.wish->option[0]->name, "SO_RCVBUF");
	assert_int_equal(l.wish->wanted[0].number, 2304);
	assert_int_equal(l.times, 2);
	assert_int_equal(l.expect.within, 3 * CLOCK_S);
	assert_int_equal(l.expect.kind, EXPECT_NOTHING);
	line_done(&l);
	must(&l, "has orphan");
	assert_int_equal(l.times, -1);
	assert_true(l.wish->orphan);
	line_done(&l);
	must(&l, "sees data after 200ms");
	assert_string_equal(l.filter, "data");
	assert_int_equal(l.expect.after, 200 * CLOCK_MS);
	assert_int_equal(l.times, -1);
	line_done(&l);
}

static void names_of_states(void **state)
{
	(void)state;
	/* include/net/tcp_states.h */
	assert_int_equal(state_number("ESTABLISHED"), 1);
	assert_int_equal(state_number("LISTEN"), 10);
	assert_int_equal(state_number("established"), 0);
	assert_string_equal(state_name(6), "TIME_WAIT");
	assert_null(state_name(99));
}

static const struct mistake mistakes[] = {
	{"has", 4, "what a socket is like", NULL},
	{"has # all", 5, "what a socket is like", NULL},
	{"client/2: has LISTEN", 14, "not to a thread", NULL},
	{"has LISTN", 5, "did you mean LISTEN?", "has LISTEN"},
	{"has s LISTN x 2", 7, "did you mean LISTEN?", "has s LISTEN x 2"},
	{"has LISTEN ESTABLISHED", 12, "one state, not two", NULL},
	{"has recv 1 recv 2", 12, "recv stands here twice", NULL},
	{"has a b", 7, "a name, a state, an option", NULL},
	{"has s pear any:1", 7, "did you mean peer?", "has s peer any:1"},
	{"has recv many", 10, "recv: a number", NULL},
	{"has local server", 17, "a colon and a port", NULL},
	{"has timer soon", 11, "retransmit, keepalive", NULL},
	{"has tcp udp", 9, "stands here twice", NULL},
	{"has SO_RCVBUF", 14, "= and a value behind SO_RCVBUF", NULL},
	{"has SO_RCVBUF=\"x\"", 15, "SO_RCVBUF is a number", NULL},
	{"has SO_RCVTIMEO=2", 17, "SO_RCVTIMEO is a time", NULL},
	{"has SO_RCVBUFF=1", 5, "did you mean SO_RCVBUF?",
		"has SO_RCVBUF=1"},
	{"has LISTEN x -1", 14, "x: a number from 0", NULL},
	{"has LISTEN within soon", 19, "within: a time", NULL},
	{"has LISTEN x 1 LISTEN", 16, "the end of the line is expected",
		NULL},
	{"sees rst after 2s within 1s", 28, "must be shorter", NULL},
	{"sees rst after 2s after 3s", 19, "the end of the line", NULL},
	{"sees after 2s", 6, "which frames", NULL},
	{"recv(s, 4) -> \"a\" after 0s", 25, "after: a time", NULL},
};

static void every_mistake_has_its_sentence(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(mistakes); i++)
		refuses(&mistakes[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written),
		cmocka_unit_test(the_parts),
		cmocka_unit_test(names_of_states),
		cmocka_unit_test(every_mistake_has_its_sentence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
