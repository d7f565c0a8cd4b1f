/* spans: see the header. Nothing here knows a protocol. */
#include "packet/spans.h"

#include <string.h>

#include "base/intl.h"

/* Nobody shall find what another decoder wrote to no field. */
static struct field *clean_scratch(struct spans *s)
{
	memset(&s->scratch, 0, sizeof(s->scratch));
	return &s->scratch;
}

/* The last field there is room for spans all that no leaf covers yet. */
static struct field *add_rest(struct spans *s)
{
	if (!s->full && s->count < s->max && s->covered < s->len)
		s->out[s->count++] = (struct field){
			.offset = (uint32_t)s->covered,
			.length = (uint32_t)(s->len - s->covered),
			.depth = s->depth > 2 ? s->depth : 2,
			.kind = FIELD_BYTES,
			.name = N_("More fields"),
		};
	s->full = true;
	return clean_scratch(s);
}

static struct field *add(struct spans *s, const char *name, size_t offset,
	size_t length, enum field_kind kind)
{
	struct field *f;

	if (s->full || s->count + 1 >= s->max)
		return add_rest(s);
	f = &s->out[s->count++];
	memset(f, 0, sizeof(*f));
	f->offset = (uint32_t)offset;
	f->length = (uint32_t)length;
	f->depth = s->depth;
	f->kind = kind;
	f->name = name;
	return f;
}

static struct field *add_leaf(struct spans *s, const char *name, size_t length,
	enum field_kind kind)
{
	struct field *f = add(s, name, s->r.at, length, kind);

	if (!s->full && s->covered < s->r.at + length)
		s->covered = s->r.at + length;
	return f;
}

/* What is left of a field that should have been longer. */
static struct field *take_short(struct spans *s, const char *name)
{
	size_t left = reader_left(&s->r);

	if (left)
		add_leaf(s, name, left, FIELD_BYTES)->note = FIELD_TOO_SHORT;
	s->r.at = s->r.end;
	s->r.short_of = true;
	return clean_scratch(s);
}

static uint64_t value_at(const struct spans *s, size_t n)
{
	const uint8_t *p = s->r.base + s->r.at;
	uint64_t value = 0;

	if (n > 8)
		return 0;
	while (n--)
		value = value << 8 | *p++;
	return value;
}

struct field *spans_begin(struct spans *s, const char *name)
{
	struct field *f = reader_left(&s->r)
		? add(s, name, s->r.at, 0, FIELD_LAYER)
		: clean_scratch(s);

	s->depth++;
	return f;
}

void spans_end(struct spans *s, struct field *heading)
{
	s->depth--;
	if (heading == &s->scratch)
		return;
	heading->length = (uint32_t)s->r.at - heading->offset;
	if (s->r.short_of || s->wrong)
		heading->note = FIELD_TOO_SHORT;
}

struct field *spans_take(struct spans *s, const char *name, size_t n,
	enum field_kind kind)
{
	struct field *f;

	if (n > reader_left(&s->r))
		return take_short(s, name);
	f = add_leaf(s, name, n, kind);
	f->value = value_at(s, n);
	s->r.at += n;
	return f;
}

struct field *spans_bits(struct spans *s, const char *name, size_t n, int bit,
	int bits, enum field_kind kind)
{
	struct field *f;

	if (n > reader_left(&s->r))
		return take_short(s, name);
	f = add_leaf(s, name, n, kind);
	f->bit = (uint8_t)bit;
	f->bits = (uint8_t)bits;
	f->value = value_at(s, n) >> (n * 8 - (size_t)(bit + bits)) &
		((UINT64_C(1) << bits) - 1);
	return f;
}

void spans_skip(struct spans *s, size_t n)
{
	reader_bytes(&s->r, n);
}

struct field *spans_take_rest(struct spans *s, const char *name)
{
	size_t left = reader_left(&s->r);

	return left ? spans_take(s, name, left, FIELD_BYTES)
		    : clean_scratch(s);
}
