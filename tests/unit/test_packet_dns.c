/* packet/fields_dns.h: messages of the DNS as fields and in a few words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "packet/facts.h"
#include "packet/fields.h"
#include "packet/fields_dns.h"
#include "packet/words.h"

#define SERVER 6, 's', 'e', 'r', 'v', 'e', 'r', 0

/* A query: identification 0x1234, recursion desired, one question. */
static const uint8_t query[] = {
	0x12, 0x34, 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0,
	SERVER, 0, 1, 0, 1, /* A, Internet */
};

/* Its answer: a CNAME of "server" to "host.server", whose second label is a
 * pointer to byte 12; then host.server's address, by a pointer to byte 36. */
static const uint8_t answer[] = {
	0x12, 0x34, 0x81, 0x80, 0, 1, 0, 2, 0, 0, 0, 0,
	SERVER, 0, 1, 0, 1,
	0xc0, 12, 0, 5, 0, 1, 0, 0, 0, 60, 0, 7,
	4, 'h', 'o', 's', 't', 0xc0, 12,
	0xc0, 36, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 0, 0, 2,
};

/* Ethernet, IPv4 and UDP around it, from port or to port 53; no checksums. */
static size_t frame_of(uint8_t out[256], const uint8_t *p, size_t n,
	uint16_t from, uint16_t to)
{
	static const uint8_t head[] = {
		2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0,
		0x45, 0, 0, 0, 0, 1, 0x40, 0, 64, 17, 0, 0,
		10, 0, 0, 1, 10, 0, 0, 53,
	};
	size_t at = sizeof(head);

	memcpy(out, head, at);
	out[17] = (uint8_t)(28 + n);
	out[at++] = (uint8_t)(from >> 8);
	out[at++] = (uint8_t)from;
	out[at++] = (uint8_t)(to >> 8);
	out[at++] = (uint8_t)to;
	out[at++] = 0;
	out[at++] = (uint8_t)(8 + n);
	out[at++] = 0;
	out[at++] = 0;
	memcpy(out + at, p, n);
	return at + n;
}

static void assert_words(const uint8_t *p, size_t n, uint16_t from,
	uint16_t to, int cells, const char *wanted)
{
	uint8_t frame[256];
	size_t len = frame_of(frame, p, n, from, to);
	struct facts f;
	struct buf b = {0};

	facts_read(&f, frame, len);
	words_frame(&b, &f, frame, len, cells, true);
	assert_string_equal(buf_str(&b), wanted);
	buf_done(&b);
}

static void test_few_words(void **state)
{
	uint8_t bad[sizeof(answer)];

	(void)state;
	assert_words(query, sizeof(query), 40000, 53, 40, "DNS server? A");
	assert_words(query, sizeof(query), 40000, 53, 12, "DNS se...? A");
	assert_words(answer, sizeof(answer), 53, 40000, 40, "DNS 10.0.0.2");
	/* the same without the address: the other name is what is left */
	memcpy(bad, answer, sizeof(bad));
	bad[7] = 1;
	assert_words(bad, sizeof(bad), 53, 40000, 40, "DNS host.server");
	bad[7] = 0;
	assert_words(bad, sizeof(bad), 53, 40000, 40, "DNS no answer");
	bad[3] = 0x83;
	assert_words(bad, sizeof(bad), 53, 40000, 40, "DNS no such name");
	/* not on port 53: bytes */
	assert_words((const uint8_t *)"twelve bytes", 12, 40000, 54, 40,
		"twelve bytes");
	/* on port 53, but no message */
	assert_words((const uint8_t *)"twelve bytes", 12, 40000, 53, 40,
		"twelve bytes");
}

static void test_names(void **state)
{
	static const uint8_t itself[] = { 0xc0, 0 };
	static const uint8_t ahead[] = { 0xc0, 2, 0 };
	static const uint8_t loop[] = { 1, 'a', 0xc0, 0 };
	static const uint8_t torn[] = { 3, 'a', 'b' };
	static const uint8_t dotted[] = { 3, 'a', '.', 7, 0 };
	static const uint8_t root[] = { 0 };
	uint8_t longest[320];
	char out[DNS_NAME_MAX];

	(void)state;
	assert_int_equal(dns_name(out, answer, sizeof(answer), 43), 2);
	assert_int_equal(dns_name(out, answer, sizeof(answer), 36), 7);
	assert_string_equal(out, "host.server");
	assert_int_equal(dns_name(out, root, 1, 0), 1);
	assert_string_equal(out, ".");
	assert_int_equal(dns_name(out, dotted, sizeof(dotted), 0), 5);
	assert_string_equal(out, "a\\.\\007");
	assert_int_equal(dns_name(out, itself, sizeof(itself), 0), 0);
	assert_int_equal(dns_name(out, ahead, sizeof(ahead), 0), 0);
	assert_int_equal(dns_name(out, loop, sizeof(loop), 0), 0);
	assert_int_equal(dns_name(out, torn, sizeof(torn), 0), 0);
	/* 127 labels of a byte and the end are 255; one more is too long */
	for (size_t i = 0; i < 127; i++) {
		longest[2 * i] = 1;
		longest[2 * i + 1] = 200;
	}
	longest[254] = 0;
	assert_int_equal(dns_name(out, longest, 255, 0), 255);
	assert_int_equal(strlen(out), 127 * 4 + 126);
	longest[254] = 1;
	longest[255] = 'x';
	longest[256] = 0;
	assert_int_equal(dns_name(out, longest, 257, 0), 0);
}

static const struct field *named(const struct field *f, size_t n,
	const char *name, int which)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(f[i].name, name) && which-- == 0)
			return &f[i];
	return NULL;
}

static void test_fields(void **state)
{
	struct field field[FIELDS_MAX];
	const struct field *f;
	uint8_t frame[256];
	size_t len = frame_of(frame, answer, sizeof(answer), 53, 40000);
	size_t n = fields_read(field, FIELDS_MAX, frame, len);
	size_t covered = 0;
	struct buf b = {0};

	(void)state;
	f = named(field, n, "Is a name for", 0);
	assert_non_null(f);
	words_field(&b, f, frame, len);
	assert_string_equal(buf_str(&b), "host.server");
	buf_clear(&b);
	f = named(field, n, "Address", 0);
	assert_non_null(f);
	assert_int_equal(f->offset, len - 4);
	words_field(&b, f, frame, len);
	assert_string_equal(buf_str(&b), "10.0.0.2");
	f = named(field, n, "Type", 2); /* behind Ethernet's and the question's */
	assert_string_equal(f->text, "CNAME");
	assert_int_equal(named(field, n, "Outcome", 0)->value, 0);
	assert_int_equal(named(field, n, "Answer", 0)->value, 1);
	for (size_t i = 0; i < n; i++)
		if (field[i].kind != FIELD_LAYER && !field[i].bits)
			covered += field[i].length;
	/* all but IPv4's four bytes of bit fields and the DNS's two */
	assert_int_equal(covered, len - 4 - 2);
	assert_null(named(field, n, "Not decoded", 0));
	buf_done(&b);
}

/* A record that says it is longer than the message. */
static void test_torn(void **state)
{
	struct field field[FIELDS_MAX];
	uint8_t torn[sizeof(answer)], frame[256];
	size_t n;

	(void)state;
	memcpy(torn, answer, sizeof(torn));
	torn[35] = 200;
	n = fields_read(field, FIELDS_MAX, frame,
		frame_of(frame, torn, sizeof(torn), 53, 40000));
	assert_non_null(named(field, n, "Not decoded", 0));
	for (size_t cut = 0; cut < sizeof(answer); cut++)
		fields_read(field, FIELDS_MAX, frame, frame_of(frame, answer,
			cut, 53, 40000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_few_words),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_torn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
