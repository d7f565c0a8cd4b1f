/*
 * dns: the small name server of a lab (RFC 1035, over UDP).
 *
 * It knows the lab's hosts and nobody else: A, AAAA and PTR of their names,
 * NXDOMAIN for any other. A *zone* is what it knows.
 */
#ifndef ACTOR_DNS_H
#define ACTOR_DNS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DNS_HOSTS 8
#define DNS_NAME 64   /* bytes of a host's name, with its NUL */
#define DNS_MOST 512  /* bytes of an answer, as over UDP without extensions */

struct dns_host {
	char name[DNS_NAME];
	bool has4, has6;
	struct in_addr four;
	struct in6_addr six;
};

struct dns_zone {
	struct dns_host host[DNS_HOSTS];
	int hosts;
};

/* Add what "NAME=10.0.0.1,fd00::1" says; either address may be left out. 0 or
 * -EINVAL. */
int dns_add(struct dns_zone *z, const char *words);

/* Answer a message of n bytes: the bytes of the answer in out; 0: none is due.
 * The message may be anything. */
size_t dns_answer(const struct dns_zone *z, const uint8_t *message, size_t n,
	uint8_t out[DNS_MOST]);

/*
 * Be the name server, in the role of an actor: confined, with descriptors 0
 * and 1 for whoever started it. The first of the words is its own host, which
 * has both addresses: it listens there and nowhere else. Says "ready" when it
 * can be asked, or "error TEXT". Leaves at the end of its input; the exit
 * status.
 */
int dns_main(char *const *words);

#endif
