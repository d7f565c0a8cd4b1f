/*
 * facts: what a frame is, in one struct, found in one pass.
 *
 * bytes → facts (here and packet/fields.h) → words (packet/words.h) → screen
 * (ui). Opens nothing, allocates nothing, trusts no length: every byte is read
 * through packet/reader.h.
 */
#ifndef PACKET_FACTS_H
#define PACKET_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* TCP flags as they stand in byte 13 of the header (RFC 9293, 3.1). */
enum {
	FACTS_FIN = 0x01,
	FACTS_SYN = 0x02,
	FACTS_RST = 0x04,
	FACTS_PSH = 0x08,
	FACTS_ACK = 0x10,
	FACTS_URG = 0x20,
	FACTS_ECE = 0x40,
	FACTS_CWR = 0x80,
};

struct facts {
	uint16_t ethertype;   /* after any VLAN tags */
	uint8_t version;      /* 4, 6; 0 when the frame carries no IP */
	uint8_t protocol;     /* IPPROTO_*, after IPv6 extension headers */
	bool fragment;        /* a fragment with offset > 0: no ports */
	bool truncated;       /* the bytes ended before the headers did */
	bool more;            /* a fragment that others follow */
	bool cut;             /* the frame ends before the datagram does */
	bool routed;          /* IPv6: a routing header has segments left */
	bool bad_ip_sum;      /* IPv4 header checksum wrong (RFC 791) */
	bool bad_sum;         /* TCP, UDP or ICMP checksum wrong */
	bool sum_known;       /* bad_sum was found out: the bytes it is made of
				 are all there (UDP over IPv4 may have none) */
	uint8_t source[16];   /* IPv4, and ARP's sender: the first 4 bytes */
	uint8_t target[16];
	uint16_t source_port; /* host order; TCP and UDP */
	uint16_t target_port;
	uint32_t seq, ack;    /* TCP */
	uint16_t window;      /* TCP, as on the wire, not scaled */
	uint8_t flags;        /* TCP, FACTS_* */
	int8_t window_scale;  /* TCP option of a SYN; -1 when absent */
	uint16_t mss;         /* TCP option of a SYN; 0 when absent */
	uint8_t icmp_type, icmp_code;
	uint32_t network;     /* offset of the IP or ARP header; 0: none */
	uint32_t transport;   /* offset of the TCP, UDP, ICMP header; 0: none */
	uint32_t payload;     /* offset of what the transport carries */
	uint32_t payload_len; /* without Ethernet's padding */
};

/* Read an Ethernet frame of len bytes. Never fails: what cannot be read is 0
 * and truncated is set. */
void facts_read(struct facts *f, const uint8_t *frame, size_t len);

/* The same without the checksums, which read every byte: for those who see
 * every frame go by. bad_ip_sum, bad_sum and sum_known stay false. */
void facts_read_headers(struct facts *f, const uint8_t *frame, size_t len);

/* Bytes of sequence space the segment takes: payload, plus SYN, plus FIN. */
uint32_t facts_sequence_space(const struct facts *f);

#endif
