/*
 * translate: a filter as people write it → text of pcap-filter(7) that needs
 * no look-up of any name.
 */
#ifndef PACKET_TRANSLATE_H
#define PACKET_TRANSLATE_H

struct buf;
struct diag;
struct filter_name;

/*
 * Append the translation of text to out. Every word that libpcap might look up
 * as the name of a host or a network has become an address or is an error.
 * Returns 0, or -EINVAL with d filled in.
 */
int translate_filter(struct buf *out, const char *text,
	const struct filter_name *names, struct diag *d);

#endif
