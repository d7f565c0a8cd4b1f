/*
 * events PATH N: write a journal of N events: one connection on which the
 * client sends one byte after the other, each send with its call, its frame,
 * the acknowledgement and its result. The last one says "last of all".
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "journal/journal.h"

/* Ethernet, IPv4 10.0.0.1 → 10.0.0.2, TCP 40000 → 9999, one byte of payload.
 * Checksums are left out: nothing here reads them. */
static uint8_t frame[] = {
	0x02, 0, 0, 0, 0, 2, 0x02, 0, 0, 0, 0, 1, 0x08, 0x00,
	0x45, 0, 0, 41, 0, 0, 0x40, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
	0x9c, 0x40, 0x27, 0x0f, 0, 0, 0, 0, 0, 0, 0, 0, 0x50, 0x18, 0xff, 0xff,
	0, 0, 0, 0, 'x'};

static struct journal *journal;

static void line(const char *text)
{
	if (journal_line(journal, clock_wall(), text, strlen(text)) < 0) {
		fprintf(stderr, "events: the journal is full\n");
		exit(1);
	}
}

/* A TCP frame of either host; seq and ack relative to initial numbers of 0. */
static void tcp(int host, uint32_t seq, uint32_t ack, uint8_t flags, size_t data)
{
	uint8_t f[sizeof(frame)];
	size_t len = sizeof(frame) - 1 + data;

	memcpy(f, frame, sizeof(f));
	f[17] = (uint8_t)(40 + data);
	if (host == 2) {
		f[5] = 1, f[11] = 2;
		f[29] = 2, f[33] = 1;
		memcpy(f + 34, frame + 36, 2);
		memcpy(f + 36, frame + 34, 2);
	}
	for (int i = 0; i < 4; i++) {
		f[38 + i] = (uint8_t)(seq >> (24 - 8 * i));
		f[42 + i] = (uint8_t)(ack >> (24 - 8 * i));
	}
	f[47] = flags;
	if (journal_frame(journal, host, clock_wall(), f, len, NULL) < 0) {
		fprintf(stderr, "events: the journal is full\n");
		exit(1);
	}
}

static void open_connection(void)
{
	line("lab: built namespaces clocks=slow mtu=1500 kernel=6.18.44");
	line("lab: host client 10.0.0.1 fd00::1");
	line("lab: host server 10.0.0.2 fd00::2");
	line("client: starts");
	line("client: s = socket(AF_INET, SOCK_STREAM)");
	line("client: socket returns -> 3");
	line("client: connect(s, server:9999)");
	tcp(1, 0, 0, 0x02, 0);
	tcp(2, 0, 1, 0x12, 0);
	tcp(1, 1, 1, 0x10, 0);
	line("client: state fd=3 cookie=1 tcp ESTABLISHED 10.0.0.1:40000 "
	     "10.0.0.2:9999 rq=0 sq=0 timer=none");
	line("client: connect returns -> 0");
}

int main(int argc, char **argv)
{
	long long events = argc == 3 ? atoll(argv[2]) : 0;
	int error;

	if (events < 20) {
		fprintf(stderr, "usage: events PATH N\n");
		return 2;
	}
	error = journal_create(&journal, argv[1], INT64_C(8) << 30);
	if (error < 0) {
		fprintf(stderr, "events: %s: %s\n", argv[1], strerror(-error));
		return 1;
	}
	journal_add_host(journal, "client");
	journal_add_host(journal, "server");
	open_connection();
	for (long long i = 13, seq = 1; i + 4 <= events; i += 4, seq++) {
		line("client: send(s, \"x\")");
		tcp(1, (uint32_t)seq, 1, 0x18, 1);
		tcp(2, 1, (uint32_t)seq + 1, 0x10, 0);
		line("client: send returns -> 1");
	}
	line("client: says \"last of all\"");
	journal_close(journal);
	return 0;
}
