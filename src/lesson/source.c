/* source: the text of a lesson as it lies in its file, and the lesson that
 * grows out of it. */
#include "lesson/source.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "base/text.h"

void source_place(const char *text, size_t at, int *line, int *column)
{
	const char *begin = text, *newline;

	*line = 1;
	while ((newline = memchr(begin, '\n', (size_t)(text + at - begin)))) {
		begin = newline + 1;
		++*line;
	}
	*column = (int)text_letters(begin, (size_t)(text + at - begin)) + 1;
}

static int wrong_at(const char *text, size_t at, struct diag *d,
	const char *sentence)
{
	int column;

	source_place(text, at, &d->line, &column);
	return diag_set(d, column, "%s", sentence);
}

/* Also the second set of them (U+0080 …): a terminal obeys those as well. */
static bool is_control(int32_t point)
{
	return point < 0x20 || (point >= 0x7f && point < 0xa0);
}

int source_check(const char *text, size_t n, struct diag *d)
{
	size_t at = 0;

	if (n > LESSON_BYTES)
		return diag_set(d, 0, _("the file is longer than 1 MiB"));
	while (at < n) {
		int32_t point;
		size_t len = text_letter(text + at, n - at, &point);

		if (point < 0)
			return wrong_at(text, at, d,
				_("this byte is not UTF-8"));
		if (is_control(point) && point != '\n' && point != '\t' &&
				!(point == '\r' && at + 1 < n &&
				text[at + 1] == '\n'))
			return wrong_at(text, at, d,
				_("a control character has no place here"));
		at += len;
	}
	return 0;
}

/* "en", "pt_BR": what a lesson's file is called after. */
static bool is_language(const char *s, size_t n)
{
	return (n == 2 || (n == 5 && s[2] == '_' &&
			isupper((unsigned char)s[3]) &&
			isupper((unsigned char)s[4]))) &&
		islower((unsigned char)s[0]) && islower((unsigned char)s[1]);
}

/* Names of files can hold any byte; these will be printed. */
static char *harmless(char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0, len; i < n; i += len) {
		int32_t point;

		len = text_letter(name + i, n - i, &point);
		if (point < 0 || text_cells_of(point) < 0)
			memset(name + i, '?', len);
	}
	return name;
}

/* A name goes into lines of the notation: no blanks in it. */
static char *name_of(const char *s, size_t n)
{
	char *name = harmless(n ? mem_dup(s, n) : mem_string("lesson"));

	for (char *c = name; *c; c++)
		if (*c == ' ' || *c == '#' || *c == '"')
			*c = '-';
	return name;
}

struct lesson *lesson_named(const char *file)
{
	struct lesson *l = mem_zero(sizeof(*l));
	const char *slash = strrchr(file, '/');
	const char *base = slash ? slash + 1 : file;
	const char *dot = strrchr(base, '.');
	size_t n = dot && dot > base ? (size_t)(dot - base) : strlen(base);
	const char *folder = slash;

	l->file = harmless(mem_string(file));
	if (!slash || !is_language(base, n)) {
		l->name = name_of(base, n);
		l->language = mem_string("en");
		return l;
	}
	while (folder > file && folder[-1] != '/')
		folder--;
	l->name = name_of(folder, (size_t)(slash - folder));
	l->language = mem_dup(base, n);
	return l;
}

struct page *lesson_add_page(struct lesson *l, int source_line)
{
	struct page *p;

	l->page = mem_grow(l->page, &l->pages_room, l->pages + 1,
		sizeof(*l->page));
	p = &l->page[l->pages++];
	memset(p, 0, sizeof(*p));
	p->source_line = source_line;
	return p;
}

struct block *lesson_add_block(struct page *p, enum block_kind kind,
	int source_line)
{
	struct block *b;

	p->block = mem_grow(p->block, &p->blocks_room, p->blocks + 1,
		sizeof(*p->block));
	b = &p->block[p->blocks++];
	memset(b, 0, sizeof(*b));
	b->kind = kind;
	b->source_line = source_line;
	return b;
}
