/* sum: the Internet checksum (RFC 1071). */
#ifndef PACKET_SUM_H
#define PACKET_SUM_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Add n bytes at p to a sum that is not yet folded. Only the last of several
 * pieces may have an odd length. */
static inline uint64_t sum_add(uint64_t sum, const uint8_t *p, size_t n)
{
	uint64_t word[4], odd = 0;
	uint32_t half;
	uint16_t last = 0;

	/* Any order of bytes gives the same sum in that order: we add in ours.
	 * Words are added by halves, so that carries gather above them; four
	 * at a time, so that no addition waits for the one before. */
	for (; n >= sizeof(word); n -= sizeof(word), p += sizeof(word)) {
		memcpy(word, p, sizeof(word));
		sum += (word[0] & UINT32_MAX) + (word[1] & UINT32_MAX) +
			(word[2] & UINT32_MAX) + (word[3] & UINT32_MAX);
		odd += (word[0] >> 32) + (word[1] >> 32) + (word[2] >> 32) +
			(word[3] >> 32);
	}
	sum += odd;
	for (; n >= 4; n -= 4, p += 4) {
		memcpy(&half, p, 4);
		sum += half;
	}
	if (n & 2) {
		memcpy(&last, p, 2);
		sum += last;
		p += 2;
		last = 0;
	}
	if (n & 1) {
		memcpy(&last, p, 1);
		sum += last;
	}
	return sum;
}

/* Fold to 16 bits. 0xffff when what was added holds its own right checksum. */
static inline uint16_t sum_fold(uint64_t sum)
{
	sum = (sum >> 32) + (sum & 0xffffffff);
	sum = (sum >> 16) + (sum & 0xffff);
	sum = (sum >> 16) + (sum & 0xffff);
	sum = (sum >> 16) + (sum & 0xffff);
	return (uint16_t)sum;
}

#endif
