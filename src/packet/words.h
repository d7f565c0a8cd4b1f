/* words: facts → words. Plain text, no colour, no terminal. */
#ifndef PACKET_WORDS_H
#define PACKET_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct facts;
struct field;

/*
 * A frame in as few cells as a column of the stage has: "SYN", "SYN ACK",
 * "ACK", "FIN ACK", "RST", "RST ACK", the payload with symbols for control
 * bytes ("LOGIN↵"), "ICMP port unreachable", "ARP who has 10.0.0.2". The
 * payload is cut to at most max cells (with … when cut; ascii: "...").
 */
void words_frame(struct buf *b, const struct facts *f, const uint8_t *frame,
	size_t len, int max, bool ascii);

/* TCP flags as words: "SYN ACK". None set: "none". */
void words_flags(struct buf *b, uint8_t flags);

/* The value of a field as a person reads it: "10.0.0.1", "0x1a2b", "SYN ACK",
 * "TCP (6)"; IPv6 as RFC 5952 writes it. Never the bytes of a FIELD_BYTES:
 * "33 bytes". */
void words_field(struct buf *b, const struct field *f, const uint8_t *frame,
	size_t len);

#endif
