/*
 * address_parse: hosts with ports, names of AF_UNIX sockets, `none`.
 */
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

#include "base/intl.h"
#include "base/mem.h"
#include "call/scan.h"
#include "call/value_parse.h"

#define HOST_MAX 256
#define PORT_MAX 65535
#define UNIX_MAX ((int)sizeof(((struct sockaddr_un *)0)->sun_path))

static bool is_host(char c)
{
	return scan_is_name(c) || c == '.' || c == '-';
}

/* Bytes of the host at the cursor, without brackets. */
static size_t host_size(const struct scan *s)
{
	size_t i = s->at;

	while (i < s->n && is_host(s->text[i]))
		i++;
	return i - s->at;
}

/* Whether the bracket at the cursor is of [::1]:80 and not of a list: in
 * [10.0.0.2:80] there is one colon. */
static bool begins_host6(const struct scan *s)
{
	size_t i = s->at + 1;
	int colons = 0;

	for (; i < s->n && (isxdigit((unsigned char)s->text[i]) ||
			s->text[i] == ':' || s->text[i] == '.'); i++)
		colons += s->text[i] == ':';
	return colons > 1 && (i == s->n || s->text[i] == ']');
}

bool value_begins_address(const struct scan *s)
{
	size_t n = host_size(s);

	if (scan_peek(s) == '[')
		return begins_host6(s);
	if (!n || s->at + n == s->n || s->text[s->at + n] != ':')
		return false;
	while (n && scan_is_digit(s->text[s->at + n - 1]))
		n--;
	return n > 0; /* 3: POLLIN is no address */
}

size_t value_unix_letters(const char *name, size_t n)
{
	size_t i = n && name[0] == '@';

	while (i < n && (is_host(name[i]) || name[i] == '/'))
		i++;
	return i;
}

/* unix:path, unix:@name, unix:"a path with blanks" */
static int parse_unix(struct scan *s, struct value *v)
{
	struct value quoted = {0};
	size_t start, n;

	s->at += strlen("unix:");
	start = s->at;
	v->number = PORT_UNIX;
	if (scan_peek(s) == '"') {
		if (value_parse_bytes(s, &quoted) < 0) {
			value_done(&quoted);
			return -EINVAL;
		}
		n = quoted.len;
		v->text = mem_dup(quoted.bytes, n);
		value_done(&quoted);
	} else {
		n = value_unix_letters(s->text + start, s->n - start);
		value_take_text(s, v, n);
	}
	if (n && strlen(v->text) == n && strcmp(v->text, "@") != 0 &&
			n < UNIX_MAX)
		return 0;
	s->at = start;
	if (n >= UNIX_MAX)
		return scan_fail(s, _("address: a name behind unix: has at "
			"most %d bytes"), UNIX_MAX - 1);
	return scan_fail(s, _("address: a path or @name behind unix:"));
}

/* [::1]: the text between the brackets must be an IPv6 address. */
static int parse_host6(struct scan *s, struct value *v)
{
	const char *end = memchr(s->text + s->at, ']', s->n - s->at);
	uint8_t bytes[sizeof(struct in6_addr)];
	char host[HOST_MAX];
	size_t n;

	if (!end)
		return scan_fail(s, _("address: ] is missing behind the IPv6 "
			"address, as in [::1]:80"));
	n = end - (s->text + s->at) - 1;
	s->at++;
	scan_copy(s, n, host, sizeof(host));
	if (n >= sizeof(host) || inet_pton(AF_INET6, host, bytes) != 1)
		return scan_fail(s, _("address: an IPv6 address such as ::1 "
			"belongs between [ and ]"));
	value_take_text(s, v, n);
	s->at++;
	return 0;
}

static int parse_host(struct scan *s, struct value *v)
{
	uint8_t bytes[sizeof(struct in_addr)];
	size_t n = host_size(s);
	char host[HOST_MAX], seen[SCAN_SEEN];

	if (n == 0 || n >= sizeof(host))
		return scan_fail(s, _("address: a host and a port, as in "
			"server:9999, not %s"), scan_seen(s, seen));
	scan_copy(s, n, host, sizeof(host));
	if (scan_is_digit(host[0]) && inet_pton(AF_INET, host, bytes) != 1)
		return scan_fail(s, _("address: an IPv4 address has four "
			"numbers from 0 to 255, as in 10.0.0.2:9999"));
	value_take_text(s, v, n);
	return 0;
}

int value_parse_address(struct scan *s, struct value *v, bool any_port)
{
	int error;

	if (scan_word(s, "none")) {
		value_of_no_address(v);
		return 0;
	}
	v->kind = VALUE_ADDRESS;
	v->column = scan_column(s);
	if (s->n - s->at > strlen("unix:") &&
		memcmp(s->text + s->at, "unix:", strlen("unix:")) == 0)
		return parse_unix(s, v);
	error = scan_peek(s) == '[' ? parse_host6(s, v) : parse_host(s, v);
	if (error)
		return error;
	if (scan_peek(s) != ':')
		return scan_fail(s, _("address: a colon and a port behind %s, "
			"as in server:9999"), v->text);
	s->at++;
	if (any_port && scan_name(s) == 1 && scan_peek(s) == '_') {
		s->at++;
		v->number = PORT_ANY;
		return 0;
	}
	return scan_number(s, _("port"), 0, PORT_MAX, &v->number);
}
