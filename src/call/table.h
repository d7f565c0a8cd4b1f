/*
 * table: one row for each call that can be taught.
 *
 * The parser, printer, runner, completion, help, tracer and exports read the
 * row; to add a call is to add a row (and what it runs) in the file of its
 * theme: call/table_open.c, table_move.c …
 */
#ifndef CALL_TABLE_H
#define CALL_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "call/value.h"

struct buf;
struct diag;

#define CALL_ARGS_MAX 8
#define CALL_RECV_MAX 65536   /* bytes one recv may ask for: its line must fit
				 a packet that Wireshark opens (256 KiB) */
#define CALL_SEND_MAX (512 << 20)

enum param_kind {
	PARAM_END,
	PARAM_FD,       /* a name, or a number */
	PARAM_CONST,    /* one constant of a set */
	PARAM_FLAGS,    /* names of a set joined by |, or 0 */
	PARAM_NUMBER,
	PARAM_SIZE,     /* bytes to receive */
	PARAM_BYTES,    /* bytes to send */
	PARAM_ADDRESS,
	PARAM_OPTION,   /* SO_REUSEADDR …: its name implies its level */
	PARAM_OPTVALUE, /* of the option's type */
	PARAM_TIME,     /* 2s, none */
	PARAM_TEXT,     /* a string for people's names, or none */
	PARAM_BUFFERS,  /* ["ab", "cd"]: bytes to send, in pieces */
	PARAM_SIZES,    /* [4, 8]: buffers to receive into */
	PARAM_FDS,      /* [a, b]: for select */
	PARAM_WANTED,   /* [a: POLLIN, b: POLLOUT]: flags of the set */
};

enum result_kind {
	RESULT_ZERO,    /* 0 */
	RESULT_FD,      /* a descriptor, which a name may be bound to */
	RESULT_COUNT,   /* bytes taken */
	RESULT_BYTES,   /* the bytes themselves; "" is the end */
	RESULT_NUMBER,
	RESULT_FLAGS,
	RESULT_ADDRESS,
	RESULT_FDS,     /* [3, 4]: two descriptors, for two names */
	RESULT_READY,   /* [conn: POLLIN]: flags of result_set */
	RESULT_RECORD,  /* {bytes="…", from=…} */
	RESULT_ADDRESSES, /* [10.0.0.2:80, [fd00::2]:80] */
	RESULT_OPTION,  /* of the option's type */
	RESULT_CONST,   /* one constant of result_set */
	RESULT_PROCESS, /* fork: the actor itself makes it, run is NULL */
};

struct param {
	enum param_kind kind;
	const char *name;    /* "backlog" */
	const char *set;     /* of PARAM_CONST and PARAM_FLAGS: "family" */
	const char *otherwise; /* what is meant when left out, as notation;
				  NULL: it must be given */
};

/* What a row's run function works on; names are numbers here. */
struct call_run {
	const struct value *args; /* as many as the row has, defaults put in */
	int nargs;
	struct value result;      /* run fills it in, or … */
	int error;                /* … the errno of a call that failed; EAI_…
				     of getaddrinfo are negative */
};

struct call_row {
	const char *name;          /* "send" */
	struct param param[CALL_ARGS_MAX];
	enum result_kind result;
	const char *result_set;    /* of flags and constants it gives, NULL */
	void (*run)(struct call_run *run); /* exactly one system call */
	bool may_wait;             /* it can put its caller to sleep */
	bool gives_up;             /* … but never for ever (getaddrinfo) */
	bool sends, receives;      /* moves stream bytes out of, into, the fd */
	bool closes;               /* the fd is gone afterwards */
	const char *help;          /* one line, msgid */
	const char *manual;        /* "send(2)" */
	const char *python, *c;    /* spellings, {0} {1} … the arguments */
};

/* The row of a name, or NULL. */
const struct call_row *call_row(const char *name);

/* Row i, NULL behind the last: for completion and help. */
const struct call_row *call_row_at(size_t i);

/* The nearest name of a call, or NULL when none is near. */
const char *call_nearest(const char *name);

/*
 * The bytes that a call of a row moved, of what it gave: its number, its bytes,
 * the buffers of recvmsg; `returned` of a record that has it (what MSG_TRUNC
 * took off a stream). 0 for a failure and for what moves no bytes.
 */
uint64_t call_moved(const struct call_row *row, const struct value *result);

/* Parameters of a row. */
int call_params(const struct call_row *row);

/* "send(fd, bytes, flags=0) -> count", for the prompt and K. */
void call_signature(struct buf *b, const struct call_row *row);

/* "fd", "count", "bytes" …: what a signature says it gives. */
const char *call_result_word(enum result_kind kind);

/*
 * A set of constants: "family", "type", "protocol", "how", "message" (flags of
 * send and recv), "option", "command" (of fcntl), "status" (flags of fcntl),
 * "request" (of ioctl), "poll", "epoll", "epoll operation", "epoll flags",
 * "signal", "disposition", "socket flags" (of accept4), "name flags" (of
 * getnameinfo), "any family" and "lookup" (of getaddrinfo), "state" (of TCP),
 * "errno" (prints 111 (ECONNREFUSED)).
 */
struct constant_set;

/* The set of that name, or NULL. */
const struct constant_set *constant_set(const char *name);

/* Append a number as the set names it: AF_INET, O_RDWR | O_NONBLOCK, 0. What
 * has no name is written as a number. set may be NULL. */
void constant_print(struct buf *b, const struct constant_set *set,
	int64_t number);

/* What type the value of an option has. */
enum option_type {
	OPTION_NUMBER,  /* int */
	OPTION_SWITCH,  /* int, 0 or 1 */
	OPTION_TIME,    /* struct timeval: 2s, none */
	OPTION_SECONDS, /* int, in s: 2s (TCP_KEEPIDLE, TCP_DEFER_ACCEPT) */
	OPTION_MS,      /* int, in ms: 800ms (TCP_USER_TIMEOUT) */
	OPTION_LINGER,  /* struct linger: {l_onoff=1, l_linger=0} */
	OPTION_ERRNO,   /* int, read only: 111 (ECONNREFUSED) */
	OPTION_TCP_INFO,/* struct tcp_info, read only: {state=ESTABLISHED, …} */
};

struct option_row {
	const char *name;   /* "SO_RCVBUF" */
	int level, option;
	enum option_type type;
	bool read_only;
	bool tcp;           /* of TCP sockets only */
	const char *help;   /* one line, msgid */
};

/* Row i, NULL behind the last; the row of an option's number (below). */
const struct option_row *option_row_at(size_t i);
const struct option_row *option_row(int64_t option);

/* Read an option of a descriptor: 0, or the errno. v holds nothing yet. Also
 * for who is not the learner: the lab asks for what the kernel made of it. */
int option_get(int fd, const struct option_row *o, struct value *v);

/* Set one. The value is of the option's type, or a number: 0, or the errno. */
int option_set(int fd, const struct option_row *o, const struct value *v);

/* Whether the value can be one of the option: 0, or -EINVAL with d. */
int option_check(const struct option_row *o, const struct value *v,
	struct diag *d);

/* The number of an option carries its level: these take it apart. */
int constant_level(int64_t option);
int constant_option(int64_t option);

/* The number of a constant of a set by name; false when it has none so. set
 * NULL looks through all of them. */
bool constant_number(const char *set, const char *name, int64_t *number);

/* The name of a number in a set, or NULL. */
const char *constant_name(const char *set, int64_t number);

/* Name i of a set (NULL set: of all), NULL behind the last. */
const char *constant_at(const char *set, size_t i);

/* The name of a set (NULL: of all) that is nearest to a word, or NULL when
 * none is near. */
const char *constant_nearest(const char *set, const char *name);

/* errno names: "ECONNREFUSED" ⇄ 111; "EAI_NONAME" ⇄ -2 (netdb.h), for what
 * getaddrinfo gives. NULL, 0 when unknown. */
const char *errno_name(int number);
int errno_number(const char *name);

/* The errno name that is nearest to a word, or NULL when none is near. */
const char *errno_nearest(const char *name);

/* The C library's sentence for it, in the user's language. */
const char *errno_sentence(int number);

#endif
