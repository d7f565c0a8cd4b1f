/*
 * vocabulary: the words of a filter: ours, and those of pcap-filter(7) for
 * Ethernet that need no look-up. A word is given with its length.
 */
#ifndef PACKET_VOCABULARY_H
#define PACKET_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>

struct filter_name;

enum vocabulary {
	VOCABULARY_NETWORK,   /* protocols that may qualify an address */
	VOCABULARY_PROTOCOL,  /* those that stand alone or before a port */
	VOCABULARY_DIRECTION, /* src, dst */
	VOCABULARY_TYPE,      /* host, net, port … */
	VOCABULARY_ALONE,     /* a primitive of its own */
	VOCABULARY_NUMBERED,  /* the same, with a number behind it or not */
	VOCABULARY_JOINER,    /* and, or, from … */
	VOCABULARY_LISTS,
};

/* The word as the list has it (static), or NULL when it is not there. */
const char *vocabulary_find(enum vocabulary list, const char *word, size_t n);

/* What a plain word of ours means, in libpcap's language; or NULL. */
const char *vocabulary_plain(const char *word, size_t n);

/* The number of a constant such as tcp-syn, as text; or NULL. */
const char *vocabulary_constant(const char *word, size_t n);

/* The known word nearest to this one, among the names and, unless only hosts
 * are wanted, all lists. NULL when there is none to choose from. */
const char *vocabulary_nearest(const char *word, size_t n,
	const struct filter_name *names, bool only_hosts);

#endif
