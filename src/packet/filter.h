/*
 * filter: the capture-filter language of pcap-filter(7), with our names and a
 * few plain words on top.
 *
 * Plain words: syn (SYN without ACK), synack, rst, fin, ack (a bare ACK: no
 * data, no SYN, FIN or RST), data (TCP or UDP payload of at least one byte),
 * from NAME, to NAME; they may be joined with and, or, not and parentheses,
 * and put side by side ("syn from client" means "syn and from client"), which
 * binds closer than and and or; these two bind alike, from left to right, as in
 * libpcap. All hold for IPv4 and IPv6 (without extension headers, which libpcap
 * does not step over). The rest is handed to libpcap as it is, but for names of
 * hosts, which become addresses, because libpcap would ask a DNS; a word that
 * neither of us knows is an error and looked up nowhere.
 */
#ifndef PACKET_FILTER_H
#define PACKET_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diag;
struct filter;

struct filter_name {
	const char *name;  /* "client" */
	const char *ipv4;  /* "10.0.0.1" or NULL */
	const char *ipv6;  /* "fd00::1" or NULL */
	const char *mac;   /* "02:00:00:00:00:01" or NULL; decides `from` */
};

/*
 * Compile text for Ethernet frames. names ends with a member whose name is
 * NULL. An empty text matches every frame. Returns 0 and the filter, which the
 * caller frees, or -EINVAL with d filled in.
 */
int filter_compile(struct filter **out, const char *text,
	const struct filter_name *names, struct diag *d);

bool filter_match(const struct filter *f, const uint8_t *frame, size_t len);

void filter_free(struct filter *f);

#endif
