/*
 * told_sample: the words of a sample.
 *
 * fd=3 cookie=4097 tcp ESTABLISHED 10.0.0.1:40000 10.0.0.2:9999 rq=0 sq=11
 * unsent=5 timer=retransmit:4800ms:0; unix STATE PATH PEERPATH; gone cookie=9.
 */
#include "scene/inside.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

static const char *const states[] = {
	[TCP_ESTABLISHED] = "ESTABLISHED",
	[TCP_SYN_SENT] = "SYN_SENT",
	[TCP_SYN_RECV] = "SYN_RECV",
	[TCP_FIN_WAIT1] = "FIN_WAIT1",
	[TCP_FIN_WAIT2] = "FIN_WAIT2",
	[TCP_TIME_WAIT] = "TIME_WAIT",
	[TCP_CLOSE] = "CLOSE",
	[TCP_CLOSE_WAIT] = "CLOSE_WAIT",
	[TCP_LAST_ACK] = "LAST_ACK",
	[TCP_LISTEN] = "LISTEN",
	[TCP_CLOSING] = "CLOSING",
	[NEW_SYN_RECV] = "NEW_SYN_RECV",
};

const char *scene_state_name(int state)
{
	return state > GONE && state <= NEW_SYN_RECV ? states[state] : "";
}

static void take_timer(struct scene_sample *to, struct word w)
{
	static const char *const kinds[] = {"none", "retransmit", "keepalive",
		"timewait", "probe"};
	const char *colon = memchr(w.p, ':', w.n), *end = w.p + w.n, *second;
	int64_t ns, count;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (word_is((struct word){w.p, colon ? (size_t)(colon - w.p) :
			w.n}, kinds[i]))
			to->timer = (uint8_t)i;
	if (!colon)
		return;
	second = memchr(colon + 1, ':', (size_t)(end - colon - 1));
	ns = line_parse_time(colon + 1,
		(size_t)((second ? second : end) - colon - 1));
	if (ns > 0 && ns / 1000000 < UINT32_MAX)
		to->timer_ms = (uint32_t)(ns / 1000000);
	if (second && word_number((struct word){second + 1,
		(size_t)(end - second - 1)}, &count) && count >= 0)
		to->retransmits = (uint8_t)(count < 255 ? count : 255);
}

static uint32_t queue(struct word w)
{
	int64_t n;

	return word_number(w, &n) && n >= 0 && n < UINT32_MAX ? (uint32_t)n : 0;
}

static uint8_t state_number(struct word w)
{
	for (uint8_t i = NEW_SYN_RECV; i > GONE; i--)
		if (word_is(w, states[i]))
			return i;
	return GONE;
}

static void take_pair(struct told_sample *to, struct word w)
{
	if (word_cut(&w, "fd="))
		word_number(w, &to->fd);
	else if (word_cut(&w, "cookie="))
		word_number(w, &to->cookie);
	else if (word_cut(&w, "rq="))
		to->pub.receive_queue = queue(w);
	else if (word_cut(&w, "sq="))
		to->pub.send_queue = queue(w);
	else if (word_cut(&w, "unsent="))
		to->pub.unsent = queue(w);
	else if (word_cut(&w, "timer="))
		take_timer(&to->pub, w);
}

/* Words with = tell what they are; the others stand in order: protocol, state,
 * local, peer; or `gone`. */
bool told_sample_read(struct told_sample *to, struct told t)
{
	struct word w, plain[4] = {{"", 0}, {"", 0}, {"", 0}, {"", 0}};
	size_t n = 0;

	*to = (struct told_sample){.fd = -1, .cookie = -1};
	while ((w = told_word(&t)).n) {
		if (memchr(w.p, '=', w.n))
			take_pair(to, w);
		else if (n < 4)
			plain[n++] = w;
	}
	to->protocol = plain[0];
	to->pub.state = state_number(plain[1]);
	to->local = plain[2];
	to->peer = plain[3];
	return to->cookie >= 0 &&
		(to->pub.state != GONE || word_is(plain[0], "gone"));
}

/* What a socket of IPv6 says to IPv4 (RFC 4291, 2.5.5.2) goes over the wire as
 * IPv4. */
static void unmap(uint8_t *version, uint8_t address[16])
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};

	if (*version != 6 || memcmp(address, mapped, sizeof(mapped)))
		return;
	*version = 4;
	memmove(address, address + 12, 4);
	memset(address + 4, 0, 12);
}

/* 10.0.0.1:40000, [fd00::1]:80 */
static bool read_end(struct word w, uint8_t *version, uint8_t address[16],
	uint16_t *port)
{
	static const uint8_t none[16];
	const char *colon = w.n ? memrchr(w.p, ':', w.n) : NULL;
	struct word host = {w.p, colon ? (size_t)(colon - w.p) : 0};
	char text[64];
	int64_t n;

	if (!colon || !word_number((struct word){colon + 1,
		(size_t)(w.p + w.n - colon - 1)}, &n) || n < 1 || n > 65535)
		return false;
	*port = (uint16_t)n;
	if (word_cut(&host, "[") && host.n)
		host.n--;
	word_copy(text, sizeof(text), host);
	memset(address, 0, 16);
	*version = strchr(text, ':') ? 6 : 4;
	if (inet_pton(*version == 6 ? AF_INET6 : AF_INET, text, address) != 1)
		return false;
	unmap(version, address);
	return memcmp(address, none, 16) != 0;
}

bool told_sample_key(const struct told_sample *t, struct flow_key *key)
{
	uint8_t version;

	memset(key, 0, sizeof(*key));
	if (word_is(t->protocol, "unix"))
		return false;
	key->protocol = word_is(t->protocol, "tcp") ? IPPROTO_TCP : IPPROTO_UDP;
	return read_end(t->local, &key->version, key->address[0],
			&key->port[0]) &&
		read_end(t->peer, &version, key->address[1], &key->port[1]) &&
		version == key->version;
}
