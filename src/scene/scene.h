/*
 * scene: what a screen shows, as a function of a journal and a position.
 *
 * scene_feed reads each event once, in order, and appends to tables: rows,
 * calls, frames, sends, socket samples. Nothing in a table is ever removed;
 * what changes later (a call returns, a frame is passed) is stored with the
 * position at which it did. So "as of position P" is a look-up, stepping back
 * costs nothing, and the work per event is constant.
 *
 * A *position* P means: the events 0 … P-1 have happened. SCENE_NEVER stands
 * for a thing that has not happened.
 *
 * A *take* is what lies between two builds of the lab (`lab: built …`): frame
 * numbers, letters and rows start afresh in each.
 *
 * A *row* of the stage has a cell for each host and one for the wire. Events
 * share a row only where reading it from the caller's column outwards tells
 * their true order:
 *   - a frame joins the row of the call during which its host sent it, when
 *     nothing else has happened since the call was entered;
 *   - a result joins the row of its call when no row began since;
 *   - a result joins the row of a frame (or of its passing) that was the last
 *     thing to happen and went to the host that now returns.
 * All else begins a row of its own.
 */
#ifndef SCENE_SCENE_H
#define SCENE_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "call/line.h"
#include "journal/journal.h"
#include "packet/facts.h"

#define SCENE_NEVER UINT32_MAX
#define SCENE_NONE UINT32_MAX
#define SCENE_HOSTS JOURNAL_HOSTS

struct diag;
struct filter;
struct scene;

/* v is borrowed for the scene's life. */
struct scene *scene_new(struct journal_view *v);
void scene_free(struct scene *s);

/*
 * Take in events for at most budget ns (0: all there are). Returns true when
 * more are waiting.
 */
bool scene_feed(struct scene *s, int64_t budget);

/* Events taken in so far: the position called "now". */
uint32_t scene_now(const struct scene *s);

/* The event at a position. */
bool scene_event(struct scene *s, uint32_t position, struct event *out);

/* ---- takes ---- */

struct scene_take {
	uint32_t begin;       /* position of its `lab: built` */
	uint32_t first_row, first_frame, first_call, first_send;
	uint32_t first_actor, first_socket;
	uint8_t hosts;        /* the hosts it has, a bit each (1 << host) */
	bool loopback;        /* no frames: the wire column says why */
	char why[512];        /* loopback: the sentence */
	char kernel[32], clocks[8];
	int mtu;
};

/* The take that position P is in, or NULL before the first. */
const struct scene_take *scene_take(const struct scene *s, uint32_t position);

/* ---- hosts and actors ---- */

int scene_hosts(const struct scene *s);
const char *scene_host(const struct scene *s, int host);

/* Its address, version 4 or 6, into out of 46 bytes; NULL when the journal does
 * not tell it. */
const char *scene_host_address(const struct scene *s, int host, int version,
	char out[46]);

struct scene_actor {
	char lane[LINE_LANE]; /* "server2", "server/2" */
	int host;
	int thread;              /* 0: the first of its process */
	uint32_t process;        /* index of the actor that is its process:
				    itself, unless it is a thread */
	uint32_t forked_from;    /* index, SCENE_NONE */
	uint32_t started, ended; /* positions */
	int ended_by;            /* signal, or -1 - exit status */
	uint32_t last_call;      /* as of now; SCENE_NONE */
};

size_t scene_actors(const struct scene *s);
const struct scene_actor *scene_actor(const struct scene *s, size_t i);

/* The call that an actor is in at a position, or SCENE_NONE: also when its
 * take is over by then. Logarithmic time. */
uint32_t scene_pending(const struct scene *s, size_t actor, uint32_t position);

/* ---- calls ---- */

struct scene_call {
	uint64_t entered_offset, returned_offset; /* of its blocks */
	uint64_t stream, taken;/* receives, sends: first byte's offset in the
				  stream, bytes; good when flow is known (also
				  of MSG_PEEK, which leaves them there) */
	uint32_t entered, waits, returned; /* positions; waits: the kernel said
					      it sleeps */
	uint32_t row_entered, row_returned; /* rows of the stage */
	uint32_t flow;         /* number of a flow, SCENE_NONE */
	uint32_t send;         /* sends: index of its scene_send */
	int error;             /* errno of the result, 0 */
	uint16_t actor;
	uint16_t row;          /* index for call_row_at */
	uint8_t way;           /* of that flow, 0 or 1, on which the call's
				  bytes go: the peer's when it receives; of
				  other calls the socket's own */
};

size_t scene_calls(const struct scene *s);
const struct scene_call *scene_call(const struct scene *s, uint32_t i);

/* Its lines, parsed: the entry; the result when it has returned (kind
 * LINE_RETURNS, expect.alt[0]). The caller frees with line_done. */
bool scene_call_line(struct scene *s, uint32_t i, struct line *entered);
bool scene_call_result(struct scene *s, uint32_t i, struct value *result);

/*
 * The calls of a flow (scene_call's flow) that were entered before a position,
 * in that order; *n says how many. Borrowed until the next scene_feed.
 */
const uint32_t *scene_flow_calls(const struct scene *s, uint32_t flow,
	uint32_t position, size_t *n);

/* Time of the event at which it was entered or returned; ns since 1970. */
int64_t scene_call_time(struct scene *s, uint32_t i, bool returned);

/* ---- frames ---- */

struct scene_frame {
	uint64_t offset;       /* of its block */
	uint32_t position;
	uint32_t number;       /* as the notation counts, from 1 in each take */
	uint32_t fated;        /* last_fate since this position; SCENE_NEVER */
	uint32_t repeat_of;    /* frame (index) that it repeats, SCENE_NONE */
	uint32_t again;        /* TCP: its sender sends once more what this
				  frame (index) brought first: its first byte;
				  its SYN; its FIN. SCENE_NONE */
	uint32_t row;          /* where it was seen */
	uint32_t flow;
	uint32_t stream;       /* TCP: offset of its first payload byte in the
				  stream (mod 2^32) */
	uint32_t len;          /* payload bytes */
	uint8_t host;          /* who sent it */
	uint8_t target;        /* host it goes to; 0xff: all, or nobody knows */
	uint8_t first_fate;    /* enum fate, when it was seen */
	uint8_t last_fate;     /* enum fate */
	uint8_t way;           /* of its flow */
	uint8_t flags;         /* FACTS_* of TCP */
	uint8_t made;          /* enum made: not MADE_NOT when no host sent it
				  as it is */
	uint32_t made_of;      /* frame (index) it was made from, SCENE_NONE */
	uint32_t rule;         /* number of the rule that decided its first
				  fate or made it, 0 */
};

size_t scene_frames(const struct scene *s);
const struct scene_frame *scene_frame(const struct scene *s, uint32_t i);

/* A filter of packet/filter.h in which the hosts' names are known. */
int scene_filter(const struct scene *s, const char *text, struct filter **out,
	struct diag *d);

/* Its fate as of a position. */
enum fate scene_frame_fate(const struct scene *s, uint32_t i,
	uint32_t position);

/* The position at which it met that fate. */
uint32_t scene_frame_fated(const struct scene *s, uint32_t i,
	uint32_t position);

/* Repeats seen before a position. */
uint32_t scene_frame_repeats(const struct scene *s, uint32_t i,
	uint32_t position);

/* The bytes: borrowed from the journal. Relative seq and ack: minus the
 * flow's first numbers, as people read them (SYN is 0). */
bool scene_frame_bytes(struct scene *s, uint32_t i, struct event *out);
uint32_t scene_relative_seq(const struct scene *s, uint32_t frame,
	uint32_t seq, bool of_ack);

/*
 * The frames of a flow (scene_frame's flow) that were seen before a position,
 * in that order, with ICMP errors about it; *n says how many. Borrowed until
 * the next scene_feed. Logarithmic time: what shows one connection only walks
 * these.
 */
const uint32_t *scene_flow_frames(const struct scene *s, uint32_t flow,
	uint32_t position, size_t *n);

/* The frame of a number in the take of a position, or SCENE_NONE. */
uint32_t scene_frame_numbered(const struct scene *s, uint32_t number,
	uint32_t position);

/* ---- the wire ---- */

struct scene_wire {
	bool holds, cut;       /* as of the position */
	uint32_t held;         /* frames in hand, repeats folded */
	uint32_t oldest;       /* of these: the lowest number; 0: none */
	uint32_t rules;        /* rules in force, but holding and the cut */
	const char *order;     /* last order in notation, "" */
};
void scene_wire(const struct scene *s, uint32_t position,
	struct scene_wire *out);

/* A rule of the wire that is in force. */
struct scene_rule {
	uint32_t number;      /* what `mend N` ends */
	uint32_t position;    /* of the order that made it */
	int64_t left;         /* frames it is still good for; -1: until mend */
	uint32_t met;         /* frames it has met */
	const char *order;    /* as it was given: "drop next 3 syn"; of the
				 scene */
};

/* The rules in force at a position, in the order of their numbers: at most max
 * into out; how many there are. Time grows with the rules of the take, not
 * with its frames. */
size_t scene_rules(const struct scene *s, uint32_t position,
	struct scene_rule *out, size_t max);

/* The order that made a rule of the take, by its number, also when it is over;
 * "" when there is none. */
const char *scene_rule_order(const struct scene *s, uint32_t number,
	uint32_t position);

/* ---- sends, letters, streams ---- */

/* One send: a run of bytes of one direction of one flow. */
struct scene_send {
	uint64_t begin, end;   /* offsets in the stream */
	uint32_t call;
	uint32_t flow;
	uint32_t returned;     /* position */
	uint32_t previous;     /* send before it in the same stream */
	uint16_t letter;       /* 0: A, 1: B …, counted in its take over all
				  sends; names beyond Z: A2 … */
	uint8_t way;
};
const struct scene_send *scene_send(const struct scene *s, uint32_t i);

/* "A", "B", … "Z", "A2" … into out of 8 bytes. */
void scene_letter(char *out, uint16_t letter);

/*
 * The send that wrote byte offset of a stream, or SCENE_NONE; and where its
 * run ends. Logarithmic time.
 */
uint32_t scene_owner(const struct scene *s, uint32_t flow, int way,
	uint64_t offset, uint64_t *end);

/* ---- sockets ---- */

/* Names for enum of Linux's tcp states (include/net/tcp_states.h): 1 … 12. */
const char *scene_state_name(int state);

struct scene_sample {
	uint32_t position;
	uint32_t socket;      /* index of the socket it is a sample of */
	uint32_t previous;    /* older sample of the same socket */
	uint8_t state;        /* 1 ESTABLISHED … 12; 0: gone */
	uint8_t timer;        /* 0 none 1 retransmit 2 keepalive 3 TIME_WAIT
				 4 zero-window probe (sock_diag(7)) */
	uint8_t retransmits;
	uint32_t receive_queue, send_queue; /* LISTEN: queued, backlog */
	uint32_t unsent;      /* of send_queue: not yet sent once (TCP) */
	uint32_t timer_ms;    /* until it rings, from the sample's time */
};

struct scene_socket {
	int host;
	uint16_t actor;       /* index, or 0xffff: no process of ours */
	int fd;               /* -1: none */
	char name[LINE_NAME]; /* bound name, "" */
	char protocol[8];     /* "tcp", "udp", "unix" */
	char local[64], peer[64]; /* as the journal writes them; of AF_UNIX the
				     beginning of a path, "-": none */
	uint64_t cookie;
	uint32_t flow;
	uint8_t way;          /* the way it sends on */
	uint32_t created;     /* position */
	uint32_t last_sample; /* as of now */
};

/* Sockets are those of all takes, in the order of their first sample; those of
 * the take of a position are the ones from scene_first_socket on. */
uint32_t scene_first_socket(const struct scene *s, uint32_t position);

/* The same as it was known at a position (owner, name, ends, flow): scene_socket
 * tells it as of now. False: nothing was known of it yet. */
bool scene_socket_then(const struct scene *s, uint32_t i, uint32_t position,
	struct scene_socket *out);

/* The socket of an actor's descriptor at a position, or SCENE_NONE. */
uint32_t scene_socket_of(const struct scene *s, uint32_t actor, int fd,
	uint32_t position);

/* The socket at the other end of a connection, when it is one of the lab's; or
 * SCENE_NONE. */
uint32_t scene_peer(const struct scene *s, uint32_t socket, uint32_t position);

/* Its options that differ from what a fresh one has, as the kernel tells them:
 * "SO_RCVBUF=16384 TCP_NODELAY=1", or "". Owned by the scene. */
const char *scene_options(const struct scene *s, uint32_t socket,
	uint32_t position);

/* A state that a socket was in. */
struct scene_state {
	uint32_t position;   /* of the sample, or of the one that shows that it
				must have been passed through */
	uint8_t state;       /* 1 … 12 */
	bool inferred;       /* not seen: RFC 9293, section 3.3.2, leaves no
				other way */
};

/* The states that a TCP socket went through up to a position, oldest first: the
 * newest max of them into out; how many were written. */
size_t scene_states(const struct scene *s, uint32_t socket, uint32_t position,
	struct scene_state *out, size_t max);

size_t scene_sockets(const struct scene *s);
const struct scene_socket *scene_socket(const struct scene *s, uint32_t i);

/* The newest sample before a position, or NULL. */
const struct scene_sample *scene_socket_at(const struct scene *s, uint32_t i,
	uint32_t position);

/* The socket that the event at a position is a sample of, or SCENE_NONE. */
uint32_t scene_sampled(const struct scene *s, uint32_t position);

/* Whether states between this sample and the one before must have been passed
 * through unseen (ESTABLISHED after LISTEN's child …): drawn as inferred. */
bool scene_state_inferred(const struct scene *s, uint32_t socket,
	uint32_t position);

/* The kernel clock of the take that rings next: the sample that says so and
 * when it rings (ns since 1970). False: none runs. */
bool scene_next_clock(const struct scene *s, uint32_t position,
	const struct scene_sample **sample, int64_t *rings);

/*
 * The first byte offset of its peer's stream that a socket's program has not
 * taken (all before were received), and of its own stream that is not
 * acknowledged, as of a position: what the queues' pictures are drawn from.
 */
uint64_t scene_read_offset(const struct scene *s, uint32_t socket,
	uint32_t position);
uint64_t scene_acked_offset(const struct scene *s, uint32_t socket,
	uint32_t position);

/* ---- rows ---- */

enum scene_cell_kind {
	SCENE_EMPTY,
	SCENE_CALL,   /* a call entered here; its result too when row_returned
			 is this row */
	SCENE_RESULT, /* a call returned here that was entered in another row */
	SCENE_FRAME,  /* a frame was seen */
	SCENE_FATE,   /* a held or delayed frame went on, or was dropped */
	SCENE_TOLD,   /* a line of its own: killed, a notice of the lab, an
			 order to the wire (but not `pass` and `drop` of frames
			 in hand: their fates have rows) */
};

struct scene_cell {
	enum scene_cell_kind kind;
	uint32_t ref;         /* call, frame, or position of the line told */
	uint32_t position;    /* when it happened: hidden before */
};

struct scene_row {
	uint32_t begin;       /* position of its first event */
	struct scene_cell host[SCENE_HOSTS];
	struct scene_cell wire;
	uint32_t page, step;  /* in force (0: none): for folding */
	bool setup;           /* came from a setup fence: folds */
};

/* Rows that have begun before a position (all takes together). */
uint32_t scene_rows(const struct scene *s, uint32_t position);

/* Row i, with cells that happened at or after position left empty. */
void scene_row(const struct scene *s, uint32_t i, uint32_t position,
	struct scene_row *out);

/* The calls that host is inside of in row i as of a position: the kernel says
 * that they wait, entered in an earlier row and not returned before this row:
 * draw ┆ for each. Their actors (indexes, the oldest first), at most max into
 * out; how many there are. Logarithmic for each actor. */
size_t scene_row_waiting(const struct scene *s, uint32_t i, int host,
	uint32_t position, uint32_t *out, size_t max);

/* ---- the lesson's marks ---- */

struct scene_page {
	char lesson[48], language[8];
	int page;              /* from 1; 0: none */
	uint32_t position;
};
void scene_page(const struct scene *s, uint32_t position,
	struct scene_page *out);

/* The position from which on, as of a position, what happens is no part of the
 * page's setup: that of the mark behind the setup. SCENE_NEVER: the setup runs,
 * or nothing has been done since. */
uint32_t scene_setup_over(const struct scene *s, uint32_t position);

/* Where the nearest page begins, after (way +1) or before (-1) the one that is
 * in force at a position, that is another one than that: the position of its
 * mark; SCENE_NEVER: there is none. */
uint32_t scene_page_beside(const struct scene *s, uint32_t position, int way);

/*
 * Step back and on: the position at which the visible world was one event
 * (row cell, fate, result, page) earlier or later; samples and marks do not
 * count. Logarithmic time.
 */
uint32_t scene_before(const struct scene *s, uint32_t position);
uint32_t scene_after(const struct scene *s, uint32_t position);

#endif
