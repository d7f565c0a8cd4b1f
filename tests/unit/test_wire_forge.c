/*
 * Frames that the gate makes: what is in them, to the byte. Their checksums are
 * made here by hand once (RFC 1071, written out), else asked of packet/facts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "packet/facts.h"
#include "wire/forge.h"

/* "LOGIN\n" and a FIN from the client, all checksums right.
 * IPv4: 4500 + 002e + 0007 + 4000 + 4006 + 0a00 + 0001 + 0a00 + 0002 = d93e;
 * all bits turned over: 26c1. */
static const uint8_t login[] = {
	0x02, 0, 0, 0, 0, 2, 0x02, 0, 0, 0, 0, 1, 0x08, 0x00,
	0x45, 0, 0, 46, 0, 7, 0x40, 0, 64, 6, 0x26, 0xc1,
	10, 0, 0, 1, 10, 0, 0, 2,
	0x9c, 0x40, 0x27, 0x0f, /* ports 40000, 9999 */
	0, 0, 0x10, 0,          /* sequence number 4096 */
	0, 0, 0x20, 0,          /* acknowledges 8192 */
	0x50, 0x19, 0xff, 0xff, /* FIN, PSH, ACK */
	0, 0, 0, 0,             /* checksum: see right() */
	'L', 'O', 'G', 'I', 'N', '\n',
};

#define IP_LENGTH 16
#define IP_FLAGS 20
#define IP_PROTOCOL 23
#define IP_SUM 24
#define TCP_FLAGS 47
#define TCP_SUM 50

/* The sum of RFC 1071, word by word. */
static unsigned add_up(unsigned sum, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		sum += i % 2 ? p[i] : (unsigned)p[i] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

/* login with its TCP checksum: pseudo header, then the segment. */
static void right(uint8_t frame[sizeof(login)])
{
	unsigned sum = 6 + 26; /* protocol, length */

	memcpy(frame, login, sizeof(login));
	sum = add_up(sum, frame + 26, 8);
	sum = ~add_up(sum, frame + 34, 26);
	frame[TCP_SUM] = sum >> 8 & 0xff;
	frame[TCP_SUM + 1] = sum & 0xff;
}

static struct facts facts_of(const struct forged *f)
{
	struct facts a;

	facts_read(&a, f->frame, f->len);
	assert_false(a.truncated);
	return a;
}

/* Sums that were looked at, and are right. */
static void assert_sound(const struct forged *f)
{
	struct facts a = facts_of(f);

	assert_true(a.sum_known);
	assert_false(a.bad_sum);
	assert_false(a.bad_ip_sum);
}

static void test_corrupt_leaves_the_sum_wrong(void **state)
{
	struct wire_order o = {.verb = WIRE_CORRUPT, .payload = true, .to = -1};
	uint8_t frame[sizeof(login)];
	struct forged f;

	(void)state;
	right(frame);
	assert_true(forge_corrupt(&f, &o, frame, sizeof(frame)));
	assert_int_equal(f.len, sizeof(frame));
	assert_int_equal(f.frame[54], (uint8_t)~'L');
	f.frame[54] = 'L';
	assert_memory_equal(f.frame, frame, sizeof(frame));
	f.frame[54] = (uint8_t)~'L';
	assert_true(facts_of(&f).bad_sum);
	free(f.frame);
}

static void test_corrupt_and_mended(void **state)
{
	struct wire_order o = {.verb = WIRE_CORRUPT, .payload = true,
		.number = 5, .to = 'X', .mended = true};
	uint8_t frame[sizeof(login)];
	struct forged f;

	(void)state;
	right(frame);
	assert_true(forge_corrupt(&f, &o, frame, sizeof(frame)));
	assert_memory_equal(f.frame + 54, "LOGINX", 6);
	assert_sound(&f);
	/* '\n' became 'X', the high byte of its word: the sum is less by as
	 * much. */
	assert_int_equal((uint16_t)(frame[TCP_SUM] << 8 | frame[TCP_SUM + 1]),
		(uint16_t)add_up((unsigned)(f.frame[TCP_SUM] << 8 |
			f.frame[TCP_SUM + 1]) + ('X' - '\n'),
			NULL, 0));
	free(f.frame);
}

/* A byte of the IP header, here the time to live: its sum is the header's. */
static void test_corrupt_the_header(void **state)
{
	struct wire_order o = {.verb = WIRE_CORRUPT, .number = 22, .to = 1};
	uint8_t frame[sizeof(login)];
	struct forged f;

	(void)state;
	right(frame);
	assert_true(forge_corrupt(&f, &o, frame, sizeof(frame)));
	assert_true(facts_of(&f).bad_ip_sum);
	assert_false(facts_of(&f).bad_sum);
	free(f.frame);
	o.mended = true;
	assert_true(forge_corrupt(&f, &o, frame, sizeof(frame)));
	assert_int_equal(f.frame[22], 1);
	assert_sound(&f);
	/* 64 became 1 in a high byte: the sum is more by 0x3f00. */
	assert_int_equal(f.frame[IP_SUM] << 8 | f.frame[IP_SUM + 1], 0x65c1);
	free(f.frame);
}

static void test_no_such_byte(void **state)
{
	struct wire_order o = {.verb = WIRE_CORRUPT, .payload = true,
		.number = 6, .to = -1};
	uint8_t frame[sizeof(login)];
	struct forged f;

	(void)state;
	right(frame);
	assert_false(forge_corrupt(&f, &o, frame, sizeof(frame)));
	o = (struct wire_order){.number = sizeof(frame), .to = -1};
	assert_false(forge_corrupt(&f, &o, frame, sizeof(frame)));
	o = (struct wire_order){.payload = true, .to = 'L'}; /* no change */
	assert_false(forge_corrupt(&f, &o, frame, sizeof(frame)));
}

static void test_split_in_two(void **state)
{
	uint8_t frame[sizeof(login)];
	struct forged f[2];
	struct facts a;

	(void)state;
	right(frame);
	assert_true(forge_split(f, frame, sizeof(frame), 2));
	assert_sound(&f[0]);
	assert_sound(&f[1]);
	a = facts_of(&f[0]);
	assert_int_equal(f[0].len, 56);
	assert_int_equal(f[0].frame[IP_LENGTH + 1], 42);
	assert_int_equal(a.seq, 4096);
	assert_int_equal(a.flags, FACTS_ACK);
	assert_memory_equal(f[0].frame + 54, "LO", 2);
	a = facts_of(&f[1]);
	assert_int_equal(f[1].len, 58);
	assert_int_equal(f[1].frame[IP_LENGTH + 1], 44);
	assert_int_equal(a.seq, 4098);
	assert_int_equal(a.flags, FACTS_FIN | FACTS_PSH | FACTS_ACK);
	assert_int_equal(a.ack, 8192);
	assert_memory_equal(f[1].frame + 54, "GIN\n", 4);
	free(f[0].frame);
	free(f[1].frame);
}

/* A SYN stays in front, and takes a number of its own. Ethernet's padding is
 * nobody's byte. Urgent data ends at byte 4: only the second half has it. */
static void test_split_with_syn_urgent_and_padding(void **state)
{
	uint8_t frame[sizeof(login) + 4] = {0};
	struct forged f[2];
	struct facts a;

	(void)state;
	memcpy(frame, login, sizeof(login));
	frame[TCP_FLAGS] = FACTS_SYN | FACTS_URG | FACTS_PSH;
	frame[53] = 4;
	assert_true(forge_split(f, frame, sizeof(frame), 5));
	a = facts_of(&f[0]);
	assert_int_equal(a.flags, FACTS_SYN | FACTS_URG);
	assert_int_equal(a.payload_len, 5);
	a = facts_of(&f[1]);
	assert_int_equal(a.flags, FACTS_PSH);
	assert_int_equal(a.seq, 4096 + 1 + 5);
	assert_int_equal(f[1].len, 55);
	free(f[0].frame);
	free(f[1].frame);
	assert_true(forge_split(f, frame, sizeof(frame), 3));
	a = facts_of(&f[1]);
	assert_int_equal(a.flags, FACTS_PSH | FACTS_URG);
	assert_int_equal(f[1].frame[53], 1);
	free(f[0].frame);
	free(f[1].frame);
}

static void test_what_cannot_be_split(void **state)
{
	uint8_t frame[sizeof(login)];
	struct forged f[2];

	(void)state;
	right(frame);
	assert_false(forge_split(f, frame, sizeof(frame), 0));
	assert_false(forge_split(f, frame, sizeof(frame), 6));
	assert_false(forge_split(f, frame, sizeof(frame), INT64_MAX));
	assert_false(forge_split(f, frame, sizeof(frame) - 1, 2)); /* torn */
	frame[IP_PROTOCOL] = 17; /* of UDP each datagram is a message */
	assert_false(forge_split(f, frame, sizeof(frame), 2));
	for (size_t n = 0; n < sizeof(frame); n++) {
		uint8_t *exact = mem_dup(frame, n);

		assert_false(forge_split(f, exact, n, 2));
		free(exact);
	}
}

/* 1500 bytes, do not fragment; the next link takes 1200. */
static void test_too_big_for_ipv4(void **state)
{
	uint8_t frame[1514] = {0};
	struct forged f;
	struct facts a;

	(void)state;
	memcpy(frame, login, sizeof(login));
	frame[IP_LENGTH] = 1500 >> 8;
	frame[IP_LENGTH + 1] = 1500 & 0xff;
	assert_true(forge_too_big(&f, frame, sizeof(frame), 1200));
	assert_sound(&f);
	a = facts_of(&f);
	assert_int_equal(f.len, 14 + 576);
	assert_memory_equal(f.frame, frame + 6, 6);  /* back to the client */
	assert_memory_equal(f.frame + 6, frame, 6);
	assert_memory_equal(a.source, frame + 30, 4);
	assert_memory_equal(a.target, frame + 26, 4);
	assert_int_equal(a.icmp_type, 3);
	assert_int_equal(a.icmp_code, 4);
	assert_memory_equal(f.frame + 38, "\0\0\x04\xb0", 4); /* 1200 */
	assert_memory_equal(f.frame + 42, frame + 14, 548);
	free(f.frame);
	frame[IP_FLAGS] = 0; /* may be fragmented: not a word */
	assert_false(forge_too_big(&f, frame, sizeof(frame), 1200));
	frame[IP_FLAGS] = 0x40;
	frame[0] = 1; /* to many */
	assert_false(forge_too_big(&f, frame, sizeof(frame), 1200));
}

/* To fd00::2 from fd00::1, 1400 bytes behind the header. */
static void test_too_big_for_ipv6(void **state)
{
	uint8_t frame[1454] = {0x02, 0, 0, 0, 0, 2, 0x02, 0, 0, 0, 0, 1,
		0x86, 0xdd, 0x60, 0, 0, 0, 1400 >> 8, 1400 & 0xff, 6, 64,
		0xfd, [37] = 1, [38] = 0xfd, [53] = 2, [66] = 0x50};
	struct forged f;
	struct facts a;

	(void)state;
	assert_true(forge_too_big(&f, frame, sizeof(frame), 1280));
	assert_sound(&f);
	a = facts_of(&f);
	assert_int_equal(f.len, 14 + 1280);
	assert_int_equal(a.icmp_type, 2);
	assert_int_equal(a.icmp_code, 0);
	assert_int_equal(a.source[15], 2);
	assert_int_equal(a.target[15], 1);
	assert_memory_equal(f.frame + 58, "\0\0\x05\0", 4); /* 1280 */
	assert_memory_equal(f.frame + 62, frame + 14, 1232);
	free(f.frame);
}

static void test_a_rst_in_both_families(void **state)
{
	static const uint8_t from[6] = {2, 0, 0, 0, 0, 2}, to[6] = {2, [5] = 1};
	struct forge_reset r = {
		.key = {.version = 4, .protocol = 6, .port = {9999, 40000},
			.address = {{10, 0, 0, 2}, {10, 0, 0, 1}}},
		.from = from, .to = to, .seq = 0x01020304,
	};
	struct forged f;
	struct facts a;

	(void)state;
	forge_rst(&f, &r);
	assert_sound(&f);
	a = facts_of(&f);
	assert_int_equal(f.len, 54);
	assert_int_equal(a.flags, FACTS_RST);
	assert_int_equal(a.seq, 0x01020304);
	assert_int_equal(a.source_port, 9999);
	assert_int_equal(a.target_port, 40000);
	assert_int_equal(a.payload_len, 0);
	free(f.frame);
	r.key.version = 6;
	r.acks = true;
	r.ack = 77;
	forge_rst(&f, &r);
	assert_sound(&f);
	a = facts_of(&f);
	assert_int_equal(f.len, 74);
	assert_int_equal(a.version, 6);
	assert_int_equal(a.flags, FACTS_RST | FACTS_ACK);
	assert_int_equal(a.ack, 77);
	free(f.frame);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_corrupt_leaves_the_sum_wrong),
		cmocka_unit_test(test_corrupt_and_mended),
		cmocka_unit_test(test_corrupt_the_header),
		cmocka_unit_test(test_no_such_byte),
		cmocka_unit_test(test_split_in_two),
		cmocka_unit_test(test_split_with_syn_urgent_and_padding),
		cmocka_unit_test(test_what_cannot_be_split),
		cmocka_unit_test(test_too_big_for_ipv4),
		cmocka_unit_test(test_too_big_for_ipv6),
		cmocka_unit_test(test_a_rst_in_both_families),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
