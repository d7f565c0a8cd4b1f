/*
 * Field spans. The invariant: every byte of a frame is covered by leaves of
 * one span; looked for by taking, for each byte, the deepest fields on it.
 */
#include "packet/fields.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "packet/words.h"
#include "packet_frames.h"

static bool covers(const struct field *f, size_t at)
{
	return at >= f->offset && at - f->offset < f->length;
}

/* Whether two fields on the same byte may both be deepest: bit fields of one
 * span that do not touch each other. */
static bool share(const struct field *a, const struct field *b)
{
	return a->bits && b->bits && a->offset == b->offset &&
		a->length == b->length &&
		(a->bit + a->bits <= b->bit || b->bit + b->bits <= a->bit);
}

static void assert_byte(const struct field *f, size_t n, size_t at)
{
	const struct field *deepest[40];
	size_t i, k, count = 0;
	int depth = -1;

	for (i = 0; i < n; i++) {
		if (!covers(&f[i], at))
			continue;
		if (f[i].depth > depth) {
			depth = f[i].depth;
			count = 0;
		}
		if (f[i].depth < depth)
			continue;
		for (k = 0; k < count; k++)
			if (!share(deepest[k], &f[i]))
				fail_msg("byte %zu: %s and %s", at,
					deepest[k]->name, f[i].name);
		assert_true(count < 40);
		deepest[count++] = &f[i];
	}
	if (!count)
		fail_msg("byte %zu is in no field", at);
	/* a heading that is deepest has forgotten one of its bytes */
	if (deepest[0]->kind == FIELD_LAYER)
		fail_msg("byte %zu is only in %s", at, deepest[0]->name);
}

static void assert_invariant(const uint8_t *frame, size_t len, size_t max)
{
	struct field f[FIELDS_MAX];
	uint8_t *copy = calloc(1, len ? len : 1);
	struct buf b = {0};
	size_t n, i;

	if (len)
		memcpy(copy, frame, len);
	n = fields_read(f, max, copy, len);
	assert_true(n <= max);
	for (i = 0; i < len; i++)
		assert_byte(f, n, i);
	for (i = 0; i < n; i++) {
		assert_non_null(f[i].name);
		assert_true(f[i].length > 0);
		assert_true((uint64_t)f[i].offset + f[i].length <= len);
		if (i)
			assert_true(f[i].offset >= f[i - 1].offset);
		buf_clear(&b);
		words_field(&b, &f[i], copy, len);
		if (f[i].kind != FIELD_LAYER)
			assert_true(b.len > 0);
	}
	buf_done(&b);
	free(copy);
}

static void every_byte_of_the_samples(void **state)
{
	size_t i, len, max;

	(void)state;
	for (i = 0; i < SAMPLES; i++) {
		for (len = 0; len <= samples[i].len; len++)
			assert_invariant(samples[i].bytes, len, FIELDS_MAX);
		for (max = 1; max < 60; max++)
			assert_invariant(samples[i].bytes, samples[i].len, max);
	}
}

static void every_byte_of_noise(void **state)
{
	uint8_t bytes[300];
	int round;
	size_t i;

	(void)state;
	srand(2);
	for (round = 0; round < 20000; round++) {
		const struct sample *s = &samples[rand() % SAMPLES];
		size_t len = (size_t)rand() % sizeof(bytes);
		size_t keep = (size_t)rand() % (s->len + 1);

		for (i = 0; i < len; i++)
			bytes[i] = rand() % 2 ? (uint8_t)rand()
					      : (uint8_t)(rand() % 12);
		memcpy(bytes, s->bytes, keep < len ? keep : len);
		assert_invariant(bytes, len, FIELDS_MAX);
	}
}

/* A sample with one byte changed, at every place and some values. */
static void every_byte_of_near_misses(void **state)
{
	static const uint8_t values[] = {0, 1, 4, 0x40, 0x4f, 0x80, 0xff};
	uint8_t bytes[200];
	size_t i, at, v;

	(void)state;
	for (i = 0; i < SAMPLES; i++)
		for (at = 12; at < samples[i].len; at++)
			for (v = 0; v < sizeof(values); v++) {
				memcpy(bytes, samples[i].bytes,
					samples[i].len);
				bytes[at] = values[v];
				assert_invariant(bytes, samples[i].len,
					FIELDS_MAX);
			}
}

/* One line a field: depth, offset+length, name, value, note. */
static void assert_fields(const uint8_t *frame, size_t len,
	const char *expected)
{
	static const char *const notes[] = {
		[FIELD_PLAIN] = "",
		[FIELD_SUM_GOOD] = " good",
		[FIELD_SUM_BAD] = " bad",
		[FIELD_TOO_SHORT] = " short",
		[FIELD_SEQ] = " seq",
		[FIELD_ACK_SEQ] = " ack",
	};
	struct field f[FIELDS_MAX];
	struct buf b = {0};
	size_t n = fields_read(f, FIELDS_MAX, frame, len), i;

	for (i = 0; i < n; i++) {
		buf_printf(&b, "%u %u+%u %s", f[i].depth, f[i].offset,
			f[i].length, f[i].name);
		if (f[i].kind != FIELD_LAYER)
			buf_text(&b, ": ");
		words_field(&b, &f[i], frame, len);
		buf_printf(&b, "%s\n", notes[f[i].note]);
	}
	if (strcmp(buf_str(&b), expected) != 0)
		fail_msg("got:\n%sexpected:\n%s", buf_str(&b), expected);
	buf_done(&b);
}

static void a_syn_in_full(void **state)
{
	(void)state;
	assert_fields(syn4, sizeof(syn4),
		"0 0+14 Ethernet\n"
		"1 0+6 Destination: 02:00:00:00:00:02\n"
		"1 6+6 Source: 02:00:00:00:00:01\n"
		"1 12+2 Type: IPv4 (0x0800)\n"
		"0 14+20 IPv4\n"
		"1 14+1 Version: 4\n"
		"1 14+1 Header, in 4 bytes: 5\n"
		"1 15+1 Service class: 0\n"
		"1 15+1 Congestion: 0\n"
		"1 16+2 Total length: 60\n"
		"1 18+2 Identification: 0x0001\n"
		"1 20+2 Reserved: 0\n"
		"1 20+2 Don't fragment: 1\n"
		"1 20+2 More fragments: 0\n"
		"1 20+2 Fragment offset, in 8 bytes: 0\n"
		"1 22+1 Time to live: 64\n"
		"1 23+1 Protocol: TCP (6)\n"
		"1 24+2 Header checksum: 0x26b9 good\n"
		"1 26+4 Source: 10.0.0.1\n"
		"1 30+4 Destination: 10.0.0.2\n"
		"0 34+40 TCP\n"
		"1 34+2 Source port: 40000\n"
		"1 36+2 Destination port: 9999\n"
		"1 38+4 Sequence number: 287454020 seq\n"
		"1 42+4 Acknowledgement: 0 ack\n"
		"1 46+1 Header, in 4 bytes: 10\n"
		"1 46+1 Reserved: 0x0\n"
		"1 47+1 Flags: SYN\n"
		"1 48+2 Window: 64240\n"
		"1 50+2 Checksum: 0x3156 good\n"
		"1 52+2 Urgent pointer: 0\n"
		"1 54+4 Maximum segment size: 1460\n"
		"2 54+1 Kind: 2\n"
		"2 55+1 Length: 4\n"
		"2 56+2 Value: 1460\n"
		"1 58+2 SACK permitted\n"
		"2 58+1 Kind: 4\n"
		"2 59+1 Length: 2\n"
		"1 60+10 Timestamps\n"
		"2 60+1 Kind: 8\n"
		"2 61+1 Length: 10\n"
		"2 62+4 Sender's clock: 1\n"
		"2 66+4 Echo of the other's: 0\n"
		"1 70+1 No operation: 1\n"
		"1 71+3 Window scale: 7\n"
		"2 71+1 Kind: 3\n"
		"2 72+1 Length: 3\n"
		"2 73+1 Value: 7\n");
}

static void the_others_in_part(void **state)
{
	(void)state;
	assert_fields(arp_who, sizeof(arp_who),
		"0 0+14 Ethernet\n"
		"1 0+6 Destination: ff:ff:ff:ff:ff:ff\n"
		"1 6+6 Source: 02:00:00:00:00:01\n"
		"1 12+2 Type: ARP (0x0806)\n"
		"0 14+28 ARP\n"
		"1 14+2 Hardware type: 1\n"
		"1 16+2 Protocol type: IPv4 (0x0800)\n"
		"1 18+1 Hardware address length: 6\n"
		"1 19+1 Protocol address length: 4\n"
		"1 20+2 Operation: request (1)\n"
		"1 22+6 Sender's hardware address: 02:00:00:00:00:01\n"
		"1 28+4 Sender's address: 10.0.0.1\n"
		"1 32+6 Target's hardware address: 00:00:00:00:00:00\n"
		"1 38+4 Target's address: 10.0.0.2\n");
	assert_fields(echo4 + 0, 20,
		"0 0+14 Ethernet\n"
		"1 0+6 Destination: 02:00:00:00:00:02\n"
		"1 6+6 Source: 02:00:00:00:00:01\n"
		"1 12+2 Type: IPv4 (0x0800)\n"
		"0 14+6 IPv4 short\n"
		"1 14+1 Version: 4\n"
		"1 14+1 Header, in 4 bytes: 5\n"
		"1 15+1 Service class: 0\n"
		"1 15+1 Congestion: 0\n"
		"1 16+2 Total length: 31\n"
		"1 18+2 Identification: 0x0001\n");
	assert_fields(data6 + 0, 16,
		"0 0+14 Ethernet\n"
		"1 0+6 Destination: 02:00:00:00:00:01\n"
		"1 6+6 Source: 02:00:00:00:00:02\n"
		"1 12+2 Type: IPv6 (0x86dd)\n"
		"0 14+2 IPv6 short\n"
		"1 14+2 Version: 2 bytes short\n");
}

/* The one field of that name. */
static struct field named(const uint8_t *frame, size_t len, const char *name)
{
	struct field f[FIELDS_MAX];
	size_t n = fields_read(f, FIELDS_MAX, frame, len), i;

	for (i = n; i-- > 0;)
		if (strcmp(f[i].name, name) == 0)
			return f[i];
	fail_msg("no field %s", name);
	return f[0];
}

#define NAMED(frame, name) named(frame, sizeof(frame), name)

static void spans_of_others(void **state)
{
	uint8_t wrong[sizeof(data4)];
	struct field f;

	(void)state;
	f = NAMED(ack4, "Padding");
	assert_int_equal(f.offset, 54);
	assert_int_equal(f.length, 6);
	assert_int_equal(f.depth, 0);
	f = NAMED(data4, "Payload");
	assert_int_equal(f.offset, 54);
	assert_int_equal(f.length, 6);
	assert_int_equal(f.kind, FIELD_BYTES);
	f = named(data4, sizeof(data4) - 1, "Payload");
	assert_int_equal(f.note, FIELD_TOO_SHORT);
	memcpy(wrong, data4, sizeof(wrong));
	wrong[59] ^= 1;
	assert_int_equal(NAMED(wrong, "Checksum").note, FIELD_SUM_BAD);
	wrong[59] ^= 1;
	wrong[22]--;
	assert_int_equal(NAMED(wrong, "Header checksum").note, FIELD_SUM_BAD);
	assert_int_equal(NAMED(wrong, "Checksum").note, FIELD_SUM_GOOD);
	assert_int_equal(NAMED(udp4_no_sum, "Checksum").note, FIELD_PLAIN);
	f = NAMED(fin4, "Right edge");
	assert_int_equal(f.value, 4113);
	assert_int_equal(f.depth, 2);
	assert_int_equal(NAMED(fin4, "SACK").length, 10);
	assert_int_equal(NAMED(vlan4, "VLAN").value, 6);
	assert_int_equal(NAMED(vlan4, "Options").length, 4);
	assert_int_equal(NAMED(udp6, "IPv6 destination options").offset, 62);
	assert_int_equal(NAMED(fragment6, "More fragments").value, 1);
	assert_string_equal(NAMED(icmp4, "Code").text, "port unreachable");
	assert_int_equal(NAMED(icmp4, "Payload").offset, 42);
	assert_int_equal(NAMED(neighbor6, "Target").offset, 62);
	assert_int_equal(NAMED(neighbor6, "Options").length, 8);
	assert_int_equal(NAMED(fragment4, "Payload").length, 4);
}

/* More tags than there are fields: the last field has all the rest. */
static void too_many_fields(void **state)
{
	uint8_t frame[1514] = {0};
	struct field f[FIELDS_MAX];
	size_t i, n;

	(void)state;
	for (i = 12; i < sizeof(frame); i += 4)
		frame[i] = 0x81;
	n = fields_read(f, FIELDS_MAX, frame, sizeof(frame));
	assert_int_equal(n, FIELDS_MAX);
	assert_string_equal(f[n - 1].name, "More fields");
	assert_int_equal(f[n - 1].offset + f[n - 1].length, sizeof(frame));
	assert_invariant(frame, sizeof(frame), FIELDS_MAX);
	assert_int_equal(fields_read(f, 0, frame, sizeof(frame)), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_of_the_samples),
		cmocka_unit_test(every_byte_of_noise),
		cmocka_unit_test(every_byte_of_near_misses),
		cmocka_unit_test(a_syn_in_full),
		cmocka_unit_test(the_others_in_part),
		cmocka_unit_test(spans_of_others),
		cmocka_unit_test(too_many_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
