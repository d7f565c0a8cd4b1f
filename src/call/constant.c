/* constant: what can be asked of the sets of constants. */
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "call/constant_sets.h"
#include "call/nearest.h"
#include "call/table.h"

const struct constant_set *constant_set(const char *name)
{
	const struct constant_set *s;

	for (s = constant_sets; name && s->name; s++)
		if (strcmp(s->name, name) == 0)
			return s;
	return NULL;
}

int constant_level(int64_t number)
{
	return (int)(number >> 16);
}

int constant_option(int64_t number)
{
	return (int)(number & 0xffff);
}

static bool is_errnos(const struct constant_set *set)
{
	return strcmp(set->name, "errno") == 0;
}

/* Member i; one without a name behind the last. Errnos are found by name and
 * by number, never counted through: no line may hold one as a constant. */
static struct constant member_of(const struct constant_set *set, size_t i)
{
	const struct option_row *o;

	if (set->member)
		return set->member[i];
	o = is_errnos(set) ? NULL : option_row_at(i);
	if (!o)
		return (struct constant){NULL, 0};
	return (struct constant){o->name, CONSTANT_OPTION(o->level,
		o->option)};
}

/* The next set by that name, or any (NULL), from s on; NULL: no more. */
static const struct constant_set *set_from(const struct constant_set *s,
	const char *name)
{
	while (s->name && name && strcmp(s->name, name) != 0)
		s++;
	return s->name ? s : NULL;
}

const char *constant_at(const char *set, size_t i)
{
	const struct constant_set *s = constant_sets;
	struct constant c;
	size_t k;

	while ((s = set_from(s, set))) {
		for (k = 0; (c = member_of(s, k)).name; k++)
			if (i-- == 0)
				return c.name;
		s++;
	}
	return NULL;
}

bool constant_number(const char *set, const char *name, int64_t *number)
{
	const struct constant_set *s = constant_sets;
	struct constant c;
	size_t k;

	while ((s = set_from(s, set))) {
		for (k = 0; (c = member_of(s, k)).name; k++)
			if (strcmp(c.name, name) == 0) {
				*number = c.number;
				return true;
			}
		s++;
	}
	return false;
}

const char *constant_name(const char *set, int64_t number)
{
	const struct constant_set *s = constant_set(set);
	struct constant c;
	size_t k;

	if (s && is_errnos(s))
		return errno_name((int)number);
	for (k = 0; s && (c = member_of(s, k)).name; k++)
		if (c.number == number)
			return c.name;
	return NULL;
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

/* The base by its name, then the flags, then what has no name. */
static void print_joined(struct buf *b, const struct constant_set *set,
	int64_t number)
{
	int64_t base = number & set->base;
	const char *name = base ? constant_name(set->name, base) : NULL;
	const struct constant *c;
	const char *between = "";

	if (name) {
		buf_text(b, name);
		between = " | ";
		number &= ~base;
	}
	for (c = set->member; c->name; c++) {
		if ((c->number & set->base) || !c->number ||
			(number & c->number) != c->number)
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
		print_joined(b, set, number);
	else if (set && is_errnos(set) && name)
		buf_printf(b, "%" PRId64 " (%s)", number, name);
	else if (name && !(set->joins && !number))
		buf_text(b, name);
	else
		buf_printf(b, "%" PRId64, number);
}
