/*
 * scene_script: a journal from text, and its scene.
 *
 * Each string is an event. A line of the notation is written as it is. A frame
 * is "client> S 1000 0", "server>[held] PA 5001 1001 HELLO": who sent it, its
 * first fate, TCP flags (S A P F R), sequence and acknowledgement numbers,
 * payload. Between 10.0.0.1:40000 (client) and 10.0.0.2:9999 (server); another
 * port of the client stands behind its name: "client:40001> …".
 */
#ifndef SCENE_SCRIPT_H
#define SCENE_SCRIPT_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "journal/journal.h"
#include "scene/scene.h"

struct script {
	char path[64];
	struct journal *journal;
	struct journal_view *view;
	struct scene *scene;
	int64_t events;
};

static inline void script_put16(uint8_t *p, unsigned n)
{
	p[0] = (uint8_t)(n >> 8);
	p[1] = (uint8_t)n;
}

static inline void script_put32(uint8_t *p, uint32_t n)
{
	script_put16(p, n >> 16);
	script_put16(p + 2, n & 0xffff);
}

static inline size_t script_frame(uint8_t *f, bool server, unsigned port,
	const char *flags, uint32_t seq, uint32_t ack, const char *data)
{
	static const char letters[] = "FSRPA";
	size_t n = strlen(data);

	memset(f, 0, 54);
	f[5] = server ? 1 : 2; /* Ethernet: 02::1, 02::2, IPv4 */
	f[11] = server ? 2 : 1;
	f[0] = f[6] = 2;
	script_put16(f + 12, 0x0800);
	f[14] = 0x45; /* IPv4, 20 bytes */
	script_put16(f + 16, (unsigned)(40 + n));
	f[22] = 64;
	f[23] = 6; /* TCP */
	script_put32(f + 26, server ? 0x0a000002 : 0x0a000001);
	script_put32(f + 30, server ? 0x0a000001 : 0x0a000002);
	script_put16(f + 34, server ? 9999 : port);
	script_put16(f + 36, server ? port : 9999);
	script_put32(f + 38, seq);
	script_put32(f + 42, ack);
	f[46] = 0x50; /* 20 bytes */
	for (; *flags; flags++)
		f[47] |= (uint8_t)(1 << (strchr(letters, *flags) - letters));
	script_put16(f + 48, 64240);
	memcpy(f + 54, data, n);
	return 54 + n;
}

static inline void script_init(struct script *s)
{
	memset(s, 0, sizeof(*s));
	strcpy(s->path, "/tmp/tomada-scene-XXXXXX");
	close(mkstemp(s->path));
	unlink(s->path);
	if (journal_create(&s->journal, s->path, JOURNAL_LIMIT) < 0)
		abort();
	journal_add_host(s->journal, "client");
	journal_add_host(s->journal, "server");
}

/* Append one event; its time is its position in ms. */
static inline void script_add(struct script *s, const char *text)
{
	const char *sent = strstr(text, ">");
	int64_t time = s->events++ * 1000000;
	bool server = strncmp(text, "server", 6) == 0;
	char comment[40] = "", flags[8], data[2000] = "";
	unsigned port = 40000;
	uint32_t seq, ack;
	uint8_t frame[2100];
	size_t n;

	if (!sent || sent > text + 12) {
		journal_line(s->journal, time, text, strlen(text));
		return;
	}
	sscanf(text, "client:%u>", &port);
	if (sent[1] == '[')
		sscanf(sent, ">[%39[^]]]", comment);
	sent = strchr(sent, ' ');
	if (*comment)
		sent = strchr(strchr(text, ']'), ' ');
	if (sscanf(sent, " %7s %u %u %1999[^\r]", flags, &seq, &ack, data) < 3)
		abort();
	n = script_frame(frame, server, port, flags, seq, ack, data);
	journal_frame(s->journal, server ? 2 : 1, time, frame, n,
		*comment ? comment : NULL);
}

static inline void script_open(struct script *s)
{
	struct diag d = {0};

	if (journal_map(&s->view, s->path, &d) < 0)
		abort();
	s->scene = scene_new(s->view);
}

static inline void script_done(struct script *s)
{
	scene_free(s->scene);
	journal_unmap(s->view);
	journal_close(s->journal);
	unlink(s->path);
}

/* All at once: n events, fed. */
static inline struct scene *script_play(struct script *s,
	const char *const *event, size_t n)
{
	script_init(s);
	for (size_t i = 0; i < n; i++)
		script_add(s, event[i]);
	script_open(s);
	scene_feed(s->scene, 0);
	return s->scene;
}

#endif
