/* names: what numbers in headers are called. Each answer is a static msgid, or
 * NULL for a number without a name here. */
#ifndef PACKET_NAMES_H
#define PACKET_NAMES_H

#include <stdint.h>

const char *names_ethertype(uint16_t type);
const char *names_protocol(uint8_t protocol);    /* of IP */
const char *names_arp_operation(uint16_t operation);
const char *names_icmp(int version, uint8_t type); /* version 4 or 6 */

/* "port unreachable": for types whose code matters. */
const char *names_icmp_code(int version, uint8_t type, uint8_t code);

#endif
