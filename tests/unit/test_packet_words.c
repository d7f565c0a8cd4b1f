/* What the sample frames are called. */
#include "packet/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "packet/facts.h"
#include "packet/fields.h"
#include "packet_frames.h"

static void assert_words(const uint8_t *frame, size_t len, int max, bool ascii,
	const char *expected)
{
	struct buf b = {0};
	struct facts f;

	facts_read(&f, frame, len);
	words_frame(&b, &f, frame, len, max, ascii);
	assert_string_equal(buf_str(&b), expected);
	buf_done(&b);
}

static void frames(void **state)
{
	static const char *const expected[] = {
		"syn4", "SYN", "synack4", "SYN ACK", "ack4", "ACK",
		"data4", "LOGIN↵", "fin4", "FIN ACK", "rst4", "RST ACK",
		"syn6", "SYN", "data6", "hi", "ack6", "ACK", "udp4", "ping",
		"udp4_no_sum", "ping", "udp6", "ping",
		"icmp4", "ICMP port unreachable",
		"echo4", "ICMP echo request",
		"neighbor6", "ICMPv6 neighbor solicitation",
		"arp_who", "ARP who has 10.0.0.2",
		"arp_is", "ARP 10.0.0.2 is at 02:00:00:00:00:02",
		"vlan4", "ACK", "fragment4", "IPv4 later fragment",
		"fragment6", "xxxxxxxx",
	};
	size_t i;

	(void)state;
	assert_int_equal(sizeof(expected) / sizeof(*expected), 2 * SAMPLES);
	for (i = 0; i < SAMPLES; i++) {
		assert_string_equal(samples[i].name, expected[2 * i]);
		assert_words(samples[i].bytes, samples[i].len, 20, false,
			expected[2 * i + 1]);
	}
}

static void cut_payload(void **state)
{
	(void)state;
	assert_words(data4, sizeof(data4), 6, false, "LOGIN↵");
	assert_words(data4, sizeof(data4), 5, false, "LOGI…");
	assert_words(data4, sizeof(data4), 1, false, "…");
	assert_words(data4, sizeof(data4), 0, false, "");
	assert_words(data4, sizeof(data4), -1, false, "");
	assert_words(data4, sizeof(data4), 6, true, "LOGIN.");
	assert_words(data4, sizeof(data4), 5, true, "LO...");
	assert_words(data4, sizeof(data4), 2, true, "..");
}

static void odd_frames(void **state)
{
	static const uint8_t fence[14] = {[12] = 0x88, [13] = 0xb5};
	uint8_t frame[sizeof(data4)];

	(void)state;
	assert_words(fence, sizeof(fence), 9, false, "Ethernet type 0x88b5");
	assert_words(data4, 40, 9, false, "cut off");
	assert_words(data4, 0, 9, false, "cut off");
	memcpy(frame, data4, sizeof(frame));
	frame[47] = FACTS_FIN | FACTS_PSH | FACTS_ACK;
	assert_words(frame, sizeof(frame), 9, false, "FIN ACK LOGIN↵");
	frame[23] = 132;
	assert_words(frame, sizeof(frame), 9, false, "IPv4 SCTP");
	frame[23] = 200;
	assert_words(frame, sizeof(frame), 9, false, "IPv4 protocol 200");
	memcpy(frame, ack4, sizeof(frame));
	frame[47] = 0;
	assert_words(frame, sizeof(frame), 9, false, "TCP: none");
	frame[47] = FACTS_PSH | FACTS_CWR;
	assert_words(frame, sizeof(frame), 9, false, "TCP: PSH CWR");
}

static void flags(void **state)
{
	struct buf b = {0};

	(void)state;
	words_flags(&b, 0);
	buf_char(&b, '|');
	words_flags(&b, FACTS_SYN | FACTS_ACK);
	buf_char(&b, '|');
	words_flags(&b, 0xff);
	assert_string_equal(b.data,
		"none|SYN ACK|SYN FIN RST PSH ACK URG ECE CWR");
	buf_done(&b);
}

static void addresses(void **state)
{
	/* 127.0.0.1, 2001:db8:0:1::1, a mapped 10.0.0.1 */
	static const uint8_t bytes[36] = {127, 0, 0, 1,
		0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1,
		[30] = 0xff, 0xff, 10, 0, 0, 1};
	static const struct field fields[] = {
		{.kind = FIELD_IPV4, .offset = 0, .length = 4},
		{.kind = FIELD_IPV6, .offset = 4, .length = 16},
		{.kind = FIELD_IPV6, .offset = 20, .length = 16},
		{.kind = FIELD_IPV6, .offset = 24, .length = 16}, /* outside */
	};
	struct buf b = {0};
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++) {
		words_field(&b, &fields[i], bytes, sizeof(bytes));
		buf_char(&b, '|');
	}
	assert_string_equal(b.data,
		"127.0.0.1|2001:db8:0:1::1|::ffff:10.0.0.1||");
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames),
		cmocka_unit_test(cut_payload),
		cmocka_unit_test(odd_frames),
		cmocka_unit_test(flags),
		cmocka_unit_test(addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
