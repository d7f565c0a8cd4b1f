/* goal_words: values, counts and how often, as people read them. */
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "lesson/goal_inside.h"

/* Longer than this, a value is told by its size. */
#define WORDS_VALUE 48

void words_value(struct buf *b, const struct value *v)
{
	uint64_t n = value_size(v);
	struct buf text = {0};

	if (v->kind != VALUE_BYTES || n <= WORDS_VALUE * 4)
		value_print(&text, v);
	if (text.len && text_letters(text.data, text.len) <= WORDS_VALUE)
		buf_add(b, text.data, text.len);
	else if (v->kind == VALUE_BYTES)
		buf_printf(b, ngettext("%llu byte", "%llu bytes",
			(unsigned long)n), (unsigned long long)n);
	else
		words_cut(b, buf_str(&text), WORDS_VALUE);
	buf_done(&text);
}

void words_cut(struct buf *b, const char *text, size_t letters)
{
	size_t n = strlen(text), at = 0;
	int32_t point;

	if (text_letters(text, n) <= letters) {
		buf_add(b, text, n);
		return;
	}
	for (; letters > 1; letters--)
		at += text_letter(text + at, n - at, &point);
	buf_add(b, text, at);
	buf_text(b, "…");
}

void words_times(struct buf *b, int64_t n)
{
	if (n == 1)
		buf_text(b, _("once"));
	else if (n == 2)
		buf_text(b, _("twice"));
	else
		buf_printf(b, ngettext("%ld time", "%ld times",
			(unsigned long)n), (long)n);
}

void words_range(struct buf *b, int64_t least, int64_t most)
{
	struct buf low = {0}, high = {0};

	words_times(&low, least);
	words_times(&high, most < 0 ? 0 : most);
	if (most == 0)
		buf_text(b, _("never"));
	else if (most < 0)
		buf_printf(b, _("at least %s"), buf_str(&low));
	else if (least == most)
		buf_printf(b, _("exactly %s"), buf_str(&low));
	else if (least == 0)
		buf_printf(b, _("at most %s"), buf_str(&high));
	else
		buf_printf(b, _("from %ld to %ld times"), (long)least,
			(long)most);
	buf_done(&low);
	buf_done(&high);
}

void words_size(struct buf *b, int64_t least, int64_t most)
{
	unsigned long n = (unsigned long)(most < 0 ? least : most);

	if (most < 0)
		buf_printf(b, ngettext("at least %ld byte",
			"at least %ld bytes", n), (long)least);
	else if (least == most)
		buf_printf(b, ngettext("exactly %ld byte",
			"exactly %ld bytes", n), (long)least);
	else if (least == 0)
		buf_printf(b, ngettext("at most %ld byte",
			"at most %ld bytes", n), (long)most);
	else
		buf_printf(b, _("from %ld to %ld bytes"), (long)least,
			(long)most);
}
