/*
 * tags: what stands before a line in its packet.
 *
 * Link type 252 is Wireshark's exported PDU: tags (16-bit tag, 16-bit length,
 * big-endian, values padded to 4 bytes), then the bytes for the dissector they
 * name. The dissector `syslog` shows its text in the Info column as it is.
 */
#ifndef JOURNAL_TAGS_H
#define JOURNAL_TAGS_H

#include <stddef.h>
#include <stdint.h>

#define TAGS_SIZE 16
#define TAGS_INTERFACE "tomada" /* name of the interface of lines */

extern const uint8_t tags_of_line[TAGS_SIZE];

/* Length of the tags at the beginning of a packet of n bytes, or 0 when they
 * do not end in it. */
size_t tags_length(const uint8_t *packet, size_t n);

#endif
