/*
 * forge: frames that no kernel sent. Of this room only.
 *
 * Each is whole and right in all that was not asked to be wrong: lengths,
 * sequence numbers, checksums. The caller frees what it is given.
 */
#ifndef WIRE_FORGE_H
#define WIRE_FORGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "call/line.h"
#include "packet/flow.h"

struct forged {
	uint8_t *frame;
	size_t len;
};

/* Where `corrupt` changes a frame, or SIZE_MAX: it has no such byte. */
size_t forge_place(const struct wire_order *order, const uint8_t *frame,
	size_t len);
/* A copy with that byte changed. False: no such byte, or no change. */
bool forge_corrupt(struct forged *out, const struct wire_order *order,
	const uint8_t *frame, size_t len);

/* A segment as two, before byte n of its payload. False: it is none, or has no
 * bytes on both sides. */
bool forge_split(struct forged out[2], const uint8_t *frame, size_t len,
	int64_t n);

/*
 * What a router says whose next link takes no more than mtu bytes: ICMP
 * fragmentation needed (RFC 1191), ICMPv6 packet too big (RFC 8201). It speaks
 * with the address of the frame's target, for it has none here. False: it says
 * nothing (a router would fragment; RFC 1122 3.2.2 forbids).
 */
bool forge_too_big(struct forged *out, const uint8_t *frame, size_t len,
	int64_t mtu);

struct forge_reset {
	struct flow_key key;        /* the end that it comes from first */
	const uint8_t *from, *to;   /* hardware addresses */
	uint32_t seq, ack;
	bool acks;                  /* RST+ACK */
};

void forge_rst(struct forged *out, const struct forge_reset *r);

#endif
