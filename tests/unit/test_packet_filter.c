/* Filters against frames; and that no name is ever looked up. */
#include "packet/filter.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <netdb.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pcap/pcap.h>

#include "base/diag.h"
#include "packet_frames.h"

static const struct filter_name names[] = {
	{"client", "10.0.0.1", "fd00::1", "02:00:00:00:00:01"},
	{"server", "10.0.0.2", "fd00::2", "02:00:00:00:00:02"},
	{"far", "10.9.9.9", "fd00::99", NULL},
	{"four", "10.0.0.1", NULL, NULL},
	{NULL, NULL, NULL, NULL},
};

/*
 * libpcap resolves names with these; ours, being in the program, are found
 * before the C library's. None may be asked for a host or a network.
 */
static int lookups;

int getaddrinfo(const char *node, const char *service,
	const struct addrinfo *hints, struct addrinfo **res)
{
	int (*real)(const char *, const char *, const struct addrinfo *,
		struct addrinfo **);
	unsigned char address[16];
	void *found = dlsym(RTLD_NEXT, "getaddrinfo");

	if (node && inet_pton(AF_INET, node, address) != 1 &&
		inet_pton(AF_INET6, node, address) != 1) {
		lookups++;
		return EAI_NONAME;
	}
	memcpy(&real, &found, sizeof(real));
	return real(node, service, hints, res);
}

struct hostent *gethostbyname(const char *name)
{
	(void)name;
	lookups++;
	return NULL;
}

struct netent *getnetbyname(const char *name)
{
	(void)name;
	lookups++;
	return NULL;
}

static struct filter *compile(const char *text)
{
	struct filter *f;
	struct diag d = {.msg = ""};

	if (filter_compile(&f, text, names, &d) != 0)
		fail_msg("%s: %d: %s", text, d.column, d.msg);
	return f;
}

/* Which of the samples a filter matches: their names, a space behind each. */
static void assert_matches(const char *text, const char *expected)
{
	struct filter *f = compile(text);
	char got[1000] = "";
	size_t i;

	for (i = 0; i < SAMPLES; i++)
		if (filter_match(f, samples[i].bytes, samples[i].len)) {
			strcat(got, samples[i].name);
			strcat(got, " ");
		}
	filter_free(f);
	if (strcmp(got, expected) != 0)
		fail_msg("%s matches %s\nnot %s", text, got, expected);
}

static void plain_words(void **state)
{
	(void)state;
	assert_matches("syn", "syn4 syn6 ");
	assert_matches("synack", "synack4 ");
	assert_matches("rst", "rst4 ");
	assert_matches("fin", "fin4 ");
	assert_matches("ack", "ack4 ack6 ");
	assert_matches("data", "data4 data6 udp4 udp4_no_sum ");
	assert_matches("syn from client", "syn4 syn6 ");
	assert_matches("syn from server", "");
	assert_matches("data to client", "data6 ");
	assert_matches("data to four", "");
	assert_matches("from four synack or rst", "rst4 ");
	assert_matches("arp to client", "arp_is ");
}

static void emptiness(void **state)
{
	struct filter *f = compile("  ");
	size_t i;

	(void)state;
	for (i = 0; i < SAMPLES; i++)
		assert_true(filter_match(f, samples[i].bytes, samples[i].len));
	filter_free(f);
	filter_free(NULL);
}

/* Side by side binds closer than or, on both sides of it. */
static void joining(void **state)
{
	(void)state;
	assert_matches("rst from client or syn from client", "syn4 syn6 ");
	assert_matches("syn or rst from client", "syn4 syn6 ");
	assert_matches("(syn or rst) from server", "rst4 ");
	assert_matches("not data not ack tcp ip6", "syn6 ");
	assert_matches("(syn or fin or rst) not from client", "rst4 ");
	assert_matches("! (ip or arp) && tcp || rst",
		"rst4 syn6 data6 ack6 ");
}

static void names_become_addresses(void **state)
{
	(void)state;
	assert_matches("host far", "");
	assert_matches("src server udp or ip6 src server",
		"data6 ack6 ");
	assert_matches("dst host client and ip6", "data6 ack6 ");
	assert_matches("src (far or server) and tcp port 9999",
		"synack4 data6 ack6 ");
	assert_matches("ether src server and icmp", "icmp4 ");
	assert_matches("arp host far", "");
	assert_matches("tcp src server and ip", "synack4 rst4 ");
	assert_matches("src or dst far", "");
}

static void the_rest_is_for_libpcap(void **state)
{
	(void)state;
	assert_matches("tcp port 9998 or 9997", "rst4 ");
	assert_matches("port (9998 or 53) and ip", "rst4 udp4 udp4_no_sum ");
	assert_matches("tcp[tcpflags] & (tcp-syn|tcp-rst) != 0",
		"syn4 synack4 rst4 ");
	assert_matches("icmp[icmptype] == icmp-echo", "echo4 ");
	assert_matches("ether broadcast", "arp_who ");
	assert_matches("ether proto 0x86dd and not tcp",
		"udp6 neighbor6 fragment6 ");
	assert_matches("ip proto \\icmp", "icmp4 echo4 ");
	assert_matches("net 10.0.0.0/30 and icmp", "icmp4 echo4 ");
	assert_matches("src net 10.0.0.2 mask 255.255.255.255 and icmp",
		"icmp4 ");
	assert_matches("(tcp[12] & 240) >> 2 > 20 and from client",
		"syn4 fin4 ");
	assert_matches("ether host 02:00:00:00:00:02 and arp", "arp_is ");
	assert_matches("greater 80", "udp6 neighbor6 ");
	assert_matches("vlan 5", "vlan4 ");
}

static void assert_wrong(const char *text, int column, const char *part)
{
	struct diag d = {.msg = ""};
	struct filter *f;

	assert_int_equal(filter_compile(&f, text, names, &d), -EINVAL);
	assert_null(f);
	if (d.column != column || !strstr(d.msg, part))
		fail_msg("%s: %d: %s", text, d.column, d.msg);
}

static void mistakes(void **state)
{
	char deep[200];

	(void)state;
	assert_wrong("sny", 1, "the nearest is \"syn\"");
	assert_wrong("syn form client", 5, "the nearest is \"from\"");
	assert_wrong("syn from clinet", 10, "the nearest is \"client\"");
	assert_wrong("olá syn", 1, "\"ol");
	assert_wrong("syn é", 5, "cannot be part");
	assert_wrong("syn or", 7, "too early");
	assert_wrong("from", 5, "a host is missing");
	assert_wrong("port", 5, "too early");
	assert_wrong("and syn", 1, "missing before \"and\"");
	assert_wrong("(syn", 5, "closing parenthesis");
	assert_wrong("syn)", 4, "never opened");
	assert_wrong("tcp[13", 4, "cannot be part");
	assert_wrong("ip6 host four", 10, "no address of that kind");
	assert_wrong("len > ", 7, "too early");
	assert_wrong("syn from client && sny", 20, "\"syn\"");
	memset(deep, '(', sizeof(deep));
	deep[sizeof(deep) - 1] = '\0';
	assert_wrong(deep, 41, "at most 40");
}

/* Whatever is written, nobody is asked for a host. */
static void no_lookups(void **state)
{
	static const char *const texts[] = {
		"host example.com", "example.com", "src example", "net foo",
		"ip[example]", "ip[example.com:2]", "ether host foo",
		"gateway foo", "icmp-foo", "from example.com", "dst net foo",
		"host 1.2.3.4.5", "host 1.2.3", "host a or b", "tcp foo",
		"host (foo)", "1.2.3", "wlan host foo", "ether src foo",
		"ip proto foo", "ether proto foo", "ip protochain foo",
		"len > foo", "decnet src foo", "net foo mask bar",
		"net 10.0.0.0 mask bar", "syn example.com", "ah host foo",
		"vlan foo", "less foo", "port foo", "portrange foo-bar",
		"\\example.com", "host \\example", "::example", "[example]",
		"tcp[tcpflags] & tcp-foo != 0", "ra foo", "on foo", "len foo",
		"host example.com/24", "mask foo", "10.0.0.1 foo", "lat host x",
	};
	pcap_t *dead = pcap_open_dead(DLT_EN10MB, 65535);
	struct bpf_program program;
	size_t i;

	(void)state;
	/* libpcap alone does ask, and we do notice */
	assert_int_equal(pcap_compile(dead, &program, "host example", 1, 0),
		-1);
	pcap_close(dead);
	assert_int_not_equal(lookups, 0);
	lookups = 0;
	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct diag d = {.msg = ""};
		struct filter *f;

		filter_compile(&f, texts[i], names, &d);
		filter_free(f);
		if (lookups)
			fail_msg("%s asks", texts[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_words),
		cmocka_unit_test(emptiness),
		cmocka_unit_test(joining),
		cmocka_unit_test(names_become_addresses),
		cmocka_unit_test(the_rest_is_for_libpcap),
		cmocka_unit_test(mistakes),
		cmocka_unit_test(no_lookups),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
