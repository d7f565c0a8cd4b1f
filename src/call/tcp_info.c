/* tcp_info: the fields of struct tcp_info, and their units, as data. */
#include "call/tcp_info.h"

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/in.h>
#include <linux/tcp.h>

#include "base/clock.h"
#include "call/value.h"

enum unit {
	COUNT,
	STATE,
	US, /* a time in microseconds; all ones: not measured yet */
	MS,
};

struct field {
	const char *name;
	size_t at, size;
	enum unit unit;
};

#define FIELD(name, unit) {#name, offsetof(struct tcp_info, tcpi_##name), \
	sizeof(((struct tcp_info *)0)->tcpi_##name), unit}

/* Linux 6.2 and later have it behind snd_wnd; older headers do not say so. */
#define RCV_WND {"rcv_wnd", offsetof(struct tcp_info, tcpi_snd_wnd) + 4, 4, \
	COUNT}

/* What lessons speak of first. Bit-fields (the window scales) are no fields
 * here: they have no offset. */
static const struct field fields[] = {
	FIELD(state, STATE),
	FIELD(retransmits, COUNT), FIELD(probes, COUNT), FIELD(backoff, COUNT),
	FIELD(rto, US), FIELD(ato, US),
	FIELD(snd_mss, COUNT), FIELD(rcv_mss, COUNT), FIELD(advmss, COUNT),
	FIELD(pmtu, COUNT),
	FIELD(unacked, COUNT), FIELD(sacked, COUNT), FIELD(lost, COUNT),
	FIELD(retrans, COUNT), FIELD(total_retrans, COUNT),
	FIELD(rtt, US), FIELD(rttvar, US), FIELD(min_rtt, US),
	FIELD(snd_ssthresh, COUNT), FIELD(snd_cwnd, COUNT),
	FIELD(snd_wnd, COUNT), RCV_WND,
	FIELD(rcv_ssthresh, COUNT), FIELD(rcv_space, COUNT),
	FIELD(notsent_bytes, COUNT),
	FIELD(bytes_sent, COUNT), FIELD(bytes_acked, COUNT),
	FIELD(bytes_retrans, COUNT), FIELD(bytes_received, COUNT),
	FIELD(segs_out, COUNT), FIELD(segs_in, COUNT),
	FIELD(data_segs_out, COUNT), FIELD(data_segs_in, COUNT),
	FIELD(last_data_sent, MS), FIELD(last_data_recv, MS),
	FIELD(last_ack_recv, MS),
	FIELD(dsack_dups, COUNT), FIELD(rcv_ooopack, COUNT),
	FIELD(reordering, COUNT),
};

#define FIELDS (sizeof(fields) / sizeof(fields[0]))

/* A field's number, in the byte order of this machine. */
static int64_t number_of(const char *info, const struct field *f)
{
	const char *p = info + f->at;
	uint32_t four;
	uint64_t eight;

	if (f->size == 1)
		return *(const uint8_t *)p;
	if (f->size == sizeof(four)) {
		memcpy(&four, p, sizeof(four));
		return four;
	}
	memcpy(&eight, p, sizeof(eight));
	return (int64_t)eight;
}

static void field_value(struct value *v, const struct field *f, int64_t n)
{
	switch (f->unit) {
	case COUNT:
		value_of_number(v, n);
		break;
	case STATE:
		value_of_constant(v, "state", n);
		break;
	case US:
		value_of_time(v, n == UINT32_MAX ? -1 : n * CLOCK_US);
		break;
	case MS:
		value_of_time(v, n * CLOCK_MS);
		break;
	}
}

int tcp_info_get(int fd, struct value *v)
{
	char info[512]; /* more than any kernel has */
	socklen_t size = sizeof(info);
	size_t i;

	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, info, &size) < 0)
		return errno;
	value_of_list(v, VALUE_RECORD);
	for (i = 0; i < FIELDS; i++) {
		const struct field *f = &fields[i];
		struct value n = {0};

		if (f->at + f->size > size)
			continue;
		field_value(&n, f, number_of(info, f));
		value_add(v, f->name, &n);
	}
	return 0;
}
