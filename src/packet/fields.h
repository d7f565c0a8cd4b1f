/*
 * fields: every field of a frame as a span of its bytes.
 *
 * A decoder yields offset, length, name and value, never text: the hex pane,
 * the log and the exports all need the spans.
 */
#ifndef PACKET_FIELDS_H
#define PACKET_FIELDS_H

#include <stddef.h>
#include <stdint.h>

enum field_kind {
	FIELD_LAYER,  /* a heading: Ethernet, IPv4, TCP …; spans its header */
	FIELD_NUMBER, /* value, to be shown in decimal */
	FIELD_HEX,    /* value, to be shown in hexadecimal */
	FIELD_FLAGS,  /* TCP flags: value is the flag byte */
	FIELD_ENUM,   /* value, with its name in text (ethertype, ARP op …) */
	FIELD_MAC,    /* the 6 bytes of the span */
	FIELD_IPV4,   /* the 4 bytes */
	FIELD_IPV6,   /* the 16 bytes */
	FIELD_BYTES,  /* payload, padding, unknown option */
	FIELD_DNS_NAME, /* a name; value: where its message begins */
};

enum field_note {
	FIELD_PLAIN,
	FIELD_SUM_GOOD,  /* a checksum that is right */
	FIELD_SUM_BAD,   /* a checksum that is wrong */
	FIELD_TOO_SHORT, /* the bytes end inside this field */
	FIELD_SEQ,       /* a sequence number: may be shown relative */
	FIELD_ACK_SEQ,   /* an acknowledgement number: likewise */
};

struct field {
	uint32_t offset, length; /* bytes of the frame */
	uint8_t bit, bits;       /* within the span, from the highest bit;
				    bits 0: the whole span */
	uint8_t depth;           /* 0 a layer, 1 its fields, 2 option's parts */
	enum field_kind kind;
	enum field_note note;
	const char *name;        /* static msgid, marked for translation */
	const char *text;        /* FIELD_ENUM: static name of value or NULL */
	uint64_t value;          /* also of shifted bit fields */
};

#define FIELDS_MAX 128 /* more than any frame of 1514 bytes yields in practice;
			  the last one then spans the rest */

/*
 * Decode an Ethernet frame: Ethernet, ARP, IPv4, IPv6, ICMP, ICMPv6, TCP with
 * options, UDP, DNS, payload. Fields come in the order of their bytes; every byte
 * of the frame is in exactly one field of the greatest depth. Returns how many
 * were stored, at most max.
 */
size_t fields_read(struct field *out, size_t max, const uint8_t *frame,
	size_t len);

#endif
