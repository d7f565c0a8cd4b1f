/*
 * constant: the names that stand for numbers, in sets.
 *
 * A set is what one parameter may be. Members of a joining set are bits, and
 * are written with | between them; 0 stands for none of them. A name may be in
 * several sets.
 */
#include "call/table.h"

#include <fcntl.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "call/nearest.h"

struct constant {
	const char *name;
	int64_t number;
};

struct constant_set {
	const char *name;
	bool joins;
	const struct constant *member; /* ends in one without a name */
};

/* An option's name implies its level: both are in its number. */
#define OPTION_LEVEL_SHIFT 16
#define OPTION(level, name) {#name, (level) << OPTION_LEVEL_SHIFT | (name)}
#define SAME(name) {#name, name}

static const struct constant family[] = {
	SAME(AF_INET), SAME(AF_INET6), {NULL, 0}};

static const struct constant type[] = {
	SAME(SOCK_STREAM), SAME(SOCK_DGRAM), {NULL, 0}};

/* C and Python people write the 0, for "the usual one". */
static const struct constant protocol[] = {
	{"0", 0}, SAME(IPPROTO_TCP), SAME(IPPROTO_UDP), {NULL, 0}};

static const struct constant how[] = {
	SAME(SHUT_RD), SAME(SHUT_WR), SAME(SHUT_RDWR), {NULL, 0}};

static const struct constant message[] = {
	SAME(MSG_DONTWAIT), SAME(MSG_MORE), SAME(MSG_NOSIGNAL),
	SAME(MSG_PEEK), SAME(MSG_WAITALL), {NULL, 0}};

static const struct constant option[] = {
	OPTION(SOL_SOCKET, SO_REUSEADDR),
	OPTION(IPPROTO_TCP, TCP_NODELAY), {NULL, 0}};

static const struct constant command[] = {
	SAME(F_GETFL), SAME(F_SETFL), {NULL, 0}};

static const struct constant status[] = {
	SAME(O_WRONLY), SAME(O_RDWR), SAME(O_APPEND), SAME(O_ASYNC),
	SAME(O_NONBLOCK), {NULL, 0}};

static const struct constant_set sets[] = {
	{"family", false, family},
	{"type", false, type},
	{"protocol", false, protocol},
	{"how", false, how},
	{"message", true, message},
	{"option", false, option},
	{"command", false, command},
	{"status", true, status},
};

#define SETS (sizeof(sets) / sizeof(sets[0]))

const struct constant_set *constant_set(const char *name)
{
	size_t i;

	for (i = 0; name && i < SETS; i++)
		if (strcmp(sets[i].name, name) == 0)
			return &sets[i];
	return NULL;
}

int constant_level(int64_t number)
{
	return (int)(number >> OPTION_LEVEL_SHIFT);
}

int constant_option(int64_t number)
{
	return (int)(number & ((1 << OPTION_LEVEL_SHIFT) - 1));
}

/* Member i of a set, or of all of them, one set after the other. */
static const struct constant *member_at(const char *set, size_t i)
{
	const struct constant *c;
	size_t s;

	for (s = 0; s < SETS; s++) {
		if (set && strcmp(sets[s].name, set) != 0)
			continue;
		for (c = sets[s].member; c->name; c++)
			if (i-- == 0)
				return c;
	}
	return NULL;
}

bool constant_number(const char *set, const char *name, int64_t *number)
{
	const struct constant *c;
	size_t s;

	for (s = 0; s < SETS; s++) {
		if (set && strcmp(sets[s].name, set) != 0)
			continue;
		for (c = sets[s].member; c->name; c++)
			if (strcmp(c->name, name) == 0) {
				*number = c->number;
				return true;
			}
	}
	return false;
}

const char *constant_name(const char *set, int64_t number)
{
	const struct constant_set *s = constant_set(set);
	const struct constant *c;

	for (c = s ? s->member : NULL; c && c->name; c++)
		if (c->number == number)
			return c->name;
	return NULL;
}

const char *constant_at(const char *set, size_t i)
{
	const struct constant *c = member_at(set, i);

	return c ? c->name : NULL;
}

const char *constant_nearest(const char *set, const char *name)
{
	struct nearest near;
	const char *other;
	size_t i;

	nearest_init(&near, name);
	for (i = 0; (other = constant_at(set, i)); i++)
		nearest_try(&near, other);
	return near.word;
}

static void print_bits(struct buf *b, const struct constant_set *set,
	int64_t number)
{
	const struct constant *c;
	const char *between = "";

	for (c = set->member; c->name; c++) {
		if ((number & c->number) != c->number)
			continue;
		buf_printf(b, "%s%s", between, c->name);
		between = " | ";
		number &= ~c->number;
	}
	if (number)
		buf_printf(b, "%s0x%" PRIx64, between, (uint64_t)number);
}

void constant_print(struct buf *b, const struct constant_set *set,
	int64_t number)
{
	const char *name = set ? constant_name(set->name, number) : NULL;

	if (set && set->joins && number)
		print_bits(b, set, number);
	else if (name)
		buf_text(b, name);
	else
		buf_printf(b, "%" PRId64, number);
}
