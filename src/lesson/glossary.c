/*
 * glossary: what the words of the field mean, in the learner's language.
 *
 * Words are compared *folded*: small letters without accents, a blank for each
 * hyphen and underscore. The order of the alphabet is that of folded names.
 */
#include "lesson/glossary.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "base/text.h"
#include "lesson/lesson.h"
#include "lesson/wrap.h"

struct entry {
	struct glossary_term term;
	char *folded;         /* its names: "backlog\nlisten queue\n" */
};

struct glossary {
	struct lesson *lesson; /* keeps the text */
	struct entry *entry;
	size_t entries;
};

/* ---- folding ---- */

/* The letter below its accent, of U+00C0 to U+00FF; a dot: it has none. */
static const char bare[] = "aaaaaa.ceeeeiiii.nooooo.ouuuuy.s"
	"aaaaaa.ceeeeiiii.nooooo.ouuuuy.y";

static void fold_letter(struct buf *b, int32_t point)
{
	if (point == '-' || point == '_')
		buf_char(b, ' ');
	else if (point >= 0 && point < 0x80)
		buf_char(b, (char)tolower((int)point));
	else if (point >= 0xc0 && point <= 0xff && bare[point - 0xc0] != '.')
		buf_char(b, bare[point - 0xc0]);
	else if (point >= 0)
		text_put(b, point);
}

static void fold(struct buf *b, const char *s, size_t n)
{
	for (size_t at = 0; at < n;) {
		int32_t point;

		at += text_letter(s + at, n - at, &point);
		fold_letter(b, point);
	}
}

/* "Backlog, listen queue" → "backlog\nlisten queue\n" */
static char *fold_names(const char *names)
{
	struct buf b = {0};

	while (*names) {
		size_t n = strcspn(names, ",");

		fold(&b, names, n);
		buf_char(&b, '\n');
		names += n;
		names += strspn(names, ", ");
	}
	return b.data ? b.data : mem_string("");
}

static bool has_name(const struct entry *e, const char *name, size_t n)
{
	for (const char *s = e->folded; *s; s = strchr(s, '\n') + 1)
		if (!strncmp(s, name, n) && s[n] == '\n')
			return n > 0;
	return false;
}

static const struct entry *find(const struct glossary *g, const char *name,
	size_t n)
{
	for (size_t i = 0; i < g->entries; i++)
		if (has_name(&g->entry[i], name, n))
			return &g->entry[i];
	return NULL;
}

/* ---- reading ---- */

static int wrong(struct diag *d, const struct page *p, const char *sentence)
{
	d->line = p->source_line;
	return diag_set(d, 1, "%s", sentence);
}

static int add(struct glossary *g, const struct page *p, struct diag *d)
{
	struct entry *e = &g->entry[g->entries];
	struct buf names = {0};
	const struct entry *twin = NULL;

	if (p->blocks != 1 || p->block[0].kind != BLOCK_PROSE)
		return wrong(d, p, _("a term has prose below it, and nothing "
			"else"));
	wrap_plain(&names, p->title);
	e->term.names = names.data;
	e->term.meaning = p->block[0].prose;
	e->folded = fold_names(names.data);
	for (const char *s = e->folded; *s && !twin; s = strchr(s, '\n') + 1)
		twin = find(g, s, strcspn(s, "\n"));
	g->entries++;
	return twin ? wrong(d, p, _("one of these names is that of a term "
		"above")) : 0;
}

static int by_name(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return strcmp(x->folded, y->folded);
}

int glossary_of(struct glossary **out, struct lesson *l, struct diag *d)
{
	struct glossary *g = mem_zero(sizeof(*g));
	int error = 0;

	g->lesson = l;
	g->entry = mem_zero(l->pages * sizeof(*g->entry));
	for (size_t i = 0; i < l->pages && !error; i++)
		error = add(g, &l->page[i], d);
	if (error) {
		glossary_free(g);
		g = NULL;
	} else {
		qsort(g->entry, g->entries, sizeof(*g->entry), by_name);
	}
	*out = g;
	return error;
}

int glossary_load(struct glossary **out, const char *language,
	struct diag *d)
{
	struct lesson *l;
	int error = lesson_load(&l, "glossary", language, d);

	*out = NULL;
	return error ? error : glossary_of(out, l, d);
}

void glossary_free(struct glossary *g)
{
	if (!g)
		return;
	for (size_t i = 0; i < g->entries; i++) {
		free((char *)g->entry[i].term.names);
		free(g->entry[i].folded);
	}
	free(g->entry);
	lesson_free(g->lesson);
	free(g);
}

/* ---- asking ---- */

const struct glossary_term *glossary_at(const struct glossary *g, size_t i)
{
	return i < g->entries ? &g->entry[i].term : NULL;
}

const struct glossary_term *glossary_find(const struct glossary *g,
	const char *word, size_t n)
{
	struct buf b = {0};
	const struct entry *e;

	fold(&b, word, n);
	e = find(g, buf_str(&b), b.len);
	for (int i = 0; i < 2 && !e; i++) { /* datagrams, then addresses */
		if (b.len < 3 || b.data[b.len - 1] != (i ? 'e' : 's'))
			break;
		b.data[--b.len] = '\0';
		e = find(g, buf_str(&b), b.len);
	}
	buf_done(&b);
	return e ? &e->term : NULL;
}

/* "backlog\nlisten queue\n" as one: "backlog listen queue". */
static bool is_heading(const struct entry *e, const char *folded)
{
	const char *s = e->folded;

	for (; *s && (*s == *folded || (*s == '\n' && *folded == ' ')); s++)
		folded++;
	return *s == '\n' && !s[1] && !*folded;
}

const struct glossary_term *glossary_linked(const struct glossary *g,
	const char *term)
{
	const struct entry *e;
	struct buf b = {0};

	fold(&b, term, strlen(term));
	e = find(g, buf_str(&b), b.len);
	for (size_t i = 0; i < g->entries && !e; i++)
		if (is_heading(&g->entry[i], buf_str(&b)))
			e = &g->entry[i];
	buf_done(&b);
	return e ? &e->term : NULL;
}
