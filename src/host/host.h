/*
 * host: real kernels in namespaces, made by a *builder*.
 *
 * The builder is a child of the lab and pid 1 of a pid namespace; it makes
 * the hosts (network, mount and uts namespace each), their veths, addresses,
 * routes and settings, hands over descriptors, and starts actors on request.
 * When it dies, all that ran in the lab dies with it. src/README.md, "The
 * builder", has its protocol.
 */
#ifndef HOST_HOST_H
#define HOST_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define HOST_MAX 4
#define HOST_NAME 16
#define HOST_SETTINGS 8

enum host_clocks { HOST_CLOCKS_SLOW, HOST_CLOCKS_REAL };

struct host_spec {
	char name[HOST_NAME];
	char ipv4[16];          /* "10.0.0.1", in a /24 */
	char ipv6[40];          /* "fd00::1", in a /64 */
	char mac[18];           /* "02:00:00:00:00:01" */
};

/* One more setting of /proc/sys/net of every host. */
struct host_setting {
	char name[64];          /* "ipv4/tcp_abort_on_overflow" */
	char value[32];
};

struct host_plan {
	struct host_spec host[HOST_MAX];
	int hosts;
	enum host_clocks clocks;
	int mtu;
	bool arp;               /* leave ARP and ND on: their frames are seen */
	int dns;                /* the host that the others ask for names; 0:
				   they know them from their hosts files */
	struct host_setting setting[HOST_SETTINGS];
	int settings;
	bool loopback;          /* no namespaces: actors on this machine */
};

/* client 10.0.0.1 fd00::1, server 10.0.0.2 fd00::2, slow, 1500. */
void host_plan_default(struct host_plan *p);

/* One more host, 10.0.0.N, fd00::N. Its index, or -EINVAL: no such address or
 * name can be given; -EEXIST: another has it; -ENOSPC: there are HOST_MAX. */
int host_plan_add(struct host_plan *p, const char *name, const char *ipv4);

/* One more setting, net.ipv4.tcp_abort_on_overflow, or another value for it. 0,
 * or -EINVAL: it is none of the network; -ENOSPC: there are HOST_SETTINGS. */
int host_plan_set(struct host_plan *p, const char *name, const char *value);

struct host_ready {
	int tap[HOST_MAX];      /* AF_PACKET, the far end of each host's veth,
				   nothing received yet; -1 in loopback */
	int door[HOST_MAX];     /* AF_PACKET, the same end, for sending: it
				   receives nothing; -1 in loopback */
	int fence[HOST_MAX];    /* AF_PACKET inside the host, ethertype
				   HOST_FENCE only; -1 in loopback */
	int diag[HOST_MAX];     /* NETLINK_SOCK_DIAG inside the host; in
				   loopback all of this machine */
	char said[512];         /* settings the machine refused, one sentence
				   each, "" when all took */
};

#define HOST_FENCE 0x88b5       /* IEEE 802 local experimental ethertype 1 */

struct builder;

/*
 * Fork the builder and build. 0: *out is the builder, *ready is filled in,
 * and the caller owns the descriptors. -EPERM: this machine does not allow it;
 * why (size bytes) gets the step and the reason in a plain sentence, nothing
 * stays behind. Other -errno: why says what failed. Takes milliseconds.
 */
int builder_start(struct builder **out, const struct host_plan *plan,
	struct host_ready *ready, char *why, size_t size);

struct host_actor {
	int in, out;            /* lines to it, lines from it (pipes) */
	int pidfd;
	pid_t pid;              /* as this process counts */
	pid_t inner;            /* as the builder counts */
};

/*
 * Start program argv (NULL-terminated) on a host (index), without any
 * capability, with in as its descriptor 0 and out as 1 and 2; nothing else is
 * open. argv[0] is looked for in PATH as
 * a shell would; "/proc/self/exe" is this program. 0 or -errno.
 */
int builder_spawn(struct builder *b, int host, char *const argv[],
	struct host_actor *out);

/* The same, but it stands in the host's *home*: an empty folder of that host
 * alone, private, that is gone with the lab. (Others stand where the lab was
 * started.) */
int builder_spawn_home(struct builder *b, int host, char *const argv[],
	struct host_actor *out);

/*
 * A process of the lab that another one made: inner is its number as the
 * builder and all processes of the lab count. Its pidfd and pid; there are no
 * pipes. 0 or -errno (-ESRCH: there is none any more).
 */
int builder_adopt(struct builder *b, pid_t inner, struct host_actor *out);

/*
 * How a process ended, as wait(2) tells it: ask once, when its pidfd is
 * readable. -EAGAIN: it runs, or its parent has not waited for it; -ESRCH: was
 * told already. Known of those that the builder spawned, and of those that
 * lost their parent: the builder became it, and remembers the last
 * ADOPTED_MOST of them. Of *a only inner counts.
 */
#define ADOPTED_MOST 256
int builder_ended(struct builder *b, const struct host_actor *a);

/* For poll: readable when the builder has died. */
int builder_fd(const struct builder *b);

/* Kill it, and with it every process of the lab; wait for it. Closes nothing
 * of what was handed over. */
void builder_stop(struct builder *b);

#endif
