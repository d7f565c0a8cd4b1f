/*
 * pcapng: blocks of a capture file, in memory (draft-ietf-opsawg-pcapng).
 *
 * The writer builds single blocks, little-endian; the reader walks a byte
 * range that may come from anywhere, in either byte order, and trusts nothing.
 */
#ifndef PACKET_PCAPNG_H
#define PACKET_PCAPNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

enum {
	PCAPNG_SECTION = 0x0a0d0d0a,
	PCAPNG_INTERFACE = 1,
	PCAPNG_PACKET = 6, /* enhanced packet block */
};

enum {
	PCAPNG_LINK_ETHERNET = 1,
	PCAPNG_LINK_UPPER_PDU = 252, /* Wireshark's exported PDU */
};

enum pcapng_way { PCAPNG_UNKNOWN, PCAPNG_INBOUND, PCAPNG_OUTBOUND };

/* Append a section header that names the application. */
void pcapng_put_section(struct buf *b, const char *application);

/* Append an interface: name, link type, nanosecond times. */
void pcapng_put_interface(struct buf *b, const char *name, uint16_t link);

/* Bytes that a packet block of len data bytes and this comment will take. */
size_t pcapng_packet_size(size_t len, size_t comment_len);

/*
 * Write a packet block of exactly pcapng_packet_size bytes to out, all but its
 * first 4 bytes (the block type), which stay untouched: storing PCAPNG_PACKET
 * there (little-endian), atomically and last, is what makes the block exist
 * for readers. time is nanoseconds since 1970. The data may be given in two
 * parts (head, body), either empty. comment may be NULL; beyond 65532 bytes
 * it is cut.
 */
void pcapng_write_packet(uint8_t *out, uint32_t interface, int64_t time,
	enum pcapng_way way, const void *head, size_t head_len,
	const void *body, size_t body_len, const char *comment);

struct pcapng_block {
	uint32_t type;
	uint64_t offset;     /* of the block in the file */
	uint32_t length;     /* whole block */
	/* PCAPNG_INTERFACE */
	uint16_t link;
	const char *name;    /* if_name, not NUL-terminated, or NULL */
	size_t name_len;
	uint64_t units;      /* time units per second (if_tsresol) */
	/* PCAPNG_PACKET */
	uint32_t interface;
	uint64_t time;       /* in units of its interface */
	const uint8_t *data;
	uint32_t len, original_len;
	enum pcapng_way way;
	const char *comment; /* not NUL-terminated, or NULL */
	size_t comment_len;
};

/*
 * Read the block at offset of a file of size bytes. *swapped is the byte order
 * of the section (true: big-endian), kept by the caller between calls, set by
 * each section header. Pointers in *out borrow from file. Of a block of
 * another type only type, offset and length are given. Returns 1; 0 at the end
 * (nothing more, or a zero type: not yet written); -EINVAL for a block that is
 * torn or wrong.
 */
int pcapng_read(struct pcapng_block *out, const uint8_t *file, uint64_t size,
	uint64_t offset, bool *swapped);

#endif
