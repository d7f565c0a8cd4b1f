/* transcript: an event of the journal as a line of plain text. */
#ifndef LESSON_TRANSCRIPT_H
#define LESSON_TRANSCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct scene;

/*
 * Append the event at position, without a newline: a line of the notation as
 * the journal has it, or a frame: "#4 client to server: LOGIN↵ (6 bytes, seq
 * 1, ack 1), held". Nothing is appended and false returned for what is not
 * meant for people: samples, marks of the player, `lab: still`.
 */
bool transcript_event(struct buf *b, struct scene *s, uint32_t position,
	bool ascii);

/* The last n such lines of the take before position, oldest first, each behind
 * prefix and ending in a newline. */
void transcript_tail(struct buf *b, struct scene *s, uint32_t position,
	size_t n, const char *prefix);

#endif
