/*
 * c: a program as C says it, for Linux. For c*.c alone.
 *
 * The body is written first; what it turned out to need (headers, variables,
 * helpers) stands before it.
 */
#ifndef EXPORT_C_H
#define EXPORT_C_H

#include "export/inside.h"

enum { /* headers, in the order of their names … */
	C_INET = 1 << 0,
	C_ENDIAN = 1 << 1,
	C_ERRNO = 1 << 2,
	C_FCNTL = 1 << 3,
	C_NETDB = 1 << 4,
	C_IN = 1 << 5,
	C_TCP = 1 << 6,
	C_POLL = 1 << 7,
	C_PTHREAD = 1 << 8,
	C_SEMAPHORE = 1 << 9,
	C_SIGNAL = 1 << 10,
	C_STDINT = 1 << 11,
	C_STDIO = 1 << 12,
	C_STDLIB = 1 << 13,
	C_STRING = 1 << 14,
	C_EPOLL = 1 << 15,
	C_IOCTL = 1 << 16,
	C_MMAN = 1 << 17,
	C_SELECT = 1 << 18,
	C_SOCKET = 1 << 19,
	C_TIMEVAL = 1 << 20,
	C_UIO = 1 << 21,
	C_UN = 1 << 22,
	C_TIME = 1 << 23,
	C_UNISTD = 1 << 24,
	C_ERRQUEUE = 1 << 25,
	C_SOCKIOS = 1 << 26,
};

enum { /* … helpers, in the order in which they stand … */
	HELP_DIE = 1 << 0,
	HELP_TELL = 1 << 1,
	HELP_QUOTE = 1 << 2,
	HELP_SHOW = 1 << 3,
	HELP_FILLED = 1 << 4,
	HELP_ADDRESS = 1 << 5,
	HELP_FLAGS = 1 << 6,
	HELP_READY = 1 << 7,
	HELP_EVENTS = 1 << 8,
	HELP_SET = 1 << 9,
	HELP_INFO = 1 << 10,
	HELP_ERROR = 1 << 11,
	HELP_IPV4 = 1 << 12,
	HELP_IPV6 = 1 << 13,
	HELP_UNIX = 1 << 14,
	HELP_HANDLE = 1 << 15,
	HELP_CATCH = 1 << 16,
	HELP_SIGNAL = 1 << 17,
	HELP_SIGNAL_THREAD = 1 << 18,
	HELP_CLOCK = 1 << 19,
	HELP_PAUSE = 1 << 20,
	HELP_HAND = 1 << 21,
};

enum { /* … and variables of main */
	VAR_N = 1 << 0,       /* what a call gave */
	VAR_VALUE = 1 << 1,   /* of an option */
	VAR_ADDRESS = 1 << 2, /* who sent it */
	VAR_PID = 1 << 3,
	VAR_EVENTS = 1 << 4,
	VAR_SETS = 1 << 5,
	VAR_ERROR = 1 << 6,   /* of the resolver */
	VAR_LIMIT = 1 << 7,   /* a time that is an option */
	VAR_LINGER = 1 << 8,
	VAR_FOUND = 1 << 9,   /* what getaddrinfo gave */
	VAR_NAMES = 1 << 10,  /* … and getnameinfo */
	VAR_INFO = 1 << 11,
	VAR_CONTROL = 1 << 12, /* what comes beside the bytes */
};

/* An address that has a variable already. */
struct c_address {
	char *made_by; /* ipv4("0.0.0.0", 9999) */
	char name[16];
	int depth;     /* of the block it is in */
};

#define ERRORS 134 /* of Linux: from 1 to 133 */

struct c {
	struct run *r;
	const struct program *p;
	struct buf body;     /* of the function that is being written */
	struct buf *functions, *shared; /* of the other threads; variables of
				several */
	struct buf *ahead;   /* in a loop: what stands in front of it; NULL */
	int depth;
	unsigned headers, help, vars;
	bool error[ERRORS]; /* that is to be expected: error_name knows it */
	bool names_error;   /* the body calls error_name */
	size_t room;      /* bytes of buf; 0: there is none */
	int64_t events;   /* of epoll_wait, at most */
	/* How many variables of a kind there are: they are numbered. */
	int bulks, pieces, messages, rooms, polls, owns, tos;
	struct c_address *address;
	size_t addresses, address_cap;
};

void c_say(struct c *w, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* The name of a variable that there may be several of: to, to2, to3. */
void c_number(char *out, size_t size, const char *base, int number);

/* Append a comment; nothing when the text would end it. */
void c_comment(struct buf *b, const char *text);

/* c.c: append the function of a thread to w->functions: 0, or refused. */
int c_thread(struct c *w, const struct program *t);

/* c_steps.c: append all steps of a program: 0, or refused. */
int c_steps(struct c *w, const struct program *p);

/* Append the statements of a call. A failure that the journal saw is told, all
 * others end the program. 0, or refused. */
int c_call(struct c *w, const struct step *s);

/* ---- c_call.c: pieces of a statement ---- */

/* FUNCTION("recv(conn, 64)", REST); and printf("… -> FORMAT\n", REST); with
 * what the journal saw as a comment. */
void c_tell(struct c *w, const struct step *s, const char *function,
	const char *rest);
void c_print(struct c *w, const struct step *s, const char *format,
	const char *rest);
void c_die_if(struct c *w, const char *condition, const struct step *s);

/* A call that gives 0: checked, and told only where it was not sure; one that
 * gives a number: n; one that gives a descriptor. */
void c_check_zero(struct c *w, const struct step *s, const char *call);
void c_check_count(struct c *w, const struct step *s, const char *call);
void c_check_fd(struct c *w, const struct step *s, const char *call);

/* "int ", with which the variable of a new thing is declared, or "": of several
 * threads it is declared outside. */
const char *c_declare(struct c *w, const struct thing *t);

/* Flags, or one constant; 0 when there is no argument. */
void c_flags(struct buf *b, const struct value *v);

/* The program may tell an error, and does so by its name. */
void c_knows_error(struct c *w, int64_t error);

/* A call and what says it; a list ends with a name that is NULL. */
struct c_said {
	const char *name;
	int (*say)(struct c *w, const struct step *s);
};
extern const struct c_said c_said_open[], c_said_move[], c_said_ready[],
	c_said_option[], c_said_name[];

/* A function that programs get when they need it; a list ends with help 0. In
 * its text what is printed in several pieces stands between \f and \v. */
struct c_helper {
	unsigned help;
	unsigned needs;   /* other helpers */
	unsigned headers;
	const char *told; /* msgid of its comment */
	const char *text;
};
extern const struct c_helper c_helpers_time[];

/* c_help.c: append the helpers that the body needs; they need headers too. */
void c_help(struct c *w, struct buf *b);

/* c_value.c: append bytes as "pointer, length"; what must stand before the
 * statement is said at once. */
void c_bytes(struct c *w, struct buf *b, const struct value *v);
void c_literal(struct buf *b, const void *bytes, size_t n);
void c_text(struct buf *b, const struct value *v); /* "name", NULL */
/* Append the descriptor: a variable, or a number. */
void c_fd(struct c *w, struct buf *b, const struct value *v);
/* Declarations behind the first n are not known any more. */
void c_forget_addresses(struct c *w, size_t n);
/* Append "(struct sockaddr *)&to, sizeof(to)"; role is the variable. */
void c_address(struct c *w, struct buf *b, const struct step *s,
	const struct value *v, const char *role);

#endif
