/*
 * inside: how the programs of a take are kept. For the files of this room
 * alone.
 *
 *   read.c         the journal → programs and their steps
 *   programs.c     … and what belongs to which: threads, forked processes
 *   things.c       what their names and descriptors stand for
 *   variables.c    … and what these are called
 *   order*.c       which step has to wait for another program, and how long
 *   repeat.c       which steps are a loop
 *   spell.c, addresses.c   what both languages share
 *   statement.c    … and how long lines are broken
 *   python*.c, c*.c        a program → its text
 *   write.c        texts → files
 *
 * A *step* is what a program does at one place: a call, or its end. A *thing*
 * is what a program keeps in a variable: a socket, another descriptor, bytes
 * that were received. A *slot* is the time that one program gives another to
 * do its part.
 *
 * Here a thread is a program too, with steps of its own, and what it shares
 * with the others of its process: names, the clock, the file that all of them
 * are in. The first thread starts the others and joins them. One thread *hands
 * over* to another when a step of the other must not come sooner: by a
 * semaphore, so no time is lost, and what was written is seen.
 */
#ifndef EXPORT_INSIDE_H
#define EXPORT_INSIDE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "call/line.h"
#include "export/export.h"
#include "scene/scene.h"

#define NOTHING UINT32_MAX /* no thing, no program */
#define FD_MOST 1024

enum thing_kind {
	THING_SOCKET,
	THING_EPOLL,
	THING_FILE,   /* of memfd_create */
	THING_DATA,   /* what a call gave: bytes, a record */
};

struct thing {
	char name[LINE_NAME + 8]; /* its variable */
	enum thing_kind kind;
	int family, type;         /* of sockets */
	bool nonblocking, closed;
	int64_t limit;            /* SO_RCVTIMEO, 0 */
	uint64_t place;           /* the port or path that it was bound to, 0 */
	uint32_t open_since;      /* it listens or is bound: a position */
	bool again;               /* the variable is there already */
	bool shared;              /* several threads have that variable */
	bool used;                /* a later step names it */
	uint32_t program;
};

enum step_kind {
	STEP_CALL,
	STEP_KILLED,  /* the process was ended by a signal (number) */
	STEP_END,     /* it leaves */
};

struct step {
	enum step_kind kind;
	uint32_t program;
	uint32_t call;         /* of the scene */
	uint32_t row;          /* as the stage counts, from 1 */
	uint32_t entered, over;/* positions; over: SCENE_NEVER */
	int64_t took;          /* ns */
	bool waited;
	bool deadly;           /* the program ended in it, by SIGPIPE */
	bool nonblocking, is_datagram; /* its descriptor is */
	int64_t limit;         /* ns that it may wait (SO_RCVTIMEO), 0 */
	int number;            /* KILLED: the signal */
	bool in_call;          /* KILLED: while the step before it waited */
	struct line line;      /* its descriptors are names of things, with
				  their index as the value's number */
	int written;           /* arguments that were not left out */
	int64_t fd;            /* that it begins with, -1: none */
	struct value result;   /* good when over is not SCENE_NEVER */
	uint32_t makes[2];     /* things */
	uint32_t child;        /* fork: index of the program */
	char *note;            /* lines of the journal that stand before it and
				  are no calls, each with a newline; or NULL */
	/* order.c: */
	unsigned act, observe; /* bits of what it does, and depends on */
	bool unread;           /* it ends what has bytes that nobody took */
	uint64_t place;        /* the port, or path, that it is about; 0 */
	int64_t slot;          /* ms at which it happens */
	int64_t base;          /* slot at which the clock was started … */
	bool pauses;           /* … from which it pauses … */
	int64_t until;         /* … until this slot */
	bool starts;           /* the clock is started behind it */
	uint32_t awaits;       /* it begins when this thing can be read */
	uint32_t after;        /* what it pauses for: a step of the list */
	int64_t alarm;         /* ms: a signal comes so long after it began to
				  wait; 0: none */
};

/* One thread goes on when another has come so far. */
struct handing {
	uint32_t giver, taker; /* steps */
	bool begun;            /* the giver waits in its call; else it is
				  over */
};

struct program {
	char lane[LINE_LANE + 4]; /* "server"; "server-2": started anew */
	int host;
	uint32_t actor, parent;  /* parent: a program, NOTHING */
	uint32_t process;        /* the program that is its first thread:
				    itself, unless it is a thread */
	int thread;              /* from 2; 0: it is none */
	uint32_t before;         /* of a thread: the step of the first thread
				    before which that starts it */
	bool early;              /* its clock starts at its beginning */
	bool paused;             /* it pauses somewhere */
	int64_t origin;          /* slot at which its clock was started last */
	uint32_t *step;          /* indexes into the run's list */
	size_t n, cap;
};

struct lab_host {
	char name[LINE_LANE];
	char address[2][46];     /* IPv4, IPv6 */
};

struct run { /* the whole of a take */
	struct scene *s;
	const struct scene_take *take;
	char lesson[48];         /* "" */
	int page;
	struct step *step;       /* in the order in which they were entered */
	size_t steps, step_cap;
	struct program *program;
	size_t programs, program_cap;
	struct thing *thing;
	size_t things, thing_cap;
	struct handing *handing;
	size_t handings, handing_cap;
	struct lab_host host[SCENE_HOSTS];
	int hosts;
	struct buf told;         /* settings of the lab, a line each */
	bool wire;               /* the wire had orders */
	bool in_time;            /* the first does not see when others start */
	uint32_t first;          /* the program to start first (order.c) */
	char *why;               /* where a refusal is told */
	size_t size;
};

/* Put a sentence about a row into why: -EOPNOTSUPP. */
int run_refuse(struct run *r, uint32_t row, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* read.c: 0, or -errno with why. Free with run_done in either case. */
int run_read(struct run *r, struct scene *s, uint32_t position);
void run_done(struct run *r);

/* ---- programs.c ---- */

/* The program of an actor, NOTHING; made, with that of its process, when it is
 * not there: 0, or refused. */
uint32_t run_program(const struct run *r, uint32_t actor);
int run_make_program(struct run *r, uint32_t actor, uint32_t row,
	uint32_t *out);

/* Append a step of a program. The pointer is good until the next one. */
struct step *run_add_step(struct run *r, uint32_t program,
	enum step_kind kind, uint32_t position);

/* Move the last step of a program behind all others: where it is then. */
struct step *run_move_step(struct run *r, uint32_t program);

/* Choose where the threads are started, when all steps are there. */
void run_start_threads(struct run *r);

/* The program whose file it stands in; the one (a thread, or that) whose
 * function. */
uint32_t program_top(const struct run *r, uint32_t program);
uint32_t program_function(const struct run *r, uint32_t program);

static inline uint32_t program_number(const struct run *r,
	const struct program *p)
{
	return (uint32_t)(p - r->program);
}

/* Thread i (from 0) that a program starts before a step of it; NOTHING for the
 * step: all that it starts. NULL: there are no more. */
const struct program *program_thread(const struct run *r,
	const struct program *p, uint32_t before, size_t i);

/* Whether there are threads in its file; whether it pauses somewhere in it. */
bool program_has_threads(const struct run *r, const struct program *p);
bool program_pauses(const struct run *r, const struct program *p);

/* Whether a signal comes while a call waits somewhere in its file; interrupts:
 * one that only ends the call. */
bool program_alarms(const struct run *r, const struct program *p,
	bool interrupts);

/* Whether handing i is the first one between two threads of its file: each two
 * have one semaphore. */
bool handing_is_first(const struct run *r, const struct program *p, size_t i);

/* Whether two steps are of one process. */
static inline bool step_is_beside(const struct run *r, const struct step *a,
	const struct step *b)
{
	return r->program[a->program].process == r->program[b->program].process;
}

/* Go through all steps as the journal does: a call that lasts is left behind
 * what others entered meanwhile; one that never returned is not left. enter
 * may give an error, which ends it. */
int run_walk(struct run *r, int (*enter)(void *to, struct step *s),
	void (*leave)(void *to, struct step *s), void *to);

/* things.c: find what the names of all steps stand for. */
int run_name(struct run *r);
/* Whether a step has a thing in its hands: names it, makes it, or is told of
 * it. */
bool step_has(const struct run *r, const struct step *s, uint32_t thing);
/* Find the variables that several threads have. */
void run_share(struct run *r);
/* The thing that a value of a line names, or NULL. */
struct thing *run_thing(const struct run *r, const struct value *v);

/* variables.c: choose the variable of a new thing. */
void thing_name(const struct run *r, struct thing *t, const char *wish);
/* Whether a word means something else in the programs. */
bool name_is_taken(const char *name);

/* order.c: decide who waits for whom: 0, or -errno with why. */
int run_order(struct run *r);

/* write.c: programs that no other one forks, in the order in which to start
 * them; how many. out has room for EXPORT_PROGRAMS. */
size_t run_starting(const struct run *r, uint32_t *out);

/* repeat.c: how many turns of a loop (1: it is none) step i of a program
 * begins, and the steps of one turn. */
size_t program_turns(const struct run *r, const struct program *p, size_t i,
	size_t *round);
/* How many seconds longer step i of the first turn pauses in each further one;
 * 0: in a turn it does not pause. */
double program_gap(const struct run *r, const struct program *p, size_t i,
	size_t round);

/* ---- spell.c: what both languages share ---- */

static inline bool step_is(const struct step *s, const char *call)
{
	return s->kind == STEP_CALL && !strcmp(s->line.row->name, call);
}

/* The number that an option's value or field is: of a time so many units (ns),
 * 0 when there is none. */
int64_t option_in(const struct value *v, int64_t unit);

/* Until when it pauses, on the clock of its program. */
static inline double step_seconds(const struct step *s)
{
	return (double)(s->until - s->base) / 1000;
}

/* Argument i, defaults put in; NULL when there is none. Its number, 0. */
const struct value *step_arg(const struct step *s, int i);
int64_t step_number(const struct step *s, int i);

/* The argument of a kind, NULL. */
const struct value *step_of_kind(const struct step *s, enum param_kind kind);

/* Whether the journal saw it fail, and whether it never returned there; and
 * whether a signal ended its wait. */
bool step_failed(const struct step *s);
bool step_waits(const struct step *s);
bool step_is_interrupted(const struct step *s);

/* Whether a thing was put on the list of the epoll that s asks. */
bool step_watches(const struct run *r, const struct step *s, uint32_t thing);

/* Whether a 0 is worth a line: from here on others can come; or the journal
 * saw no 0. */
bool step_tells_zero(const struct step *s);

/* "recv(conn, 64)": how a program names a call when it prints what it gave. */
void spell_label(struct buf *b, const struct step *s);

/* What the journal saw it give, when that teaches something: "" or a few words
 * on one line. */
void spell_result(struct buf *b, const struct step *s);

/* The flags of v's constants, joined: "A | B", each behind prefix; "0". */
void spell_flags(struct buf *b, const struct value *v, const char *prefix);

/* A variable of a value that names a thing: its field joined by _. */
void spell_name(struct buf *b, const struct value *v);

/* What printf would write; the caller frees it. */
char *spell_text(const char *fmt, va_list ap);

/* statement.c: append a statement, indented by so many tabs; where it is longer
 * than 79 columns it is broken behind a comma or an operator. comment (may be
 * "") stands behind it when it fits. */
void spell_statement(struct buf *b, int depth, const char *tab,
	const char *text, const char *comment);

/* The same, but the comment stands above it when it does not fit behind. */
void spell_reasoned(struct buf *b, int depth, const char *tab,
	const char *text, const char *comment);

/* Append what a journal says, as a comment of either language may hold it: on
 * one line, of visible letters alone, and none that ends the comment. */
void spell_remark(struct buf *b, const void *text, size_t n);

/* What s pauses, or waits, for x: "after client: send(s, "QUIT\n")", on one
 * line. */
void spell_reason(struct buf *b, const struct run *r, const struct step *s,
	const struct step *x);

/* The function of a thread: "server_2"; the semaphore of a handing:
 * "from_1_to_2". */
void spell_thread(struct buf *b, const struct program *p);
void spell_handing(struct buf *b, const struct run *r,
	const struct handing *h);

/* Append the words of a program's heading, a line each. */
void spell_heading(struct buf *b, const struct run *r,
	const struct program *p, enum export_language to);

/* ---- addresses.c ---- */

/* A host that a program names: an argument of it. */
struct host_argument {
	char name[LINE_LANE + 2]; /* "server", "server6" */
	int family;
};

#define HOSTS_MOST 8

/* The hosts that a program names, in the order in which it does: how many. */
int program_hosts(const struct run *r, const struct program *p,
	struct host_argument out[HOSTS_MOST]);

/* The argument that an address of a step means. False: it is a numeric
 * address, any, none or a path. */
bool address_argument(const struct run *r, const struct step *s,
	const struct value *v, struct host_argument *out);

/* The family of the socket that it is for. */
int address_family(const struct run *r, const struct step *s,
	const struct value *v);

/* A numeric address as text: of `any` as well. */
const char *address_text(int family, const struct value *v);

/* ---- python.c, c.c ---- */

/* Append the text of a program: 0, or -errno with why. */
int python_program(struct run *r, const struct program *p, struct buf *out);
int c_program(struct run *r, const struct program *p, struct buf *out);

#endif
