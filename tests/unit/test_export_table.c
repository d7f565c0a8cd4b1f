/*
 * Every call of the table is a statement in both languages: none is forgotten.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "export_programs.h"

/* One call of each row, or more: its name, the call, its result. */
static const struct sample {
	const char *call, *line, *result;
} samples[] = {
	{"socket", "s2 = socket(AF_INET6, SOCK_DGRAM)", "5"},
	{"socketpair", "a, b = socketpair(AF_UNIX)", "[5, 6]"},
	{"bind", "bind(s, any:9999)", "0"},
	{"bind", "bind(s, unix:@name)", "0"},
	{"listen", "listen(s, 5)", "0"},
	{"accept", "conn = accept(s)", "5"},
	{"accept4", "conn = accept4(s, SOCK_NONBLOCK)", "5"},
	{"connect", "connect(s, server:9999)", "0"},
	{"send", "send(s, utf8\"Olá\", MSG_MORE)", "4"},
	{"recv", "recv(s, 64, MSG_PEEK)", "\"x\""},
	{"sendto", "sendto(s, \"x\", 0, [fd00::2]:53)", "1"},
	{"recvfrom", "recvfrom(s, 64)", "{bytes=\"x\", from=none}"},
	{"write", "write(s, repeat(\"ab\", 100))", "200"},
	{"read", "x = read(s, 64)", "\"x\""},
	{"sendmsg", "sendmsg(s, [\"a\", u8(1)], 0, server:1)", "2"},
	{"recvmsg", "recvmsg(s, [1, 2])",
		"{buffers=[\"x\"], flags=0, from=none}"},
	{"recvmsg", "recvmsg(s, [64], MSG_ERRQUEUE)",
		"{buffers=[\"x\"], flags=MSG_ERRQUEUE, from=none}"},
	{"writev", "writev(s, [\"a\", \"b\"])", "2"},
	{"poll", "poll([s: POLLIN | POLLOUT], 0)", "[s: POLLOUT]"},
	{"select", "select([s], [s], [], 1s)",
		"{read=[], write=[s], except=[]}"},
	{"epoll_create1", "ep = epoll_create1(EPOLL_CLOEXEC)", "5"},
	{"epoll_ctl", "epoll_ctl(s, EPOLL_CTL_ADD, s, EPOLLIN)", "EINVAL"},
	{"epoll_wait", "epoll_wait(s, 4, 100)", "EINVAL"},
	{"memfd_create", "f = memfd_create(\"f\")", "5"},
	{"setsockopt", "setsockopt(s, SO_LINGER, {l_onoff=1, l_linger=2})",
		"0"},
	{"getsockopt", "getsockopt(s, SO_ERROR)", "111 (ECONNREFUSED)"},
	{"connect", "connect(s, none)", "0"},
	{"getsockopt", "getsockopt(s, TCP_INFO)", "{state=CLOSE}"},
	{"fcntl", "fcntl(s, F_GETFL)", "O_RDWR"},
	{"ioctl", "ioctl(s, SIOCOUTQ)", "0"},
	{"shutdown", "shutdown(s, SHUT_WR)", "ENOTCONN"},
	{"close", "close(s)", "0"},
	{"unlink", "unlink(unix:path)", "ENOENT"},
	{"dup", "d = dup(s)", "5"},
	{"dup2", "dup2(s, 7)", "7"},
	{"fork", "fork()", "EAGAIN"},
	{"signal", "signal(SIGPIPE, SIG_HANDLER)", "SIG_IGN"},
	{"getsockname", "getsockname(s)", "0.0.0.0:0"},
	{"getpeername", "getpeername(s)", "ENOTCONN"},
	{"getaddrinfo", "getaddrinfo(\"server\", \"80\")",
		"[10.0.0.2:80]"},
	{"getnameinfo", "getnameinfo(server:80)",
		"{host=\"server\", service=\"http\"}"},
};

#define SAMPLES (sizeof(samples) / sizeof(*samples))

static void test_every_row_has_a_sample(void **state)
{
	const struct call_row *row;

	(void)state;
	for (size_t i = 0; (row = call_row_at(i)); i++) {
		size_t k = 0;

		while (k < SAMPLES && strcmp(samples[k].call, row->name))
			k++;
		if (k == SAMPLES)
			fail_msg("%s has no sample here", row->name);
	}
}

static void test_every_call_is_said(void **state)
{
	(void)state;
	for (size_t i = 0; i < SAMPLES; i++) {
		char entered[200], returned[200];
		const char *lines[] = {
			"lab: built namespaces clocks=slow mtu=1500 "
			"kernel=6.18",
			"lab: host client 10.0.0.1 fd00::1",
			"lab: host server 10.0.0.2 fd00::2",
			"client: starts",
			"client: s = socket(AF_INET, SOCK_STREAM)",
			"client: socket returns -> 3",
			entered, returned,
		};

		snprintf(entered, sizeof(entered), "client: %s",
			samples[i].line);
		snprintf(returned, sizeof(returned), "client: %s returns -> %s",
			samples[i].call, samples[i].result);
		for (int to = EXPORT_PYTHON; to <= EXPORT_C; to++) {
			struct programs p;

			programs_write(&p, lines, 8, (enum export_language)to);
			if (p.result)
				fail_msg("%s: %s", samples[i].line, p.why);
			assert_int_equal(p.out.n, 1);
			programs_done(&p);
		}
	}
}

/* A number that Python has no name for is explained. */
static void test_option_without_name(void **state)
{
	static const char *const lines[] = {
		"lab: built namespaces clocks=slow mtu=1500 kernel=6.18",
		"client: starts", "client: u = socket(AF_INET, SOCK_DGRAM)",
		"client: socket returns -> 3",
		"client: setsockopt(u, IP_RECVERR, 1)",
		"client: setsockopt returns -> 0",
	};
	static char text[1 << 14];
	struct programs p;

	(void)state;
	programs_write(&p, lines, sizeof(lines) / sizeof(*lines),
		EXPORT_PYTHON);
	assert_int_equal(p.result, 0);
	programs_text(&p, "client.py", text, sizeof(text));
	assert_non_null(strstr(text, "# 11: IP_RECVERR\n"
		"u.setsockopt(socket.IPPROTO_IP, 11, 1)\n"));
	programs_done(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_row_has_a_sample),
		cmocka_unit_test(test_every_call_is_said),
		cmocka_unit_test(test_option_without_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
