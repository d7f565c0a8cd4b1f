/*
 * fields_dns: messages of the Domain Name System (RFC 1035), as UDP carries
 * them: who is asked for what, and what is answered.
 *
 * A *name* is a row of labels, each with its length before it, that ends in a
 * length of 0 or in a pointer to a place earlier in the message where the rest
 * stands (section 4.1.4).
 */
#ifndef PACKET_FIELDS_DNS_H
#define PACKET_FIELDS_DNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct facts;
struct spans;

/* The longest name as text, with each byte as \DDD (section 2.3.4). */
#define DNS_NAME_MAX 1024

/* Whether the facts are those of a datagram that a DNS sends or gets. */
bool fields_is_dns(const struct facts *f);

/* The message at the next byte, up to the reader's end. What is wrong in it is
 * left to the caller as not decoded. */
void fields_dns(struct spans *s);

/*
 * Read the name at offset at of a message of n bytes, as text ("server",
 * "www.example.org", "." for the root) into out (or nowhere, when NULL).
 * Returns how many bytes it takes where it stands, 0 when it is wrong: it runs
 * out of the message, is longer than 255 bytes, or points elsewhere than
 * backwards.
 */
size_t dns_name(char out[DNS_NAME_MAX], const uint8_t *message, size_t n,
	size_t at);

/* "DNS server? A", "DNS 10.0.0.2", "DNS no such name": a message in a few
 * words, at most so many cells. False when it cannot be read. */
bool dns_words(struct buf *b, const uint8_t *message, size_t n, int cells,
	bool ascii);

/* "A", "AAAA", "no such name": NULL for a number without a name here. */
const char *dns_type(uint16_t type);
const char *dns_outcome(uint8_t code);

#endif
