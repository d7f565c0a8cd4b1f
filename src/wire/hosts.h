/* hosts: who is who on the wire, by name and by hardware address. Of this room
 * only. */
#ifndef WIRE_HOSTS_H
#define WIRE_HOSTS_H

#include <stddef.h>
#include <stdint.h>

#include "wire/gate.h"

#define HOSTS_MAC 6

struct hosts {
	const struct filter_name *names; /* borrowed */
	int n;
	uint8_t mac[GATE_HOSTS][HOSTS_MAC]; /* 0: not known */
};

void hosts_init(struct hosts *h, const struct filter_name *names);

/* Its number, or -1. */
int hosts_find(const struct hosts *h, const char *name);
int hosts_of_mac(const struct hosts *h, const uint8_t *mac);

/* Whom a frame is for, by the address in front of it; -1: all, or nobody that
 * we know. */
int hosts_target(const struct hosts *h, const uint8_t *frame, size_t len);

#endif
