/*
 * value_parse: names, constants, flags, addresses and results at a cursor.
 * Each failure says what the parameter takes, and the nearest valid word.
 */
#include "call/value_parse.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

#include "base/intl.h"
#include "base/mem.h"
#include "call/line.h"
#include "call/scan.h"

#define HOST_MAX 256
#define PORT_MAX 65535
#define UNIX_MAX ((int)sizeof(((struct sockaddr_un *)0)->sun_path))

/* ---- names and numbers ---- */

/* Take n bytes at the cursor as v's text. */
static void take_text(struct scan *s, struct value *v, size_t n)
{
	v->text = mem_dup(s->text + s->at, n);
	s->at += n;
}

bool value_word_is_taken(const char *word)
{
	int64_t number;

	return word[0] >= 'A' && word[0] <= 'Z' &&
		(constant_number(NULL, word, &number) || errno_number(word));
}

/* A name that an actor has bound. */
static int parse_name(struct scan *s, const char *what, struct value *v)
{
	size_t n = scan_name(s);
	char word[LINE_NAME];

	if (n >= LINE_NAME)
		return scan_fail(s, _("%s: a name has at most %d letters"),
			what, LINE_NAME - 1);
	scan_copy(s, n, word, sizeof(word));
	if (strcmp(word, "_") == 0)
		return scan_fail(s, _("%s: _ stands for any result, only "
			"behind ->"), what);
	if (value_word_is_taken(word))
		return scan_fail(s, _("%s: a name or a number; %s is a "
			"constant"), what, word);
	v->kind = VALUE_NAME;
	take_text(s, v, n);
	return 0;
}

static void range_of(const struct param *p, int64_t *low, int64_t *high)
{
	*low = p->kind == PARAM_SIZE ? 0 : INT_MIN;
	*high = p->kind == PARAM_SIZE ? CALL_RECV_MAX : INT_MAX;
}

bool value_in_range(const struct param *p, const struct value *v)
{
	int64_t low, high;

	range_of(p, &low, &high);
	return v->number >= low && v->number <= high;
}

static int parse_number(struct scan *s, const struct param *p,
	struct value *v)
{
	int64_t low, high;

	if (scan_name(s))
		return parse_name(s, p->name, v);
	range_of(p, &low, &high);
	v->kind = VALUE_NUMBER;
	return scan_number(s, p->name, low, high, &v->number);
}

static int parse_fd(struct scan *s, const struct param *p, struct value *v)
{
	char c = scan_peek(s), seen[SCAN_SEEN];

	if (!scan_name(s) && !scan_is_digit(c) && c != '-')
		return scan_fail(s, _("%s: a socket's name, such as s, or its "
			"number, not %s"), p->name, scan_seen(s, seen));
	return parse_number(s, p, v);
}

static int parse_bytes(struct scan *s, const struct param *p,
	struct value *v)
{
	char seen[SCAN_SEEN];

	if (value_begins_bytes(s))
		return value_parse_bytes(s, v);
	if (s->n - s->at > 1 && s->text[s->at] == 'b' &&
			s->text[s->at + 1] == '"')
		return scan_fail(s, _("%s: a string in double quotes is bytes "
			"already, as in \"hi\": leave the b out"), p->name);
	if (scan_name(s))
		return parse_name(s, p->name, v);
	return scan_fail(s, _("%s: a string in double quotes, or a name bound "
		"to bytes, not %s"), p->name, scan_seen(s, seen));
}

/* ---- constants ---- */

/* The members of a set, for a sentence: "AF_INET, AF_INET6". */
static void list_members(const char *set, char *out, size_t size)
{
	const char *name;
	size_t i, n = 0;

	out[0] = '\0';
	for (i = 0; (name = constant_at(set, i)); i++) {
		if (n + strlen(name) + 3 > size)
			return;
		n += strlen(strcpy(out + n, i ? ", " : ""));
		n += strlen(strcpy(out + n, name));
	}
}

static int fail_constant(struct scan *s, const struct param *p, size_t n)
{
	char word[64], list[128], seen[SCAN_SEEN];
	const char *near, *zero = "";

	if (p->kind == PARAM_FLAGS)
		zero = _("0, or ");
	scan_copy(s, n, word, sizeof(word));
	near = n ? constant_nearest(p->set, word) : NULL;
	list_members(p->set, list, sizeof(list));
	if (near) {
		scan_offer_word(s, n, near);
		return scan_fail(s, _("%s: there is no %s; did you mean %s?"),
			p->name, word, near);
	}
	return scan_fail(s, _("%s: %s%s, not %s"), p->name, zero, list,
		scan_seen(s, seen));
}

/* The member at the cursor; the cursor goes behind it. */
static int parse_member(struct scan *s, const struct param *p,
	int64_t *number)
{
	char word[64];
	size_t n = scan_name(s);

	while (s->at + n < s->n && scan_is_name(s->text[s->at + n]))
		n++; /* protocol's "0" */
	scan_copy(s, n, word, sizeof(word));
	if (!n || !constant_number(p->set, word, number))
		return fail_constant(s, p, n);
	s->at += n;
	return 0;
}

static int parse_constant(struct scan *s, const struct param *p,
	struct value *v)
{
	v->kind = VALUE_CONSTANT;
	v->set = constant_set(p->set);
	return parse_member(s, p, &v->number);
}

/* "I count the 5 bytes" for whoever gives send a length, as in C. */
static int fail_length(struct scan *s, const struct param *p,
	const struct value *before)
{
	unsigned long long n = value_size(before);

	if (before->kind != VALUE_BYTES)
		return scan_fail(s, _("%s: 0 or MSG_…; I count the bytes"),
			p->name);
	return scan_fail(s, ngettext("%s: 0 or MSG_…; I count the %llu byte",
		"%s: 0 or MSG_…; I count the %llu bytes", n), p->name, n);
}

static int parse_flags(struct scan *s, const struct call_row *row,
	const struct param *p, const struct value *before, struct value *v)
{
	int64_t bit;

	v->kind = VALUE_CONSTANT;
	v->set = constant_set(p->set);
	if (scan_peek(s) == '0' && !(s->at + 1 < s->n &&
			scan_is_name(s->text[s->at + 1]))) {
		s->at++;
		return 0;
	}
	if (scan_is_digit(scan_peek(s)) && row->sends && before)
		return fail_length(s, p, before);
	do {
		scan_blank(s);
		if (parse_member(s, p, &bit) < 0)
			return -EINVAL;
		v->number |= bit;
	} while (scan_take(s, '|'));
	return 0;
}

/* ---- addresses ---- */

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

bool value_begins_address(const struct scan *s)
{
	size_t n = host_size(s);

	return scan_peek(s) == '[' ||
		(n && s->at + n < s->n && s->text[s->at + n] == ':');
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
		take_text(s, v, n);
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
	take_text(s, v, n);
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
	take_text(s, v, n);
	return 0;
}

int value_parse_address(struct scan *s, struct value *v, bool any_port)
{
	int error;

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

/* ---- arguments ---- */

int value_parse_argument(struct scan *s, const struct call_row *row,
	const struct param *p, const struct value *before, struct value *v)
{
	scan_blank(s);
	v->column = scan_column(s);
	switch (p->kind) {
	case PARAM_FD:
		return parse_fd(s, p, v);
	case PARAM_CONST:
	case PARAM_OPTION:
		return parse_constant(s, p, v);
	case PARAM_FLAGS:
		return parse_flags(s, row, p, before, v);
	case PARAM_NUMBER:
	case PARAM_SIZE:
	case PARAM_OPTVALUE:
		return parse_number(s, p, v);
	case PARAM_BYTES:
		return parse_bytes(s, p, v);
	case PARAM_ADDRESS:
		return value_parse_address(s, v, false);
	case PARAM_END:
		break;
	}
	return scan_fail(s, _("too many arguments"));
}
