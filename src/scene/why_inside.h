/*
 * why_inside: how causes are found. For the files that tell why alone.
 *
 * A *question* is what scene_why was asked, with what is at hand for every
 * answer. A *cause* looks at the evidence and, when it is the one, says so in
 * sentences (say) and returns true. Causes of one theme are a list, the
 * particular before the general; the last of its kind says what would decide.
 *
 * Whatever is looked for is looked for backwards from the event, and at most
 * WHY_LOOK steps: what lies further away explains nothing.
 */
#ifndef SCENE_WHY_INSIDE_H
#define SCENE_WHY_INSIDE_H

#include "base/intl.h"
#include "scene/inside.h"
#include "scene/why.h"

#define WHY_LOOK 4096
#define WHY_SOCKETS 65536 /* … but so many sockets: an old one may listen */
#define WHY_NEAR 512 /* frames of a flow before one */
#define WHY_TEXTS 12 /* names that live at once in the sentences of a cause */

struct question {
	struct scene *s;
	uint32_t position;
	enum why_kind kind;
	uint32_t ref;

	/* WHY_CALL */
	const struct scene_call *c;
	const struct call_row *row;
	const struct scene_actor *actor;
	struct line line;
	struct value result;
	bool returned, ended;  /* ended: its process did before it returned */
	int error;             /* of the result, or what SO_ERROR told */
	uint32_t until;        /* what happened before this counts */

	/* WHY_FRAME */
	const struct scene_frame *f;
	struct facts facts;

	/* what it is about: of all kinds, SCENE_NONE when not known */
	uint32_t socket, peer, flow;
	int way;               /* the way that socket sends on; of a frame the
				  frame's */
	int host;              /* of the caller, the sender, the socket */

	char text[WHY_TEXTS][128];
	unsigned texts;
	struct why *out;
};

struct cause {
	const char *name;      /* NULL ends a list */
	enum why_kind kind;
	int error;             /* of WHY_CALL: this errno, CAUSE_…; else 0 */
	bool (*tell)(struct question *q);
};

enum { /* beside errno, and the EAI_ of netdb.h, which are few below 0 */
	CAUSE_RETURNED = 0,
	CAUSE_WAITS = -1001,
	CAUSE_KILLED = -1002,
};

extern const struct cause why_of_open[], why_of_unready[], why_of_data[],
	why_of_end[], why_of_silence[], why_of_made[], why_of_again[],
	why_of_wire[], why_of_wait[], why_of_state[], why_of_names[],
	why_of_datagrams[];

/* ---- telling ---- */

/* Add a sentence that rests on an event; SCENE_NONE: on no single one. */
void say(struct question *q, uint32_t position, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Words for a sentence; good until WHY_TEXTS others were asked for. */
const char *why_socket(struct question *q, uint32_t socket);
const char *why_host(const struct question *q, int host);
const char *why_lane(const struct question *q, uint32_t actor);
const char *why_time(struct question *q, int64_t ns); /* "1.02 s" */
const char *why_bytes(struct question *q, uint64_t n); /* "6 bytes" */
const char *why_text(struct question *q, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* ---- ends ---- */

struct end { /* one end of a socket */
	uint8_t version;     /* 4, 6; 0: it is none */
	uint8_t bytes[16];
	bool any;            /* 0.0.0.0, :: */
	int port;            /* 0: none */
	const char *path;    /* AF_UNIX; borrowed */
};

bool why_end_of(const struct question *q, const struct value *v,
	struct end *out);
bool why_end_read(const char *text, struct end *out); /* "10.0.0.1:80" */
bool why_end_overlaps(const struct end *a, const struct end *b);
/* The host that has an address; -1: none. */
int why_host_of(const struct question *q, const struct end *e);
/* "port 9998 of server", "10.0.0.9:80", "the path unix:x". */
const char *why_end(struct question *q, const struct end *e);
/* Argument i of the call that was asked about, or NULL. */
const struct value *why_argument(const struct question *q, int i);

/* ---- calls ---- */

typedef bool (*call_test)(struct question *q, uint32_t call, const void *arg);

/* The newest call before a position, by whomever, that passes; SCENE_NONE. */
uint32_t why_call_before(struct question *q, uint32_t position, call_test is,
	const void *arg);
/* The socket that a call's descriptor stood for. */
uint32_t why_socket_of_call(const struct question *q, uint32_t call);
/* Whether the place of its bytes in a flow is known by now. */
bool why_placed(const struct question *q, uint32_t call);
bool why_is_row(const struct question *q, uint32_t call, const char *name);
bool why_call_done(const struct question *q, uint32_t call); /* returned, ok */
/* The newest call of that name on a socket before a position. */
uint32_t why_last(struct question *q, const char *name, uint32_t socket,
	uint32_t position);
/* Whether a flag's name stands in the call as it was made. */
bool why_says(struct question *q, uint32_t call, const char *text);
/* Its argument i is the constant or number; and as an address. */
bool why_argument_is(struct question *q, uint32_t call, int i,
	const char *text);
bool why_call_end(struct question *q, uint32_t call, int i, struct end *out,
	char path[128]);

/*
 * What an option of a socket was set to, as people write it: by what the kernel
 * told of its options, else by the last setsockopt. False: it is as it was.
 * *position (may be NULL) is what tells so.
 */
bool why_option(struct question *q, uint32_t socket, const char *name,
	uint32_t position, char value[64], uint32_t *where);
/* Whether a call that was seen made it: the sockets inside of getaddrinfo, and
 * of the name server, are read by nobody's lane. */
bool why_was_made(struct question *q, uint32_t socket);
/* Whether calls on it do not wait: by its flags, or by this call's. */
bool why_nonblocking(struct question *q, uint32_t call, uint32_t *where);

/* The newest call of that name whose argument 1 is an address that meets a
 * test, by any lane of a host. */
struct named_at {
	const char *name;
	int host;
	const struct end *at;
};
uint32_t why_last_at(struct question *q, const struct named_at *w,
	uint32_t position);

/* What a connection was tried with: the connect of the question, or the one
 * before it on the same socket. */
struct attempt {
	uint32_t call, flow, until; /* flow: SCENE_NONE when no frame was seen */
	int way;             /* of that flow, on which it spoke */
	int host;            /* that it went to, -1 */
	struct end to;
	char path[128];
};
bool why_attempt(struct question *q, struct attempt *a);

/* ---- frames ---- */

bool why_facts(struct question *q, uint32_t frame, struct facts *out);
/* The position at which it went on to whom it was meant for; SCENE_NEVER: it
 * had not by then. */
uint32_t why_arrived(const struct question *q, uint32_t frame);

struct sought { /* frames of a flow that are meant */
	int way;             /* -1: both */
	uint8_t with, without; /* FACTS_* */
	bool data;           /* bears bytes */
	bool arrived;        /* and arrived */
	uint32_t from, to;   /* positions: from <= p < to */
};

/* The newest, the first of them, or SCENE_NONE. */
uint32_t why_frame_last(const struct question *q, uint32_t flow,
	const struct sought *w);
uint32_t why_frame_first(const struct question *q, uint32_t flow,
	const struct sought *w);
size_t why_frames(const struct question *q, uint32_t flow,
	const struct sought *w);
uint32_t why_number(const struct question *q, uint32_t frame);
/* Time of an event; ns. */
int64_t why_when(struct question *q, uint32_t position);
/* Say what became of a frame that did not arrive, and by which order. False:
 * it arrived. */
bool why_say_lost(struct question *q, uint32_t frame);
/* Bytes have arrived behind others that have not: r->beyond is there. */
struct received;
void why_say_hole(struct question *q, const struct received *r);
/* The ICMP error about a flow that went to who spoke on way, newest before a
 * position: its frame and facts, or SCENE_NONE. */
uint32_t why_error(struct question *q, uint32_t flow, int way, uint32_t to,
	struct facts *f);
/* Whether the sums of a frame fit, also of one that the wire changed. */
bool why_adds_up(const struct question *q, uint32_t frame);
/* Whether the wire has it, or had it: held, delayed, dropped; or so changed that
 * the kernel it reached threw it away. */
bool why_is_lost(const struct question *q, uint32_t frame);
/* The frame, of any flow, before index i (SCENE_NONE: all that were seen) that
 * bears a datagram to a port of a host, and its facts; SCENE_NONE: none near.
 */
uint32_t why_datagram(struct question *q, uint32_t i, int host, int port,
	struct facts *f);
/* Of a question about a frame: whether it is a segment of a flow; the newest of
 * its flow before a position that passes; one of the other way that bears an
 * acknowledgement and had arrived before it. */
typedef bool (*frame_test)(const struct question *q, uint32_t frame);
bool why_is_segment(const struct question *q);
uint32_t why_frame_before(struct question *q, uint32_t position, frame_test is);
bool why_is_others_ack(const struct question *q, uint32_t frame);
/* Whether a frame is a probe: nothing new, one number before what is next. */
bool why_is_probe(struct question *q, uint32_t frame, uint32_t next);
/* The RST that reached the socket of a question, or SCENE_NONE. */
uint32_t why_reset(struct question *q);

/* ---- sockets ---- */

/* Sockets of a host as of a position, the newest first: the next one below
 * after (SCENE_NONE: begin), or SCENE_NONE. */
uint32_t why_next_socket(const struct question *q, int host, uint32_t after);
const struct scene_sample *why_sample(const struct question *q,
	uint32_t socket);
bool why_is(const struct question *q, uint32_t socket, const char *protocol);
/*
 * How far a stream has reached a socket: the end of what came in one piece, a
 * frame that came behind a hole, the frame that would fill it (or is the next
 * that is under way); SCENE_NONE.
 */
struct received {
	uint64_t end;
	uint32_t beyond, missing;
};
/* The stream that comes on a way of a flow, of which offset on is asked. */
void why_received(struct question *q, uint32_t flow, int way, uint64_t offset,
	uint32_t until, struct received *r);
/* What lies in the send queue of a question's socket, and at its peer. */
void why_say_queues(struct question *q);
/* Of a call that waits: its time limit, and the wire that is cut. */
void why_say_limits(struct question *q);
/* Who sent the FIN of a socket: by a call, or by ending. */
void why_say_who_ended(struct question *q, uint32_t socket, uint32_t before);
/* SYNs of an attempt without an answer: how many, and why that is. */
size_t why_say_syns(struct question *q, const struct attempt *a,
	uint32_t *last);
void why_say_unanswered(struct question *q, const struct attempt *a,
	uint32_t last);
/* A socket as it is known at the position of the question; nothing is known of
 * SCENE_NONE. */
const struct scene_socket *why_as(const struct question *q, uint32_t socket);
/* The socket that sends on a way of a flow, or SCENE_NONE. */
uint32_t why_sender(const struct question *q, uint32_t flow, int way);
/* A socket as it was when a process of ours had it last, before a position. */
bool why_owner(const struct question *q, uint32_t socket, uint32_t before,
	struct scene_socket *was);
/* How many bytes the call that was asked about was to move. */
uint64_t why_asked(const struct question *q);
uint64_t why_size(const struct line *l); /* the same of any line */
/* What a sample says was true until the next: the one before a position. */
const struct scene_sample *why_sample_before(const struct question *q,
	uint32_t socket, uint32_t position);

#endif
