/*
 * line: the one notation (src/README.md has its grammar).
 *
 * What is typed, what a lesson contains, what the transcript prints, what the
 * journal holds for everything that is not a frame. One parser, one printer:
 * what line_print writes, line_parse reads back to the same.
 */
#ifndef CALL_LINE_H
#define CALL_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "call/table.h"
#include "call/value.h"

struct buf;
struct diag;

#define LINE_MAX_BYTES (1 << 20)

/* Threads of a process: client/2 to client/16. */
#define LINE_THREADS 16
#define LINE_LANE 24
#define LINE_NAME 32
#define LINE_ALTS 8

enum line_kind {
	LINE_EMPTY,   /* nothing, or a comment (#) */
	LINE_CALL,    /* client: s = socket(AF_INET) -> 3 */
	LINE_RETURNS, /* server: accept returns -> 4 */
	LINE_WAITS,   /* server: recv waits          (journal: the kernel says it
			 sleeps) */
	LINE_VERB,    /* client: kill; server: state …; lab: wait 2s: verb, rest */
	LINE_WIRE,    /* wire: hold data from client */
	LINE_FATE,    /* wire: passed #5             (journal) */
	LINE_SEES,    /* wire: sees rst from server x 1 */
	LINE_HAS,     /* server: has LISTEN local any:9999 recv 1 */
	/* of goals alone (call/did.h): */
	LINE_DID,     /* server: did recv(conn, _) -> "" x 0 */
	LINE_GOT,     /* server: got u32be(4) "ping"; server: got 8 bytes */
	LINE_GAVE,    /* client: gave "ping" */
};

enum wire_verb {
	WIRE_FLOW,  /* no more holding; what is held goes on its way */
	WIRE_HOLD,  /* hold [FILTER]: from now on */
	WIRE_PASS,  /* pass [N | #N | all] */
	WIRE_DROP,  /* drop [N | #N | all]; drop next [N] FILTER; drop FILTER */
	WIRE_DELAY, /* delay TIME [FILTER] */
	WIRE_CUT,   /* both ways: nothing arrives */
	WIRE_MEND,  /* [N]: undo rule N; all rules, cut and vanish */
	WIRE_VANISH,    /* vanish HOST */
	WIRE_RESET,     /* reset HOST [FILTER] */
	WIRE_DUPLICATE,
	WIRE_SWAP,
	WIRE_LOSS,      /* loss P% [seed N] */
	WIRE_RATE,
	WIRE_CORRUPT,   /* corrupt byte N | payload N [to N] [mended] */
	WIRE_SPLIT,     /* split N */
	WIRE_MTU,
};

struct wire_order {
	enum wire_verb verb;
	int64_t frame;   /* #N, or 0 */
	int64_t count;   /* N, "next N"; 0: not given; -1: all */
	bool next;       /* a rule for frames to come, used up by count */
	bool in_hand;    /* a fault for frames in hand: by frame or count, the
			    oldest when neither is given */
	int64_t delay;   /* ns */
	int64_t jitter;  /* ns, 0: none */
	uint64_t seed;   /* 0: not given, which means 1 */
	int64_t number;  /* loss: 1/1000 %; rate: bit/s; corrupt: the byte;
			    split, mtu: bytes; mend: a rule's number, or 0 */
	bool payload;    /* corrupt: the byte counts from the payload on */
	bool mended;     /* corrupt: its checksums are made right again */
	int to;          /* corrupt: the byte's new value; -1: all its bits
			    turned over */
	char host[LINE_LANE]; /* vanish, reset */
	char *filter;    /* owned, "" for every frame */
};

enum fate {
	FATE_PASSED,   /* went on its way */
	FATE_HELD,     /* lies in our hand */
	FATE_DELAYED,  /* will go on its way later */
	FATE_DROPPED,
	FATE_ABSORBED, /* a repeat of a held frame that was passed */
	FATE_REPEAT,   /* held, as a repeat of frame `of` */
	FATE_REPLACED, /* frame `of` (the first, of several) goes instead */
};

/* What a frame is that no host sent as it is. */
enum made {
	MADE_NOT,       /* a host sent it */
	MADE_DUPLICATE, /* of frame `of` */
	MADE_SPLIT,
	MADE_CORRUPT,
	MADE_RESET,     /* by nobody's frame */
	MADE_ICMP,      /* said about a frame that was too long */
};

enum expect_kind {
	EXPECT_NOTHING, /* no -> */
	EXPECT_WAITS,   /* -> waits */
	EXPECT_ASK,     /* -> ?  the learner types the result */
	EXPECT_ANY_OF,  /* alternatives */
};

struct expect {
	enum expect_kind kind;
	int column;
	struct value alt[LINE_ALTS];
	int nalt;
	int64_t after;  /* ns; 0: not given */
	int64_t within; /* ns; 0: not given */
};

struct line {
	enum line_kind kind;
	char lane[LINE_LANE];  /* "client", "server", "client2", "wire", "lab" */
	int thread;            /* client/2 → 2; 0: not given */
	char name[LINE_NAME];  /* bound on return, or "" */
	char second[LINE_NAME]; /* to the second of two, or "" */
	const struct call_row *row; /* LINE_CALL, RETURNS, WAITS */
	struct value arg[CALL_ARGS_MAX]; /* of GOT, GAVE: bytes to be joined */
	int nargs;             /* as written; defaults are not put in */
	char verb[LINE_NAME];  /* LINE_VERB */
	char *rest;            /* owned: what follows the verb, trimmed */
	struct wire_order wire;
	enum fate fate;        /* LINE_FATE */
	int64_t frame, of;     /* LINE_FATE: #N, and the frame it repeats, or
				  that goes in its place */
	int64_t rule;          /* LINE_FATE: by whose decision; 0: nobody's */
	char *filter;          /* LINE_SEES, owned; "": every frame */
	struct socket_wish *wish; /* LINE_HAS, owned (call/wish.h) */
	int64_t times;         /* SEES, HAS: x N; -1: at least one */
	struct call_did *did;  /* LINE_DID, owned */
	int64_t least, most;   /* DID: so often; GOT, GAVE without bytes in
				  arg: so many bytes; most -1: no limit */
	struct expect expect;  /* of SEES and HAS only after and within */
};

/*
 * Parse one line of n bytes. lane is whose line it is when it names none (the
 * prompt's side), or NULL: then a lane must be written. Returns 0, or -EINVAL
 * with d filled in: the column, what was expected there, the nearest valid
 * word. Python and C spellings are recognised and the translation is put into
 * *offer (owned by the caller, NULL when there is none; offer may be NULL).
 * Free with line_done in either case.
 */
int line_parse(struct line *l, const char *text, size_t n, const char *lane,
	struct diag *d, char **offer);

void line_done(struct line *l);

/*
 * What stands behind `->` alone, without the arrow ("0 | EINTR within 3s"), as
 * the result of a call of row, or of any (NULL). 0, or -EINVAL with d. Free
 * with expect_done in either case.
 */
int expect_parse(struct expect *e, const char *text, size_t n,
	const struct call_row *row, struct diag *d);
void expect_done(struct expect *e);

/*
 * Whether the call of a line can be made: names are numbers or bytes by now,
 * addresses numeric, numbers in range. 0, or -EINVAL with d.
 */
int line_check_ready(const struct line *l, struct diag *d);

/*
 * Make the call of a line that is ready: defaults put in, exactly one system
 * call. The result, a VALUE_ERRNO when it failed, goes into *result, which
 * holds nothing yet and which the caller frees with value_done.
 */
void line_run(const struct line *l, struct value *result);

/* Whether the call of a line, when it waits, ends by itself some day: it has a
 * timeout, or gives up. (Options of its descriptor may have it end too.) */
bool line_has_timeout(const struct line *l);

/* Append the line as the notation writes it, without a newline. */
void line_print(struct buf *b, const struct line *l);

/* The parts of it, for columns of the stage. */
void line_print_call(struct buf *b, const struct line *l); /* s = socket(…) */
void line_print_expect(struct buf *b, const struct expect *e); /* 3 | 4 */
void wire_order_print(struct buf *b, const struct wire_order *w);

/* "client2" is a process of host "client": the host's part of a lane, into
 * out of LINE_LANE bytes. */
void line_host_of_lane(char *out, const char *lane);

/* Parse a result alone ("4", "\"LOGIN\\n\"", "ECONNREFUSED", "10.0.0.1:80"),
 * as it stands behind `->`. */
int line_parse_value(struct value *v, const char *text, size_t n,
	struct diag *d);

/* "passed", "held", "dropped" …: how a fate is written. */
const char *fate_word(enum fate fate);

/* "duplicate", "split" …: what stands behind `made`. */
const char *made_word(enum made made);

/* Append a time as line_parse_time reads it; below 0 it is `none`. */
void line_print_time(struct buf *b, int64_t ns);

/* Times are written "2s", "500ms", "10us": ns, or -1. */
int64_t line_parse_time(const char *text, size_t n);

#endif
