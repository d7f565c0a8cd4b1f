/*
 * The hosts, one after the other: three namespaces, a veth whose far end stays
 * in ours, addresses, settings, and the sockets that the lab gets.
 *
 * No process lives in a host yet. The builder goes in, works, and comes back;
 * the open descriptors keep the namespaces.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/intl.h"
#include "host/build.h"
#include "host/link.h"

#define LINK "eth0"
#define BITS_V4 24
#define BITS_V6 64
/* As long as a kernel allows (TCP_RTO_MAX, include/net/tcp.h): between two steps
 * a class discusses, and what is held meanwhile must not be sent again, for
 * then the congestion window keeps the next step's segment back. */
#define SLOW_RTO_MS 120000
#define QUIET_MS 40     /* ten ticks of a slow kernel clock */
#define TOLD_MOST 16    /* bursts of frames */

void build_say(struct build *b, const char *fmt, ...)
{
	char one[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(one, sizeof(one), fmt, ap);
	va_end(ap);
	/* Every host has the same settings, and refuses the same. */
	if (strstr(buf_str(&b->said), one) ||
		b->said.len + strlen(one) + 1 >= sizeof(b->ready.said))
		return;
	if (b->said.len)
		buf_char(&b->said, ' ');
	buf_text(&b->said, one);
}

static int place_here(struct place *p)
{
	p->net = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	p->mnt = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);
	p->uts = open("/proc/self/ns/uts", O_RDONLY | O_CLOEXEC);
	return p->net < 0 || p->mnt < 0 || p->uts < 0 ? -errno : 0;
}

int place_enter(const struct place *p)
{
	if (setns(p->net, CLONE_NEWNET) || setns(p->mnt, CLONE_NEWNS) ||
		setns(p->uts, CLONE_NEWUTS))
		return -errno;
	return 0;
}

/*
 * A packet socket that sees what others send on a device, not what it sends
 * itself; protocol 0 sees nothing, it is for sending. It belongs to the
 * namespace we stand in.
 */
static int packet_socket(const char *link, int protocol)
{
	struct sockaddr_ll at = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(protocol),
		.sll_ifindex = if_nametoindex(link),
	};
	struct packet_mreq all = {
		.mr_ifindex = at.sll_ifindex,
		.mr_type = PACKET_MR_PROMISC,
	};
	int fd, on = 1, r;

	/* Protocol 0 receives nothing: it begins with bind. */
	fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -errno;
	if (setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on,
		    sizeof(on)))
		goto fail;
	if (protocol == ETH_P_ALL &&
		setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &all,
			sizeof(all)))
		goto fail;
	if (protocol == 0 &&
		setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &on,
			sizeof(on)))
		goto fail;
	if (bind(fd, (struct sockaddr *)&at, sizeof(at)))
		goto fail;
	return fd;
fail:
	r = -errno;
	close(fd);
	return r;
}

/* The addresses of host i and the way to the others. */
static int address(struct build *b, int i, struct mnl_socket *nl, int family)
{
	const struct host_plan *p = b->plan;
	bool v4 = family == AF_INET;
	int bits = v4 ? BITS_V4 : BITS_V6;
	const char *own = v4 ? p->host[i].ipv4 : p->host[i].ipv6;
	int index = if_nametoindex(LINK), r;

	r = link_add_address(nl, index, family, own, bits);
	if (!r)
		r = link_add_route(nl, index, family, own, bits,
			p->clocks == HOST_CLOCKS_SLOW ? SLOW_RTO_MS : 0);
	/*
	 * Without ARP the kernel would send every frame to its own address,
	 * and the other host would not take it for one of its own.
	 */
	for (int k = 0; k < p->hosts && !r && !p->arp; k++)
		if (k != i)
			r = link_add_neighbour(nl, index, family,
				v4 ? p->host[k].ipv4 : p->host[k].ipv6,
				p->host[k].mac);
	return r;
}

/* Our end of the cable of host i: no host may be called like a device that is
 * there already. */
static const char *tap_name(int i)
{
	static const char *const name[HOST_MAX] = {
		"tap0", "tap1", "tap2", "tap3",
	};

	return name[i];
}

/* The cable of host i, both its ends up, and what is said over it. */
static int cable(struct build *b, int i, struct mnl_socket *ours,
	struct mnl_socket *nl)
{
	const struct host_plan *p = b->plan;
	uint32_t quiet = p->arp ? 0 : IFF_NOARP;
	int r;

	b->step = STEP_VETH;
	r = link_make_veth(nl, LINK, p->host[i].mac, p->mtu, tap_name(i),
		b->ours.net);
	if (r)
		return r;
	settings_offloads(b, LINK);
	r = link_keep_silent(nl, LINK);
	if (!r)
		r = link_keep_silent(ours, tap_name(i));
	if (r)
		return r;
	/* The host's own end last: its queue works from then on. The other's
	 * would wait for the kernel's link watcher; the tap goes past it. */
	r = link_set_flags(nl, "lo", IFF_UP);
	if (!r)
		r = link_set_flags(ours, tap_name(i), IFF_UP);
	if (!r)
		r = link_set_flags(nl, LINK, IFF_UP | quiet);
	if (r)
		return r;
	settings_notice_up(LINK);
	b->step = STEP_ADDRESS;
	r = address(b, i, nl, AF_INET);
	if (r)
		return r;
	r = address(b, i, nl, AF_INET6);
	if (r)
		build_say(b, _("There is no IPv6 on the hosts: %s."),
			strerror(-r));
	return 0;
}

/* All that is done standing in host i. */
static int furnish(struct build *b, int i, struct mnl_socket *ours)
{
	const char *name = b->plan->host[i].name;
	struct mnl_socket *nl = NULL;
	int r;

	r = place_here(&b->host[i]);
	if (!r && sethostname(name, strlen(name)))
		r = -errno;
	if (r)
		return r;
	settings_host(b, i);
	if (b->plan->dns)
		names_cover_host(b, i);
	b->step = STEP_VETH;
	r = link_open(&nl);
	if (r)
		return r;
	r = cable(b, i, ours, nl);
	mnl_socket_close(nl);
	if (r)
		return r;
	b->step = STEP_PACKET;
	b->ready.fence[i] = packet_socket(LINK, HOST_FENCE);
	if (b->ready.fence[i] < 0)
		return b->ready.fence[i];
	b->step = STEP_DIAG;
	b->ready.diag[i] = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC,
		NETLINK_SOCK_DIAG);
	return b->ready.diag[i] < 0 ? -errno : 0;
}

/*
 * With ND a host tells the groups it is in, twice: let that be over, so that
 * the wire is silent when the lab gets it. What the taps have taken in goes.
 */
static void let_groups_be_told(struct build *b)
{
	struct pollfd tap[HOST_MAX];
	char frame[16];

	for (int i = 0; i < b->plan->hosts; i++)
		tap[i] = (struct pollfd){b->ready.tap[i], POLLIN, 0};
	for (int n = 0; n < TOLD_MOST; n++) {
		if (poll(tap, b->plan->hosts, QUIET_MS) <= 0)
			return;
		for (int i = 0; i < b->plan->hosts; i++)
			while (recv(tap[i].fd, frame, sizeof(frame), 0) > 0)
				;
	}
}

int hosts_build(struct build *b)
{
	struct mnl_socket *ours = NULL;
	int r;

	b->step = STEP_MOUNTS;
	/* What we mount stays here; what the machine unmounts goes here too,
	 * or a disk that was taken out would stay busy in the lab. */
	if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL))
		return -errno;
	for (int i = 0; i < b->plan->hosts; i++)
		b->host[i].home = home_make(b);
	names_cover(b);
	settings_ours(b);
	b->step = STEP_NAMESPACE;
	r = place_here(&b->ours);
	if (r)
		return r;
	b->step = STEP_VETH;
	r = link_open(&ours);
	for (int i = 0; i < b->plan->hosts && !r; i++) {
		b->step = STEP_NAMESPACE;
		if (unshare(CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWUTS)) {
			r = -errno;
			break;
		}
		r = furnish(b, i, ours);
		if (!r) {
			b->step = STEP_NAMESPACE;
			r = place_enter(&b->ours);
		}
		if (r)
			break;
		b->step = STEP_PACKET;
		b->ready.tap[i] = packet_socket(tap_name(i), ETH_P_ALL);
		b->ready.door[i] = packet_socket(tap_name(i), 0);
		if (b->ready.tap[i] < 0)
			r = b->ready.tap[i];
		else if (b->ready.door[i] < 0)
			r = b->ready.door[i];
	}
	if (ours)
		mnl_socket_close(ours);
	if (!r && b->plan->arp)
		let_groups_be_told(b);
	return r;
}
