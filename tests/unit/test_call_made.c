/*
 * Every call of the table, made: once so that it succeeds, and once for each
 * error that a learner meets and that needs no second machine. The others are
 * in tests/lessons.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <cmocka.h>

#include "call_script.h"
#include "valgrind.h"

#define SCRIPT(...) script((const char *const []){__VA_ARGS__, NULL})

/* ---- opening ---- */

static void sockets(void **state)
{
	(void)state;
	SCRIPT("socket(AF_INET) -> 3",
		"socket(AF_INET, SOCK_DGRAM) -> 4",
		"socket(AF_UNIX, SOCK_SEQPACKET) -> 5",
		"socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK) -> 6 | "
		"EAFNOSUPPORT",
		"socket(AF_INET, SOCK_STREAM, IPPROTO_UDP) -> EPROTONOSUPPORT",
		"socket(AF_INET, SOCK_SEQPACKET) -> ESOCKTNOSUPPORT",
		"socketpair() -> [7, 8] | [6, 7]",
		"socketpair(AF_UNIX, SOCK_DGRAM) -> _",
		"socketpair(AF_INET) -> EOPNOTSUPP");
	SCRIPT("socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK) -> 3",
		"fcntl(3, F_GETFL) -> O_RDWR | O_NONBLOCK");
}

static void no_more_descriptors(void **state)
{
	struct rlimit before, few;

	(void)state;
	if (under_valgrind())
		skip(); /* it keeps to the first limit */
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	few = before;
	few.rlim_cur = 5;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	SCRIPT("socket(AF_UNIX) -> 3", "socketpair() -> EMFILE",
		"dup(3) -> 4", "socket(AF_INET) -> EMFILE", "dup(3) -> EMFILE",
		"dup2(3, 9) -> EBADF", "epoll_create1() -> EMFILE");
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
}

static void binding(void **state)
{
	(void)state;
	SCRIPT("socket(AF_INET) -> 3", "bind(3, $:7001) -> 0",
		"bind(3, $:7002) -> EINVAL", "getsockname(3) -> $:7001",
		"socket(AF_INET) -> 4", "bind(4, $:7001) -> EADDRINUSE",
		"bind(4, 192.0.2.1:80) -> EADDRNOTAVAIL",
		"bind(4, [::1]:80) -> EAFNOSUPPORT",
		"bind(4, unix:x) -> EAFNOSUPPORT | EINVAL",
		"bind(99, $:7001) -> EBADF", "bind(0, $:7001) -> ENOTSOCK",
		"getsockname(4) -> 0.0.0.0:0", "getsockname(99) -> EBADF",
		"getpeername(4) -> ENOTCONN");
}

static void listening(void **state)
{
	(void)state;
	SCRIPT("socket(AF_INET) -> 3", "accept(3) -> EINVAL",
		"bind(3, $:7003) -> 0", "listen(3, 1) -> 0",
		"fcntl(3, F_SETFL, O_NONBLOCK) -> 0", "accept(3) -> EAGAIN",
		"accept4(3, SOCK_NONBLOCK) -> EAGAIN",
		"socket(AF_INET) -> 4", "connect(4, $:7003) -> 0",
		"accept4(3, SOCK_NONBLOCK | SOCK_CLOEXEC) -> 5",
		/* what accept gives does not have the listener's O_NONBLOCK */
		"fcntl(5, F_GETFL) -> O_RDWR | O_NONBLOCK",
		"connect(4, $:7003) -> EISCONN",
		"getpeername(4) -> $:7003", "listen(4) -> EINVAL",
		"socket(AF_INET, SOCK_DGRAM) -> 6", "listen(6) -> EOPNOTSUPP",
		"accept(6) -> EOPNOTSUPP", "accept(99) -> EBADF");
}

static void connecting(void **state)
{
	(void)state;
	SCRIPT("socket(AF_INET) -> 3", "connect(3, $:7004) -> ECONNREFUSED",
		"connect(3, [::1]:80) -> EAFNOSUPPORT | EINVAL",
		"socket(AF_INET) -> 4", "bind(4, $:7005) -> 0",
		"listen(4) -> 0",
		"socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK) -> 5",
		/* done already, but it says so; COURSE, fact 37 */
		"connect(5, $:7005) -> EINPROGRESS",
		"connect(5, $:7005) -> 0", "connect(5, $:7005) -> EISCONN",
		"connect(99, $:7005) -> EBADF");
	/* UDP: nothing is sent; none takes the address back */
	SCRIPT("socket(AF_INET, SOCK_DGRAM) -> 3", "connect(3, $:7006) -> 0",
		"getpeername(3) -> $:7006", "connect(3, none) -> 0",
		"getpeername(3) -> ENOTCONN",
		"connect(3, 255.255.255.255:9) -> EACCES | ENETUNREACH");
}

/* A folder of our own, for what bind leaves behind. */
static void unix_names(void **state)
{
	char folder[] = "/tmp/tomada-unix-XXXXXX";

	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	SCRIPT("socket(AF_UNIX) -> 3", "getsockname(3) -> none",
		"connect(3, unix:ear) -> ENOENT", "bind(3, unix:ear) -> 0",
		"getsockname(3) -> unix:ear", "socket(AF_UNIX) -> 4",
		"bind(4, unix:ear) -> EADDRINUSE",
		"bind(4, unix:no/folder) -> ENOENT",
		"connect(4, unix:ear) -> ECONNREFUSED", "listen(3, 0) -> 0",
		"connect(4, unix:ear) -> 0", "getpeername(4) -> unix:ear",
		/* room for one: the next would wait */
		"socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK) -> 5",
		"connect(5, unix:ear) -> EAGAIN", "accept(3) -> 6",
		"connect(5, unix:ear) -> 0", "getpeername(6) -> none",
		"close(3) -> 0", "socket(AF_UNIX) -> 3",
		"connect(3, unix:ear) -> ECONNREFUSED", /* a stale file */
		"setsockopt(3, SO_REUSEADDR, 1) -> 0",
		"bind(3, unix:ear) -> EADDRINUSE", "unlink(unix:ear) -> 0",
		"bind(3, unix:ear) -> 0", "unlink(unix:ear) -> 0",
		"unlink(unix:ear) -> ENOENT");
	/* an abstract name leaves no file */
	SCRIPT("socket(AF_UNIX, SOCK_DGRAM) -> 3",
		"bind(3, unix:@tomada.test.$) -> 0",
		"socket(AF_UNIX, SOCK_DGRAM) -> 4",
		"bind(4, unix:@tomada.test.$) -> EADDRINUSE",
		"sendto(4, \"a\", 0, unix:@tomada.test.$) -> 1",
		"recvfrom(3, 9) -> {bytes=\"a\", from=none}",
		"sendto(4, \"a\", 0, unix:@tomada.gone.$) -> ECONNREFUSED",
		"sendto(4, \"a\", 0, unix:gone) -> ENOENT",
		"socket(AF_UNIX) -> 5",
		/* there is one, but of another type */
		"connect(5, unix:@tomada.test.$) -> ECONNREFUSED");
	assert_int_equal(rmdir(folder), 0);
}

/* ---- moving bytes ---- */

static void streams(void **state)
{
	(void)state;
	SCRIPT("socket(AF_INET) -> 3", "send(3, \"x\") -> EPIPE",
		"recv(3, 1) -> ENOTCONN", "shutdown(3, SHUT_WR) -> ENOTCONN");
	SCRIPT("socket(AF_INET) -> 3", "bind(3, $:7010) -> 0",
		"listen(3) -> 0", "socket(AF_INET) -> 4",
		"connect(4, $:7010) -> 0", "accept(3) -> 5",
		"send(4, \"abcdef\", MSG_NOSIGNAL) -> 6",
		"recv(5, 3, MSG_PEEK) -> \"abc\"",
		"recv(5, 2, MSG_WAITALL) -> \"ab\"",
		/* TCP throws away what MSG_TRUNC takes, tcp(7) */
		"recv(5, 2, MSG_TRUNC) -> {returned=2, bytes=\"\"}",
		"recv(5, 0) -> \"\"", /* and no end; with none it would wait */
		"recv(5, 64) -> \"ef\"", "recv(5, 0, MSG_DONTWAIT) -> EAGAIN",
		"recv(5, 64, MSG_DONTWAIT) -> EAGAIN",
		"write(4, \"hello\") -> 5", "read(5, 64) -> \"hello\"",
		"writev(4, [\"ab\", repeat(\"c\", 3)]) -> 5",
		"recvmsg(5, [1, 2, 9]) -> {buffers=[\"a\", \"bc\", \"cc\"], "
		"flags=0, from=none}",
		"sendmsg(4, [\"x\", \"yz\"]) -> 3",
		"recvfrom(5, 64) -> {bytes=\"xyz\", from=none}",
		"send(5, \"unread\") -> 6", "close(4) -> 0",
		/* it had unread bytes: a RST, told once */
		"recv(5, 64) -> ECONNRESET", "recv(5, 64) -> \"\"",
		"write(5, \"x\") -> EPIPE", "writev(5, [\"x\"]) -> EPIPE",
		"sendmsg(5, [\"x\"]) -> EPIPE", "send(0, \"x\") -> ENOTSOCK",
		"read(99, 1) -> EBADF", "write(99, \"x\") -> EBADF",
		"recvmsg(99, [1]) -> EBADF", "sendto(99, \"x\") -> EBADF");
}

static void the_end(void **state)
{
	(void)state;
	SCRIPT("socketpair() -> [3, 4]", "send(3, \"bye\") -> 3",
		"shutdown(3, SHUT_WR) -> 0", "send(3, \"x\") -> EPIPE",
		"recv(4, 64) -> \"bye\"", "recv(4, 64) -> \"\"",
		"read(4, 64) -> \"\"", "shutdown(99, SHUT_RD) -> EBADF",
		"close(4) -> 0", "close(4) -> EBADF",
		"getpeername(3) -> none | ENOTCONN");
	/* a full queue, and a time to wait */
	SCRIPT("socketpair() -> [3, 4]", "setsockopt(3, SO_SNDBUF, 4096) -> 0",
		"send(3, repeat(\"x\", 1000000), MSG_DONTWAIT) -> _",
		"send(3, \"x\", MSG_DONTWAIT) -> EAGAIN",
		"setsockopt(3, SO_SNDTIMEO, 10ms) -> 0",
		"send(3, \"x\") -> EAGAIN",
		"setsockopt(3, SO_RCVTIMEO, 10ms) -> 0",
		"recv(3, 1) -> EAGAIN");
}

static void datagrams(void **state)
{
	(void)state;
	SCRIPT("socket(AF_INET, SOCK_DGRAM) -> 3", "bind(3, $:7020) -> 0",
		"socket(AF_INET, SOCK_DGRAM) -> 4", "bind(4, $:7021) -> 0",
		"send(4, \"x\") -> EDESTADDRREQ",
		"sendto(4, \"x\") -> EDESTADDRREQ",
		"sendto(4, \"0123456789\", 0, $:7020) -> 10",
		"recvfrom(3, 4, MSG_PEEK) -> {bytes=\"0123\", from=$:7021}",
		"recv(3, 4, MSG_PEEK | MSG_TRUNC) -> {returned=10, "
		"bytes=\"0123\"}",
		"recvfrom(3, 4, MSG_PEEK | MSG_TRUNC) -> {returned=10, "
		"bytes=\"0123\", from=$:7021}",
		"recvmsg(3, [2, 2]) -> {buffers=[\"01\", \"23\"], "
		"flags=MSG_TRUNC, from=$:7021}",
		"recv(3, 64, MSG_DONTWAIT) -> EAGAIN", /* the rest is lost */
		"sendmsg(4, [\"a\", \"bc\"], 0, $:7020) -> 3",
		"recvmsg(3, [9], MSG_TRUNC) -> {returned=3, "
		"buffers=[\"abc\"], flags=0, from=$:7021}",
		/* empty, and yet one; nobody is at an end */
		"sendto(4, \"\", 0, $:7020) -> 0",
		"recvfrom(3, 64) -> {bytes=\"\", from=$:7021}",
		"sendto(4, repeat(\"x\", 65508), 0, $:7020) -> EMSGSIZE",
		"sendto(4, \"x\", 0, $:0) -> EINVAL",
		"connect(4, $:7029) -> 0", "send(4, \"x\") -> 1",
		"send(4, \"x\") -> ECONNREFUSED", /* ICMP, told once */
		"send(4, \"x\") -> 1", "recv(4, 9) -> ECONNREFUSED");
	/* unconnected, it learns of it only when it asks for it */
	SCRIPT("socket(AF_INET, SOCK_DGRAM) -> 3", "bind(3, $:7022) -> 0",
		"setsockopt(3, IP_RECVERR, 1) -> 0",
		"sendto(3, \"x\", 0, $:7029) -> 1",
		"recv(3, 9) -> ECONNREFUSED",
		"recvmsg(3, [9], MSG_ERRQUEUE) -> {buffers=[\"x\"], "
		"flags=MSG_ERRQUEUE, from=$:7029, error=111, offender=$:0}",
		"recvmsg(3, [9], MSG_ERRQUEUE) -> EAGAIN");
	/* messages that do not merge, with a beginning and an end */
	SCRIPT("socketpair(AF_UNIX, SOCK_SEQPACKET) -> [3, 4]",
		"send(3, \"one\") -> 3", "send(3, \"two\") -> 3",
		"recvmsg(4, [64]) -> {buffers=[\"one\"], flags=0, from=none}",
		"recv(4, 2) -> \"tw\"", "close(3) -> 0", "recv(4, 9) -> \"\"");
}

/* ---- who can go on ---- */

static void polling(void **state)
{
	(void)state;
	SCRIPT("socketpair() -> [3, 4]",
		"poll([3: POLLIN], 0) -> []",
		"poll([3: POLLIN, 4: POLLOUT], -1) -> [4: POLLOUT]",
		"send(4, \"x\") -> 1",
		"poll([3: POLLIN | POLLOUT, 99: POLLIN], 1000) -> "
		"[3: POLLIN | POLLOUT, 99: POLLNVAL]",
		"close(4) -> 0",
		"poll([3: 0]) -> [3: POLLHUP]",
		"poll([3: POLLRDHUP | POLLIN]) -> "
		"[3: POLLIN | POLLHUP | POLLRDHUP]",
		"poll([], 1) -> []");
	/* a fresh TCP socket is writable and hung up: fact 39 */
	SCRIPT("socket(AF_INET) -> 3",
		"poll([3: POLLIN | POLLOUT], 0) -> [3: POLLOUT | POLLHUP]",
		"select([], [3], [], 0s) -> {read=[], write=[3], except=[]}",
		/* The kernel looks at no descriptor beyond the process's
		 * table, whose size is a multiple of 64 and inherited (FDSize
		 * in /proc/self/status; core_sys_select in fs/select.c): a
		 * higher one is no error there, and is never ready. */
		"select([63]) -> EBADF",
		"select([1023], [], [], 1ms) -> "
		"{read=[], write=[], except=[]} | EBADF",
		"select([], [], [], 1ms) -> {read=[], write=[], except=[]}");
	script_refused("client: select([5000])", 17, "reads: select knows the "
		"descriptors 0 to 1023, not 5000");
}

static void epolling(void **state)
{
	(void)state;
	SCRIPT("socketpair() -> [3, 4]", "epoll_create1(EPOLL_CLOEXEC) -> 5",
		"epoll_ctl(5, EPOLL_CTL_MOD, 3, EPOLLIN) -> ENOENT",
		"epoll_ctl(5, EPOLL_CTL_ADD, 3, EPOLLIN) -> 0",
		"epoll_ctl(5, EPOLL_CTL_ADD, 3, EPOLLIN) -> EEXIST",
		"epoll_ctl(5, EPOLL_CTL_ADD, 99, EPOLLIN) -> EBADF",
		"epoll_ctl(5, EPOLL_CTL_ADD, 0, EPOLLIN) -> EPERM",
		"epoll_ctl(5, EPOLL_CTL_ADD, 5, EPOLLIN) -> EINVAL",
		"epoll_wait(5, 16, 0) -> []", "send(4, \"hello\") -> 5",
		/* level: as long as there is something */
		"epoll_wait(5) -> [3: EPOLLIN]",
		"epoll_wait(5) -> [3: EPOLLIN]",
		/* edge: once, until there is more */
		"epoll_ctl(5, EPOLL_CTL_MOD, 3, EPOLLIN | EPOLLET) -> 0",
		"epoll_wait(5) -> [3: EPOLLIN]", "epoll_wait(5, 1, 0) -> []",
		"recv(3, 2) -> \"he\"", "epoll_wait(5, 1, 0) -> []",
		"send(4, \"!\") -> 1", "epoll_wait(5, 1) -> [3: EPOLLIN]",
		/* once and no more */
		"epoll_ctl(5, EPOLL_CTL_MOD, 3, EPOLLIN | EPOLLONESHOT) -> 0",
		"epoll_wait(5) -> [3: EPOLLIN]", "send(4, \"!\") -> 1",
		"epoll_wait(5, 1, 0) -> []",
		"epoll_ctl(5, EPOLL_CTL_MOD, 3, EPOLLIN | EPOLLEXCLUSIVE) -> "
		"EINVAL", "epoll_ctl(5, EPOLL_CTL_DEL, 3) -> 0",
		"epoll_ctl(5, EPOLL_CTL_ADD, 3, EPOLLIN | EPOLLEXCLUSIVE) -> "
		"0", "epoll_wait(5, 1) -> [3: EPOLLIN]",
		"epoll_wait(5, 0, 0) -> EINVAL", "epoll_wait(3) -> EINVAL",
		"epoll_wait(99) -> EBADF", "close(4) -> 0",
		"epoll_wait(5, 100000) -> [3: EPOLLIN | EPOLLHUP]");
	/* a regular file is always ready, and epoll has no use for it */
	SCRIPT("memfd_create(\"notes\") -> 3", "epoll_create1() -> 4",
		"epoll_ctl(4, EPOLL_CTL_ADD, 3, EPOLLIN) -> EPERM",
		"select([3], [3], [], none) -> {read=[3], write=[3]}",
		"poll([3: POLLIN | POLLOUT], 0) -> [3: POLLIN | POLLOUT]",
		"read(3, 9) -> \"\"", "recv(3, 9) -> ENOTSOCK",
		"memfd_create(none) -> EFAULT");
}

/* ---- options, flags, requests ---- */

static void options(void **state)
{
	(void)state;
	SCRIPT("socket(AF_INET) -> 3",
		"setsockopt(3, SO_RCVBUF, 8192) -> 0",
		"getsockopt(3, SO_RCVBUF) -> 16384", /* asked and given */
		"getsockopt(3, SO_RCVTIMEO) -> none",
		"setsockopt(3, SO_RCVTIMEO, 1500ms) -> 0",
		"getsockopt(3, SO_RCVTIMEO) -> 1500ms",
		"setsockopt(3, SO_RCVTIMEO, none) -> 0",
		"getsockopt(3, SO_RCVTIMEO) -> none",
		"getsockopt(3, SO_LINGER) -> {l_onoff=0, l_linger=0}",
		"setsockopt(3, SO_LINGER, {l_onoff=1, l_linger=5}) -> 0",
		"getsockopt(3, SO_LINGER) -> {l_onoff=1, l_linger=5}",
		"getsockopt(3, SO_ERROR) -> 0",
		"setsockopt(3, TCP_KEEPIDLE, 2s) -> 0",
		"getsockopt(3, TCP_KEEPIDLE) -> 2s",
		"setsockopt(3, TCP_KEEPIDLE, 0s) -> EINVAL",
		"setsockopt(3, TCP_USER_TIMEOUT, 800ms) -> 0",
		"getsockopt(3, TCP_USER_TIMEOUT) -> 800ms",
		/* the kernel counts SYN+ACKs, not seconds */
		"setsockopt(3, TCP_DEFER_ACCEPT, 2s) -> 0",
		"getsockopt(3, TCP_DEFER_ACCEPT) -> 3s",
		"setsockopt(3, TCP_MAXSEG, 1) -> EINVAL",
		"setsockopt(3, IP_TTL, 7) -> 0", "getsockopt(3, IP_TTL) -> 7",
		"setsockopt(3, IP_TTL, 0) -> EINVAL",
		"getsockopt(3, IP_MTU) -> ENOTCONN",
		"setsockopt(3, IPV6_V6ONLY, 1) -> ENOPROTOOPT",
		"getsockopt(3, TCP_INFO) -> {state=CLOSE, unacked=0, rtt=_}",
		"setsockopt(99, SO_REUSEADDR, 1) -> EBADF",
		"getsockopt(0, SO_ERROR) -> ENOTSOCK",
		"socket(AF_INET, SOCK_DGRAM) -> 4",
		"setsockopt(4, TCP_NODELAY, 1) -> EOPNOTSUPP | ENOPROTOOPT",
		"setsockopt(4, SO_BROADCAST, 1) -> 0",
		"getsockopt(4, SO_BROADCAST) -> 1",
		"bind(3, $:7030) -> 0", "listen(3) -> 0",
		"setsockopt(3, TCP_DEFER_ACCEPT, none) -> 0",
		"socket(AF_INET) -> 5", "connect(5, $:7030) -> 0",
		"getsockopt(5, TCP_INFO) -> {state=ESTABLISHED, "
		"retransmits=0, snd_mss=_, rto=_}",
		"setsockopt(3, SO_LINGER, {l_onoff=1, l_linger=0}) -> 0");
	SCRIPT("socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK) -> 3",
		"connect(3, $:7031) -> EINPROGRESS",
		"poll([3: POLLOUT], 1000) -> [3: POLLOUT | POLLERR | POLLHUP]",
		"getsockopt(3, SO_ERROR) -> 111 (ECONNREFUSED)",
		"getsockopt(3, SO_ERROR) -> 0");
}

/* Each that can be set, set to 1 and read again. */
static void every_option(void **state)
{
	const struct option_row *o;
	size_t i;

	(void)state;
	for (i = 0; (o = option_row_at(i)); i++) {
		int fd = socket(o->level == IPPROTO_IPV6 ? AF_INET6 : AF_INET,
			o->tcp ? SOCK_STREAM : SOCK_DGRAM, 0);
		struct value v = {0}, now = {0};

		if (fd < 0)
			continue; /* no IPv6 on this machine */
		assert_true(option_get(fd, o, &now) == 0 ||
			strcmp(o->name, "IP_MTU") == 0);
		value_copy(&v, &now);
		if (o->type == OPTION_SWITCH) {
			value_done(&v);
			value_of_number(&v, 1);
		}
		/* 0 of TCP_MAXSEG, as it is read, cannot be set */
		if (!o->read_only && strcmp(o->name, "TCP_MAXSEG") &&
				option_set(fd, o, &v))
			fail_msg("%s cannot be set", o->name);
		value_done(&now);
		if (o->type == OPTION_SWITCH) {
			assert_int_equal(option_get(fd, o, &now), 0);
			if (now.number != 1)
				fail_msg("%s: not 1", o->name);
		}
		value_done(&v);
		close(fd);
	}
}

static void refused_options(void **state)
{
	(void)state;
	script_refused("client: setsockopt(3, SO_ERROR, 1)", 33,
		"SO_ERROR can be read, not set");
	script_refused("client: setsockopt(3, SO_REUSEADDR, 2)", 37,
		"SO_REUSEADDR: 0 or 1, not 2");
	script_refused("client: setsockopt(3, SO_RCVBUF, \"x\")", 34,
		"SO_RCVBUF: a number belongs here");
	script_refused("client: setsockopt(3, SO_RCVTIMEO, 5)", 36,
		"SO_RCVTIMEO: a time, as in 2s, or none");
	script_refused("client: setsockopt(3, TCP_KEEPIDLE, 1500ms)", 37,
		"TCP_KEEPIDLE: whole seconds only");
	script_refused("client: setsockopt(3, SO_LINGER, {l_linger=5})", 34,
		"SO_LINGER: {l_onoff=1, l_linger=0}, l_linger in seconds");
	script_refused("client: setsockopt(3, SO_LINGER, {l_onoff=1, "
		"l_linger=1500ms})", 55, "SO_LINGER: whole seconds only");
}

/* Before a kernel sees it. */
static void refused_values(void **state)
{
	(void)state;
	script_refused("client: recvmsg(3, [40000, 40000])", 20,
		"sizes: at most 65536 bytes");
	script_refused("client: unlink(10.0.0.1:80)", 16,
		"unlink: a path, as in unix:name; nothing else is a file");
	script_refused("client: poll([x: POLLIN])", 15, "x is not bound");
	script_refused("client: sendmsg(3, [\"a\", x])", 26,
		"x is not bound");
	script_refused("client: connect(3, eve:80)", 20,
		"eve is no host here");
}

static void requests(void **state)
{
	(void)state;
	SCRIPT("socketpair() -> [3, 4]", "send(3, \"abcde\") -> 5",
		"ioctl(4, FIONREAD) -> 5", "recv(4, 2) -> \"ab\"",
		"ioctl(4, SIOCINQ) -> 3", "ioctl(0, FIONREAD) -> ENOTTY",
		"ioctl(99, FIONREAD) -> EBADF", "fcntl(99, F_GETFL) -> EBADF",
		"fcntl(4, F_SETFL, O_NONBLOCK) -> 0",
		"recv(4, 3) -> \"cde\"", "recv(4, 1) -> EAGAIN");
	SCRIPT("socket(AF_INET) -> 3", "bind(3, $:7040) -> 0",
		"listen(3) -> 0", "socket(AF_INET) -> 4",
		"connect(4, $:7040) -> 0", "send(4, \"acknowledged\") -> 12",
		"ioctl(4, SIOCOUTQ) -> 0", "ioctl(3, FIONREAD) -> EINVAL");
}

/* ---- processes, names ---- */

static void shared(void **state)
{
	(void)state;
	SCRIPT("socketpair() -> [3, 4]", "dup(3) -> 5", "dup2(3, 7) -> 7",
		"close(3) -> 0", "send(5, \"x\") -> 1", "close(5) -> 0",
		"recv(4, 9) -> \"x\"",
		"recv(4, 9, MSG_DONTWAIT) -> EAGAIN", /* 7 is open yet */
		"dup2(4, 7) -> 7", "dup(99) -> EBADF", "dup2(99, 7) -> EBADF");
}

static void signals(void **state)
{
	(void)state;
	SCRIPT("signal(SIGUSR1, SIG_IGN) -> SIG_DFL",
		"signal(SIGUSR1, SIG_HANDLER) -> SIG_IGN",
		"signal(SIGUSR1, SIG_DFL) -> SIG_HANDLER",
		"signal(SIGKILL, SIG_IGN) -> EINVAL",
		"signal(SIGPIPE, SIG_IGN) -> _");
}

static void names(void **state)
{
	(void)state;
	SCRIPT("getaddrinfo(\"127.0.0.1\", \"80\") -> [127.0.0.1:80]",
		"getaddrinfo(\"::1\", \"80\", AF_UNSPEC, SOCK_DGRAM, "
		"AI_NUMERICHOST) -> [[::1]:80]",
		"getaddrinfo(none, \"80\", AF_INET, SOCK_STREAM, AI_PASSIVE) "
		"-> [0.0.0.0:80]",
		"getaddrinfo(none) -> EAI_NONAME",
		"getaddrinfo(\"server\", none, AF_INET, SOCK_STREAM, "
		"AI_NUMERICHOST) -> EAI_NONAME",
		"getaddrinfo(\"127.0.0.1\", \"no-such\") -> EAI_SERVICE",
		"getaddrinfo(\"::1\", \"80\", AF_INET, SOCK_STREAM, "
		"AI_NUMERICHOST) -> EAI_ADDRFAMILY | EAI_NONAME",
		"getaddrinfo(\"127.0.0.1\", \"http\", AF_INET, SOCK_SEQPACKET) "
		"-> EAI_SERVICE",
		"getnameinfo(127.0.0.1:80, NI_NUMERICHOST | NI_NUMERICSERV) "
		"-> {host=\"127.0.0.1\", service=\"80\"}",
		"getnameinfo([::1]:53, NI_NUMERICHOST | NI_NUMERICSERV) "
		"-> {host=\"::1\", service=\"53\"}",
		"getnameinfo(none, NI_NUMERICHOST) -> EAI_FAMILY");
}

/* What the scene counts: bytes that went over. */
static void moved(void **state)
{
	static const struct {
		const char *name, *result;
		uint64_t moved;
	} calls[] = {
		{"send", "6", 6}, {"send", "EPIPE", 0}, {"recv", "\"abc\"", 3},
		{"recv", "repeat(\"ab\", 4)", 8},
		{"recv", "{returned=10, bytes=\"abcd\"}", 10},
		{"recvfrom", "{bytes=\"ab\", from=none}", 2},
		{"recvmsg", "{buffers=[\"ab\", \"c\"], flags=0}", 3},
		{"recvmsg", "{returned=9, buffers=[\"ab\"], flags=0}", 9},
		{"listen", "0", 0}, {"socket", "3", 0},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		struct value v;
		struct diag d = {0};

		if (line_parse_value(&v, calls[i].result,
				strlen(calls[i].result), &d) < 0)
			fail_msg("%s: %s", calls[i].result, d.msg);
		assert_int_equal(call_moved(call_row(calls[i].name), &v),
			calls[i].moved);
		value_done(&v);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sockets),
		cmocka_unit_test(no_more_descriptors),
		cmocka_unit_test(binding),
		cmocka_unit_test(listening),
		cmocka_unit_test(connecting),
		cmocka_unit_test(unix_names),
		cmocka_unit_test(streams),
		cmocka_unit_test(the_end),
		cmocka_unit_test(datagrams),
		cmocka_unit_test(polling),
		cmocka_unit_test(epolling),
		cmocka_unit_test(options),
		cmocka_unit_test(every_option),
		cmocka_unit_test(refused_options),
		cmocka_unit_test(refused_values),
		cmocka_unit_test(requests),
		cmocka_unit_test(shared),
		cmocka_unit_test(signals),
		cmocka_unit_test(names),
		cmocka_unit_test(moved),
	};
	int null = open("/dev/null", O_RDWR);

	/* what is asked of descriptor 0 has the same answer everywhere */
	if (null < 0 || dup2(null, 0) < 0)
		return 1;
	closefrom(3);
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
