/*
 * flow: which conversation a segment belongs to.
 *
 * A *flow* is protocol and both ends; a *way* is one of its two directions: 0
 * from the end whose packet made us add the flow.
 */
#ifndef PACKET_FLOW_H
#define PACKET_FLOW_H

#include <stdbool.h>
#include <stdint.h>

struct facts;

struct flow_key {
	uint8_t version, protocol;
	uint16_t port[2];       /* [0] the first sender's */
	uint8_t address[2][16];
};

/* The key of a TCP or UDP frame, its sender first. False for other frames. */
bool flow_key_of(struct flow_key *k, const struct facts *f);

struct flow_table;

struct flow_table *flow_table_new(void);
void flow_table_free(struct flow_table *t);

/*
 * The index (0, 1, 2 … in order of appearance) of a key's newest flow, or -1;
 * *way (way may be NULL) says whether the key's sender is the flow's end 0 or
 * 1. Constant time, and so is flow_add.
 */
int64_t flow_find(const struct flow_table *t, const struct flow_key *k,
	int *way);

/* Add a new flow, which hides an older one of the same ends (a port used
 * again). Returns its index. */
int64_t flow_add(struct flow_table *t, const struct flow_key *k);

/* The key of flow i, borrowed until the next flow_add. */
const struct flow_key *flow_at(const struct flow_table *t, int64_t i);

#endif
