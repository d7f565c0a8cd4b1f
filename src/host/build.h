/*
 * build: what the files that make the hosts say to each other. Of this room
 * only; all of it runs in the builder.
 *
 * A *place* is where a process can stand: a network, a mount and a uts
 * namespace. *Ours* is the place the builder began in: it has the far ends of
 * the veths (the *taps*), no address and no host.
 */
#ifndef HOST_BUILD_H
#define HOST_BUILD_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "host/host.h"

/* Where building can be refused; the words stand in `refused STEP ERRNO`. */
enum build_step {
	STEP_CLONE,     /* the user namespace, and those with it */
	STEP_IDS,       /* our own id in it */
	STEP_MOUNTS,    /* mounts of our own */
	STEP_NAMESPACE, /* a host's namespaces */
	STEP_VETH,      /* its cable */
	STEP_ADDRESS,   /* its addresses, routes, neighbours */
	STEP_PACKET,    /* the packet sockets */
	STEP_DIAG,      /* the socket that asks for socket states */
	STEP_COUNT
};

extern const char *const build_step_word[STEP_COUNT];

struct place {
	int net, mnt, uts; /* namespaces, kept open */
	int home;          /* its home (host/home.c), kept open, or -1 */
};

struct build {
	const struct host_plan *plan;
	struct place ours, host[HOST_MAX];
	struct host_ready ready;
	struct buf said;         /* settings refused, a sentence each */
	char folder[PATH_MAX];   /* where the lab stood: entering a mount
				    namespace leads to / */
	enum build_step step;    /* what we are at, for a refusal */
};

/* Stand in a place: 0 or -errno. */
int place_enter(const struct place *p);

/* Make every host. 0 or -errno, with b->step telling where. */
int hosts_build(struct build *b);

/* Take note of a setting that this machine refused, once. */
void build_say(struct build *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Write the settings of the place we stand in. What is refused is said. */
void settings_ours(struct build *b);
void settings_host(struct build *b, int host);

/* Have the kernel notice now that a device is up: its link watcher may take a
 * second, and what IPv6 says on such news would be seen on the wire. */
void settings_notice_up(const char *link);

/* Switch off all that would let a frame leave unfinished: checksums left to
 * a card, segments larger than the MTU. */
void settings_offloads(struct build *b, const char *link);

/* Cover /etc/hosts, nsswitch.conf and resolv.conf, and the sockets of nscd and
 * systemd-resolved, in the mount namespace we stand in. */
void names_cover(struct build *b);

/* With a host that is asked for names: in the mount namespace of a host, what
 * that host knows by itself, and whom it asks. */
void names_cover_host(struct build *b, int host);

/* Mount a tmpfs with these options over some folder, for a moment, in our
 * mount namespace. 0 or -errno. */
int moment_mount(const char *options, const char **folder);

/* A home for a host, a descriptor of the folder. -1 when there is none, which
 * was said. home_done removes what lies in the machine's own file system. */
int home_make(struct build *b);
void home_done(int home);

/*
 * Start argv somewhere. Gives the process and the
 * builder's copies of its pipe ends and pidfd, which the caller closes. 0, or
 * -errno when there is no process, because it could not be made or not
 * executed.
 */
struct spawned {
	int in, out, pidfd;
	pid_t pid;               /* as the builder counts */
};
struct birth_place {
	const struct place *host; /* NULL: where we are */
	int home;                 /* stand there, unless it is -1: … */
	const char *folder;       /* … then here, if the host has it */
};
int spawn_program(const struct birth_place *where, char *const argv[],
	struct spawned *out);

/* The builder's whole life, over its socket. */
void builder_live(int sock, int parent, const struct host_plan *plan)
	__attribute__((noreturn));

/*
 * Why a step failed, as a sentence for people. Returns -EPERM when this
 * machine does not allow it, else -error.
 */
int refusal_explain(enum build_step step, int error, char *why, size_t size);

#endif
