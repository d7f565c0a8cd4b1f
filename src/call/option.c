/*
 * option: the options of sockets, a row each, and their values in the types
 * that people think in: times, switches, errors by name.
 */
#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "base/clock.h"
#include "base/diag.h"
#include "base/intl.h"
#include "call/table.h"
#include "call/tcp_info.h"

#define SOCKET(number, kind) .name = #number, .level = SOL_SOCKET, \
	.option = (number), .type = (kind)
#define IP(number, kind) .name = #number, .level = IPPROTO_IP, \
	.option = (number), .type = (kind)
#define IP6(number, kind) .name = #number, .level = IPPROTO_IPV6, \
	.option = (number), .type = (kind)
#define TCP(number, kind) .name = #number, .level = IPPROTO_TCP, \
	.option = (number), .type = (kind), .tcp = true

static const struct option_row rows[] = {
	{SOCKET(SO_REUSEADDR, OPTION_SWITCH),
		.help = N_("bind although old connections of the port are in "
			"TIME_WAIT")},
	{SOCKET(SO_REUSEPORT, OPTION_SWITCH),
		.help = N_("several sockets share one port; the kernel deals "
			"out")},
	{SOCKET(SO_KEEPALIVE, OPTION_SWITCH),
		.help = N_("ask the silent peer now and then whether it is "
			"alive")},
	{SOCKET(SO_RCVBUF, OPTION_NUMBER),
		.help = N_("bytes of the receive queue; the kernel takes "
			"twice as many")},
	{SOCKET(SO_SNDBUF, OPTION_NUMBER),
		.help = N_("bytes of the send queue; the kernel takes twice "
			"as many")},
	{SOCKET(SO_RCVLOWAT, OPTION_NUMBER),
		.help = N_("so many bytes must be there before a receiver "
			"wakes")},
	{SOCKET(SO_RCVTIMEO, OPTION_TIME),
		.help = N_("how long a receiving call waits at most; then "
			"EAGAIN")},
	{SOCKET(SO_SNDTIMEO, OPTION_TIME),
		.help = N_("how long a sending call, or connect, waits at "
			"most")},
	{SOCKET(SO_LINGER, OPTION_LINGER),
		.help = N_("how long close waits for the last bytes; 0: RST "
			"at once")},
	{SOCKET(SO_ERROR, OPTION_ERRNO), .read_only = true,
		.help = N_("the error that waits for the next call; reading "
			"takes it away")},
	{SOCKET(SO_BROADCAST, OPTION_SWITCH),
		.help = N_("allow datagrams to everybody")},
	{IP(IP_TTL, OPTION_NUMBER),
		.help = N_("how many routers a packet may pass")},
	{IP(IP_RECVERR, OPTION_SWITCH),
		.help = N_("learn of ICMP errors also on an unconnected "
			"socket")},
	{IP(IP_MTU_DISCOVER, OPTION_NUMBER),
		.help = N_("2: never fragment; too long is EMSGSIZE; 0: "
			"fragment")},
	{IP(IP_MTU, OPTION_NUMBER), .read_only = true,
		.help = N_("the longest packet on the way to the connected "
			"peer")},
	{IP6(IPV6_V6ONLY, OPTION_SWITCH),
		.help = N_("an AF_INET6 socket takes no IPv4 in")},
	{TCP(TCP_NODELAY, OPTION_SWITCH),
		.help = N_("send small segments at once (no Nagle)")},
	{TCP(TCP_CORK, OPTION_SWITCH),
		.help = N_("send full segments only, until it is taken out")},
	{TCP(TCP_QUICKACK, OPTION_SWITCH),
		.help = N_("acknowledge at once, for a while")},
	{TCP(TCP_KEEPIDLE, OPTION_SECONDS),
		.help = N_("how long it is silent before the first probe")},
	{TCP(TCP_KEEPINTVL, OPTION_SECONDS),
		.help = N_("how long between two probes")},
	{TCP(TCP_KEEPCNT, OPTION_NUMBER),
		.help = N_("so many probes without an answer: ETIMEDOUT")},
	{TCP(TCP_USER_TIMEOUT, OPTION_MS),
		.help = N_("how long bytes may be unacknowledged; then "
			"ETIMEDOUT")},
	{TCP(TCP_MAXSEG, OPTION_NUMBER),
		.help = N_("the most bytes of one segment")},
	{TCP(TCP_SYNCNT, OPTION_NUMBER),
		.help = N_("how often connect repeats its SYN")},
	{TCP(TCP_DEFER_ACCEPT, OPTION_SECONDS),
		.help = N_("accept wakes only when bytes are there")},
	{TCP(TCP_INFO, OPTION_TCP_INFO), .read_only = true,
		.help = N_("what the kernel counts and estimates about this "
			"connection")},
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

const struct option_row *option_row_at(size_t i)
{
	return i < ROWS ? &rows[i] : NULL;
}

const struct option_row *option_row(int64_t option)
{
	size_t i;

	for (i = 0; i < ROWS; i++)
		if (rows[i].level == constant_level(option) &&
			rows[i].option == constant_option(option))
			return &rows[i];
	return NULL;
}

/* ---- read ---- */

/* An int as what it means. 0 of a time is "not set". */
static void value_of_int(struct value *v, enum option_type type, int n)
{
	switch (type) {
	case OPTION_ERRNO:
		value_of_constant(v, "errno", n);
		break;
	case OPTION_SECONDS:
		value_of_time(v, n ? n * CLOCK_S : -1);
		break;
	case OPTION_MS:
		value_of_time(v, n ? n * CLOCK_MS : -1);
		break;
	case OPTION_NUMBER:
	case OPTION_SWITCH:
	case OPTION_TIME:
	case OPTION_LINGER:
	case OPTION_TCP_INFO:
		value_of_number(v, n);
		break;
	}
}

static int get_int(int fd, const struct option_row *o, struct value *v)
{
	int n = 0;
	socklen_t size = sizeof(n);

	if (getsockopt(fd, o->level, o->option, &n, &size) < 0)
		return errno;
	value_of_int(v, o->type, n);
	return 0;
}

static int get_time(int fd, const struct option_row *o, struct value *v)
{
	struct timeval t = {0};
	socklen_t size = sizeof(t);
	int64_t ns;

	if (getsockopt(fd, o->level, o->option, &t, &size) < 0)
		return errno;
	ns = t.tv_sec * CLOCK_S + t.tv_usec * CLOCK_US;
	value_of_time(v, ns ? ns : -1);
	return 0;
}

static void add_number(struct value *record, const char *key, int64_t n)
{
	struct value v = {0};

	value_of_number(&v, n);
	value_add(record, key, &v);
}

static int get_linger(int fd, const struct option_row *o, struct value *v)
{
	struct linger l = {0};
	socklen_t size = sizeof(l);

	if (getsockopt(fd, o->level, o->option, &l, &size) < 0)
		return errno;
	value_of_list(v, VALUE_RECORD);
	add_number(v, "l_onoff", l.l_onoff);
	add_number(v, "l_linger", l.l_linger);
	return 0;
}

int option_get(int fd, const struct option_row *o, struct value *v)
{
	switch (o->type) {
	case OPTION_NUMBER:
	case OPTION_SWITCH:
	case OPTION_SECONDS:
	case OPTION_MS:
	case OPTION_ERRNO:
		return get_int(fd, o, v);
	case OPTION_TIME:
		return get_time(fd, o, v);
	case OPTION_LINGER:
		return get_linger(fd, o, v);
	case OPTION_TCP_INFO:
		return tcp_info_get(fd, v);
	}
	return ENOPROTOOPT;
}

/* ---- set ---- */

static int result_of(int result)
{
	return result < 0 ? errno : 0;
}

/* A number as it is; a time in units of so many ns. */
static int int_of(const struct value *v, int64_t unit)
{
	if (v->kind != VALUE_TIME)
		return (int)v->number;
	return v->number < 0 ? 0 : (int)(v->number / unit);
}

static int set_int(int fd, const struct option_row *o, int n)
{
	return result_of(setsockopt(fd, o->level, o->option, &n, sizeof(n)));
}

static int set_time(int fd, const struct option_row *o, const struct value *v)
{
	int64_t ns = v->number < 0 ? 0 : v->number;
	struct timeval t = {
		.tv_sec = ns / CLOCK_S, .tv_usec = ns % CLOCK_S / CLOCK_US,
	};

	return result_of(setsockopt(fd, o->level, o->option, &t, sizeof(t)));
}

static int set_linger(int fd, const struct option_row *o,
	const struct value *v)
{
	const struct value *on = value_field(v, "l_onoff");
	const struct value *time = value_field(v, "l_linger");
	struct linger l = {
		.l_onoff = on ? (int)on->number : 0,
		.l_linger = time ? int_of(time, CLOCK_S) : 0,
	};

	return result_of(setsockopt(fd, o->level, o->option, &l, sizeof(l)));
}

int option_set(int fd, const struct option_row *o, const struct value *v)
{
	switch (o->type) {
	case OPTION_NUMBER:
	case OPTION_SWITCH:
	case OPTION_ERRNO:
	case OPTION_TCP_INFO:
		return set_int(fd, o, (int)v->number);
	case OPTION_SECONDS:
		return set_int(fd, o, int_of(v, CLOCK_S));
	case OPTION_MS:
		return set_int(fd, o, int_of(v, CLOCK_MS));
	case OPTION_TIME:
		return set_time(fd, o, v);
	case OPTION_LINGER:
		return set_linger(fd, o, v);
	}
	return ENOPROTOOPT;
}

/* ---- what may be set ---- */

static int check_number(const struct option_row *o, const struct value *v,
	int64_t low, int64_t high, struct diag *d)
{
	if (v->kind != VALUE_NUMBER)
		return diag_set(d, v->column, _("%s: a number belongs here"),
			o->name);
	if (v->number >= low && v->number <= high)
		return 0;
	if (high == 1)
		return diag_set(d, v->column, _("%s: 0 or 1, not %lld"),
			o->name, (long long)v->number);
	return diag_set(d, v->column, _("%s: %lld is out of range"), o->name,
		(long long)v->number);
}

/* A time in units of so many ns, each named so. */
static int check_time(const struct option_row *o, const struct value *v,
	int64_t unit, const char *name, struct diag *d)
{
	if (v->kind == VALUE_NUMBER && o->type != OPTION_TIME)
		return check_number(o, v, INT_MIN, INT_MAX, d);
	if (v->kind != VALUE_TIME)
		return diag_set(d, v->column, _("%s: a time, as in 2s, or "
			"none"), o->name);
	if (v->number > 0 && v->number % unit)
		return diag_set(d, v->column, _("%s: whole %s only"), o->name,
			name);
	if (v->number / unit > INT_MAX && o->type != OPTION_TIME)
		return diag_set(d, v->column, _("%s: so long a time cannot "
			"be set"), o->name);
	return 0;
}

static int check_linger(const struct option_row *o, const struct value *v,
	struct diag *d)
{
	size_t i;

	if (v->kind != VALUE_RECORD || !value_field(v, "l_onoff"))
		return diag_set(d, v->column, _("%s: {l_onoff=1, l_linger=0}, "
			"l_linger in seconds"), o->name);
	for (i = 0; i < v->items; i++) {
		const struct value *item = &v->item[i];
		bool time = strcmp(item->key, "l_linger") == 0;

		if (!time && strcmp(item->key, "l_onoff") != 0)
			return diag_set(d, item->column, _("%s has the fields "
				"l_onoff and l_linger, no %s"), o->name,
				item->key);
		if (time && item->kind == VALUE_TIME) {
			if (check_time(o, item, CLOCK_S, _("seconds"), d) < 0)
				return -EINVAL;
			continue;
		}
		if (check_number(o, item, time ? INT_MIN : 0,
				time ? INT_MAX : 1, d) < 0)
			return -EINVAL;
	}
	return 0;
}

int option_check(const struct option_row *o, const struct value *v,
	struct diag *d)
{
	if (o->read_only)
		return diag_set(d, v->column, _("%s can be read, not set"),
			o->name);
	switch (o->type) {
	case OPTION_NUMBER:
		return check_number(o, v, INT_MIN, INT_MAX, d);
	case OPTION_SWITCH:
		return check_number(o, v, 0, 1, d);
	case OPTION_TIME:
		return check_time(o, v, CLOCK_US, _("microseconds"), d);
	case OPTION_SECONDS:
		return check_time(o, v, CLOCK_S, _("seconds"), d);
	case OPTION_MS:
		return check_time(o, v, CLOCK_MS, _("milliseconds"), d);
	case OPTION_LINGER:
		return check_linger(o, v, d);
	case OPTION_ERRNO:
	case OPTION_TCP_INFO:
		break;
	}
	return 0;
}
