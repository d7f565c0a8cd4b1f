/*
 * constant_sets: the members, in the order in which they are offered. A name
 * may be in several sets.
 */
#include "call/constant_sets.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <linux/sockios.h>

#define SAME(name) {#name, name}
#define END {NULL, 0}

#define TYPE_BASE 0xf /* include/linux/net.h: SOCK_TYPE_MASK */

static const struct constant family[] = {
	SAME(AF_INET), SAME(AF_INET6), SAME(AF_UNIX), END};

static const struct constant any_family[] = {
	SAME(AF_UNSPEC), SAME(AF_INET), SAME(AF_INET6), END};

static const struct constant type[] = {
	SAME(SOCK_STREAM), SAME(SOCK_DGRAM), SAME(SOCK_SEQPACKET),
	SAME(SOCK_NONBLOCK), SAME(SOCK_CLOEXEC), END};

static const struct constant socket_flags[] = {
	SAME(SOCK_NONBLOCK), SAME(SOCK_CLOEXEC), END};

/* C and Python people write the 0, for "the usual one". */
static const struct constant protocol[] = {
	{"0", 0}, SAME(IPPROTO_TCP), SAME(IPPROTO_UDP), END};

static const struct constant how[] = {
	SAME(SHUT_RD), SAME(SHUT_WR), SAME(SHUT_RDWR), END};

/* Those behind MSG_WAITALL mostly come back, from recvmsg. */
static const struct constant message[] = {
	SAME(MSG_DONTWAIT), SAME(MSG_MORE), SAME(MSG_NOSIGNAL),
	SAME(MSG_PEEK), SAME(MSG_WAITALL), SAME(MSG_TRUNC), SAME(MSG_CTRUNC),
	SAME(MSG_EOR), SAME(MSG_OOB), SAME(MSG_ERRQUEUE),
	SAME(MSG_CMSG_CLOEXEC), END};

static const struct constant command[] = {
	SAME(F_GETFL), SAME(F_SETFL), END};

static const struct constant status[] = {
	SAME(O_RDONLY), SAME(O_WRONLY), SAME(O_RDWR), SAME(O_APPEND),
	SAME(O_ASYNC), SAME(O_NONBLOCK), END};

static const struct constant request[] = {
	SAME(FIONREAD), SAME(SIOCINQ), SAME(SIOCOUTQ), END};

static const struct constant poll_events[] = {
	SAME(POLLIN), SAME(POLLOUT), SAME(POLLPRI), SAME(POLLERR),
	SAME(POLLHUP), SAME(POLLRDHUP), SAME(POLLNVAL), END};

static const struct constant epoll_events[] = {
	SAME(EPOLLIN), SAME(EPOLLOUT), SAME(EPOLLPRI), SAME(EPOLLERR),
	SAME(EPOLLHUP), SAME(EPOLLRDHUP), SAME(EPOLLET), SAME(EPOLLONESHOT),
	SAME(EPOLLEXCLUSIVE), END};

static const struct constant epoll_operation[] = {
	SAME(EPOLL_CTL_ADD), SAME(EPOLL_CTL_MOD), SAME(EPOLL_CTL_DEL), END};

static const struct constant epoll_flags[] = {
	SAME(EPOLL_CLOEXEC), END};

static const struct constant signals[] = {
	SAME(SIGPIPE), SAME(SIGINT), SAME(SIGTERM), SAME(SIGKILL),
	SAME(SIGHUP), SAME(SIGQUIT), SAME(SIGUSR1), SAME(SIGUSR2),
	SAME(SIGALRM), SAME(SIGCHLD), SAME(SIGURG), SAME(SIGIO),
	SAME(SIGSTOP), SAME(SIGCONT), END};

static const struct constant disposition[] = {
	{"SIG_DFL", 0}, {"SIG_IGN", 1}, {"SIG_HANDLER", SIG_HANDLER_NUMBER},
	END};

static const struct constant name_flags[] = {
	SAME(NI_NUMERICHOST), SAME(NI_NUMERICSERV), SAME(NI_NAMEREQD),
	SAME(NI_NOFQDN), SAME(NI_DGRAM), END};

static const struct constant lookup[] = {
	SAME(AI_PASSIVE), SAME(AI_NUMERICHOST), SAME(AI_NUMERICSERV),
	SAME(AI_ADDRCONFIG), SAME(AI_V4MAPPED), SAME(AI_ALL), END};

/* include/net/tcp_states.h; the last is no state that C has a name for. */
static const struct constant state[] = {
	{"ESTABLISHED", TCP_ESTABLISHED}, {"SYN_SENT", TCP_SYN_SENT},
	{"SYN_RECV", TCP_SYN_RECV}, {"FIN_WAIT1", TCP_FIN_WAIT1},
	{"FIN_WAIT2", TCP_FIN_WAIT2}, {"TIME_WAIT", TCP_TIME_WAIT},
	{"CLOSE", TCP_CLOSE}, {"CLOSE_WAIT", TCP_CLOSE_WAIT},
	{"LAST_ACK", TCP_LAST_ACK}, {"LISTEN", TCP_LISTEN},
	{"CLOSING", TCP_CLOSING}, {"NEW_SYN_RECV", 12}, END};

const struct constant_set constant_sets[] = {
	{"family", false, 0, family},
	{"any family", false, 0, any_family},
	{"type", true, TYPE_BASE, type},
	{"socket flags", true, 0, socket_flags},
	{"protocol", false, 0, protocol},
	{"how", false, 0, how},
	{"message", true, 0, message},
	{"option", false, 0, NULL},
	{"command", false, 0, command},
	{"status", true, O_ACCMODE, status},
	{"request", false, 0, request},
	{"poll", true, 0, poll_events},
	{"epoll", true, 0, epoll_events},
	{"epoll operation", false, 0, epoll_operation},
	{"epoll flags", true, 0, epoll_flags},
	{"signal", false, 0, signals},
	{"disposition", false, 0, disposition},
	{"name flags", true, 0, name_flags},
	{"lookup", true, 0, lookup},
	{"state", false, 0, state},
	{"errno", false, 0, NULL},
	{NULL, false, 0, NULL},
};
