/*
 * judge: expected against observed. Pure: it knows no lab, only values and
 * words.
 */
#ifndef LAB_JUDGE_H
#define LAB_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct expect;
struct value;

/* A call's result against what was expected; observed NULL: there is none. */
bool judge_value(const struct expect *e, const struct value *observed);

/* Why there is no result. */
enum judge_silence {
	JUDGE_ANSWERED, /* there is one */
	JUDGE_WAITS,    /* the call waits */
	JUDGE_ENDED,    /* its process ended */
	JUDGE_RESTLESS, /* nobody knows: the lab does not come to rest */
};

/*
 * Append why it was not met: "expected 0, observed ECONNREFUSED", or, when
 * there is no result, "expected 0, and server is still waiting in accept".
 */
void judge_value_why(struct buf *b, const struct expect *e,
	const struct value *observed, enum judge_silence silence,
	const char *lane, const char *call);

/* Append why a result that came in time ns does not fit after and within (0:
 * not given); true when it does not. */
bool judge_span_why(struct buf *b, int64_t after, int64_t within, int64_t came);

enum judge_verdict { JUDGE_OPEN, JUDGE_MET, JUDGE_FAILED };

/* Frames seen against frames asked for (times -1: at least one). final: no
 * further frame will come by itself, or nobody waits for one. */
enum judge_verdict judge_frames(int64_t times, int64_t seen, bool final);

void judge_frames_why(struct buf *b, int64_t times, int64_t seen,
	const char *filter);

#endif
