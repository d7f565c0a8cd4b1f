/*
 * inside: the state of the live process, and which file owns which part.
 *
 * lab.c      fork, the process's own rights and signals, the end
 * loop.c     the one epoll loop
 * control.c  lines from the screen, answers to it
 * orders.c   what a line asks for: its beginning; answered.c: its end; due.c:
 *            what it waits for
 * turns.c    lines that stand for many
 * verbs.c    the verbs of `lab:` and of actors
 * watch.c    frames asked for by `sees`
 * ends.c     ends and words of processes, asked for by `ends` and `says`
 * process.c  actors and programs: begun, heard, ended
 * forks.c    actors that an actor made
 * lanes.c    the threads of actors, and their calls
 * holdings.c what a process has from its calls: names, descriptors
 * names.c    names → numbers and addresses, and back
 * task.c     what the kernel says of a process and its threads
 * judge.c    expected against observed (pure)
 * frames.c   rings → gate → rings, every frame into the journal
 * still.c    the fence, still, settled
 * limit.c    calls that wait only so long
 * sample.c   what the kernel says of our sockets; sample_line.c: as a line;
 *            openers.c: who has those that no call told us of; bound.c:
 *            those that are bound and nothing more
 * options.c  options of sockets that are not as they were made
 * copy.c     our own descriptor of a process's socket
 * vanish.c   a host is gone as when its power fails
 * has.c      sockets asked for by `has`
 * build.c    hosts: made, made anew, lost; service.c: who answers for names
 * record.c   the lines that the lab itself writes
 *
 * A *process* is an actor, or a program that runs in its place. A *lane* is
 * one thread of it: `server` the first, `server/2` a further one. A *call* is
 * one system call of a lane. An *order* is a line of the control socket that
 * is not answered yet. *Activity* counts whatever may have changed something
 * in a host: frames let through, calls begun and ended.
 */
#ifndef LAB_INSIDE_H
#define LAB_INSIDE_H

#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/lines.h"
#include "call/line.h"
#include "host/diag.h"
#include "host/host.h"
#include "journal/journal.h"
#include "packet/filter.h"

struct gate;
struct lab;
struct port;

/* ---- processes (process.c, forks.c) ---- */

struct binding {
	char name[LINE_NAME];
	bool descriptor;       /* the number is one that the process holds */
	struct value value;
};

/* A descriptor that a process holds, and the kernel's name of its socket. */
struct held_fd {
	int64_t fd;
	int family, type;
	int protocol;          /* IPPROTO_TCP, UDP, or 0 */
	uint64_t cookie;       /* 0: no socket */
};

struct process {
	struct process *next;  /* of the lab, in order of their beginning */
	char name[LINE_LANE];
	int host;
	bool running;
	bool program;          /* it is no actor: it takes no calls … */
	bool service;          /* … and does nothing but answer questions */
	bool mute;             /* it will say nothing more */
	struct host_actor actor;
	struct buf to;         /* what its pipe did not take yet */
	struct lines from;
	uint64_t given;        /* number of the last line */
	struct binding *bound; /* the newest last */
	size_t bounds, bound_cap;
	struct held_fd *fds;
	size_t nfds, fd_cap;
	bool ended;            /* once, and no line has asserted it yet … */
	int status;            /* … like this, as wait(2) tells it */
	uint64_t heard;        /* offset in the journal: what it said before
				  was asserted, or was another's */
};

struct process *process_find(struct lab *lab, const char *name);
/* A process of that name that does not run yet. NULL with d: no such host. */
struct process *process_get(struct lab *lab, const char *name,
	struct diag *d);
/* The actor of that name, started when it does not run. NULL with d. */
struct process *process_actor(struct lab *lab, const char *name,
	struct diag *d);
/* Start a program (words separated by blanks) instead of an actor; what it
 * prints is told, line by line. 0, or -EINVAL with d. */
int process_run(struct lab *lab, const char *name, const char *words,
	struct diag *d);
/* The same for a program of ours that only answers. NULL with d. */
struct process *process_serve(struct lab *lab, const char *name,
	char *const argv[], struct diag *d);
/* It runs from now on, as p->actor says. */
void process_began(struct lab *lab, struct process *p);
/* Read its answers, notice its end; write what is queued for it. */
void process_hear(struct lab *lab, struct process *p);
void process_push(struct lab *lab, struct process *p);
/* Send it a signal. 0 or -errno. */
int process_signal(struct process *p, int sig);
/* Whether all of it stands still (SIGSTOP). */
bool process_stopped(const struct process *p);
/* Whether no signal is under way to it: that would have woken it. */
bool process_rests(const struct process *p);
void processes_free(struct lab *lab); /* and their lanes */

/* Whether a call of the process parent that makes another may give it that name
 * ("": the next free one). 0, or -EINVAL with d. */
int fork_check(struct lab *lab, const char *parent, const char *name,
	struct diag *d);
/* The parent's call made one: pid as the builder counts, pipes as the parent
 * numbers them. What the parent has the child has too. */
void fork_adopt(struct lab *lab, struct process *parent, const char *name,
	pid_t pid, const int pipes[2]);

/* ---- calls and lanes (lanes.c) ---- */

struct call {
	struct call *next;     /* of the lane, oldest first */
	struct line line;      /* as it was written */
	uint64_t number;       /* of its line on the actor's pipe */
	int64_t fd;            /* the descriptor it works on, or -1 */
	bool returned;
	bool lost;             /* its process ended before it returned */
	bool waits_told;       /* its `waits` is in the journal */
	bool given_up;         /* it neither returned nor slept for long: no frame
				  waits for it any more */
	bool asserted;         /* a line has judged its result */
	int orders;            /* orders that point here */
	int64_t entered, left; /* monotonic ns */
	struct value result;
};

#define LANE_NAME (LINE_LANE + 12)

struct lane {
	struct lane *next;     /* of the lab */
	struct process *process;
	int thread;            /* 1: the lane without a slash */
	char name[LANE_NAME];  /* "server", "server/2" */
	struct call *calls;    /* pending, or not asserted yet */
	struct call *pending;  /* one of them, or NULL */
};

enum lane_state {
	LANE_IDLE,    /* no call is pending */
	LANE_RUNS,    /* in a call, or on its way in or out */
	LANE_SLEEPS,  /* in a call, asleep */
	LANE_STOPPED, /* SIGSTOP */
};

/* Thread 0 and 1 are the same lane. */
struct lane *lane_find(struct lab *lab, const char *process, int thread);
/* The lane, with an actor that runs. NULL with d. */
struct lane *lane_start(struct lab *lab, const char *process, int thread,
	struct diag *d);
/* Hand a resolved call to the lane's actor; takes line over (emptied). */
struct call *lane_call(struct lab *lab, struct lane *l, struct line *line,
	const char *resolved, int64_t fd);
/* An actor answered, n bytes of text. */
void lanes_answered(struct lab *lab, struct process *p, const char *text,
	size_t n);
/* The process is gone, and its pending calls with it. */
void lanes_lost(struct lab *lab, const struct process *p);
/* What the kernel says of it now. */
enum lane_state lane_state(struct lab *lab, struct lane *l);
/* Whether one waits that will return by itself: limit.c. */
bool lanes_limited(const struct lab *lab);
/* Let calls return, or fall asleep, on hosts whose frames were taken since last
 * asked; a call that does neither is given up after a second. */
void lanes_catch_up(struct lab *lab);
/* Write `waits` once. */
void lane_tell_waits(struct lab *lab, struct lane *l);
/* Have its waiting call return (SIGINT to that thread). */
void lane_interrupt(struct lane *l);
/* The newest call of that row that no line has asserted, or NULL. */
struct call *lane_unasserted(struct lane *l, const struct call_row *row);
/* Forget asserted calls that no order points at. */
void lane_tidy(struct lane *l);
void lanes_free(struct lab *lab);

/* ---- what a process has from its calls (holdings.c) ---- */

/* A call returned: bind its names, know its descriptors, drop closed ones. */
void holdings_add(struct process *p, const struct call *c,
	const uint64_t cookie[2]);
void holdings_copy(struct process *to, const struct process *from);
void holdings_lose(struct process *p); /* all of it */
/* What it has under a name (m.from: a field of it), or NULL. */
const struct value *holdings_bound(const struct process *p, const char *name);
const struct held_fd *holdings_fd(const struct process *p, int64_t fd);
/* What the process calls a descriptor it holds, or NULL. */
const char *holdings_name(const struct process *p, int64_t fd);

/* ---- names (names.c) ---- */

/*
 * Print the call of line for the actor: names replaced by what they are bound
 * to, hosts by addresses. 0, or -EINVAL with d. *fd is the descriptor that the
 * call works on, or -1. p may be NULL: there is no process yet.
 */
int names_resolve(const struct lab *lab, const struct process *p,
	const struct line *line, struct buf *out, int64_t *fd, struct diag *d);
/* A copy of an expected value with hosts replaced by addresses, names of
 * descriptors by their numbers. */
void names_expected(const struct lab *lab, const struct process *p,
	const struct value *v, const struct value *observed,
	struct value *out);
/* A copy of what a call of that row gave, with the process's names for the
 * descriptors in it; and that, appended. */
void names_result(const struct process *p, const struct call_row *row,
	const struct value *result, struct value *out);
void names_print(const struct process *p, const struct call_row *row,
	const struct value *result, struct buf *b);
/* Append "client, server": the hosts there are. */
void names_hosts(const struct lab *lab, struct buf *b);

/* ---- orders (orders.c, answered.c) ---- */

enum order_stage {
	ORDER_QUEUED,    /* behind an earlier line of its lane */
	ORDER_CALL,      /* its call was handed over */
	ORDER_RETURNS,   /* asserts a return */
	ORDER_SEES,      /* asks for frames */
	ORDER_HAS,       /* asks for sockets */
	ORDER_PAUSE,     /* lab: wait: until its deadline */
	ORDER_INTERRUPT, /* until the call sleeps and can be interrupted */
	ORDER_STOP,      /* until the process stands still */
	ORDER_KILL,      /* until the process is gone */
	ORDER_SIGNAL,    /* … or has taken the signal and sleeps again */
	ORDER_ENDS,      /* asserts how a process ended */
	ORDER_SAYS,      /* asks for a line that a program printed */
	ORDER_DONE,
};

struct turns; /* lab/turns.h */
struct watch;

struct order {
	struct order *next;
	uint64_t id;
	enum order_stage stage;
	enum line_kind kind;
	char lane_name[LINE_LANE];
	int thread;           /* from 1 */
	struct line line;     /* moves on to the call, when it is one */
	struct turns *turns;  /* it stands for many lines; or NULL */
	int64_t begun;        /* monotonic ns */
	int64_t deadline;
	char lacks[80];       /* of NEEDS: what the machine does not have */
	int host;             /* of HAS … */
	int64_t again;        /* … which is not asked before that */
	struct lane *lane;
	struct call *call;
	struct watch *watch;
	struct process *process; /* of ENDS and SAYS */
};

/* A line came from the screen. */
void orders_take(struct lab *lab, uint64_t id, const char *text, size_t n);
/* Answer whatever can be answered now. */
void orders_step(struct lab *lab);
/* Answer all of them with one error. */
void orders_drop(struct lab *lab, const char *why);
bool orders_need_still(const struct lab *lab);
bool orders_need_settled(const struct lab *lab);
int64_t orders_due(const struct lab *lab); /* or INT64_MAX */

/* Whether an order that was begun is answered now. */
bool order_go_on(struct lab *lab, struct order *o);
bool order_ok(struct lab *lab, struct order *o);
bool order_error(struct lab *lab, struct order *o, int column,
	const char *why);
bool order_failed(struct lab *lab, struct order *o, const char *why);
const struct expect *order_expect(const struct order *o);

/* ---- control socket (control.c) ---- */

struct control {
	int fd;
	struct lines in;
	struct buf out;
	bool ended;         /* the screen is gone */
	uint64_t told;      /* size of the journal at the last "+" */
	bool unread;        /* it had not read all when last asked, and since
			       then nothing was heard of it */
};

void control_hear(struct lab *lab);
/* result: what a call gave, in notation, or "". */
void control_ok(struct lab *lab, uint64_t id, const char *result);
void control_failed(struct lab *lab, uint64_t id, const char *text);
void control_error(struct lab *lab, uint64_t id, int column,
	const char *text);
/* Tell growth, write what is queued; never blocks. */
void control_flush(struct lab *lab);

/* ---- frames (frames.c) ---- */

/* Drain the rings, at most so many frames of each. True when something came. */
bool frames_drain(struct lab *lab, int most);
/* Drain all that is in them now, and what that brings. False when more keeps
 * coming. */
bool frames_drain_all(struct lab *lab);

/* ---- still (still.c) ---- */

struct fence {
	bool out;                /* one is under way */
	uint32_t number;         /* of the one under way */
	uint64_t activity;       /* when it was sent */
	unsigned back;           /* hosts that answered, a bit each */
	int64_t sent;            /* monotonic ns */
	int64_t backoff, again;  /* not before */
	cpu_set_t left;          /* processors still to prove */
};

/* Carry on towards still, as far as that can be done now. */
void still_step(struct lab *lab);
/* A fence frame came into the host, or back from it. */
void still_heard(struct lab *lab, int host);
void still_came_back(struct lab *lab, int host, const uint8_t *frame,
	size_t len);
void still_lost(struct lab *lab); /* the hosts are gone */
void still_soon(struct lab *lab); /* a call began or ended: look at once */
bool still_is(const struct lab *lab);
bool settled_is(const struct lab *lab);
int64_t still_due(const struct lab *lab);

/* ---- samples (sample.c) ---- */

/* A socket that was found in the kernel, or is held by a process. */
struct socket_seen {
	uint64_t name;         /* its first cookie: what the journal calls it */
	int host;
	bool found;            /* mark of the walk that is under way */
	bool ends;             /* state has its ends: it was in a table once */
	struct socket_state state;
	bool told;             /* it was written, and then … */
	const struct process *owner; /* … this process held it, or none … */
	int64_t fd;            /* … as that descriptor … */
	struct socket_state said; /* … and this was its state … */
	int64_t said_at;       /* … whose timer would ring then (monotonic ns) */
	uint32_t sought;       /* the inode whose opener was sought */
};

/* A call of that lane returned, a frame of that host passed by: look at the
 * host, now or when the budget allows it. */
void sample_host(struct lab *lab, int host);
/* Look at a host, at all hosts, now. */
void sample_look(struct lab *lab, int host);
void sample_all(struct lab *lab);
void sample_step(struct lab *lab);
int64_t sample_due(const struct lab *lab);
/* No timer, no unacknowledged byte, as of the last sample_all. */
bool sample_settled(const struct lab *lab);
/* A socket was bound: no table of the kernel lists it yet, and it has an end. */
void sample_bound(struct lab *lab, const struct process *p,
	const struct held_fd *h);
void sample_forget(struct lab *lab);

struct socket_wish; /* call/wish.h */
/* How many sockets of a host are like that now. p: whose names are meant, or
 * NULL. False when p has no such name. */
bool has_count(struct lab *lab, int host, const struct process *p,
	const struct socket_wish *w, int64_t *count);

/* ---- hosts (build.c) ---- */

/* Make the hosts of lab->plan: in loopback when this machine does not allow
 * namespaces. Then, with a journal and without any capability: open the wire
 * and say what was built. */
void build_hosts(struct lab *lab);
void build_tell(struct lab *lab);
/* End them, and wait for it; end them for other ones. */
void build_end(struct lab *lab);
void build_anew(struct lab *lab, const struct host_plan *plan);
/* The builder died. */
void build_lost(struct lab *lab);
int build_host_index(const struct lab *lab, const char *name); /* or -1 */
/* Whether the journal can have an interface for each host of the plan. */
bool build_has_room(const struct lab *lab, const struct host_plan *plan);

/* Start the server on the host that is asked for names, and wait until it
 * listens (service.c). What fails is noted. */
void service_start(struct lab *lab);

/* ---- lines of the lab (record.c) ---- */

void record_line(struct lab *lab, const char *text, size_t n);
void record_printf(struct lab *lab, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void record_note(struct lab *lab, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Append a sentence as the notation quotes it. */
void record_quote(struct buf *b, const char *sentence);
/* Write what was announced, unless it is written. */
void record_announced(struct lab *lab);

/* ---- all of it ---- */

struct lab {
	struct control control;
	struct journal *journal;
	struct journal_view *view;   /* our own, for `sees` */
	bool full;                   /* the journal is: the wire holds */
	int term;                    /* signalfd */
	bool leave;
	uint64_t changed;            /* counts changes of what is watched */
	const char *program;         /* what an actor is started from */

	struct host_plan started, plan; /* as started; as built */
	struct builder *builder;     /* NULL: the lab ended */
	struct host_ready ready;
	char why[512];               /* it could not be built as planned */
	struct port *port[HOST_MAX];
	int interface[HOST_MAX];     /* of the journal */
	char known[JOURNAL_HOSTS][HOST_NAME]; /* whose: interface 1, 2 … */
	int interfaces;
	struct filter_name names[HOST_MAX + 1];
	struct gate *gate;
	struct buf announce;         /* an order not yet written: its fates
					write it first */
	uint8_t mac[HOST_MAX][6];
	uint64_t built_at;           /* offset in the journal */
	bool called;                 /* a call was made since then */
	uint64_t lost;               /* frames a host's door refused */
	bool draining;               /* the rings: frames go in batches */
	unsigned sent;               /* hosts frames were taken from since calls
					were let catch up, a bit each */

	struct process *processes;
	struct lane *lanes;
	struct order *orders, **orders_end;
	struct watch *watches;

	uint64_t activity;
	uint64_t still_at;           /* activity when still was proved */
	uint64_t still_told;         /* … and written */
	bool settled;
	int64_t active;              /* monotonic ns of the last activity */
	struct fence fence;
	cpu_set_t own_cpus, cpus;    /* may run on; were used since still */
	int64_t look, look_step;     /* when to look at the actors again */

	struct socket_seen *sockets;
	size_t nsockets, socket_cap;
	int64_t budget;              /* of samples, in ns of waiting saved up */
	int64_t budget_at;           /* when it was counted */
	struct options *options;     /* options.c; NULL: nothing yet */
	unsigned dirty;              /* hosts to sample, a bit each */
	int64_t now;                 /* monotonic ns, read once a turn */
};

int lab_loop(struct lab *lab);

/* Something may have changed in a host. */
static inline void lab_active(struct lab *lab)
{
	lab->activity++;
	lab->active = lab->now;
	lab->settled = false;
}

#endif
