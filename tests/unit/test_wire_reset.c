/*
 * The gate: a RST that the end's kernel takes. Its number must be exactly what
 * that end expects next (RFC 5961, 3.2), or acknowledge its SYN.
 */
#include "wire_world.h"

/* A segment with a sequence number and an acknowledgement of its own. */
static void say(struct world *w, int host, uint8_t seq, uint8_t ack,
	uint8_t flags, const char *data)
{
	uint8_t f[256];
	size_t n = make(f, host, seq, flags, data);

	f[TCP_ACK + 3] = ack;
	gate_frame(w->gate, host, f, n, 0);
}

/* Client's numbers begin at 100, server's at 200. */
static void handshake(struct world *w)
{
	say(w, CLIENT, 100, 0, FACTS_SYN, "");
	say(w, SERVER, 200, 101, FACTS_SYN | FACTS_ACK, "");
	say(w, CLIENT, 101, 201, FACTS_ACK, "");
	buf_clear(&w->told);
}

/* It is the frame that went last: to whom, with which number. */
static void assert_rst(struct world *w, int to, uint32_t seq)
{
	struct facts f;

	facts_read(&f, w->went, w->went_len);
	assert_int_equal(f.flags, FACTS_RST);
	assert_int_equal(f.seq, seq);
	assert_int_equal(f.target[3], to == CLIENT ? 1 : 2);
	assert_int_equal(f.source[3], to == CLIENT ? 2 : 1);
	assert_int_equal(f.target_port, to == CLIENT ? 40000 : 9999);
	assert_int_equal(w->went[5], to == CLIENT ? 1 : 2);
	assert_int_equal(w->went[11], to == CLIENT ? 2 : 1);
	assert_false(f.bad_sum);
	assert_false(f.bad_ip_sum);
}

static void test_to_an_end_that_acknowledged_all(void **state)
{
	struct world *w = *state;

	handshake(w);
	say(w, CLIENT, 101, 201, DATA, "abc");
	say(w, SERVER, 201, 104, FACTS_ACK, "");
	buf_clear(&w->told);
	ORDER(w, .verb = WIRE_RESET, .host = "server");
	told(w, "6 made reset, passed\nout c 104\n");
	assert_rst(w, SERVER, 104);
	REFUSED(w, "server has no open TCP connection on the wire",
		.verb = WIRE_RESET, .host = "server");
	ORDER(w, .verb = WIRE_RESET, .host = "client"); /* it knows nothing */
	assert_rst(w, CLIENT, 201);
}

/* It was given bytes and its acknowledgement is yet to come. */
static void test_to_an_end_that_owes_an_acknowledgement(void **state)
{
	struct world *w = *state;

	handshake(w);
	say(w, CLIENT, 101, 201, DATA, "abc");
	ORDER(w, .verb = WIRE_RESET, .host = "server");
	assert_rst(w, SERVER, 104);
}

/* What is held, lost or damaged was not given; what is behind it does not
 * count. */
static void test_what_was_not_given(void **state)
{
	struct world *w = *state;

	handshake(w);
	ORDER(w, .verb = WIRE_DROP, .next = true, .filter = (char *)"");
	say(w, CLIENT, 101, 201, DATA, "abc");
	say(w, CLIENT, 104, 201, DATA, "def");
	say(w, SERVER, 201, 101, FACTS_ACK, "");
	ORDER(w, .verb = WIRE_RESET, .host = "server");
	assert_rst(w, SERVER, 101);
}

static void test_a_damaged_one_was_not_given(void **state)
{
	struct world *w = *state;

	handshake(w);
	ORDER(w, .verb = WIRE_CORRUPT, .payload = true, .to = -1, .next = true,
		.filter = (char *)"");
	say(w, CLIENT, 101, 201, DATA, "abc");
	ORDER(w, .verb = WIRE_RESET, .host = "server");
	assert_rst(w, SERVER, 101);
}

/* What does not fit into its window it does not take. */
static void test_beyond_its_window(void **state)
{
	struct world *w = *state;
	uint8_t f[256];
	size_t n;

	handshake(w);
	n = make(f, SERVER, 201, FACTS_ACK, "");
	f[TCP_ACK + 3] = 101;
	f[48] = 0;
	f[49] = 2; /* window: 2 bytes */
	gate_frame(w->gate, SERVER, f, n, 0);
	say(w, CLIENT, 101, 201, DATA, "abc");
	ORDER(w, .verb = WIRE_RESET, .host = "server");
	assert_rst(w, SERVER, 101);
}

static void test_to_a_syn(void **state)
{
	struct world *w = *state;
	struct facts f;

	ORDER(w, .verb = WIRE_HOLD, .filter = (char *)"");
	say(w, CLIENT, 100, 0, FACTS_SYN, "");
	ORDER(w, .verb = WIRE_RESET, .host = "client");
	told(w, "1 held\n2 made reset, passed\nout s 0\n");
	facts_read(&f, w->went, w->went_len);
	assert_int_equal(f.flags, FACTS_RST | FACTS_ACK);
	assert_int_equal(f.ack, 101);
	REFUSED(w, "client has no open TCP connection on the wire",
		.verb = WIRE_RESET, .host = "client");
}

static void test_the_connection_that_is_meant(void **state)
{
	struct world *w = *state;
	uint8_t f[256];
	size_t n;

	handshake(w);
	n = make(f, CLIENT, 50, FACTS_SYN, "");
	f[35]++; /* from port 40001 */
	gate_frame(w->gate, CLIENT, f, n, 0);
	buf_clear(&w->told);
	REFUSED(w, "no open TCP connection of client matches",
		.verb = WIRE_RESET, .host = "client",
		.filter = (char *)"port 40002");
	ORDER(w, .verb = WIRE_RESET, .host = "client",
		.filter = (char *)"from client and port 40000");
	told(w, "5 made reset, passed\nout s 201\n");
	ORDER(w, .verb = WIRE_RESET, .host = "client");
	told(w, "6 made reset, passed\nout s 0\n");
}

/* Closed both ways, then the same ports again. */
static void test_closed_and_begun_anew(void **state)
{
	struct world *w = *state;

	handshake(w);
	say(w, CLIENT, 101, 201, FACTS_FIN | FACTS_ACK, "");
	say(w, SERVER, 201, 102, FACTS_FIN | FACTS_ACK, "");
	say(w, CLIENT, 102, 202, FACTS_ACK, "");
	buf_clear(&w->told);
	REFUSED(w, "client has no open TCP connection on the wire",
		.verb = WIRE_RESET, .host = "client");
	say(w, CLIENT, 150, 0, FACTS_SYN, "");
	say(w, SERVER, 240, 151, FACTS_SYN | FACTS_ACK, "");
	ORDER(w, .verb = WIRE_RESET, .host = "server");
	assert_rst(w, SERVER, 151);
	buf_clear(&w->told);
	REFUSED(w, "server has no open TCP connection on the wire",
		.verb = WIRE_RESET, .host = "server");
}

static void test_nothing_to_reset(void **state)
{
	struct world *w = *state;

	REFUSED(w, "there is no host eve", .verb = WIRE_RESET, .host = "eve");
	REFUSED(w, "client has no open TCP connection on the wire",
		.verb = WIRE_RESET, .host = "client");
	handshake(w);
	ORDER(w, .verb = WIRE_CUT);
	REFUSED(w, "the wire is cut, nothing arrives; mend it first",
		.verb = WIRE_RESET, .host = "client");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_to_an_end_that_acknowledged_all),
		TEST(test_to_an_end_that_owes_an_acknowledgement),
		TEST(test_what_was_not_given),
		TEST(test_a_damaged_one_was_not_given),
		TEST(test_beyond_its_window),
		TEST(test_to_a_syn),
		TEST(test_the_connection_that_is_meant),
		TEST(test_closed_and_begun_anew),
		TEST(test_nothing_to_reset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
