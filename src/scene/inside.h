/*
 * inside: how a scene is kept. For the files of this room alone.
 *
 * One file for each table, which it appends to while events are fed and reads
 * for queries. An event is handed to them in this order: who it is about
 * (calls.c, frames.c), whose bytes it moves (flows.c, streams.c, sockets.c),
 * and last where it is drawn (rows.c).
 */
#ifndef SCENE_INSIDE_H
#define SCENE_INSIDE_H

#include "packet/flow.h"
#include "scene/map.h"
#include "scene/scene.h"
#include "scene/table.h"
#include "scene/told.h"

/* ---- lists that are too many to be tables ---- */

struct list { /* of positions or indexes */
	uint32_t *at;
	size_t n, cap;
};

void list_add(struct list *l, uint32_t member);
/* How many members at the front are below bound; they do not fall. */
size_t list_below(const struct list *l, uint32_t bound);

/* An offset in a stream, as it grew. */
struct point {
	uint32_t position;
	uint32_t low, high; /* the offset's halves: no padding */
};

struct history {
	struct point *at;
	size_t n, cap;
};

uint64_t history_last(const struct history *h); /* 0 in the beginning */
/* Offsets that do not grow are not noted. */
void history_add(struct history *h, uint32_t position, uint64_t offset);
uint64_t history_at(const struct history *h, uint32_t position);

/* ---- marks.c: takes, hosts, pages, still ---- */

struct address {
	uint8_t version; /* 0: none */
	uint8_t bytes[16];
};

struct host {
	char name[LINE_LANE];
	struct address address[2]; /* IPv4, IPv6 */
};

struct mark { /* a page, a step, a setup, free play, a build */
	uint32_t position;
	uint32_t page;      /* index of the page in force, SCENE_NONE */
	uint32_t step;
	bool setup;
};

/* ---- calls.c: actors, their descriptors and names ---- */

/* What descriptors stand for: copies of one (dup, fork) share it. */
struct opened {
	uint32_t socket;    /* SCENE_NONE until a sample tells */
	uint32_t known;     /* the position of that */
	uint32_t pair;      /* socketpair: the opened of the other end */
	struct list loose;  /* calls that moved bytes or connect, entered or,
			       for receives, returned, before the flow was
			       known */
};

struct tenure { /* from a position on, a descriptor stands for this */
	uint32_t position;
	uint32_t opened;    /* SCENE_NONE: closed */
};

struct place { /* a number of a process' table of descriptors */
	struct tenure *past;
	size_t n, cap;
};

struct bound {
	char name[LINE_NAME];
	int64_t number;     /* -1: it is bytes */
	bool is_fd;         /* a call made this descriptor */
};

struct actor {
	struct scene_actor pub;
	struct list calls;
	struct place *fd;   /* by number; of a process, not of its threads */
	size_t fds, fd_cap;
	struct bound *name;
	size_t names, name_cap;
	char binds[LINE_NAME];  /* the name before = of the call under way … */
	char second[LINE_NAME]; /* … and the one behind a comma */
};

/* What scene_call does not tell. */
struct call_more {
	int fd;             /* -1: none */
	uint32_t placed;    /* position at which its flow was known */
	bool peeks;         /* MSG_PEEK */
	bool connects;
};

/* ---- outcome.c ---- */

struct outcome {
	int error;          /* errno, 0 */
	int64_t number;     /* or the count of bytes; -1: neither */
	bool bytes;
	int64_t pair[2];    /* of socketpair; -1 */
};

/* ---- frames.c ---- */

struct fated { /* every fate after the first one */
	uint32_t position, frame;
	uint32_t previous;  /* older fate of the same frame, SCENE_NONE */
	uint8_t fate;
};

/* What the comment of a frame tells (comment.c). */
struct comment {
	enum fate fate;
	int64_t of;         /* repeat of, replaced by: a number, 0 */
	enum made made;
	int64_t made_of;    /* a number, 0 */
	int64_t rule;       /* 0: none is named */
	bool cut;
};

/* ---- flows.c, streams.c ---- */

struct stream { /* one way of a flow */
	bool has_isn, has_fin;
	uint32_t isn;
	uint64_t fin;       /* offset behind its last byte */
	uint64_t top;       /* highest offset seen, to tell 2^32 apart */
	uint64_t written;   /* end of the sends that have returned */
	uint32_t socket;    /* that sends on it, SCENE_NONE */
	struct list sends;
	size_t open;        /* of sends: the first that has not returned */
	struct list fresh;  /* frames that brought bytes for the first time … */
	size_t near;        /* … none before this one can be sent again */
	uint32_t first_syn, first_fin; /* the first frames with these, SCENE_NONE */
	uint32_t syn_seq;
	struct history acked, taken;
};

struct flow {
	struct stream way[2];
	struct list frames; /* in order; repeats and errors about it as well */
	struct list calls;  /* by the positions at which they were entered */
};

/* ---- sockets.c ---- */

struct socket {
	struct scene_socket pub;
	struct list samples;
	struct list turns;   /* of samples: those with another state */
	struct list options; /* option_mark */
	uint32_t face;       /* newest, of faces; SCENE_NONE */
	uint32_t pair;       /* AF_UNIX: the other end, SCENE_NONE */
	int64_t rings;       /* ns since 1970; INT64_MAX: no clock runs */
	uint32_t slot;       /* in the heap of clocks, SCENE_NONE */
};

/* Who had a socket, and with which ends, from a position on. */
struct face {
	uint32_t position, previous;
	struct scene_socket as;
};

struct option_mark {
	uint32_t position;
	char *text;
};

struct clock_mark { /* from position on, this sample's clock is the next */
	uint32_t position;
	uint32_t sample;    /* SCENE_NONE: none runs */
	int64_t rings;
};

/* ---- wire.c ---- */

struct rule {
	uint32_t number, position;
	uint32_t ended;        /* position, SCENE_NEVER */
	uint32_t last;         /* frame that it met last, SCENE_NONE */
	struct list met;       /* positions at which it met frames */
	int64_t count;         /* frames it is good for; -1: until mend */
	enum wire_verb verb;
	char *order;           /* as it was given */
	char *filter;          /* its text, "" */
	struct filter *compiled; /* NULL: not yet, or matches every frame */
	bool mends;            /* `mend` ends it */
};

struct wire_mark {
	uint32_t position, held, rules;
	uint32_t oldest;       /* number of the first frame held, 0 */
	uint32_t order;        /* of orders */
	bool holds, cut;
};

/* ---- rows.c ---- */

enum { WIRE_COLUMN = SCENE_HOSTS, COLUMNS };

struct cell {
	uint32_t ref;   /* as in scene_cell; SCENE_FATE: of fates */
	uint8_t kind, column;
};

struct row {
	uint32_t first; /* of cells */
};

/* ---- the whole ---- */

#define CALL_NAMES 512 /* places for names of calls; a power of 2 */

struct scene {
	struct journal_view *view;
	struct journal_index *index;
	uint64_t offset;       /* of the next event */
	uint32_t now;
	bool ended;            /* what follows cannot be read */

	struct table takes;    /* scene_take */
	struct table pages;    /* scene_page */
	struct table marks;    /* mark */
	struct list turns;     /* pages and builds: seen, without a cell */
	struct host host[SCENE_HOSTS];
	int hosts;
	int host_of[JOURNAL_HOSTS]; /* of the journal's interfaces … */
	int interfaces;             /* … so many of them */

	struct table actors;   /* actor */
	struct table openeds;  /* opened */
	struct table calls;    /* scene_call */
	struct table mores;    /* call_more, beside calls */
	uint32_t entered[SCENE_HOSTS]; /* the newest call of each host */
	uint16_t row_of[CALL_NAMES];   /* rows of the table by hash + 1, 0 */

	struct table frames;   /* scene_frame */
	struct table fates;    /* fated */
	uint32_t held_from;    /* no frame before this one is held */
	struct table repeats;  /* list of positions … */
	struct map repeats_of; /* … by frame */

	struct flow_table *keys; /* of this take … */
	uint32_t first_flow;     /* … whose flow 0 is this one here */
	struct table flows;    /* flow */
	struct table sends;    /* scene_send */

	struct table sockets;  /* socket */
	struct table samples;  /* scene_sample */
	struct table faces;    /* face */
	struct table options;  /* option_mark */
	struct map by_cookie;  /* sockets of this take … */
	uint32_t first_socket; /* … whose first this one is */
	struct list heap;      /* sockets with a clock, the next on top */
	struct table clocks;   /* clock_mark */

	struct table wires;    /* wire_mark */
	struct table orders;   /* char * */
	struct table rules;    /* rule */
	uint32_t first_rule;   /* of this take */
	uint32_t first_old;    /* of it: none before this one is in force */

	struct table rows;     /* row */
	struct table cells;    /* cell */
};

/* An event in the hands of feed.c. */
struct news {
	uint32_t position;
	const struct event *event;
};

/* marks.c */
int scene_host_of_lane(struct scene *s, struct word lane); /* -1: too many */
int scene_host_named(struct scene *s, const char *name);
/* Where a frame goes that host sent; -1: nobody knows. */
int scene_target(const struct scene *s, int host, const struct facts *f);
void marks_lab(struct scene *s, const struct news *n, struct told rest);
struct scene_take *marks_take(const struct scene *s); /* newest, or NULL */
/* The take that follows t, or NULL. */
const struct scene_take *scene_take_after(const struct scene *s,
	const struct scene_take *t);
/* IPv4 (0) or IPv6 (1) address as text, or NULL. */
const char *marks_address(const struct host *h, int which, char out[46]);
const struct mark *marks_at(const struct scene *s, uint32_t position);
void marks_free(struct scene *s);

/* calls.c, actors.c */
/* A line of an actor that is no sample. */
void calls_line(struct scene *s, const struct news *n, struct word lane,
	struct told rest);
/* The living actor of a lane, or SCENE_NONE. */
uint32_t calls_actor(const struct scene *s, struct word lane);
/* The name that is bound to fd, "". */
const char *calls_name_of(const struct scene *s, uint32_t actor, int fd);
/* The last call that an actor entered before a position, or SCENE_NONE. */
uint32_t calls_last(const struct scene *s, uint32_t actor, uint32_t before);
void calls_begin(struct scene *s);
void calls_new_take(struct scene *s);
void calls_free(struct scene *s);

/* outcome.c */
void outcome_read(struct outcome *o, const struct call_row *row,
	struct told text);

/* descriptors.c */
static inline struct opened *opened_at(const struct scene *s, uint32_t i)
{
	return table_at(&s->openeds, i);
}
/* What a descriptor of an actor's process stands for now; SCENE_NONE when it
 * is not there. */
uint32_t descriptors_find(const struct scene *s, uint32_t actor, int fd);
/* The same, made when it is not there; SCENE_NONE: no such number. */
uint32_t descriptors_open(struct scene *s, uint32_t actor, int fd,
	uint32_t position);
void descriptors_set(struct scene *s, uint32_t actor, int fd, uint32_t opened,
	uint32_t position); /* SCENE_NONE: it is closed */
/* What it stands for is this socket. */
void descriptors_known(struct scene *s, uint32_t opened, uint32_t socket,
	uint32_t position);
void descriptors_fork(struct scene *s, uint32_t from, uint32_t to,
	uint32_t position);
void descriptors_free(struct scene *s);

/* actors.c, for calls.c */
uint32_t actors_start(struct scene *s, uint32_t position, struct word lane);
void actors_forked(struct scene *s, uint32_t actor, struct word from);
void actors_end(struct scene *s, const struct news *n, uint32_t actor,
	struct told rest);
int actors_fd_of(const struct scene *s, uint32_t actor, struct word w);
void actors_bind(struct scene *s, uint32_t actor, const char *name,
	int64_t number, bool is_fd);
void actors_free(struct scene *s);

/* frames.c */
void frames_frame(struct scene *s, const struct news *n);
void frames_fate(struct scene *s, const struct news *n, int64_t number,
	enum fate fate);
uint32_t scene_fate_at(const struct scene *s, uint32_t position);
static inline struct scene_frame *frame_at(const struct scene *s, uint32_t i)
{
	return table_at(&s->frames, i);
}

/* comment.c */
void comment_read(struct comment *c, const struct event *e);

/* flows.c */
static inline struct stream *stream_at(const struct scene *s, uint32_t flow,
	int way)
{
	return &((struct flow *)table_at(&s->flows, flow))->way[way];
}
void flows_new_take(struct scene *s);
/* Flow and way of a segment, made when it is not known. False: no flow. */
bool flows_segment(struct scene *s, const struct facts *f, uint32_t *flow,
	uint8_t *way, uint64_t *offset);
/* Flow and way of an ICMP error, which bears the beginning of the packet that
 * it is about. False: it is none, or about no flow that is known. */
bool flows_error(const struct scene *s, const struct facts *f,
	const struct event *e, uint32_t *flow, uint8_t *way);
/* A frame, a call, belongs to a flow. */
void flows_add_frame(struct scene *s, uint32_t flow, uint32_t frame);
void flows_add_call(struct scene *s, uint32_t flow, uint32_t call);
/* A segment arrived: what it acknowledges is. */
void flows_arrived(struct scene *s, uint32_t position, uint32_t frame,
	const struct facts *f);
/* The flow that a socket with these ends sends on. */
void flows_of_socket(struct scene *s, uint32_t socket,
	const struct flow_key *key);
void flows_free(struct scene *s);

/* again.c */
/* What scene_frame tells as `again`, of a segment that its host sent and that
 * has its place in its flow; called once, in order. */
uint32_t again_segment(struct scene *s, uint32_t frame,
	const struct facts *f);

/* streams.c */
void streams_entered(struct scene *s, uint32_t call);
void streams_returned(struct scene *s, uint32_t call);
/* The flow of what is opened may be known by now: place its loose calls. */
void streams_known(struct scene *s, uint32_t opened);
/* A datagram of a host was seen: the call that sends it without being
 * connected belongs to its flow, and tells where its bytes begin. */
void streams_datagram(struct scene *s, uint32_t frame);

/* sockets.c */
static inline struct socket *socket_at(const struct scene *s, uint32_t i)
{
	return table_at(&s->sockets, i);
}
static inline struct scene_sample *sample_at(const struct scene *s, uint32_t i)
{
	return table_at(&s->samples, i);
}
/* The socket of a descriptor has a name now. */
void sockets_named(struct scene *s, uint32_t actor, int fd, uint32_t position);
/* state …, options …: told stands behind the verb. */
void sockets_line(struct scene *s, const struct news *n, struct word lane,
	struct told rest);
void sockets_options(struct scene *s, const struct news *n, struct word lane,
	struct told rest);
/* How many turns of a socket there were before a position. */
size_t sockets_turns(const struct scene *s, uint32_t socket,
	uint32_t position);
/* Two ends of a socketpair. */
void sockets_paired(struct scene *s, uint32_t a, uint32_t b);
void sockets_new_take(struct scene *s, uint32_t position);
void sockets_free(struct scene *s);

/* told_sample.c */
enum { NEW_SYN_RECV = 12, GONE = 0 }; /* include/net/tcp_states.h */
struct told_sample { /* the words of a sample */
	struct scene_sample pub;
	int64_t fd, cookie;
	struct word protocol, local, peer;
};
bool told_sample_read(struct told_sample *to, struct told t);
/* The ends as a flow has them; false: it has none yet, or cannot have. */
bool told_sample_key(const struct told_sample *t, struct flow_key *key);

/* clocks.c */
/* The clock of a socket rings then; INT64_MAX: none runs. */
void clocks_set(struct scene *s, uint32_t socket, int64_t rings);
/* Note which clock is the next now, when it is another one than before. */
void clocks_note(struct scene *s, uint32_t position);
void clocks_new_take(struct scene *s, uint32_t position);
void clocks_free(struct scene *s);

/* wire.c */
void wire_line(struct scene *s, const struct news *n, struct told rest);
void wire_new_take(struct scene *s, const struct news *n);
/* A frame was seen (or had a later fate) that changes what is in hand; the
 * number of the oldest that lies there now, 0: none. */
void wire_in_hand(struct scene *s, uint32_t position, int change,
	uint32_t oldest);
/* So many rules are in force from a position on. */
void wire_rules(struct scene *s, uint32_t position, uint32_t rules);
void wire_free(struct scene *s);

/* rules.c */
/* An order was given: what rules it makes and ends. */
void rules_order(struct scene *s, uint32_t position,
	const struct wire_order *w, const char *text);
/* A rule met a frame: the one that its comment names; or, in journals that do
 * not tell, the newest that drops and matches. */
void rules_met(struct scene *s, const struct news *n, uint32_t frame,
	const struct comment *c);
void rules_new_take(struct scene *s);
void rules_done(struct scene *s);

/* rows.c */
void rows_call(struct scene *s, uint32_t call);
void rows_result(struct scene *s, uint32_t call);
void rows_frame(struct scene *s, uint32_t frame);
void rows_fate(struct scene *s, uint32_t fate);
void rows_told(struct scene *s, uint32_t position, int host); /* -1: wire */

#endif
