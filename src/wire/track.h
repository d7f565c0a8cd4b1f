/*
 * track: what the ends of every connection have said and were given, so that a
 * RST can be forged that an end's kernel takes. Of this room only.
 *
 * RFC 9293, 3.10.7.4, and RFC 5961, 3.2: a RST must bear exactly the sequence
 * number that the end expects next. That is what it acknowledged last, or
 * more: what it was given since and did not acknowledge yet. An end that sent
 * its SYN takes RST+ACK that acknowledges it.
 */
#ifndef WIRE_TRACK_H
#define WIRE_TRACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct facts;
struct forge_reset;
struct track;

struct track *track_new(void);
void track_free(struct track *t);

/* A frame that its host sent; one that goes to the host it is for. f: its
 * facts, which the caller read; not for one whose checksum is wrong: nobody
 * takes it. */
void track_sent(struct track *t, const struct facts *f, const uint8_t *frame);
void track_given(struct track *t, const struct facts *f);

/* Both at once, when that is quickly done; false: nothing was noted. */
bool track_flowing(struct track *t, const uint8_t *frame, size_t len);

/*
 * Walk over the ends that can be reset, with the hardware address mac: *at is
 * 0 at first. False: no more. What r borrows is good until the next frame.
 */
bool track_next(const struct track *t, const uint8_t *mac, size_t *at,
	struct forge_reset *r);

#endif
