/*
 * python: a program as Python's socket module says it. For python*.c alone.
 *
 * The body is written first; what it turned out to need (modules, helpers)
 * stands before it.
 */
#ifndef EXPORT_PYTHON_H
#define EXPORT_PYTHON_H

#include "export/inside.h"

enum { /* modules, in the order of their names, then helpers */
	PYTHON_CTYPES = 1 << 0,
	PYTHON_ERRNO = 1 << 1,
	PYTHON_FCNTL = 1 << 2,
	PYTHON_OS = 1 << 3,
	PYTHON_SELECT = 1 << 4,
	PYTHON_SIGNAL = 1 << 5,
	PYTHON_SOCKET = 1 << 6,
	PYTHON_STRUCT = 1 << 7,
	PYTHON_SYS = 1 << 8,
	PYTHON_TERMIOS = 1 << 9,
	PYTHON_THREADING = 1 << 10,
	PYTHON_TIME = 1 << 11,
	PYTHON_TELL = 1 << 12, /* print, of several threads */
	PYTHON_SHOWN = 1 << 13, /* bytes as text */
	PYTHON_FILLED = 1 << 14, /* the buffers of recvmsg */
	PYTHON_READY = 1 << 15, /* what poll gave */
	PYTHON_NAMED = 1 << 16, /* what select gave */
	PYTHON_INTERRUPT = 1 << 17,
	PYTHON_END = 1 << 18,
	PYTHON_FAILED = 1 << 19,
	PYTHON_PAUSE = 1 << 20,
	PYTHON_INFO = 1 << 21, /* of TCP */
	PYTHON_NOBODY = 1 << 22, /* an address of AF_UNSPEC */
	PYTHON_LOOKUP = 1 << 23, /* names of the resolver's errors */
};

struct python {
	struct run *r;
	const struct program *p;
	struct buf body;        /* of the thread that is being written */
	struct buf *functions;  /* of the others */
	int depth;
	unsigned need;
	bool starts;            /* it starts the clock */
};

/* python.c: append the function of a thread to w->functions: 0, or refused. */
int python_thread(struct python *w, const struct program *t);

/* python_steps.c: append all steps of a program: 0, or refused. */
int python_steps(struct python *w, const struct program *p);

/* Append a statement to the body. */
void python_say(struct python *w, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Append the statements of a call, its failure not caught: 0, or refused. */
int python_call(struct python *w, const struct step *s);

/* ---- python_call.c: pieces of a statement ---- */

/* What prints: "print"; in a program with threads a helper, "tell". */
const char *python_print(struct python *w);
/* print("recv(conn, 64) ->", GIVEN)  # what the journal saw; NULL: 0. */
void python_tell(struct python *w, const struct step *s, const char *given);
/* A call that gives 0 tells it only where that was not sure. */
void python_tell_zero(struct python *w, const struct step *s);
/* ", socket.MSG_DONTWAIT"; nothing for 0. */
void python_flags(struct buf *b, const struct value *v);
/* The variable of descriptor i that a call makes, and of bytes it gives. */
const char *python_made(const struct python *w, const struct step *s, int i);
const char *python_given(const struct python *w, const struct step *s);
void python_seconds(struct buf *b, int64_t ns);

/* A call and what says it; a list ends with a name that is NULL. */
struct python_said {
	const char *name;
	int (*say)(struct python *w, const struct step *s);
};
extern const struct python_said python_said_open[], python_said_move[],
	python_said_ready[], python_said_option[];

/* python_value.c: append an argument as Python writes it. */
void python_bytes(struct python *w, struct buf *b, const struct value *v);
void python_buffers(struct python *w, struct buf *b, const struct value *v);
/* ("10.0.0.2", 9999), (server, 9999), "path". */
void python_address(struct python *w, struct buf *b, const struct step *s,
	const struct value *v);
void python_text(struct buf *b, const struct value *v); /* "name", None */
/* A socket that has the methods of one: a variable; of a bare number one that
 * is made of it. */
void python_socket(struct python *w, struct buf *b, const struct value *v);
/* Its number: s.fileno(), 99. */
void python_fd(struct buf *b, const struct run *r, const struct value *v);

#endif
