/* The name server: literal questions, literal answers. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "actor/dns.h"

/* client 10.0.0.1 fd00::1, server 10.0.0.2 alone */
static void the_lab(struct dns_zone *z)
{
	memset(z, 0, sizeof(*z));
	assert_int_equal(dns_add(z, "client=10.0.0.1,fd00::1"), 0);
	assert_int_equal(dns_add(z, "server=10.0.0.2"), 0);
}

/* id 0x1234, a question that wants recursion: 1 question, nothing else */
#define HEAD "\x12\x34\x01\x00\0\1\0\0\0\0\0\0"
#define IN "\0\1"
#define A "\0\1"
#define AAAA "\0\x1c"
#define PTR "\0\x0c"
#define MX "\0\x0f"

/* QR, AA, RD, and how it ended: 0 no error, 3 no such name */
#define FOUND "\x12\x34\x85\x00\0\1\0\1\0\0\0\0"
#define EMPTY "\x12\x34\x85\x00\0\1\0\0\0\0\0\0"
#define NXDOMAIN "\x12\x34\x85\x03\0\1\0\0\0\0\0\0"
/* the name of the question, class IN, 60 s */
#define RECORD(type) "\xc0\x0c" type IN "\0\0\0\x3c"

#define ASK(question, answer) asked(question, sizeof(question) - 1, answer, \
	sizeof(answer) - 1)

static void asked(const char *question, size_t n, const char *answer,
	size_t size)
{
	struct dns_zone z;
	uint8_t out[DNS_MOST];

	the_lab(&z);
	assert_int_equal(dns_answer(&z, (const uint8_t *)question, n, out),
		size);
	assert_memory_equal(out, answer, size);
}

static void addresses(void **state)
{
	(void)state;
	ASK(HEAD "\6client\0" A IN, FOUND "\6client\0" A IN
		RECORD(A) "\0\4\x0a\0\0\1");
	ASK(HEAD "\6client\0" AAAA IN, FOUND "\6client\0" AAAA IN
		RECORD(AAAA) "\0\x10\xfd\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1");
	/* letters of either size */
	ASK(HEAD "\6SerVER\0" A IN, FOUND "\6SerVER\0" A IN
		RECORD(A) "\0\4\x0a\0\0\2");
	/* a name that is known, but has no such address, or no such thing */
	ASK(HEAD "\6server\0" AAAA IN, EMPTY "\6server\0" AAAA IN);
	ASK(HEAD "\6server\0" MX IN, EMPTY "\6server\0" MX IN);
	ASK(HEAD "\3eve\0" A IN, NXDOMAIN "\3eve\0" A IN);
	ASK(HEAD "\0" A IN, NXDOMAIN "\0" A IN); /* the root */
	/* client.example is not client */
	ASK(HEAD "\6client\7example\0" A IN,
		NXDOMAIN "\6client\7example\0" A IN);
}

static void names(void **state)
{
	(void)state;
	ASK(HEAD "\1" "2\1" "0\1" "0\2" "10\7in-addr\4arpa\0" PTR IN,
		FOUND "\1" "2\1" "0\1" "0\2" "10\7in-addr\4arpa\0" PTR IN
		RECORD(PTR) "\0\x08\6server\0");
	/* 9.0.0.10 is nobody's */
	ASK(HEAD "\1" "9\1" "0\1" "0\2" "10\7in-addr\4arpa\0" PTR IN,
		NXDOMAIN "\1" "9\1" "0\1" "0\2" "10\7in-addr\4arpa\0" PTR IN);
	/* fd00::1, a digit a label, backwards */
#define ZEROS4 "\1" "0\1" "0\1" "0\1" "0"
#define FD00_1 "\1" "1\1" "0\1" "0\1" "0" ZEROS4 ZEROS4 ZEROS4 ZEROS4 \
	ZEROS4 ZEROS4 "\1" "0\1" "0\1" "d\1" "f\3ip6\4arpa\0"
	ASK(HEAD FD00_1 PTR IN, FOUND FD00_1 PTR IN
		RECORD(PTR) "\0\x08\6client\0");
	ASK(HEAD FD00_1 A IN, EMPTY FD00_1 A IN);
}

static void what_it_does_not_do(void **state)
{
	struct dns_zone z;
	uint8_t out[DNS_MOST];

	(void)state;
	/* opcode 2, STATUS: not implemented */
	ASK("\x12\x34\x10\x00\0\1\0\0\0\0\0\0\6client\0" A IN,
		"\x12\x34\x90\x04\0\0\0\0\0\0\0\0");
	/* class 3, CHAOS */
	ASK(HEAD "\6client\0" A "\0\3", "\x12\x34\x81\x04\0\0\0\0\0\0\0\0");
	/* two questions, none, or half of one: a format error */
	ASK("\x12\x34\x00\x00\0\2\0\0\0\0\0\0\6client\0" A IN
		"\6server\0" A IN, "\x12\x34\x80\x01\0\0\0\0\0\0\0\0");
	ASK("\x12\x34\x00\x00\0\0\0\0\0\0\0\0",
		"\x12\x34\x80\x01\0\0\0\0\0\0\0\0");
	ASK("\x12\x34\x00\x00\0\1\0\0\0\0\0\0\6cli",
		"\x12\x34\x80\x01\0\0\0\0\0\0\0\0");
	/* a name that points at itself */
	ASK("\x12\x34\x00\x00\0\1\0\0\0\0\0\0\xc0\x0c" A IN,
		"\x12\x34\x80\x01\0\0\0\0\0\0\0\0");
	/* an answer is not answered, nor is what is no message */
	the_lab(&z);
	assert_int_equal(dns_answer(&z, (const uint8_t *)FOUND, 12, out), 0);
	assert_int_equal(dns_answer(&z, (const uint8_t *)HEAD, 11, out), 0);
}

#define LETTERS "abcdefghijklmnopqrstuvwxyz" "abcdefghijklmnopqrstuvwxyz" \
	"012345678901"

static void zones(void **state)
{
	static const char *const wrong[] = {"", "client", "=10.0.0.1",
		"client=", "client=10.0.0", "client=10.0.0.1,", "client=::g",
		"client=10.0.0.1,fd00::1,x",
		/* 64 letters; a label has 63 */
		LETTERS "=10.0.0.1"};
	struct dns_zone z;
	size_t i;

	(void)state;
	the_lab(&z);
	assert_int_equal(z.hosts, 2);
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(dns_add(&z, wrong[i]), -EINVAL);
	assert_int_equal(z.hosts, 2);
	while (z.hosts < DNS_HOSTS)
		assert_int_equal(dns_add(&z, "more=fd00::9"), 0);
	assert_int_equal(dns_add(&z, "toomany=fd00::9"), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses),
		cmocka_unit_test(names),
		cmocka_unit_test(what_it_does_not_do),
		cmocka_unit_test(zones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
