/*
 * c_help: the helpers of programs in C, of which each gets those that it needs.
 * They are models too: short, and a comment says what each is for.
 */
#include "base/intl.h"
#include "export/c.h"

static const struct c_helper helpers[] = {
	{HELP_DIE, 0, 0,
N_("What cannot be gone on from: say why, and leave."),
"static void die(const char *call)\n"
"{\n"
"	perror(call);\n"
"	exit(1);\n"
"}\n"},
	{HELP_TELL, 0, C_ERRNO | C_STRING,
N_("Print what a call gave: its number, or the name of its error."),
"static void tell(const char *call, long result)\n"
"{\n"
"	if (result < 0)\n"
"		printf(\"%s -> %s\\n\", call, error_name(errno));\n"
"	else\n"
"		printf(\"%s -> %ld\\n\", call, result);\n"
"}\n"},
	{HELP_QUOTE, 0, 0,
N_("Print bytes as text: what is no printable ASCII as \\n or \\x00."),
"static void quote(const char *data, size_t size)\n"
"{\n"
"	putchar('\"');\n"
"	for (size_t i = 0; i < size && i < 64; i++) {\n"
"		unsigned char byte = data[i];\n"
"\n"
"		if (byte == '\\n')\n"
"			printf(\"\\\\n\");\n"
"		else if (byte == '\\r')\n"
"			printf(\"\\\\r\");\n"
"		else if (byte == '\\t')\n"
"			printf(\"\\\\t\");\n"
"		else if (byte == '\"' || byte == '\\\\')\n"
"			printf(\"\\\\%c\", byte);\n"
"		else if (byte >= ' ' && byte <= '~')\n"
"			putchar(byte);\n"
"		else\n"
"			printf(\"\\\\x%02x\", byte);\n"
"	}\n"
"	putchar('\"');\n"
"	if (size > 64)\n"
"		printf(\"... %zu bytes\", size);\n"
"}\n"},
	{HELP_SHOW, HELP_QUOTE, C_ERRNO | C_STRING,
N_("Print what a receiving call gave: its bytes, or the name of its error."),
"static void show(const char *call, const char *data, ssize_t size)\n"
"{\n"
"\f"
"	printf(\"%s -> \", call);\n"
"	if (size < 0)\n"
"		fputs(error_name(errno), stdout);\n"
"	else\n"
"		quote(data, size);\n"
"	putchar('\\n');\n"
"\v"
"}\n"},
	{HELP_FILLED, HELP_QUOTE, C_ERRNO | C_STRING | C_UIO | C_SOCKET,
N_("Print what recvmsg gave: its buffers as they were filled, and its flags."),
"static void show_filled(const char *call, const struct msghdr *message,\n"
"	ssize_t size)\n"
"{\n"
"	if (size < 0) {\n"
"		printf(\"%s -> %s\\n\", call, error_name(errno));\n"
"		return;\n"
"	}\n"
"\f"
"	printf(\"%s -> [\", call);\n"
"	for (size_t i = 0; i < message->msg_iovlen && size > 0; i++) {\n"
"		const struct iovec *room = &message->msg_iov[i];\n"
"		size_t filled = (size_t)size < room->iov_len ?\n"
"			(size_t)size : room->iov_len;\n"
"\n"
"		if (i)\n"
"			printf(\", \");\n"
"		quote(room->iov_base, filled);\n"
"		size -= filled;\n"
"	}\n"
"	printf(\"] flags %s\\n\",\n"
"		message->msg_flags & MSG_TRUNC ? \"MSG_TRUNC\" :\n"
"		message->msg_flags & MSG_ERRQUEUE ? \"MSG_ERRQUEUE\" : \"0\");\n"
"\v"
"}\n"},
	{HELP_ADDRESS, 0, C_NETDB | C_SOCKET | C_UN,
N_("Print an address: numbers, or a path."),
"static void show_address(const char *what, const void *address,\n"
"	socklen_t size)\n"
"{\n"
"	const struct sockaddr *any = address;\n"
"	const char *path = ((const struct sockaddr_un *)address)->sun_path;\n"
"	int letters = (int)(size - sizeof(any->sa_family)); /* of a path */\n"
"	char host[NI_MAXHOST], port[NI_MAXSERV];\n"
"\n"
"	if (size <= sizeof(any->sa_family))\n"
"		printf(\"%s none\\n\", what);\n"
"	else if (any->sa_family == AF_UNIX && !*path)\n"
"		printf(\"%s @%.*s\\n\", what, letters - 1, path + 1);\n"
"	else if (any->sa_family == AF_UNIX)\n"
"		printf(\"%s %.*s\\n\", what, letters, path);\n"
"	else if (getnameinfo(any, size, host, sizeof(host), port,\n"
"			sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV) == 0)\n"
"		printf(\"%s %s %s\\n\", what, host, port);\n"
"}\n"},
	{HELP_FLAGS, 0, 0,
N_("Print the names of the bits that are set."),
"static void print_flags(unsigned bits, const struct flag *flag,\n"
"	size_t flags)\n"
"{\n"
"	const char *between = \": \";\n"
"\n"
"	for (size_t i = 0; i < flags; i++)\n"
"		if (bits & flag[i].bit) {\n"
"			printf(\"%s%s\", between, flag[i].name);\n"
"			between = \" | \";\n"
"		}\n"
"}\n"},
	{HELP_READY, HELP_FLAGS, C_POLL | C_ERRNO | C_STRING,
N_("Print what poll gave."),
"static void show_ready(const char *call, int n, const struct pollfd *p,\n"
"	const char *const *name, size_t size)\n"
"{\n"
"	static const struct flag flag[] = {\n"
"		{POLLIN, \"POLLIN\"}, {POLLOUT, \"POLLOUT\"},\n"
"		{POLLPRI, \"POLLPRI\"}, {POLLERR, \"POLLERR\"},\n"
"		{POLLHUP, \"POLLHUP\"}, {POLLRDHUP, \"POLLRDHUP\"},\n"
"		{POLLNVAL, \"POLLNVAL\"},\n"
"	};\n"
"	const char *between = \"\";\n"
"\n"
"	if (n < 0) {\n"
"		printf(\"%s -> %s\\n\", call, error_name(errno));\n"
"		return;\n"
"	}\n"
"\f"
"	printf(\"%s -> [\", call);\n"
"	for (size_t i = 0; i < size; i++)\n"
"		if (p[i].revents) {\n"
"			printf(\"%s%s\", between, name[i]);\n"
"			print_flags(p[i].revents, flag, 7);\n"
"			between = \", \";\n"
"		}\n"
"	printf(\"]\\n\");\n"
"\v"
"}\n"},
	{HELP_EVENTS, HELP_FLAGS, C_EPOLL | C_ERRNO | C_STRING,
N_("Print what epoll_wait gave; fd and name: what is on the list."),
"static void show_events(const char *call, int n,\n"
"	const struct epoll_event *event, const int *fd,\n"
"	const char *const *name, size_t size)\n"
"{\n"
"	static const struct flag flag[] = {\n"
"		{EPOLLIN, \"EPOLLIN\"}, {EPOLLOUT, \"EPOLLOUT\"},\n"
"		{EPOLLPRI, \"EPOLLPRI\"}, {EPOLLERR, \"EPOLLERR\"},\n"
"		{EPOLLHUP, \"EPOLLHUP\"}, {EPOLLRDHUP, \"EPOLLRDHUP\"},\n"
"	};\n"
"\n"
"	if (n < 0) {\n"
"		printf(\"%s -> %s\\n\", call, error_name(errno));\n"
"		return;\n"
"	}\n"
"\f"
"	printf(\"%s -> [\", call);\n"
"	for (int i = 0; i < n; i++) {\n"
"		printf(\"%s\", i ? \", \" : \"\");\n"
"		for (size_t k = 0; k < size; k++)\n"
"			if (fd[k] == event[i].data.fd)\n"
"				printf(\"%s\", name[k]);\n"
"		print_flags(event[i].events, flag, 6);\n"
"	}\n"
"	printf(\"]\\n\");\n"
"\v"
"}\n"},
	{HELP_SET, 0, C_SELECT,
N_("Print what select left in a set."),
"static void print_set(const char *word, const fd_set *set, const int *fd,\n"
"	const char *const *name, size_t size)\n"
"{\n"
"	const char *between = \"\";\n"
"\n"
"	printf(\" %s [\", word);\n"
"	for (size_t i = 0; i < size; i++)\n"
"		if (FD_ISSET(fd[i], set)) {\n"
"			printf(\"%s%s\", between, name[i]);\n"
"			between = \", \";\n"
"		}\n"
"	putchar(']');\n"
"}\n"},
	{HELP_INFO, 0, C_TCP,
N_("Print some of what TCP knows of a connection."),
"static void show_info(const char *call, const struct tcp_info *info)\n"
"{\n"
"	static const char *const state[] = {\n"
"		\"\", \"ESTABLISHED\", \"SYN_SENT\", \"SYN_RECV\", "
	"\"FIN_WAIT1\",\n"
"		\"FIN_WAIT2\", \"TIME_WAIT\", \"CLOSE\", \"CLOSE_WAIT\",\n"
"		\"LAST_ACK\", \"LISTEN\", \"CLOSING\",\n"
"	};\n"
"\n"
"	printf(\"%s -> {state=%s, retransmits=%u, unacked=%u, lost=%u, \"\n"
"		\"total_retrans=%u}\\n\", call, state[info->tcpi_state],\n"
"		info->tcpi_retransmits, info->tcpi_unacked,\n"
"		info->tcpi_lost, info->tcpi_total_retrans);\n"
"}\n"},
	{HELP_ERROR, 0, C_ERRQUEUE | C_ERRNO | C_IN | C_SOCKET | C_STRING,
N_("Print what the error queue tells."),
"static void show_error(struct msghdr *message)\n"
"{\n"
"	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c;\n"
"			c = CMSG_NXTHDR(message, c)) {\n"
"		const struct sock_extended_err *error = (void *)CMSG_DATA(c);\n"
"\n"
"		if (c->cmsg_type == IP_RECVERR || c->cmsg_type == IPV6_RECVERR)\n"
"			printf(\"  error %s\\n\", error_name(error->ee_errno));\n"
"	}\n"
"}\n"},
	{HELP_IPV4, 0, C_INET | C_IN | C_STDINT,
N_("An IPv4 address and a port, in the bytes that the kernel takes."),
"static struct sockaddr_in ipv4(const char *host, uint16_t port)\n"
"{\n"
"	struct sockaddr_in a = {\n"
"		.sin_family = AF_INET,\n"
"		.sin_port = htons(port),\n"
"	};\n"
"\n"
"	if (inet_pton(AF_INET, host, &a.sin_addr) != 1) {\n"
"		fprintf(stderr, \"%s: not an IPv4 address\\n\", host);\n"
"		exit(2);\n"
"	}\n"
"	return a;\n"
"}\n"},
	{HELP_IPV6, 0, C_INET | C_IN | C_STDINT,
N_("An IPv6 address and a port, in the bytes that the kernel takes."),
"static struct sockaddr_in6 ipv6(const char *host, uint16_t port)\n"
"{\n"
"	struct sockaddr_in6 a = {\n"
"		.sin6_family = AF_INET6,\n"
"		.sin6_port = htons(port),\n"
"	};\n"
"\n"
"	if (inet_pton(AF_INET6, host, &a.sin6_addr) != 1) {\n"
"		fprintf(stderr, \"%s: not an IPv6 address\\n\", host);\n"
"		exit(2);\n"
"	}\n"
"	return a;\n"
"}\n"},
	{HELP_UNIX, 0, C_SOCKET | C_STRING | C_UN,
N_("A path, or an abstract name, which begins with a NUL."),
"static struct sockaddr_un unix_address(const char *name, int abstract)\n"
"{\n"
"	struct sockaddr_un a = {.sun_family = AF_UNIX};\n"
"\n"
"	strncpy(a.sun_path + abstract, name, sizeof(a.sun_path) - 2);\n"
"	return a;\n"
"}\n"},
	{0, 0, 0, NULL, NULL},
};

/* The errors that are to be expected, by their names: strerrorname_np of glibc
 * would know all of them, but not on every machine of a class. */
static void put_error_name(const struct c *w, struct buf *b)
{
	buf_printf(b, "\n/* %s */\nstatic const char *error_name(int error)\n"
		"{\n\tswitch (error) {\n", _("The name of an error to be "
		"expected here; of any other, a sentence."));
	for (int i = 1; i < ERRORS; i++)
		if (w->error[i])
			buf_printf(b, "\tcase %s:\n\t\treturn \"%s\";\n",
				errno_name(i), errno_name(i));
	buf_text(b, "\tdefault:\n\t\treturn strerror(error);\n\t}\n}\n");
}

/* A helper's text. Where no error was seen, a sentence tells any; where threads
 * print, what is a line of several pieces (from \f to \v) stays together. */
static void put_text(struct buf *b, const char *text, bool errors,
	bool threads)
{
	static const char name[] = "error_name(";

	while (*text) {
		if (!strncmp(text, name, strlen(name))) {
			buf_text(b, errors ? name : "strerror(");
			text += strlen(name);
			continue;
		}
		if (*text != '\f' && *text != '\v')
			buf_char(b, *text);
		else if (threads)
			buf_text(b, *text == '\f' ? "\tflockfile(stdout);\n" :
				"\tfunlockfile(stdout);\n");
		text++;
	}
}

static const struct c_helper *const all[] = {helpers, c_helpers_time};

#define ALL (sizeof(all) / sizeof(*all))

/* Helpers need others, and headers; true: one of them has a word for errors. */
static bool need_all(struct c *w)
{
	bool names = w->names_error;
	unsigned before;

	do {
		before = w->help;
		for (size_t i = 0; i < ALL; i++)
			for (const struct c_helper *h = all[i]; h->help; h++) {
				if (!(w->help & h->help))
					continue;
				w->help |= h->needs;
				w->headers |= h->headers;
				names |= strstr(h->text, "error_name(") != NULL;
			}
	} while (w->help != before);
	return names;
}

void c_help(struct c *w, struct buf *b)
{
	bool errors = false, names = need_all(w);
	bool threads = program_has_threads(w->r, w->p);

	for (int i = 0; i < ERRORS; i++)
		errors |= names && w->error[i];
	if (errors) {
		w->headers |= C_ERRNO | C_STRING;
		put_error_name(w, b);
	}
	if (w->help & HELP_FLAGS)
		buf_text(b, "\nstruct flag {\n\tunsigned bit;\n"
			"\tconst char *name;\n};\n");
	for (size_t i = 0; i < ALL; i++)
		for (const struct c_helper *h = all[i]; h->help; h++)
			if (w->help & h->help) {
				buf_printf(b, "\n/* %s */\n", _(h->told));
				put_text(b, h->text, errors, threads);
			}
}
