/*
 * constant_parse: constants and flags of a call's arguments, and of its
 * results.
 *
 * A *chain* is A | B | C. Of a set with a base (SOCK_STREAM of SOCK_STREAM |
 * SOCK_NONBLOCK) exactly one member is in the base, the others are flags.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/intl.h"
#include "call/constant_sets.h"
#include "call/scan.h"
#include "call/value_parse.h"

#define WORD 64

/* The members of a set, for a sentence: "AF_INET, AF_INET6". */
static void list_members(const char *set, char *out, size_t size)
{
	const char *name;
	size_t i, n = 0;

	out[0] = '\0';
	for (i = 0; (name = constant_at(set, i)); i++) {
		if (n + strlen(name) + strlen(", …") + 1 > size) {
			strcpy(out + n, "…");
			return;
		}
		n += strlen(strcpy(out + n, name));
		if (constant_at(set, i + 1))
			n += strlen(strcpy(out + n, ", "));
	}
}

/* zero: 0 may stand there as well. */
static int fail_constant(struct scan *s, const char *what, const char *set,
	bool zero, size_t n)
{
	char word[WORD], list[128], seen[SCAN_SEEN];
	const char *near;

	scan_copy(s, n, word, sizeof(word));
	near = n ? constant_nearest(set, word) : NULL;
	list_members(set, list, sizeof(list));
	if (near) {
		scan_offer_word(s, n, near);
		return scan_fail(s, _("%s: there is no %s; did you mean %s?"),
			what, word, near);
	}
	return scan_fail(s, _("%s: %s%s, not %s"), what, zero ? _("0, or ") :
		"", list, scan_seen(s, seen));
}

/* The member at the cursor; the cursor goes behind it. */
static int parse_member(struct scan *s, const char *what, const char *set,
	bool zero, int64_t *number)
{
	char word[WORD];
	size_t n = scan_name(s);

	while (s->at + n < s->n && scan_is_name(s->text[s->at + n]))
		n++; /* protocol's "0" */
	scan_copy(s, n, word, sizeof(word));
	if (!n || n >= WORD || !constant_number(set, word, number))
		return fail_constant(s, what, set, zero, n);
	s->at += n;
	return 0;
}

static bool at_lone_zero(const struct scan *s)
{
	return scan_peek(s) == '0' && !(s->at + 1 < s->n &&
		scan_is_name(s->text[s->at + 1]));
}

int value_parse_flags(struct scan *s, const char *what, const char *set,
	struct value *v)
{
	int64_t bit;

	value_of_constant(v, set, 0);
	if (at_lone_zero(s)) {
		s->at++;
		return 0;
	}
	do {
		scan_blank(s);
		if (parse_member(s, what, set, true, &bit) < 0)
			return -EINVAL;
		v->number |= bit;
	} while (scan_take(s, '|'));
	return 0;
}

/* One of the base, and flags, in any order. */
static int parse_based(struct scan *s, const struct param *p,
	const struct constant_set *set, struct value *v)
{
	int64_t bit, base = 0;
	size_t start = s->at;

	do {
		scan_blank(s);
		start = s->at;
		if (parse_member(s, p->name, p->set, false, &bit) < 0)
			return -EINVAL;
		if ((bit & set->base) && base) {
			s->at = start;
			return scan_fail(s, _("%s: %s and %s cannot be "
				"joined"), p->name, constant_name(p->set,
				base), constant_name(p->set, bit));
		}
		base |= bit & set->base;
		v->number |= bit;
	} while (scan_take(s, '|'));
	if (base)
		return 0;
	s->at = start;
	return scan_fail(s, _("%s: flags alone are not enough; one of %s "
		"belongs to them, as in %s | %s"), p->name,
		constant_at(p->set, 0), constant_at(p->set, 0),
		constant_name(p->set, bit));
}

int value_parse_constant(struct scan *s, const struct param *p,
	struct value *v)
{
	const struct constant_set *set = constant_set(p->set);

	value_of_constant(v, p->set, 0);
	if (set && set->joins && set->base)
		return parse_based(s, p, set, v);
	if (parse_member(s, p->name, p->set, false, &v->number) < 0)
		return -EINVAL;
	scan_blank(s);
	if (scan_peek(s) == '|')
		return scan_fail(s, _("%s: one of them, nothing can be joined "
			"to it"), p->name);
	return 0;
}

/* ---- behind the arrow ---- */

/* A flag without a name at the cursor, as constant_print writes it. */
static bool take_nameless(struct scan *s, int64_t *bits)
{
	struct scan ahead = *s;

	ahead.d = NULL;
	if (!scan_is_digit(scan_peek(s)) ||
		scan_number(&ahead, "", 0, INT64_MAX, bits) < 0)
		return false;
	s->at = ahead.at;
	return true;
}

static bool take_member(struct scan *s, const char *set, int64_t *number)
{
	char word[WORD];
	size_t n = scan_name(s);

	scan_copy(s, n, word, sizeof(word));
	if (!n || n >= WORD || !constant_number(set, word, number))
		return false;
	s->at += n;
	return true;
}

/*
 * The chain of this set at the cursor; false when not even its first word is
 * in it. What is not of the set behind a | is the next alternative.
 */
static bool take_chain(struct scan *s, const struct constant_set *set,
	int64_t *number)
{
	struct scan ahead;
	int64_t bits;

	if (!take_member(s, set->name, number))
		return false;
	for (ahead = *s; set->joins && scan_take(&ahead, '|'); *s = ahead) {
		scan_blank(&ahead);
		if (!take_member(&ahead, set->name, &bits) &&
			!take_nameless(&ahead, &bits))
			break;
		if (bits & *number & set->base)
			break;
		*number |= bits;
	}
	return true;
}

bool value_take_constant(struct scan *s, const char *likely, struct value *v)
{
	const struct constant_set *set, *best = NULL;
	struct scan longest = *s;
	int64_t number, found = 0;

	for (set = constant_sets; set->name; set++) {
		struct scan ahead = *s;
		bool first = likely && strcmp(likely, set->name) == 0;

		if (!take_chain(&ahead, set, &number))
			continue;
		if (best && ahead.at < longest.at)
			continue;
		if (best && ahead.at == longest.at && !first)
			continue;
		best = set;
		longest = ahead;
		found = number;
	}
	if (!best)
		return false;
	*s = longest;
	value_of_constant(v, best->name, found);
	return true;
}
