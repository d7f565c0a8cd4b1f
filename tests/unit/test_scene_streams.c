/* Whose bytes are whose, how far they came, what the kernel said of sockets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "call/line.h"
#include "scene_script.h"

#define PLAY(script, events) \
	script_play(script, events, sizeof(events) / sizeof(*events))

/* Lesson "TCP has no messages": two sends, held, the second passed first. */
static const char *const lesson[] = {
	/* 0 */ "lab: built namespaces clocks=slow mtu=1500 kernel=6.18",
	/* 1 */ "lab: host client 10.0.0.1 fd00::1",
	/* 2 */ "lab: host server 10.0.0.2 fd00::2",
	/* 3 */ "server: conn = accept(ear)",
	/* 4 */ "client: s = socket(AF_INET, SOCK_STREAM)",
	/* 5 */ "client: socket returns -> 3",
	/* 6 */ ("client: state fd=3 cookie=1 tcp CLOSE - - rq=0 sq=0 "
		"timer=none"),
	/* 7 */ "client: connect(s, server:9999)",
	/* 8 */ "client> S 1000 0",
	/* 9 */ "server> SA 5000 1001",
	/* 10 */ "client: connect returns -> 0",
	/* 11 */ ("client: state fd=3 cookie=1 tcp ESTABLISHED 10.0.0.1:40000 "
		"10.0.0.2:9999 rq=0 sq=0 timer=none"),
	/* 12 */ "client> A 1001 5001",
	/* 13 */ ("server: state fd=- cookie=2 tcp ESTABLISHED 10.0.0.2:9999 "
		"10.0.0.1:40000 rq=0 sq=0 timer=none"),
	/* 14 */ "server: accept returns -> 4",
	/* 15 */ ("server: state fd=4 cookie=2 tcp ESTABLISHED 10.0.0.2:9999 "
		"10.0.0.1:40000 rq=0 sq=0 timer=none"),
	/* 16 */ "server: recv(conn, 64)",
	/* 17 */ "server: recv waits",
	/* 18 */ "client: send(s, \"LOGIN\\n\")",
	/* 19 */ "client>[held] PA 1001 5001 LOGIN\n",
	/* 20 */ "client: send returns -> 6",
	/* 21 */ ("client: state fd=3 cookie=1 tcp ESTABLISHED 10.0.0.1:40000 "
		"10.0.0.2:9999 rq=0 sq=6 timer=retransmit:5s:0"),
	/* 22 */ "client: send(s, \"LIST\\n\")",
	/* 23 */ "client>[held] PA 1007 5001 LIST\n",
	/* 24 */ "client: send returns -> 5",
	/* 25 */ ("client: state fd=3 cookie=1 tcp ESTABLISHED 10.0.0.1:40000 "
		"10.0.0.2:9999 rq=0 sq=11 timer=retransmit:4990ms:1"),
	/* 26 */ "wire: pass #5",
	/* 27 */ "wire: passed #5",
	/* 28 */ "server> A 5001 1001",
	/* 29 */ "wire: pass #4",
	/* 30 */ "wire: passed #4",
	/* 31 */ "server: recv returns -> \"LOGIN\\nLIST\\n\"",
	/* 32 */ "server>[held] A 5001 1012",
	/* 33 */ "wire: passed #7",
	/* 34 */ ("client: state fd=3 cookie=1 tcp ESTABLISHED 10.0.0.1:40000 "
		"10.0.0.2:9999 rq=0 sq=0 timer=none"),
};

static void bytes_keep_their_letters(void **state)
{
	struct script t;
	struct scene *s = PLAY(&t, lesson);
	const struct scene_call *c;
	uint64_t end;
	char letter[8];

	(void)state;
	/* The send queue, the frames and the recv agree on the stream. */
	c = scene_call(s, 4);
	assert_int_equal(c->entered, 18);
	assert_int_equal(c->flow, 0);
	assert_int_equal(c->way, 0);
	assert_int_equal(c->stream, 0);
	assert_int_equal(c->taken, 6);
	c = scene_call(s, 5);
	assert_int_equal(c->stream, 6);
	assert_int_equal(c->taken, 5);
	assert_int_equal(scene_frame(s, 3)->stream, 0);
	assert_int_equal(scene_frame(s, 3)->len, 6);
	assert_int_equal(scene_frame(s, 4)->stream, 6);
	assert_int_equal(scene_frame(s, 4)->flow, 0);
	assert_int_equal(scene_frame(s, 5)->way, 1);
	c = scene_call(s, 3); /* recv */
	assert_int_equal(c->flow, 0);
	assert_int_equal(c->way, 0);
	assert_int_equal(c->stream, 0);
	assert_int_equal(c->taken, 11);
	for (uint64_t i = 0; i < 11; i++) {
		uint32_t send = scene_owner(s, 0, 0, i, &end);

		assert_int_equal(send, i < 6 ? 0 : 1);
		assert_int_equal(end, i < 6 ? 6 : 11);
	}
	assert_int_equal(scene_owner(s, 0, 0, 11, &end), SCENE_NONE);
	assert_int_equal(scene_owner(s, 0, 1, 0, &end), SCENE_NONE);
	assert_int_equal(scene_owner(s, 7, 0, 0, &end), SCENE_NONE);
	scene_letter(letter, scene_send(s, 1)->letter);
	assert_string_equal(letter, "B");
	assert_int_equal(scene_send(s, 1)->previous, 0);
	assert_int_equal(scene_send(s, 0)->previous, SCENE_NONE);
	script_done(&t);
}

static void letters_go_beyond_z(void **state)
{
	char out[8];

	(void)state;
	scene_letter(out, 25);
	assert_string_equal(out, "Z");
	scene_letter(out, 26);
	assert_string_equal(out, "A2");
	scene_letter(out, 26 * 2 + 1);
	assert_string_equal(out, "B3");
	scene_letter(out, UINT16_MAX);
	assert_string_equal(out, "P2521");
}

/* While a send has not returned all that follows is its own. */
static void a_waiting_send_owns_what_it_has_put_out(void **state)
{
	struct script t;
	uint64_t end;

	(void)state;
	script_init(&t);
	script_open(&t);
	for (int i = 0; i < 20; i++)
		script_add(&t, lesson[i]);
	scene_feed(t.scene, 0);
	assert_int_equal(scene_send(t.scene, 0)->letter, 0);
	assert_int_equal(scene_send(t.scene, 0)->returned, SCENE_NEVER);
	assert_int_equal(scene_owner(t.scene, 0, 0, 4, &end), 0);
	assert_int_equal(end, UINT64_MAX);
	assert_int_equal(scene_call(t.scene, 4)->flow, 0);
	script_done(&t);
}

static void queues_advance_when_frames_arrive(void **state)
{
	struct script t;
	struct scene *s = PLAY(&t, lesson);

	(void)state;
	assert_int_equal(scene_sockets(s), 2);
	/* The client's bytes are acknowledged when the held ACK is passed. */
	assert_int_equal(scene_acked_offset(s, 0, 33), 0);
	assert_int_equal(scene_acked_offset(s, 0, 34), 11);
	assert_int_equal(scene_read_offset(s, 1, 31), 0);
	assert_int_equal(scene_read_offset(s, 1, 32), 11);
	assert_int_equal(scene_read_offset(s, 0, 35), 0);
	script_done(&t);
}

static void relative_numbers_begin_with_the_syn(void **state)
{
	struct script t;
	struct scene *s = PLAY(&t, lesson);

	(void)state;
	assert_int_equal(scene_relative_seq(s, 0, 1000, false), 0);
	assert_int_equal(scene_relative_seq(s, 1, 5000, false), 0);
	assert_int_equal(scene_relative_seq(s, 1, 1001, true), 1);
	assert_int_equal(scene_relative_seq(s, 4, 1007, false), 7);
	script_done(&t);
}

/* A RST that refuses has no number of its own, and one that was dropped is
 * forgotten when somebody listens after all; so is a SYN ACK of a server that
 * is gone. */
static void the_last_syn_numbers_the_stream(void **state)
{
	static const char *const events[] = {
		"client> S 1000 0",
		"server>[dropped] RA 0 1001",
		"client> S 1000 0",
		"server>[dropped] SA 4000 1001",
		"client> S 1000 0",
		"server> SA 5000 1001",
		"server> PA 5001 1001 hi",
		"server> SA 9000 1001",
		"server> PA 5003 1001 ho",
	};
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	for (uint32_t i = 0; i < 9; i++)
		assert_int_equal(scene_frame(s, i)->flow, 0);
	assert_int_equal(scene_relative_seq(s, 5, 5000, false), 0);
	assert_int_equal(scene_frame(s, 6)->stream, 0);
	/* Not when bytes have their places already. */
	assert_int_equal(scene_frame(s, 8)->stream, 2);
	script_done(&t);
}

static void sockets_are_as_the_kernel_said(void **state)
{
	struct script t;
	struct scene *s = PLAY(&t, lesson);
	const struct scene_socket *to = scene_socket(s, 0);
	const struct scene_sample *sample;
	int64_t rings;

	(void)state;
	assert_int_equal(to->host, 0);
	assert_int_equal(to->fd, 3);
	assert_string_equal(to->name, "s");
	assert_string_equal(to->protocol, "tcp");
	assert_string_equal(to->local, "10.0.0.1:40000");
	assert_string_equal(to->peer, "10.0.0.2:9999");
	assert_int_equal(to->created, 6);
	to = scene_socket(s, 1);
	assert_int_equal(to->host, 1);
	assert_int_equal(to->fd, 4);
	assert_string_equal(to->name, "conn");
	assert_int_equal(to->way, 1);
	assert_null(scene_socket_at(s, 0, 6));
	assert_string_equal(scene_state_name(scene_socket_at(s, 0, 7)->state),
		"CLOSE");
	sample = scene_socket_at(s, 0, 24);
	assert_int_equal(sample->position, 21);
	assert_int_equal(sample->send_queue, 6);
	assert_int_equal(sample->timer, 1);
	assert_int_equal(sample->timer_ms, 5000);
	sample = scene_socket_at(s, 0, 26);
	assert_int_equal(sample->retransmits, 1);
	/* SYN_SENT was never sampled. */
	assert_true(scene_state_inferred(s, 0, 12));
	assert_false(scene_state_inferred(s, 0, 7));
	assert_false(scene_state_inferred(s, 0, 26));
	assert_false(scene_next_clock(s, 21, &sample, &rings));
	assert_true(scene_next_clock(s, 22, &sample, &rings));
	assert_int_equal(rings, 21 * 1000000 + INT64_C(5000000000));
	assert_true(scene_next_clock(s, 30, &sample, &rings));
	assert_int_equal(rings, 25 * 1000000 + INT64_C(4990000000));
	assert_false(scene_next_clock(s, 35, &sample, &rings));
	script_done(&t);
}

static void the_next_clock_is_the_first_of_all(void **state)
{
	static const char *const events[] = {
		("client: state fd=- cookie=1 tcp SYN_SENT 10.0.0.1:1 "
			"10.0.0.2:2 rq=0 sq=0 timer=retransmit:9s:0"),
		("client: state fd=- cookie=2 tcp SYN_SENT 10.0.0.1:2 "
			"10.0.0.2:2 rq=0 sq=0 timer=retransmit:3s:0"),
		("client: state fd=- cookie=3 tcp TIME_WAIT 10.0.0.1:3 "
			"10.0.0.2:2 rq=0 sq=0 timer=timewait:60s:0"),
		("client: state fd=- cookie=4 tcp SYN_SENT 10.0.0.1:4 "
			"10.0.0.2:2 rq=0 sq=0 timer=retransmit:5s:0"),
		"client: state gone cookie=2",
		"client: state fd=- cookie=4 tcp CLOSE - - timer=none",
		"client: state gone cookie=1",
		"client: state gone cookie=3",
		/* lent to an orphan: nothing is seen when it rings */
		("client: state fd=- cookie=5 tcp FIN_WAIT2 10.0.0.1:5 "
			"10.0.0.2:2 rq=0 sq=0 timer=keepalive:2s:0"),
	};
	static const uint32_t next[] = {0, 0, 1, 1, 1, 3, 0, 2};
	struct script t;
	struct scene *s = PLAY(&t, events);
	const struct scene_sample *sample;
	int64_t rings;

	(void)state;
	assert_false(scene_next_clock(s, 0, &sample, &rings));
	for (uint32_t p = 1; p < 8; p++) {
		assert_true(scene_next_clock(s, p, &sample, &rings));
		assert_int_equal(sample->socket, next[p]);
	}
	assert_false(scene_next_clock(s, 8, &sample, &rings));
	assert_false(scene_next_clock(s, 9, &sample, &rings));
	assert_int_equal(scene_socket_at(s, 1, 8)->state, 0);
	script_done(&t);
}

/* The sample that tells the flow comes after the calls have returned. */
static void loose_calls_find_their_flow(void **state)
{
	static const char *const events[] = {
		"client: s = socket(AF_INET, SOCK_STREAM)",
		"client: socket returns -> 3",
		"client: connect(s, server:9999)",
		"client> S 1000 0",
		"server> SA 5000 1001",
		"client: connect returns -> 0",
		"client: send(s, \"ab\")",
		"client: send returns -> 2",
		"client: send(s, \"cde\")",
		"client: send returns -> EAGAIN",
		"client: x = recv(s, 64, MSG_PEEK)",
		"client: recv returns -> \"12\"",
		"client: y = recv( s , 3)",
		"client: recv returns -> repeat(\"1\", 3)",
		"client: send(s, \"f\")",
		("client: state fd=3 cookie=1 tcp ESTABLISHED 10.0.0.1:40000 "
			"10.0.0.2:9999 rq=0 sq=0 timer=none"),
		"client: send returns -> 1",
	};
	struct script t;
	struct scene *s = PLAY(&t, events);
	uint64_t end;

	(void)state;
	assert_int_equal(scene_call(s, 1)->flow, 0); /* connect */
	assert_int_equal(scene_owner(s, 0, 0, 1, &end), 0);
	assert_int_equal(scene_owner(s, 0, 0, 2, &end), 2);
	assert_int_equal(end, 3);
	assert_int_equal(scene_send(s, 1)->letter, 1);
	assert_int_equal(scene_send(s, 1)->begin, 2);
	assert_int_equal(scene_send(s, 1)->end, 2);
	assert_int_equal(scene_call(s, 3)->error, 11);
	/* Looking takes nothing. */
	assert_int_equal(scene_call(s, 4)->stream, 0);
	assert_int_equal(scene_call(s, 4)->taken, 2);
	assert_int_equal(scene_call(s, 4)->way, 1);
	assert_int_equal(scene_call(s, 5)->stream, 0);
	assert_int_equal(scene_call(s, 5)->taken, 3);
	assert_int_equal(scene_read_offset(s, 0, 99), 3);
	script_done(&t);
}

/* A port that is used again is another flow; a descriptor too. */
static void ends_and_numbers_are_used_again(void **state)
{
	static const char *const events[] = {
		"client: s = socket(AF_INET, SOCK_STREAM)",
		"client: socket returns -> 3",
		"client> S 1000 0",
		"client> S 1000 0",
		("client: state fd=3 cookie=1 tcp SYN_SENT 10.0.0.1:40000 "
			"10.0.0.2:9999 rq=0 sq=0 timer=none"),
		"client: send(s, \"old\")",
		"client: send returns -> 3",
		"client: close(s)",
		"client: close returns -> 0",
		"client: s = socket(AF_INET, SOCK_STREAM)",
		"client: socket returns -> 3",
		"client> S 777 0",
		"client: send(s, \"young\")",
		"client: send returns -> 5",
		("client: state fd=3 cookie=2 tcp SYN_SENT 10.0.0.1:40000 "
			"10.0.0.2:9999 rq=0 sq=0 timer=none"),
		("client: state fd=- cookie=1 tcp TIME_WAIT 10.0.0.1:40000 "
			"10.0.0.2:9999 rq=0 sq=0 timer=none"),
	};
	struct script t;
	struct scene *s = PLAY(&t, events);
	uint64_t end;

	(void)state;
	assert_int_equal(scene_frame(s, 1)->flow, 0); /* the SYN again */
	assert_int_equal(scene_frame(s, 2)->flow, 1);
	assert_int_equal(scene_socket(s, 0)->flow, 0);
	assert_int_equal(scene_socket(s, 1)->flow, 1);
	assert_int_equal(scene_owner(s, 0, 0, 0, &end), 0);
	assert_int_equal(end, 3);
	assert_int_equal(scene_owner(s, 1, 0, 0, &end), 1);
	assert_int_equal(end, 5);
	assert_int_equal(scene_socket(s, 0)->fd, -1);
	script_done(&t);
}

/* Offsets go on where 32 bits end. */
static void sequence_numbers_wrap(void **state)
{
	static const char *const events[] = {
		"client> S 4294967290 0",
		"server> SA 4294967295 4294967291",
		"client> A 4294967291 0 abcdefghij",
		"server> A 0 5",
		"client> FA 5 0 kl",
		"server> A 0 8",
		("client: state fd=- cookie=1 tcp FIN_WAIT2 10.0.0.1:40000 "
			"10.0.0.2:9999 rq=0 sq=0 timer=none"),
		"client> A 4294967290 0 ?", /* a keepalive's old number */
	};
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	assert_int_equal(scene_frame(s, 2)->stream, 0);
	assert_int_equal(scene_frame(s, 4)->stream, 10);
	assert_int_equal(scene_acked_offset(s, 0, 4), 10);
	assert_int_equal(scene_acked_offset(s, 0, 6), 12); /* FIN: no byte */
	assert_int_equal(scene_frame(s, 5)->way, 1);
	script_done(&t);
}

/* No frames, no samples of queues but those: loopback mode. */
static void loopback_ties_calls_by_samples_alone(void **state)
{
	static const char *const events[] = {
		"lab: built loopback clocks=real kernel=6.18",
		"client: socket(AF_INET, SOCK_STREAM)",
		"client: socket returns -> 3",
		"client: connect(3, server:9999)",
		"client: connect returns -> 0",
		("client: state fd=3 cookie=9 tcp ESTABLISHED 127.0.0.1:5000 "
			"127.0.0.1:9999 rq=0 sq=0 timer=none"),
		("server: state fd=4 cookie=8 tcp ESTABLISHED 127.0.0.1:9999 "
			"127.0.0.1:5000 rq=0 sq=0 timer=none"),
		"client: send(3, \"hello\")",
		"client: send returns -> 5",
		("client: state fd=3 cookie=9 tcp ESTABLISHED 127.0.0.1:5000 "
			"127.0.0.1:9999 rq=0 sq=2 timer=none"),
	};
	struct script t;
	struct scene *s = PLAY(&t, events);
	uint64_t end;

	(void)state;
	assert_int_equal(scene_socket(s, 0)->flow, 0);
	assert_int_equal(scene_socket(s, 1)->flow, 0);
	assert_int_equal(scene_socket(s, 1)->way, 1);
	assert_int_equal(scene_owner(s, 0, 0, 4, &end), 0);
	assert_int_equal(scene_acked_offset(s, 0, 9), 0);
	assert_int_equal(scene_acked_offset(s, 0, 10), 3);
	script_done(&t);
}

/* A number that a send returned is no name for the descriptor of that number.
 */
static void only_descriptors_name_sockets(void **state)
{
	static const char *const events[] = {
		"client: s = socket(AF_INET, SOCK_STREAM)",
		"client: socket returns -> 3",
		"client: n = send(s, \"abc\")",
		"client: send returns -> 3",
		("client: state fd=3 cookie=1 tcp ESTABLISHED 10.0.0.1:40000 "
			"10.0.0.2:9999 rq=0 sq=0 timer=none"),
		"client: s = recv(3, 9)",
		"client: recv returns -> \"ab\"",
		"client: close(n)",
		"client: close returns -> 0",
		"client: t = socket(AF_INET, SOCK_STREAM)",
		"client: socket returns -> 3",
		"client: state fd=3 cookie=2 tcp CLOSE - - timer=none",
	};
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	assert_string_equal(scene_socket(s, 0)->name, "s");
	/* But it may stand for one: the close closed it. */
	assert_string_equal(scene_socket(s, 1)->name, "t");
	script_done(&t);
}

/* A socket of IPv6 that talks IPv4: its frames are those of IPv4. */
static void mapped_addresses_are_ipv4(void **state)
{
	static const char *const events[] = {
		"client> S 1000 0",
		"server> SA 5000 1001",
		("server: state fd=4 cookie=2 tcp ESTABLISHED "
			"[::ffff:10.0.0.2]:9999 [::ffff:10.0.0.1]:40000 "
			"rq=0 sq=0 timer=none"),
		("client: state fd=- cookie=1 tcp ESTABLISHED 10.0.0.1:40000 "
			"10.0.0.2:9999 rq=0 sq=0 timer=none"),
		("client: state fd=- cookie=3 tcp ESTABLISHED [fd00::1]:7 "
			"[fd00::2]:9999 rq=0 sq=0 timer=none"),
	};
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	assert_int_equal(scene_socket(s, 0)->flow, 0);
	assert_int_equal(scene_socket(s, 0)->way, 1);
	assert_int_equal(scene_socket(s, 1)->flow, 0);
	assert_int_equal(scene_socket(s, 1)->way, 0);
	assert_int_equal(scene_socket(s, 2)->flow, 1);
	script_done(&t);
}

static void lines_are_parsed_again_when_asked(void **state)
{
	struct script t;
	struct scene *s = PLAY(&t, lesson);
	struct line l;
	struct value v;

	(void)state;
	assert_true(scene_call_line(s, 4, &l));
	assert_int_equal(l.kind, LINE_CALL);
	assert_string_equal(l.row->name, "send");
	assert_memory_equal(l.arg[1].bytes, "LOGIN\n", 6);
	line_done(&l);
	assert_true(scene_call_result(s, 3, &v));
	assert_int_equal(v.kind, VALUE_BYTES);
	assert_int_equal(v.len, 11);
	value_done(&v);
	assert_int_equal(scene_call_time(s, 3, false), 16 * 1000000);
	assert_int_equal(scene_call_time(s, 3, true), 31 * 1000000);
	script_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_keep_their_letters),
		cmocka_unit_test(letters_go_beyond_z),
		cmocka_unit_test(a_waiting_send_owns_what_it_has_put_out),
		cmocka_unit_test(queues_advance_when_frames_arrive),
		cmocka_unit_test(relative_numbers_begin_with_the_syn),
		cmocka_unit_test(the_last_syn_numbers_the_stream),
		cmocka_unit_test(sockets_are_as_the_kernel_said),
		cmocka_unit_test(the_next_clock_is_the_first_of_all),
		cmocka_unit_test(loose_calls_find_their_flow),
		cmocka_unit_test(ends_and_numbers_are_used_again),
		cmocka_unit_test(sequence_numbers_wrap),
		cmocka_unit_test(loopback_ties_calls_by_samples_alone),
		cmocka_unit_test(only_descriptors_name_sockets),
		cmocka_unit_test(mapped_addresses_are_ipv4),
		cmocka_unit_test(lines_are_parsed_again_when_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
