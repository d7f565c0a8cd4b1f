/*
 * link: lines to the lab, and its answers (src/README.md, "The control
 * socket").
 *
 * The screen, the checker and the plain player hold one end, the lab holds
 * the other. Neither end ever blocks on it.
 */
#ifndef CALL_LINK_H
#define CALL_LINK_H

#include <stdbool.h>
#include <stdint.h>

struct link;

enum answer_kind {
	ANSWER_OK,     /* the line did what it says, expectation met */
	ANSWER_FAILED, /* an expectation was not met: text says expected,
			  observed */
	ANSWER_ERROR,  /* the line cannot be done: column, text */
	ANSWER_GREW,   /* the journal has more; id 0 */
	ANSWER_ENDED,  /* the lab is gone; text says why when it is known */
};

struct answer {
	enum answer_kind kind;
	uint64_t id;
	int column;
	char text[512];
};

/* Take over a connected stream socket. */
struct link *link_new(int fd);
void link_free(struct link *l); /* closes fd: the lab ends */
int link_fd(const struct link *l); /* for poll: POLLIN; see link_wants_out */
bool link_wants_out(const struct link *l);

/* Queue a line. Returns its id (1, 2, …). */
uint64_t link_send(struct link *l, const char *line);

/* Write what is queued, read what is there. 0 or -errno. */
int link_pump(struct link *l);

/* The next answer, if any. After ANSWER_ENDED only that. */
bool link_next(struct link *l, struct answer *out);

/* Wait for the next answer at most timeout ns (-1: for ever). Returns false
 * on timeout. For programs that have nothing else to wait for. */
bool link_wait(struct link *l, struct answer *out, int64_t timeout);

#endif
