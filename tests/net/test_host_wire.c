/*
 * The wire's ends and the hosts' kernels: real exchanges over a wire of ours,
 * every frame looked at; silence when nobody speaks; the fence; what sock_diag
 * says.
 *
 * The programs on the hosts are this one, in a role (roles at the end).
 */
#include "hosts.h"

#include <fcntl.h>
#include <linux/if_ether.h>
#include <netinet/tcp.h>

#include "host/diag.h"

#define SELF "/proc/self/exe"
#define PORT 9999
#define BYTES 200000

static void start(struct pair *p)
{
	memset(p, 0, sizeof(*p));
	host_plan_default(&p->plan);
	pair_start(p);
}

/* ---- exchanges ---- */

/* The client sends, the server sends it back; the client counts. */
static void exchange(struct pair *p, char *kind, char *address)
{
	struct host_actor client, server;
	char line[64], want[64];

	pair_spawn(p, 1, &server, SELF, kind, "serve", address);
	assert_string_equal(pair_line(p, &server, line, sizeof(line)),
		"ready");
	pair_spawn(p, 0, &client, SELF, kind, "ask", address);
	snprintf(want, sizeof(want), "%d back",
		strcmp(kind, "tcp") ? 5 : BYTES);
	assert_string_equal(pair_line(p, &client, line, sizeof(line)), want);
	assert_int_equal(actor_end(p, &client), 0);
	assert_int_equal(p->bad, 0);
	actor_close(&client);
	actor_close(&server);
}

static void test_tcp_over_ipv4(void **state)
{
	struct pair p;

	(void)state;
	start(&p);
	exchange(&p, "tcp", "10.0.0.2");
	/* Both ways in segments of at most 1460 bytes. */
	assert_true(p.frames > 2 * BYTES / 1460);
	pair_stop(&p);
}

static void test_tcp_over_ipv6(void **state)
{
	struct pair p;

	(void)state;
	start(&p);
	if (strstr(p.ready.said, "IPv6")) {
		print_message("skipped: %s\n", p.ready.said);
		pair_stop(&p);
		skip();
	}
	exchange(&p, "tcp", "fd00::2");
	assert_true(p.frames > 2 * BYTES / 1440);
	pair_stop(&p);
}

static void test_udp(void **state)
{
	struct pair p;

	(void)state;
	start(&p);
	exchange(&p, "udp", "10.0.0.2");
	assert_int_equal(p.frames, 2);
	if (!strstr(p.ready.said, "IPv6"))
		exchange(&p, "udp", "fd00::2");
	pair_stop(&p);
}

static void test_a_small_mtu_is_kept(void **state)
{
	struct pair p = {0};

	(void)state;
	host_plan_default(&p.plan);
	p.plan.mtu = 576; /* IPv6 asks for 1280: that is said, not fatal */
	pair_start(&p);
	assert_non_null(strstr(p.ready.said, "IPv6"));
	exchange(&p, "tcp", "10.0.0.2");
	assert_true(p.frames > 2 * BYTES / 536);
	pair_stop(&p);
}

static void test_a_large_mtu_is_given_whole(void **state)
{
	struct pair p = {0};

	(void)state;
	host_plan_default(&p.plan);
	p.plan.mtu = 9000;
	pair_start(&p);
	exchange(&p, "tcp", "10.0.0.2");
	assert_true(p.frames < BYTES / 536);
	assert_int_equal(port_drops(p.port[0]) + port_drops(p.port[1]), 0);
	pair_stop(&p);
}

/* With ARP the hosts ask for each other's address, in frames. */
static void test_arp_when_asked_for(void **state)
{
	struct pair p = {0};

	(void)state;
	host_plan_default(&p.plan);
	p.plan.arp = true;
	pair_start(&p);
	exchange(&p, "udp", "10.0.0.2");
	assert_true(p.frames >= 2 + 2);
	pair_stop(&p);
}

/* ---- silence ---- */

/* Whether a frame comes within ms. */
static bool heard(struct pair *p, int ms)
{
	struct pollfd on[] = {
		{.fd = port_fd(p->port[0]), .events = POLLIN},
		{.fd = port_fd(p->port[1]), .events = POLLIN},
	};

	return poll(on, 2, ms) > 0;
}

static void test_an_idle_wire_is_silent(void **state)
{
	struct pair p;

	(void)state;
	start(&p);
	/* Not a wait for something: the time is what is tested. */
	assert_false(heard(&p, 2000));
	pair_stop(&p);
}

/* With ND as well: the groups were told before the wire was ours. */
static void test_an_idle_wire_is_silent_with_arp(void **state)
{
	struct pair p = {0};

	(void)state;
	host_plan_default(&p.plan);
	p.plan.arp = true;
	pair_start(&p);
	assert_false(heard(&p, 1500));
	pair_stop(&p);
}

static const uint8_t fence[ETH_ZLEN] = {
	0x02, 0, 0, 0, 0, 1,  /* to the client's device */
	0x02, 0, 0, 0, 0, 9,  /* from us */
	0x88, 0xb5,           /* HOST_FENCE */
	'x',
};

static void test_the_fence_goes_both_ways(void **state)
{
	uint8_t frame[128];
	struct pollfd on;
	const uint8_t *got;
	struct pair p;
	size_t len;

	(void)state;
	start(&p);
	assert_int_equal(port_send(p.port[0], fence, sizeof(fence)), 0);
	on = (struct pollfd){.fd = p.ready.fence[0], .events = POLLIN};
	assert_int_equal(poll(&on, 1, DEADLINE / CLOCK_MS), 1);
	assert_int_equal(recv(on.fd, frame, sizeof(frame), 0), sizeof(fence));
	assert_memory_equal(frame, fence, sizeof(fence));
	/* What we send into a tap does not come out of it. */
	assert_null(port_next(p.port[0], &len));

	assert_int_equal(send(on.fd, fence, sizeof(fence), 0), sizeof(fence));
	on = (struct pollfd){.fd = port_fd(p.port[0]), .events = POLLIN};
	assert_int_equal(poll(&on, 1, DEADLINE / CLOCK_MS), 1);
	got = port_next(p.port[0], &len);
	assert_non_null(got);
	assert_int_equal(len, sizeof(fence));
	assert_memory_equal(got, fence, sizeof(fence));
	port_release(p.port[0]);
	assert_null(port_next(p.port[0], &len));
	assert_int_equal(recv(p.ready.fence[0], frame, sizeof(frame), 0), -1);
	pair_stop(&p);
}

/* What was put goes with one push, in its order; the way out is not endless,
 * and what was not pushed can be forgotten. */
static void test_frames_are_put_and_pushed(void **state)
{
	uint8_t frame[ETH_ZLEN], got[128];
	uint8_t longer[1500 + 14 + 1];
	struct pair p;
	size_t fits = 0;

	(void)state;
	start(&p);
	memcpy(frame, fence, sizeof(frame));
	while (port_put(p.port[0], frame, sizeof(frame)) == 0)
		frame[14] = ++fits;
	assert_in_range(fits, 64, 4096);
	assert_int_equal(port_put(p.port[0], frame, sizeof(frame)), -EAGAIN);
	assert_int_equal(port_forget(p.port[0]), fits);
	assert_int_equal(port_push(p.port[0]), 0);
	assert_int_equal(recv(p.ready.fence[0], got, sizeof(got), 0), -1);

	/* Around the end of the ring, too. */
	for (int round = 0; round < 5; round++) {
		for (int i = 0; i < 50; i++) {
			frame[14] = i;
			assert_int_equal(port_put(p.port[0], frame,
				sizeof(frame)), 0);
		}
		assert_int_equal(port_push(p.port[0]), 0);
		for (int i = 0; i < 50; i++) {
			struct pollfd on = {p.ready.fence[0], POLLIN, 0};

			assert_int_equal(poll(&on, 1, DEADLINE / CLOCK_MS), 1);
			assert_int_equal(recv(on.fd, got, sizeof(got), 0),
				sizeof(frame));
			assert_int_equal(got[14], i);
		}
	}

	/* What the kernel would not take is not left in the others' way. */
	memset(longer, 0, sizeof(longer));
	memcpy(longer, fence, sizeof(fence));
	assert_int_equal(port_put(p.port[0], longer, sizeof(longer)),
		-EMSGSIZE);
	assert_int_equal(port_put(p.port[0], longer, 13), -EMSGSIZE);
	assert_int_equal(port_send(p.port[0], longer, sizeof(longer) - 1), 0);
	pair_stop(&p);
}

/* More frames than the ring has slots, and nobody takes them out. */
static void test_a_flood_is_counted(void **state)
{
	uint64_t sent = 0, lost, got = 0;
	struct pair p;
	size_t len;

	(void)state;
	start(&p);
	for (; sent < 5000; sent++)
		assert_int_equal(send(p.ready.fence[1], fence, sizeof(fence),
			MSG_DONTWAIT), sizeof(fence));
	for (; port_next(p.port[1], &len); got++)
		port_release(p.port[1]);
	lost = port_drops(p.port[1]);
	assert_true(lost > 0);
	assert_int_equal(got + lost, sent);
	assert_int_equal(port_drops(p.port[1]), 0);
	pair_stop(&p);
}

/* ---- sock_diag ---- */

struct tally {
	int state[13];
	struct socket_state last[13];
};

static void count(const struct socket_state *s, void *arg)
{
	struct tally *t = arg;

	assert_in_range(s->state, 1, 12);
	t->state[s->state]++;
	t->last[s->state] = *s;
}

static struct tally tally_of(int fd, int protocol)
{
	struct tally t = {0};

	assert_int_equal(diag_dump(fd, protocol, count, &t), 0);
	return t;
}

/* The sockets of a host as soon as one is in this state; frames go on. */
static struct tally tally_when(struct pair *p, int host, int state)
{
	int64_t end = clock_mono() + DEADLINE;
	struct tally t;

	for (;;) {
		t = tally_of(p->ready.diag[host], IPPROTO_TCP);
		if (t.state[state] || clock_mono() > end)
			return t;
		heard(p, 10);
		pair_forward(p);
	}
}

static void test_states_of_sockets(void **state)
{
	static const uint8_t client4[] = {10, 0, 0, 1};
	static const uint8_t server4[] = {10, 0, 0, 2};
	struct host_actor client, server;
	struct socket_state s, t;
	struct tally all;
	char line[64];
	struct pair p;

	(void)state;
	start(&p);
	pair_spawn(&p, 1, &server, SELF, "tcp", "serve", "10.0.0.2");
	pair_line(&p, &server, line, sizeof(line));
	pair_spawn(&p, 0, &client, SELF, "tcp", "connect", "10.0.0.2");
	assert_string_equal(pair_line(&p, &client, line, sizeof(line)),
		"connected");
	all = tally_when(&p, 1, TCP_ESTABLISHED);
	assert_int_equal(all.state[TCP_LISTEN], 1);
	assert_int_equal(all.state[TCP_ESTABLISHED], 1);
	assert_int_equal(all.last[TCP_LISTEN].local_port, PORT);
	assert_int_not_equal(all.last[TCP_LISTEN].inode, 0);

	all = tally_of(p.ready.diag[0], IPPROTO_TCP);
	assert_int_equal(all.state[TCP_LISTEN], 0);
	assert_int_equal(all.state[TCP_ESTABLISHED], 1);
	s = all.last[TCP_ESTABLISHED];
	assert_memory_equal(s.local, client4, 4);
	assert_memory_equal(s.peer, server4, 4);
	t = s;
	t.state = 0;
	assert_int_equal(diag_again(p.ready.diag[0], &t), 1);
	assert_true(t.cookie == s.cookie);
	assert_int_equal(t.state, TCP_ESTABLISHED);
	assert_int_equal(t.timer, 0);
	/* The same ends, another socket; the same socket, other ends. */
	t.cookie++;
	assert_int_equal(diag_again(p.ready.diag[0], &t), 0);
	t = s;
	t.local_port = 1;
	assert_int_equal(diag_again(p.ready.diag[0], &t), 0);

	/* Five bytes that nobody forwards: unacknowledged, on a slow clock. */
	assert_int_equal(write(client.in, "\n", 1), 1);
	for (int64_t end = clock_mono() + DEADLINE;;) {
		assert_true(clock_mono() < end);
		t = s;
		assert_int_equal(diag_again(p.ready.diag[0], &t), 1);
		/* Queued comes before sent, sent before the clock is set, and
		 * for a moment the new clock shows the old one's time. */
		if (t.timer && t.timer_ms > 60 * 1000)
			break;
	}
	assert_int_equal(t.timer, 1);
	assert_int_equal(t.send_queue, 5);
	assert_int_equal(t.unsent, 0);
	/* time to think, or to discuss, before the next step */
	assert_in_range(t.timer_ms, 60 * 1000, 120 * 1000);
	actor_close(&client);
	actor_close(&server);
	pair_stop(&p);
}

/* A connection that is only half there, and one that was. */
static void test_requests_and_time_wait(void **state)
{
	struct host_actor client, server;
	struct tally all;
	char line[64];
	struct pair p;
	const uint8_t *frame;
	size_t len;
	int64_t end;

	(void)state;
	start(&p);
	pair_spawn(&p, 1, &server, SELF, "tcp", "serve", "10.0.0.2");
	pair_line(&p, &server, line, sizeof(line));
	pair_spawn(&p, 0, &client, SELF, "tcp", "connect", "10.0.0.2");
	/* Only the SYN: its answer stays in the server's ring. */
	while (!(frame = port_next(p.port[0], &len)))
		heard(&p, 100);
	assert_int_equal(port_send(p.port[1], frame, len), 0);
	port_release(p.port[0]);
	end = clock_mono() + DEADLINE;
	do
		all = tally_of(p.ready.diag[1], IPPROTO_TCP);
	while (!all.state[TCP_SYN_RECV] && clock_mono() < end);
	assert_int_equal(all.state[TCP_SYN_RECV], 1);
	all = tally_of(p.ready.diag[0], IPPROTO_TCP);
	assert_int_equal(all.state[TCP_SYN_SENT], 1);

	assert_string_equal(pair_line(&p, &client, line, sizeof(line)),
		"connected");
	close(client.in); /* the client closes first */
	all = tally_when(&p, 0, TCP_TIME_WAIT);
	assert_int_equal(all.state[TCP_TIME_WAIT], 1);
	assert_int_equal(all.last[TCP_TIME_WAIT].inode, 0);
	assert_int_equal(all.last[TCP_TIME_WAIT].timer, 3);
	assert_int_equal(p.bad, 0);
	close(client.out);
	close(client.pidfd);
	actor_close(&server);
	pair_stop(&p);
}

static void test_udp_sockets_are_found(void **state)
{
	static const uint8_t server4[] = {10, 0, 0, 2};
	struct host_actor server;
	struct tally all;
	char line[64];
	struct pair p;

	(void)state;
	start(&p);
	pair_spawn(&p, 1, &server, SELF, "udp", "serve", "10.0.0.2");
	pair_line(&p, &server, line, sizeof(line));
	all = tally_of(p.ready.diag[1], IPPROTO_UDP);
	assert_int_equal(all.state[TCP_CLOSE], 1);
	assert_int_equal(all.last[TCP_CLOSE].protocol, IPPROTO_UDP);
	assert_int_equal(all.last[TCP_CLOSE].local_port, PORT);
	assert_memory_equal(all.last[TCP_CLOSE].local, server4, 4);
	actor_close(&server);
	pair_stop(&p);
}

/* ---- roles ---- */

static socklen_t address_of(struct sockaddr_storage *a, const char *text)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)a;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)a;

	memset(a, 0, sizeof(*a));
	if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(PORT);
		return sizeof(*v4);
	}
	v6->sin6_family = AF_INET6;
	v6->sin6_port = htons(PORT);
	inet_pton(AF_INET6, text, &v6->sin6_addr);
	return sizeof(*v6);
}

static void say(const char *line)
{
	if (write(1, line, strlen(line)) < 0)
		_exit(9);
}

/* Send back what comes, until its end. */
static int serve(int s, bool stream)
{
	static char part[65536];
	struct sockaddr_storage from;
	socklen_t len = sizeof(from);
	ssize_t n;

	if (stream && listen(s, 5))
		return 2;
	say("ready\n");
	if (!stream) {
		n = recvfrom(s, part, sizeof(part), 0, (void *)&from, &len);
		return sendto(s, part, n, 0, (void *)&from, len) != n;
	}
	s = accept(s, NULL, NULL);
	while ((n = read(s, part, sizeof(part))) > 0)
		for (ssize_t done = 0, w; done < n; done += w)
			if ((w = write(s, part + done, n - done)) < 0)
				return 3;
	return 0;
}

/* Send so many bytes, and count how many come back as they were. */
static int ask(int s, int bytes, bool stream)
{
	char *out = malloc(bytes), *in = malloc(bytes), line[32];
	int sent = 0, got = 0;

	for (int i = 0; i < bytes; i++)
		out[i] = (char)(i * 7);
	while (got < bytes) {
		struct pollfd on = {.fd = s,
			.events = POLLIN | (sent < bytes ? POLLOUT : 0)};
		ssize_t n;

		poll(&on, 1, -1);
		if (on.revents & POLLOUT) {
			n = send(s, out + sent, bytes - sent, MSG_DONTWAIT);
			sent += n > 0 ? n : 0;
		}
		if (on.revents & POLLIN) {
			n = recv(s, in + got, bytes - got, 0);
			if (n <= 0)
				return 4;
			got += n;
		}
	}
	if (memcmp(in, out, bytes))
		return 5;
	if (stream)
		shutdown(s, SHUT_WR);
	snprintf(line, sizeof(line), "%d back\n", got);
	say(line);
	free(out);
	free(in);
	return 0;
}

/* Connect; send five bytes for each line; close at the end of input. */
static int be_told(int s)
{
	char c;

	say("connected\n");
	while (read(0, &c, 1) == 1)
		if (write(s, "hello", 5) != 5)
			return 6;
	return 0;
}

static int role(char **argv)
{
	bool stream = !strcmp(argv[1], "tcp");
	struct sockaddr_storage a;
	socklen_t len = address_of(&a, argv[3]);
	int s = socket(a.ss_family, stream ? SOCK_STREAM : SOCK_DGRAM, 0);

	if (!strcmp(argv[2], "serve"))
		return bind(s, (void *)&a, len) ? 1 : serve(s, stream);
	if (connect(s, (void *)&a, len))
		return 1;
	if (!strcmp(argv[2], "connect"))
		return be_told(s);
	return ask(s, stream ? BYTES : 5, stream);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tcp_over_ipv4),
		cmocka_unit_test(test_tcp_over_ipv6),
		cmocka_unit_test(test_udp),
		cmocka_unit_test(test_a_small_mtu_is_kept),
		cmocka_unit_test(test_a_large_mtu_is_given_whole),
		cmocka_unit_test(test_arp_when_asked_for),
		cmocka_unit_test(test_an_idle_wire_is_silent),
		cmocka_unit_test(test_an_idle_wire_is_silent_with_arp),
		cmocka_unit_test(test_the_fence_goes_both_ways),
		cmocka_unit_test(test_frames_are_put_and_pushed),
		cmocka_unit_test(test_a_flood_is_counted),
		cmocka_unit_test(test_states_of_sockets),
		cmocka_unit_test(test_requests_and_time_wait),
		cmocka_unit_test(test_udp_sockets_are_found),
	};

	if (argc > 3)
		return role(argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
