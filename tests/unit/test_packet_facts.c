/* The facts of the sample frames, of cut frames, of broken ones. */
#include "packet/facts.h"

#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "packet/sum.h"
#include "packet_frames.h"

/* Read from a heap copy of exactly len bytes, so that ASan sees one more. */
static struct facts read_copy(const uint8_t *frame, size_t len)
{
	uint8_t *copy = calloc(1, len ? len : 1);
	struct facts f;

	if (len)
		memcpy(copy, frame, len);
	facts_read(&f, copy, len);
	free(copy);
	return f;
}

#define READ(frame) read_copy(frame, sizeof(frame))

static void a_syn(void **state)
{
	struct facts f = READ(syn4);

	(void)state;
	assert_int_equal(f.ethertype, 0x0800);
	assert_int_equal(f.version, 4);
	assert_int_equal(f.protocol, IPPROTO_TCP);
	assert_memory_equal(f.source, "\x0a\0\0\1", 4);
	assert_memory_equal(f.target, "\x0a\0\0\2", 4);
	assert_int_equal(f.source_port, 40000);
	assert_int_equal(f.target_port, 9999);
	assert_int_equal(f.seq, 0x11223344);
	assert_int_equal(f.ack, 0);
	assert_int_equal(f.flags, FACTS_SYN);
	assert_int_equal(f.window, 64240);
	assert_int_equal(f.mss, 1460);
	assert_int_equal(f.window_scale, 7);
	assert_int_equal(f.network, 14);
	assert_int_equal(f.transport, 34);
	assert_int_equal(f.payload, 74);
	assert_int_equal(f.payload_len, 0);
	assert_int_equal(facts_sequence_space(&f), 1);
	assert_true(f.sum_known);
}

static void padding_is_no_payload(void **state)
{
	struct facts f = READ(ack4);

	(void)state;
	assert_int_equal(f.flags, FACTS_ACK);
	assert_int_equal(f.ack, 0x1001);
	assert_int_equal(f.payload_len, 0);
	assert_int_equal(f.mss, 0);
	assert_int_equal(f.window_scale, -1);
	assert_int_equal(facts_sequence_space(&f), 0);
}

static void payload(void **state)
{
	struct facts f = READ(data4);

	(void)state;
	assert_int_equal(f.payload, 54);
	assert_int_equal(f.payload_len, 6);
	assert_int_equal(facts_sequence_space(&f), 6);
	f = READ(fin4);
	assert_int_equal(f.flags, FACTS_FIN | FACTS_ACK);
	assert_int_equal(f.payload, 66);
	assert_int_equal(facts_sequence_space(&f), 1);
	f = READ(data6);
	assert_int_equal(f.version, 6);
	assert_int_equal(f.payload, 74);
	assert_int_equal(f.payload_len, 2);
	assert_int_equal(f.source[0], 0xfd);
	assert_int_equal(f.source[15], 2);
	assert_int_equal(f.target[15], 1);
	f = READ(syn6);
	assert_int_equal(f.mss, 1440);
}

static void datagrams(void **state)
{
	struct facts f = READ(udp4);

	(void)state;
	assert_int_equal(f.protocol, IPPROTO_UDP);
	assert_int_equal(f.source_port, 5000);
	assert_int_equal(f.target_port, 53);
	assert_int_equal(f.payload, 42);
	assert_int_equal(f.payload_len, 4);
	assert_int_equal(facts_sequence_space(&f), 0);
	assert_true(f.sum_known);
	f = READ(udp4_no_sum);
	assert_false(f.sum_known);
	assert_false(f.bad_sum);
	f = READ(udp6);
	assert_int_equal(f.protocol, IPPROTO_UDP);
	assert_int_equal(f.transport, 14 + 40 + 16);
	assert_int_equal(f.payload_len, 4);
	assert_true(f.sum_known);
	assert_false(f.bad_sum);
}

static void icmp_and_arp(void **state)
{
	struct facts f = READ(icmp4);

	(void)state;
	assert_int_equal(f.icmp_type, 3);
	assert_int_equal(f.icmp_code, 3);
	assert_int_equal(f.payload, 42);
	assert_int_equal(f.payload_len, 28);
	f = READ(neighbor6);
	assert_int_equal(f.protocol, IPPROTO_ICMPV6);
	assert_int_equal(f.icmp_type, 135);
	f = READ(arp_who);
	assert_int_equal(f.ethertype, 0x0806);
	assert_int_equal(f.version, 0);
	assert_int_equal(f.network, 14);
	assert_int_equal(f.transport, 0);
	assert_int_equal(f.payload_len, 0);
	assert_memory_equal(f.source, "\x0a\0\0\1", 4);
	assert_memory_equal(f.target, "\x0a\0\0\2", 4);
}

static void tags_and_fragments(void **state)
{
	struct facts f = READ(vlan4);

	(void)state;
	assert_int_equal(f.ethertype, 0x0800);
	assert_int_equal(f.network, 22);
	assert_int_equal(f.transport, 46);
	assert_int_equal(f.source_port, 1);
	f = READ(fragment4);
	assert_true(f.fragment);
	assert_int_equal(f.protocol, IPPROTO_UDP);
	assert_int_equal(f.transport, 0);
	assert_int_equal(f.source_port, 0);
	assert_int_equal(f.payload, 34);
	assert_int_equal(f.payload_len, 4);
	f = READ(fragment6);
	assert_false(f.fragment);
	assert_true(f.more);
	assert_int_equal(f.source_port, 5000);
	assert_false(f.sum_known); /* its other bytes are elsewhere */
	assert_false(f.bad_sum);
}

static void sums_are_right_then_wrong(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < SAMPLES; i++) {
		const struct sample *s = &samples[i];
		uint8_t *copy = malloc(s->len);
		struct facts f = read_copy(s->bytes, s->len), bare;

		assert_false(f.bad_ip_sum);
		assert_false(f.bad_sum);
		assert_false(f.truncated);
		assert_false(f.cut);
		memcpy(copy, s->bytes, s->len);
		if (f.sum_known) {
			/* the last byte but Ethernet's padding */
			copy[f.payload + f.payload_len - 1] ^= 1;
			bare = read_copy(copy, s->len);
			assert_true(bare.bad_sum);
			assert_false(bare.bad_ip_sum);
			copy[f.payload + f.payload_len - 1] ^= 1;
		}
		if (f.version == 4) {
			copy[f.network + 8] ^= 1; /* time to live */
			assert_true(read_copy(copy, s->len).bad_ip_sum);
			facts_read_headers(&bare, copy, s->len);
			assert_false(bare.bad_ip_sum);
			assert_false(bare.sum_known);
		}
		free(copy);
	}
}

/* Every sample cut at every length: no more is promised than is there. */
static void cut_anywhere(void **state)
{
	size_t i, len;

	(void)state;
	for (i = 0; i < SAMPLES; i++)
		for (len = 0; len < samples[i].len; len++) {
			struct facts f = read_copy(samples[i].bytes, len);

			assert_true(f.payload + f.payload_len <= len);
			assert_true(f.transport <= f.payload);
			assert_false(f.bad_sum);
			if (len < 14)
				assert_true(f.truncated);
			if (f.truncated)
				assert_int_equal(f.payload_len, 0);
		}
	assert_true(read_copy(data4, 53).truncated);
	assert_false(read_copy(data4, 54).truncated);
	assert_true(read_copy(data4, 59).cut);
}

/* syn4 with one byte changed. */
static struct facts changed(size_t at, uint8_t byte)
{
	uint8_t copy[sizeof(syn4)];

	memcpy(copy, syn4, sizeof(copy));
	copy[at] = byte;
	return read_copy(copy, sizeof(copy));
}

static void lengths_that_lie(void **state)
{
	struct facts f;

	(void)state;
	assert_true(changed(14, 0x44).truncated); /* IPv4 header of 16 */
	assert_int_equal(changed(14, 0x44).version, 0);
	assert_true(changed(14, 0x65).truncated); /* version 6 in IPv4 */
	assert_true(changed(17, 19).truncated);   /* total less than header */
	assert_true(changed(17, 39).truncated);   /* TCP does not fit */
	assert_true(changed(46, 0x40).truncated); /* TCP header of 16 */
	assert_true(changed(46, 0xf0).truncated); /* longer than the frame */
	f = changed(16, 0xff);                    /* total more than there is */
	assert_false(f.truncated);
	assert_true(f.cut);
	assert_false(f.sum_known);
	f = changed(55, 1);                       /* an option of length 1 */
	assert_false(f.truncated);
	assert_int_equal(f.mss, 0);
	assert_int_equal(f.window_scale, -1);
}

static void random_bytes(void **state)
{
	uint8_t bytes[200];
	int round;
	size_t i;

	(void)state;
	srand(1);
	for (round = 0; round < 20000; round++) {
		size_t len = (size_t)rand() % sizeof(bytes);
		const struct sample *s = &samples[rand() % SAMPLES];
		struct facts f;

		for (i = 0; i < len; i++)
			bytes[i] = (uint8_t)rand();
		if (len > 40)
			memcpy(bytes, s->bytes, 12 + (size_t)rand() % 27);
		f = read_copy(bytes, len);
		assert_true(f.payload + f.payload_len <= len);
	}
}

/* RFC 1071's example, and all lengths against the plain way. */
static void sums(void **state)
{
	static const uint8_t example[] = {0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5,
		0xf6, 0xf7};
	uint8_t bytes[64];
	size_t n, i;

	(void)state;
	assert_int_equal(htons(sum_fold(sum_add(0, example, 8))), 0xddf2);
	memset(bytes, 0xff, sizeof(bytes));
	for (i = 1; i < sizeof(bytes); i += 3)
		bytes[i] = (uint8_t)(i * 37);
	for (n = 0; n <= sizeof(bytes); n++) {
		uint32_t plain = 0;

		for (i = 0; i < n; i++)
			plain += (uint32_t)bytes[i] << (i % 2 ? 0 : 8);
		while (plain >> 16)
			plain = (plain >> 16) + (plain & 0xffff);
		assert_int_equal(htons(sum_fold(sum_add(0, bytes, n))), plain);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_syn),
		cmocka_unit_test(padding_is_no_payload),
		cmocka_unit_test(payload),
		cmocka_unit_test(datagrams),
		cmocka_unit_test(icmp_and_arp),
		cmocka_unit_test(tags_and_fragments),
		cmocka_unit_test(sums_are_right_then_wrong),
		cmocka_unit_test(cut_anywhere),
		cmocka_unit_test(lengths_that_lie),
		cmocka_unit_test(random_bytes),
		cmocka_unit_test(sums),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
