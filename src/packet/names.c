/* names: short tables after the registries of IANA. */
#include "packet/names.h"

#include <stddef.h>

#include "base/intl.h"

struct entry {
	uint16_t number;
	const char *name;
};

static const struct entry ethertypes[] = {
	{0x0800, "IPv4"}, {0x0806, "ARP"}, {0x86dd, "IPv6"},
	{0x8100, "VLAN"}, {0x88a8, "VLAN"}, {0x9100, "VLAN"},
	{0x88b5, N_("experimental")}, {0, NULL},
};

static const struct entry protocols[] = {
	{1, "ICMP"}, {2, "IGMP"}, {6, "TCP"}, {17, "UDP"}, {41, "IPv6"},
	{43, N_("routing")}, {44, N_("fragment")}, {47, "GRE"}, {50, "ESP"},
	{51, "AH"}, {58, "ICMPv6"}, {59, N_("nothing")},
	{60, N_("destination options")}, {132, "SCTP"}, {0, NULL},
};

static const struct entry arp_operations[] = {
	{1, N_("request")}, {2, N_("reply")}, {0, NULL},
};

static const struct entry icmp4[] = {
	{3, N_("unreachable")}, {4, N_("source quench")},
	{5, N_("redirect")}, {8, N_("echo request")},
	{9, N_("router advertisement")}, {10, N_("router solicitation")},
	{11, N_("time exceeded")}, {12, N_("parameter problem")},
	{13, N_("timestamp request")}, {14, N_("timestamp reply")},
	{0, NULL},
};

static const struct entry icmp4_unreachable[] = {
	{1, N_("host unreachable")}, {2, N_("protocol unreachable")},
	{3, N_("port unreachable")}, {4, N_("fragmentation needed")},
	{5, N_("source route failed")}, {9, N_("network prohibited")},
	{10, N_("host prohibited")}, {13, N_("prohibited by a filter")},
	{0, NULL},
};

static const struct entry icmp6[] = {
	{1, N_("unreachable")}, {2, N_("packet too big")},
	{3, N_("time exceeded")}, {4, N_("parameter problem")},
	{128, N_("echo request")}, {129, N_("echo reply")},
	{130, N_("listener query")}, {131, N_("listener report")},
	{132, N_("listener done")}, {133, N_("router solicitation")},
	{134, N_("router advertisement")}, {135, N_("neighbor solicitation")},
	{136, N_("neighbor advertisement")}, {137, N_("redirect")},
	{143, N_("listener report")}, {0, NULL},
};

static const struct entry icmp6_unreachable[] = {
	{1, N_("prohibited by a filter")}, {2, N_("beyond the scope")},
	{3, N_("address unreachable")}, {4, N_("port unreachable")},
	{0, NULL},
};

/* The name of a number; a NULL name ends a table. */
static const char *find(const struct entry *e, uint16_t number)
{
	for (; e->name; e++)
		if (e->number == number)
			return e->name;
	return NULL;
}

const char *names_ethertype(uint16_t type)
{
	return find(ethertypes, type);
}

const char *names_protocol(uint8_t protocol)
{
	return protocol ? find(protocols, protocol) : N_("hop-by-hop");
}

const char *names_arp_operation(uint16_t operation)
{
	return find(arp_operations, operation);
}

const char *names_icmp(int version, uint8_t type)
{
	if (version == 4 && type == 0)
		return N_("echo reply");
	return find(version == 4 ? icmp4 : icmp6, type);
}

const char *names_icmp_code(int version, uint8_t type, uint8_t code)
{
	if (type != (version == 4 ? 3 : 1))
		return NULL;
	if (code == 0)
		return version == 4 ? N_("network unreachable")
				    : N_("no route");
	return find(version == 4 ? icmp4_unreachable : icmp6_unreachable,
		code);
}
