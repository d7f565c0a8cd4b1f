/*
 * The settings of a namespace: /proc/sys/net, which shows every process the
 * network namespace it stands in, and the offloads of a device.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/intl.h"
#include "host/build.h"

#define SYSCTL "/proc/sys/net/"

enum when { ALWAYS, SLOW, WITH_ARP, DNS };

struct setting {
	enum when when;
	bool newer;          /* younger than the kernels we want to run on */
	const char *name, *value;
};

/*
 * Before its hosts are made: a namespace takes over the socket hash that its
 * parent told it to have, and a small hash of its own makes a dump cheap
 * (Documentation/networking/ip-sysctl.rst, tcp_child_ehash_entries).
 */
static const struct setting ours[] = {
	{ALWAYS, true, "ipv4/tcp_child_ehash_entries", "128"},
	{ALWAYS, true, "ipv4/udp_child_hash_entries", "128"},
};

/* Before its device is made, which takes conf/default over. */
static const struct setting host[] = {
	{ALWAYS, false, "ipv4/tcp_congestion_control", "reno"},
	{ALWAYS, false, "ipv4/tcp_timestamps", "0"},
	{ALWAYS, false, "ipv4/tcp_autocorking", "0"},
	{ALWAYS, false, "ipv4/tcp_no_metrics_save", "1"},
	/* Half of it is the largest window: a whole one fits into the ring of
	 * a tap (wire/ports.c), so that one flow alone loses nothing there. */
	{ALWAYS, false, "ipv4/tcp_rmem", "4096 131072 2097152"},
	{SLOW, true, "ipv4/tcp_rto_min_us", "120000000"},
	/* Who says goodbye while the other one thinks is still there. */
	{SLOW, false, "ipv4/tcp_fin_timeout", "600"},
	{SLOW, false, "ipv4/tcp_early_retrans", "0"},
	{SLOW, false, "ipv4/tcp_retrans_collapse", "0"},
	{SLOW, false, "ipv4/tcp_syn_retries", "127"},
	{SLOW, false, "ipv4/tcp_synack_retries", "255"},
	{SLOW, false, "ipv4/tcp_retries2", "255"},
	/* The machine may have IPv6 switched off for what is new. */
	{ALWAYS, false, "ipv6/conf/all/disable_ipv6", "0"},
	{ALWAYS, false, "ipv6/conf/lo/disable_ipv6", "0"},
	{ALWAYS, false, "ipv6/conf/default/disable_ipv6", "0"},
	/* Nothing may be seen on an idle wire. */
	{ALWAYS, false, "ipv6/conf/default/accept_ra", "0"},
	{ALWAYS, false, "ipv6/conf/default/router_solicitations", "0"},
	{ALWAYS, false, "ipv6/conf/default/accept_dad", "0"},
	/* With ND, groups are joined and told: at once, so that it is over
	 * when the lab is ready. */
	{WITH_ARP, false, "ipv6/conf/default/mldv2_unsolicited_report_interval",
		"1"},
	/* Its server has no rights, and a port that asks for some. */
	{DNS, false, "ipv4/ip_unprivileged_port_start", "53"},
};

static int put(const char *name, const char *value)
{
	char path[128] = SYSCTL;
	int fd, r = 0;

	strncat(path, name, sizeof(path) - sizeof(SYSCTL));
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (write(fd, value, strlen(value)) < 0)
		r = -errno;
	close(fd);
	return r;
}

static bool wanted(const struct host_plan *plan, int at, enum when when)
{
	switch (when) {
	case ALWAYS:
		return true;
	case SLOW:
		return plan->clocks == HOST_CLOCKS_SLOW;
	case WITH_ARP:
		return plan->arp;
	case DNS:
		return plan->dns && plan->dns == at;
	}
	return false;
}

/* The settings of host `at`; -1: of none yet. */
static void write_all(struct build *b, int at, const struct setting *s,
	size_t n)
{
	bool has_v6 = access(SYSCTL "ipv6", F_OK) == 0;

	for (; n--; s++) {
		int r;

		if (!wanted(b->plan, at, s->when))
			continue;
		if (!has_v6 && !strncmp(s->name, "ipv6/", 5))
			continue; /* no IPv6: said with the addresses */
		r = put(s->name, s->value);
		if (r == -EROFS) { /* as in many a container: said once */
			build_say(b, _("The hosts keep the machine's own "
				"settings of TCP, /proc/sys may not be "
				"written."));
			return;
		}
		if (r && !(s->newer && r == -ENOENT))
			build_say(b, _("%s could not be set to %s: %s."),
				s->name, s->value, strerror(-r));
	}
}

void settings_ours(struct build *b)
{
	write_all(b, -1, ours, sizeof(ours) / sizeof(*ours));
}

void settings_host(struct build *b, int i)
{
	const struct host_plan *p = b->plan;

	write_all(b, i, host, sizeof(host) / sizeof(*host));
	for (int k = 0; k < p->settings; k++) {
		const struct host_setting *s = &p->setting[k];
		int r = put(s->name, s->value);

		if (r)
			build_say(b, _("%s could not be set to %s: %s."),
				s->name, s->value, strerror(-r));
	}
}

/* One question to ethtool(8)'s ioctl. 0 or -errno. */
static int ethtool(const char *link, uint32_t command)
{
	struct ethtool_value v = {.cmd = command};
	struct ifreq r = {.ifr_data = (void *)&v};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), error = 0;

	if (fd < 0)
		return -errno;
	strncpy(r.ifr_name, link, IFNAMSIZ - 1);
	if (ioctl(fd, SIOCETHTOOL, &r))
		error = -errno;
	close(fd);
	return error;
}

void settings_notice_up(const char *link)
{
	ethtool(link, ETHTOOL_GLINK); /* it looks before it answers */
}

void settings_offloads(struct build *b, const char *link)
{
	/* In this order: a device that cannot do checksums or scatter its
	 * bytes is not asked for large segments either. */
	static const struct {
		uint32_t command;
		const char *name;
	} off[] = {
		{ETHTOOL_STXCSUM, "tx-checksum"},
		{ETHTOOL_SRXCSUM, "rx-checksum"},
		{ETHTOOL_SSG, "scatter-gather"},
		{ETHTOOL_STSO, "tso"},
		{ETHTOOL_SUFO, "ufo"},
		{ETHTOOL_SGSO, "gso"},
		{ETHTOOL_SGRO, "gro"},
	};

	for (size_t i = 0; i < sizeof(off) / sizeof(*off); i++) {
		int r = ethtool(link, off[i].command);

		/* Kernels without UFO say so: then it is off already. */
		if (r && r != -EOPNOTSUPP)
			build_say(b, _("%s could not be switched off: %s."),
				off[i].name, strerror(-r));
	}
}
