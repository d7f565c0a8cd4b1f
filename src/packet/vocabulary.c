/* vocabulary: the lists, and the search through them. */
#include "packet/vocabulary.h"

#include <limits.h>
#include <string.h>

#include "base/text.h"
#include "packet/filter.h"

/* libpcap cannot look behind IPv6 with tcp[…]: its offsets are written out. */
#define TCP4(expr) "(tcp and " expr ")"
#define TCP6(expr) "(ip6[6] == 6 and " expr ")"
#define FLAGS(mask, value) \
	"(" TCP4("tcp[13] & " mask " == " value) " or " \
	TCP6("ip6[53] & " mask " == " value) ")"
#define LENGTH4 "ip[2:2] - ((ip[0] & 15) << 2) - ((tcp[12] & 240) >> 2)"
#define LENGTH6 "ip6[4:2] - ((ip6[52] & 240) >> 2)"

struct plain {
	const char *word, *text;
};

static const struct plain plain_words[] = {
	{"syn", FLAGS("18", "2")},
	{"synack", FLAGS("18", "18")},
	{"rst", FLAGS("4", "4")},
	{"fin", FLAGS("1", "1")},
	{"ack", "(" TCP4("tcp[13] & 23 == 16 and " LENGTH4 " == 0") " or "
		TCP6("ip6[53] & 23 == 16 and " LENGTH6 " == 0") ")"},
	{"data", "(" TCP4(LENGTH4 " != 0") " or " TCP6(LENGTH6 " != 0")
		" or udp[4:2] > 8 or (ip6[6] == 17 and ip6[44:2] > 8))"},
	{NULL, NULL},
};

/* Constants of pcap-filter(7). We write their numbers: a libpcap that does not
 * know one would take it for the name of a host. */
static const struct plain constants[] = {
	{"icmptype", "0"}, {"icmpcode", "1"},
	{"icmp6type", "0"}, {"icmp6code", "1"}, {"tcpflags", "13"},
	{"tcp-fin", "1"}, {"tcp-syn", "2"}, {"tcp-rst", "4"},
	{"tcp-push", "8"}, {"tcp-ack", "16"}, {"tcp-urg", "32"},
	{"tcp-ece", "64"}, {"tcp-cwr", "128"},
	{"icmp-echoreply", "0"}, {"icmp-unreach", "3"},
	{"icmp-sourcequench", "4"}, {"icmp-redirect", "5"},
	{"icmp-echo", "8"}, {"icmp-routeradvert", "9"},
	{"icmp-routersolicit", "10"}, {"icmp-timxceed", "11"},
	{"icmp-paramprob", "12"}, {"icmp-tstamp", "13"},
	{"icmp-tstampreply", "14"}, {"icmp-ireq", "15"},
	{"icmp-ireqreply", "16"}, {"icmp-maskreq", "17"},
	{"icmp-maskreply", "18"},
	{"icmp6-destinationrunreach", "1"}, {"icmp6-packettoobig", "2"},
	{"icmp6-timeexceeded", "3"}, {"icmp6-parameterproblem", "4"},
	{"icmp6-echo", "128"}, {"icmp6-echoreply", "129"},
	{"icmp6-routersolicit", "133"}, {"icmp6-routeradvert", "134"},
	{"icmp6-neighborsolicit", "135"}, {"icmp6-neighboradvert", "136"},
	{"icmp6-redirect", "137"},
	{NULL, NULL},
};

static const char *const networks[] = {
	"ether", "fddi", "tr", "wlan", "ip", "ip6", "arp", "rarp", NULL,
};

static const char *const protocols[] = {
	"tcp", "udp", "sctp", "icmp", "icmp6", "igmp", "igrp", "pim", "vrrp",
	"carp", "ah", "esp", "decnet", "lat", "moprc", "mopdl", "sca", "iso",
	"clnp", "esis", "isis", "stp", "ipx", "netbeui", "atalk", "aarp", NULL,
};

static const char *const directions[] = {"src", "dst", NULL};

static const char *const types[] = {
	"host", "net", "port", "portrange", "proto", "protochain", NULL,
};

static const char *const alone[] = {
	"broadcast", "multicast", "len", "length", NULL,
};

static const char *const numbered[] = {
	"less", "greater", "vlan", "mpls", "pppoed", "pppoes", NULL,
};

static const char *const joiners[] = {
	"and", "or", "not", "from", "to", "mask", NULL,
};

static const char *const *const lists[VOCABULARY_LISTS] = {
	[VOCABULARY_NETWORK] = networks,
	[VOCABULARY_PROTOCOL] = protocols,
	[VOCABULARY_DIRECTION] = directions,
	[VOCABULARY_TYPE] = types,
	[VOCABULARY_ALONE] = alone,
	[VOCABULARY_NUMBERED] = numbered,
	[VOCABULARY_JOINER] = joiners,
};

static bool same(const char *known, const char *word, size_t n)
{
	return strlen(known) == n && memcmp(known, word, n) == 0;
}

const char *vocabulary_find(enum vocabulary list, const char *word, size_t n)
{
	const char *const *known;

	for (known = lists[list]; *known; known++)
		if (same(*known, word, n))
			return *known;
	return NULL;
}

static const char *find_plain(const struct plain *p, const char *word,
	size_t n)
{
	for (; p->word; p++)
		if (same(p->word, word, n))
			return p->text;
	return NULL;
}

const char *vocabulary_plain(const char *word, size_t n)
{
	return find_plain(plain_words, word, n);
}

const char *vocabulary_constant(const char *word, size_t n)
{
	return find_plain(constants, word, n);
}

struct nearest {
	const char *word;
	char wanted[32];
	int distance;
};

static void consider(struct nearest *near, const char *word)
{
	int distance = text_distance(near->wanted, word);

	if (distance < near->distance) {
		near->distance = distance;
		near->word = word;
	}
}

const char *vocabulary_nearest(const char *word, size_t n,
	const struct filter_name *names, bool only_hosts)
{
	struct nearest near = {.distance = INT_MAX};
	const char *const *known;
	const struct plain *p;
	int list;

	/* Only its beginning counts, when a word is longer than any of ours. */
	if (n >= sizeof(near.wanted))
		n = sizeof(near.wanted) - 1;
	memcpy(near.wanted, word, n);
	for (; names && names->name; names++)
		consider(&near, names->name);
	if (only_hosts)
		return near.word;
	for (p = plain_words; p->word; p++)
		consider(&near, p->word);
	for (list = 0; list < VOCABULARY_LISTS; list++)
		for (known = lists[list]; *known; known++)
			consider(&near, *known);
	return near.word;
}
