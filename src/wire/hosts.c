/* Four at most: a walk is as fast as anything. */
#include "wire/hosts.h"

#include <stdio.h>
#include <string.h>

#include "packet/filter.h"

void hosts_init(struct hosts *h, const struct filter_name *names)
{
	memset(h, 0, sizeof(*h));
	h->names = names;
	for (; h->n < GATE_HOSTS && names[h->n].name; h->n++) {
		uint8_t m[HOSTS_MAC];

		if (names[h->n].mac && sscanf(names[h->n].mac,
				"%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", &m[0], &m[1],
				&m[2], &m[3], &m[4], &m[5]) == HOSTS_MAC)
			memcpy(h->mac[h->n], m, sizeof(m));
	}
}

int hosts_find(const struct hosts *h, const char *name)
{
	for (int i = 0; i < h->n; i++)
		if (!strcmp(h->names[i].name, name))
			return i;
	return -1;
}

int hosts_of_mac(const struct hosts *h, const uint8_t *mac)
{
	for (int i = 0; i < h->n; i++)
		if (!memcmp(h->mac[i], mac, HOSTS_MAC))
			return i;
	return -1;
}

int hosts_target(const struct hosts *h, const uint8_t *frame, size_t len)
{
	return len < HOSTS_MAC ? -1 : hosts_of_mac(h, frame);
}
