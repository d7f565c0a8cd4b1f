/*
 * A gate with two hosts and a pen, for the tests of wire/. Frames are made by
 * hand; what the gate tells is written down as text and compared.
 *
 * In that text: "1 passed" is the first fate of frame 1, "#1 passed" a later
 * one, "out c 1" that client's frame went on its way (its mark, see below);
 * "2 made split of 1 by 3, held" is what we made, "by 3" the rule.
 */
#ifndef TESTS_WIRE_WORLD_H
#define TESTS_WIRE_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/mem.h"
#include "packet/facts.h"
#include "packet/filter.h"
#include "wire/gate.h"

enum { CLIENT, SERVER };

static const struct filter_name names[] = {
	{"client", "10.0.0.1", "fd00::1", "02:00:00:00:00:01"},
	{"server", "10.0.0.2", "fd00::2", "02:00:00:00:00:02"},
	{NULL, NULL, NULL, NULL},
};

/* From the client to the server, by Ethernet, IPv4 and TCP. */
static const uint8_t segment[] = {
	0x02, 0, 0, 0, 0, 2, 0x02, 0, 0, 0, 0, 1, /* to, from */
	0x08, 0x00,             /* IPv4 */
	0x45, 0, 0, 40,         /* header of 20 bytes; total length */
	0, 7, 0x40, 0,          /* identification 7, do not fragment */
	64, 6, 0, 0,            /* time to live, TCP, checksum left out */
	10, 0, 0, 1, 10, 0, 0, 2,
	0x9c, 0x40, 0x27, 0x0f, /* ports 40000, 9999 */
	0, 0, 0, 0,             /* sequence number */
	0, 0, 0, 0,             /* acknowledgement */
	0x50, 0, 0xff, 0xff,    /* header of 20 bytes, flags; window */
	0, 0, 0, 0,             /* checksum left out, no urgent pointer */
};

#define IP_LENGTH 16
#define IP_ID 18
#define IP_PROTOCOL 23
#define TCP_SEQ 38
#define TCP_ACK 42
#define TCP_FLAGS 47
#define HEADERS (sizeof(segment))

struct world {
	struct gate *gate;
	struct buf told;
	struct diag d;
	bool rules;             /* write down which rule decided */
	int64_t now;
	uint8_t *last;          /* the frame that was told last … */
	size_t last_len;
	uint8_t *went;          /* … and that went last */
	size_t went_len;
};

/* A copy of a frame in place of an older one. */
static uint8_t *mem_keep(uint8_t *old, const uint8_t *frame, size_t len)
{
	free(old);
	return mem_dup(frame, len);
}

/* The mark of a frame: its sequence number's last byte. */
static void out(void *arg, int host, const uint8_t *frame, size_t len)
{
	struct world *w = arg;

	assert_true(len > TCP_SEQ + 3);
	w->went = mem_keep(w->went, frame, len);
	w->went_len = len;
	buf_printf(&w->told, "out %c %d\n", "cs"[host], frame[TCP_SEQ + 3]);
}

static const char *const word[] = {
	[FATE_PASSED] = "passed", [FATE_HELD] = "held",
	[FATE_DELAYED] = "delayed", [FATE_DROPPED] = "dropped",
	[FATE_ABSORBED] = "absorbed", [FATE_REPEAT] = "repeat",
	[FATE_REPLACED] = "replaced",
};

static void seen(void *arg, int host, const uint8_t *frame, size_t len,
	const struct gate_seen *s)
{
	struct world *w = arg;

	(void)host;
	w->last = mem_keep(w->last, frame, len);
	w->last_len = len;
	buf_printf(&w->told, "%" PRId64 " ", s->number);
	if (s->made) {
		buf_printf(&w->told, "made %s", made_word(s->made));
		if (s->made_of)
			buf_printf(&w->told, " of %" PRId64, s->made_of);
		if (s->made_by)
			buf_printf(&w->told, " by %" PRId64, s->made_by);
		buf_text(&w->told, ", ");
	}
	buf_text(&w->told, s->cut ? "cut" : word[s->fate]);
	if (s->of)
		buf_printf(&w->told, " of %" PRId64, s->of);
	if (s->delay)
		buf_printf(&w->told, " %" PRId64, s->delay);
	if (w->rules && s->rule)
		buf_printf(&w->told, " by %" PRId64, s->rule);
	buf_char(&w->told, '\n');
}

static void later(void *arg, int64_t number, enum fate fate, int64_t of,
	int64_t rule)
{
	struct world *w = arg;

	buf_printf(&w->told, "#%" PRId64 " %s", number, word[fate]);
	if (of)
		buf_printf(&w->told, " of %" PRId64, of);
	if (w->rules && rule)
		buf_printf(&w->told, " by %" PRId64, rule);
	buf_char(&w->told, '\n');
}

static int setup(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	struct gate_ports ports = {w, out, seen, later};

	w->gate = gate_new(&ports, names);
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;

	gate_free(w->gate);
	buf_done(&w->told);
	free(w->last);
	free(w->went);
	free(w);
	return 0;
}

/* What was told since the last time. */
static void told(struct world *w, const char *text)
{
	assert_string_equal(buf_str(&w->told), text);
	buf_clear(&w->told);
}

/* A segment of the client's, or turned around, of the server's. */
static size_t make(uint8_t *f, int host, uint8_t seq, uint8_t flags,
	const char *data)
{
	size_t n = strlen(data);

	memcpy(f, segment, HEADERS);
	memcpy(f + HEADERS, data, n);
	if (host == SERVER) {
		memcpy(f, segment + 6, 6);
		memcpy(f + 6, segment, 6);
		memcpy(f + 26, segment + 30, 4);
		memcpy(f + 30, segment + 26, 4);
		memcpy(f + 34, segment + 36, 2);
		memcpy(f + 36, segment + 34, 2);
	}
	f[IP_LENGTH + 1] = 40 + n;
	f[TCP_SEQ + 3] = seq;
	f[TCP_FLAGS] = flags;
	return HEADERS + n;
}

static inline void frame(struct world *w, int host, uint8_t seq, uint8_t flags,
	const char *data)
{
	uint8_t f[256];
	size_t n = make(f, host, seq, flags, data);

	gate_frame(w->gate, host, f, n, w->now);
}

#define DATA (FACTS_PSH | FACTS_ACK)

static int order(struct world *w, struct wire_order o)
{
	w->d.msg[0] = '\0';
	return gate_order(w->gate, &o, w->now, &w->d);
}

#define ORDER(w, ...) \
	assert_int_equal(order(w, (struct wire_order){__VA_ARGS__}), 0)
#define REFUSED(w, text, ...) do { \
	assert_int_equal(order(w, (struct wire_order){__VA_ARGS__}), \
		-EINVAL); \
	assert_string_equal((w)->d.msg, text); \
	told(w, ""); \
} while (0)

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

#endif
