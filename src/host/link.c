/* Requests to rtnetlink, each one with its acknowledgement. */
#include "host/link.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <netinet/ether.h>
#include <string.h>
#include <sys/socket.h>

#define REQUEST 1024    /* the longest one has two names and some numbers */
#define ANSWER 8192     /* an acknowledgement with its explanation */
#define METRIC_V6 256   /* what the kernel gives an IPv6 network route */

int link_open(struct mnl_socket **out)
{
	*out = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	if (!*out)
		return -errno;
	if (mnl_socket_bind(*out, 0, MNL_SOCKET_AUTOPID) < 0) {
		int error = errno;

		mnl_socket_close(*out);
		return -error;
	}
	return 0;
}

static struct nlmsghdr *request(char *buf, uint16_t type, uint16_t flags)
{
	struct nlmsghdr *h = mnl_nlmsg_put_header(buf);

	h->nlmsg_type = type;
	h->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	h->nlmsg_seq = 1; /* one at a time: the answer cannot be another's */
	return h;
}

static int ask(struct mnl_socket *nl, struct nlmsghdr *h)
{
	char answer[ANSWER];
	ssize_t n;

	if (mnl_socket_sendto(nl, h, h->nlmsg_len) < 0)
		return -errno;
	n = mnl_socket_recvfrom(nl, answer, sizeof(answer));
	if (n < 0)
		return -errno;
	if (mnl_cb_run(answer, n, h->nlmsg_seq, mnl_socket_get_portid(nl),
		    NULL, NULL) < 0)
		return -errno;
	return 0;
}

static int put_mac(struct nlmsghdr *h, uint16_t type, const char *mac)
{
	struct ether_addr a;

	if (!ether_aton_r(mac, &a))
		return -EINVAL;
	mnl_attr_put(h, type, sizeof(a), &a);
	return 0;
}

/* Bytes of an address, or 0 when the text is none. */
static size_t address_of(uint8_t out[16], int family, const char *text)
{
	if (inet_pton(family, text, out) != 1)
		return 0;
	return family == AF_INET6 ? 16 : 4;
}

int link_make_veth(struct mnl_socket *nl, const char *name, const char *mac,
	uint32_t mtu, const char *peer, int peer_ns)
{
	char buf[REQUEST];
	struct nlmsghdr *h =
		request(buf, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
	struct nlattr *info, *data, *end;

	mnl_nlmsg_put_extra_header(h, sizeof(struct ifinfomsg));
	mnl_attr_put_strz(h, IFLA_IFNAME, name);
	mnl_attr_put_u32(h, IFLA_MTU, mtu);
	if (put_mac(h, IFLA_ADDRESS, mac))
		return -EINVAL;
	info = mnl_attr_nest_start(h, IFLA_LINKINFO);
	mnl_attr_put_strz(h, IFLA_INFO_KIND, "veth");
	data = mnl_attr_nest_start(h, IFLA_INFO_DATA);
	end = mnl_attr_nest_start(h, VETH_INFO_PEER);
	mnl_nlmsg_put_extra_header(h, sizeof(struct ifinfomsg));
	mnl_attr_put_strz(h, IFLA_IFNAME, peer);
	mnl_attr_put_u32(h, IFLA_MTU, mtu);
	mnl_attr_put_u32(h, IFLA_NET_NS_FD, peer_ns);
	mnl_attr_nest_end(h, end);
	mnl_attr_nest_end(h, data);
	mnl_attr_nest_end(h, info);
	return ask(nl, h);
}

int link_set_flags(struct mnl_socket *nl, const char *name, uint32_t flags)
{
	char buf[REQUEST];
	struct nlmsghdr *h = request(buf, RTM_NEWLINK, 0);
	struct ifinfomsg *i = mnl_nlmsg_put_extra_header(h, sizeof(*i));

	i->ifi_flags = flags;
	i->ifi_change = flags;
	mnl_attr_put_strz(h, IFLA_IFNAME, name);
	return ask(nl, h);
}

int link_keep_silent(struct mnl_socket *nl, const char *name)
{
	char buf[REQUEST];
	struct nlmsghdr *h = request(buf, RTM_NEWLINK, 0);
	struct nlattr *families, *v6;
	int r;

	mnl_nlmsg_put_extra_header(h, sizeof(struct ifinfomsg));
	mnl_attr_put_strz(h, IFLA_IFNAME, name);
	families = mnl_attr_nest_start(h, IFLA_AF_SPEC);
	v6 = mnl_attr_nest_start(h, AF_INET6);
	mnl_attr_put_u8(h, IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE);
	mnl_attr_nest_end(h, v6);
	mnl_attr_nest_end(h, families);
	r = ask(nl, h);
	/* Without IPv6 it is silent by itself. */
	return r == -EAFNOSUPPORT ? 0 : r;
}

int link_add_address(struct mnl_socket *nl, int index, int family,
	const char *address, int bits)
{
	char buf[REQUEST];
	struct nlmsghdr *h =
		request(buf, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);
	struct ifaddrmsg *i = mnl_nlmsg_put_extra_header(h, sizeof(*i));
	uint8_t bytes[16];
	size_t n = address_of(bytes, family, address);

	if (!n)
		return -EINVAL;
	i->ifa_family = family;
	i->ifa_prefixlen = bits;
	i->ifa_index = index;
	mnl_attr_put_u32(h, IFA_FLAGS, IFA_F_NODAD | IFA_F_NOPREFIXROUTE);
	mnl_attr_put(h, IFA_LOCAL, n, bytes);
	mnl_attr_put(h, IFA_ADDRESS, n, bytes);
	return ask(nl, h);
}

int link_add_route(struct mnl_socket *nl, int index, int family,
	const char *address, int bits, uint32_t rto_min)
{
	char buf[REQUEST];
	struct nlmsghdr *h =
		request(buf, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL);
	struct rtmsg *r = mnl_nlmsg_put_extra_header(h, sizeof(*r));
	uint8_t bytes[16], net[16] = {0};
	size_t n = address_of(bytes, family, address);

	if (!n || bits % 8)
		return -EINVAL;
	memcpy(net, bytes, bits / 8);
	r->rtm_family = family;
	r->rtm_dst_len = bits;
	r->rtm_table = RT_TABLE_MAIN;
	r->rtm_protocol = RTPROT_BOOT;
	r->rtm_scope = family == AF_INET ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
	r->rtm_type = RTN_UNICAST;
	mnl_attr_put(h, RTA_DST, n, net);
	mnl_attr_put_u32(h, RTA_OIF, index);
	if (family == AF_INET)
		mnl_attr_put(h, RTA_PREFSRC, n, bytes);
	else
		mnl_attr_put_u32(h, RTA_PRIORITY, METRIC_V6);
	if (rto_min) {
		struct nlattr *m = mnl_attr_nest_start(h, RTA_METRICS);

		/* Only a locked one is obeyed: tcp_rto_min(). */
		mnl_attr_put_u32(h, RTAX_LOCK, 1u << RTAX_RTO_MIN);
		mnl_attr_put_u32(h, RTAX_RTO_MIN, rto_min);
		mnl_attr_nest_end(h, m);
	}
	return ask(nl, h);
}

int link_add_neighbour(struct mnl_socket *nl, int index, int family,
	const char *address, const char *mac)
{
	char buf[REQUEST];
	struct nlmsghdr *h =
		request(buf, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE);
	struct ndmsg *d = mnl_nlmsg_put_extra_header(h, sizeof(*d));
	uint8_t bytes[16];
	size_t n = address_of(bytes, family, address);

	if (!n)
		return -EINVAL;
	d->ndm_family = family;
	d->ndm_ifindex = index;
	d->ndm_state = NUD_PERMANENT;
	mnl_attr_put(h, NDA_DST, n, bytes);
	if (put_mac(h, NDA_LLADDR, mac))
		return -EINVAL;
	return ask(nl, h);
}
