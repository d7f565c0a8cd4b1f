/* Orders to the wire, fates and verbs: what parses prints the same. */
#include <stdio.h>

#include "base/clock.h"
#include "call/verb.h"
#include "line_tests.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void every_order(void **state)
{
	static const char *const lines[] = {
		"wire: flow", "wire: hold", "wire: hold data from client",
		"wire: pass", "wire: pass 2", "wire: pass #4",
		"wire: pass all", "wire: cut", "wire: mend", "wire: mend 3",
		"wire: vanish server", "wire: reset client",
		"wire: reset server data from client",
		"wire: drop", "wire: drop 2", "wire: drop #4",
		"wire: drop all", "wire: drop syn", "wire: drop next",
		"wire: drop next 3 syn from client",
		"wire: duplicate", "wire: duplicate #4",
		"wire: duplicate next 2 data", "wire: duplicate data",
		"wire: swap", "wire: swap 3", "wire: swap next data",
		"wire: delay 2s", "wire: delay 10us data",
		"wire: delay 2s #4", "wire: delay 50ms jitter 20ms",
		"wire: delay 50ms jitter 20ms seed 7 next 3 data",
		"wire: loss 30%", "wire: loss 0.5%", "wire: loss 12.125%",
		"wire: loss 100% seed 18446744073709551615 from client",
		"wire: loss 1.01% next 9 data",
		"wire: rate 1bit", "wire: rate 8kbit data",
		"wire: rate 1000000Mbit", "wire: rate 1500bit",
		"wire: corrupt byte 0", "wire: corrupt byte 54 to 255 #4",
		"wire: corrupt payload 2 mended",
		"wire: corrupt payload 0 to 0 mended next data",
		"wire: corrupt payload 0 to client",
		"wire: split 3", "wire: split 3 #4", "wire: split 1 all",
		"wire: split 5 next data from client",
		"wire: mtu 576", "wire: mtu 1400 from client",
		"wire: passed #5", "wire: dropped #5", "wire: dropped #5 by 3",
		"wire: delayed #5 by 12", "wire: absorbed #6 of #5",
		"wire: repeat #6 of #5", "wire: replaced #4 by #9",
		"wire: replaced #4 by #9 by 2",
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(lines); i++)
		prints_as(lines[i], lines[i]);
}

static void orders_written_loosely(void **state)
{
	(void)state;
	prints_as("loss  30 % seed 1", "wire: loss 30% seed 1");
	prints_as("loss 0.500%", "wire: loss 0.5%");
	prints_as("rate 1000 kbit", "wire: rate 1Mbit");
	prints_as("delay 1s jitter 0s data", "wire: delay 1s data");
	prints_as("duplicate next 1 data", "wire: duplicate next data");
	prints_as("corrupt byte 0x10 # in the IP header",
		"wire: corrupt byte 16");
	prints_as("reset server # at once", "wire: reset server");
}

/* What the wire is given. */
static void the_parts(void **state)
{
	struct line l;

	(void)state;
	must(&l, "duplicate");
	assert_int_equal(l.wire.verb, WIRE_DUPLICATE);
	assert_true(l.wire.in_hand);
	assert_int_equal(l.wire.count, 0);
	line_done(&l);
	must(&l, "drop data");
	assert_false(l.wire.in_hand);
	line_done(&l);
	/* no frame in hand is meant: a delay of one frame says which */
	must(&l, "delay 2s");
	assert_false(l.wire.in_hand);
	assert_string_equal(l.wire.filter, "");
	line_done(&l);
	must(&l, "delay 2s 1");
	assert_true(l.wire.in_hand);
	assert_int_equal(l.wire.count, 1);
	line_done(&l);
	must(&l, "loss 0.5% seed 3 data");
	assert_int_equal(l.wire.number, 500);
	assert_int_equal(l.wire.seed, 3);
	assert_string_equal(l.wire.filter, "data");
	line_done(&l);
	must(&l, "rate 8kbit");
	assert_int_equal(l.wire.number, 8000);
	assert_int_equal(l.wire.seed, 0);
	line_done(&l);
	must(&l, "delay 1s jitter 20ms");
	assert_int_equal(l.wire.jitter, 20 * CLOCK_MS);
	line_done(&l);
	must(&l, "corrupt payload 7 mended #4");
	assert_true(l.wire.payload && l.wire.mended && l.wire.in_hand);
	assert_int_equal(l.wire.number, 7);
	assert_int_equal(l.wire.to, -1);
	assert_int_equal(l.wire.frame, 4);
	line_done(&l);
	must(&l, "vanish server");
	assert_string_equal(l.wire.host, "server");
	line_done(&l);
	must(&l, "wire: replaced #4 by #9");
	assert_int_equal(l.fate, FATE_REPLACED);
	assert_int_equal(l.of, 9);
	assert_int_equal(l.rule, 0);
	line_done(&l);
}

static const struct mistake mistakes[] = {
	{"wire: dupliacte #4", 7, "did you mean duplicate?",
		"wire: duplicate #4"},
	{"wire: vanish", 13, "vanish: a host, as in vanish server", NULL},
	{"wire: vanish server now", 21, "nothing more is expected", NULL},
	{"wire: reset #4", 13, "reset: a host", NULL},
	{"wire: mend data", 12, "nothing more is expected", NULL},
	{"wire: mend 0", 12, "rule: a number from 1", NULL},
	{"wire: delay 2s jitter", 22, "jitter: a time", NULL},
	{"wire: delay 1s jitter 2s", 25, "at most the delay", NULL},
	{"wire: loss data", 12, "loss: a number", NULL},
	{"wire: loss 30", 14, "a percentage, as in 30% or 0.5%", NULL},
	{"wire: loss 0%", 12, "more than 0%", NULL},
	{"wire: loss 100.5%", 12, "at most 100%", NULL},
	{"wire: loss 101%", 12, "from 0 to 100", NULL},
	{"wire: loss 30% seed 0", 21, "from 1 on", NULL},
	{"wire: loss 30% #4", 16, "a rule for frames to come", NULL},
	{"wire: rate 8", 13, "bit, kbit or Mbit", NULL},
	{"wire: rate fast", 12, "bits a second", NULL},
	{"wire: rate 0kbit", 12, "from 1bit", NULL},
	{"wire: rate 9999999Mbit", 12, "from 1bit to 1000000Mbit", NULL},
	{"wire: rate 99999999999999999999bit", 12, "from 1bit", NULL},
	{"wire: corrupt #4", 15, "byte or payload and a number", NULL},
	{"wire: corrupt byte 70000", 20, "from 0 to 65535", NULL},
	{"wire: corrupt byte 4 to 256", 25, "from 0 to 255", NULL},
	{"wire: split", 12, "split: a number", NULL},
	{"wire: split 0", 13, "from 1 to 65535", NULL},
	{"wire: split 3 #4 #5", 18, "nothing more is expected", NULL},
	{"wire: mtu 67", 11, "from 68 to 65535", NULL},
	{"wire: mtu 576 2", 15, "a rule for frames to come", NULL},
	{"wire: replaced #4", 18, "by and the frame that goes instead", NULL},
	{"wire: dropped #4 by 0", 21, "rule: a number from 1", NULL},
	{"client: kill SIGTREM", 14, "did you mean SIGTERM?",
		"client: kill SIGTERM"},
	{"client: kill SIGTERM now", 22, "nothing more is expected", NULL},
	{"lab: host", 10, "as in host eve 10.0.0.3", NULL},
	{"lab: host eve", 14, "an IPv4 address", NULL},
	{"lab: host eve 10.0.0.300", 15, "from 0 to 255", NULL},
	{"lab: host eve2 10.0.0.3", 11, "ends in no digit", NULL},
	{"lab: host wire 10.0.0.3", 11, "stands for something already", NULL},
	{"lab: host eve 10.0.0.3 fd00::3 y", 32, "nothing more is expected", NULL},
	{"lab: set", 9, "a setting and its value", NULL},
	{"lab: set tcp_sack 0", 10, "a setting and its value", NULL},
	{"lab: set net/ipv4.x 0", 10, "a setting and its value", NULL},
	{"lab: set net.ipv4.tcp_sack", 27, "a value behind", NULL},
	{"lab: needs", 11, "kernel and a version, or cores", NULL},
	{"lab: needs kernel 6", 20, "two numbers", NULL},
	{"lab: needs cores 0", 18, "from 1", NULL},
	{"lab: needs kernel 6.5 now", 23, "nothing more is expected", NULL},
	{"client: ends SIGPIPE", 14, "-> and a signal or exit N", NULL},
	{"client: ends -> SIGPIEP", 17, "did you mean SIGPIPE?",
		"client: ends -> SIGPIPE"},
	{"client: ends -> exit", 21, "exit: a number", NULL},
	{"lab: dns now", 10, "nothing more is expected", NULL},
	{"lab: hots eve 10.0.0.3", 6, "did you mean host?",
		"lab: host eve 10.0.0.3"},
};

static void every_mistake_has_its_sentence(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(mistakes); i++)
		refuses(&mistakes[i]);
}

static void verbs(void **state)
{
	static const char *const lines[] = {
		"client: kill", "client: kill SIGTERM", "server: stop",
		"lab: host eve 10.0.0.3", "lab: dns", "lab: mtu 576",
		"lab: needs kernel 6.5", "lab: needs cores 2",
		"lab: set net.ipv4.tcp_abort_on_overflow 1",
		"lab: set net.ipv4.tcp_rmem 4096 8192 8192",
		"client: ends", "client: ends -> SIGPIPE",
		"client: ends -> exit 1",
		"server2: forked from server",
		"client: options cookie=4097 SO_RCVBUF=16384 TCP_NODELAY=1",
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(lines); i++)
		prints_as(lines[i], lines[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_order),
		cmocka_unit_test(orders_written_loosely),
		cmocka_unit_test(the_parts),
		cmocka_unit_test(every_mistake_has_its_sentence),
		cmocka_unit_test(verbs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
