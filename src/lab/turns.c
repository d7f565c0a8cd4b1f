/* turns: see turns.h. */
#include "lab/turns.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "call/expand.h"
#include "call/line.h"

struct turns {
	char *text;
	size_t n;
	size_t lane;     /* bytes of the lane, when braces stand in it; or 0 */
	long count, next;
	bool good;       /* the turn before the next one was */
	struct buf line; /* of that turn */
};

struct turns *turns_new(const char *text, size_t n, long count)
{
	struct turns *t = mem_zero(sizeof(*t));
	const char *colon = memchr(text, ':', n);

	t->text = mem_dup(text, n);
	t->n = n;
	t->count = count;
	t->good = true;
	if (colon && memchr(text, '{', colon - text))
		t->lane = colon - text;
	return t;
}

void turns_free(struct turns *t)
{
	if (!t)
		return;
	buf_done(&t->line);
	free(t->text);
	free(t);
}

int turns_next(struct turns *t, struct line *line, struct diag *d)
{
	t->good = false;
	buf_clear(&t->line);
	expand_line(&t->line, t->text, t->n, t->next++);
	return line_parse(line, buf_str(&t->line), t->line.len, NULL, d, NULL);
}

bool turns_good(struct turns *t)
{
	t->good = t->next < t->count;
	return t->good;
}

bool turns_go_on(const struct turns *t)
{
	return t->good;
}

const char *turns_text(struct turns *t)
{
	return buf_str(&t->line);
}

bool turns_will_name(const struct turns *t, const char *name)
{
	struct buf lane = {0};
	bool found = false;

	for (long i = t->next; i < t->count && t->lane && !found; i++) {
		buf_clear(&lane);
		expand_line(&lane, t->text, t->lane, i);
		found = !strcmp(buf_str(&lane), name);
	}
	buf_done(&lane);
	return found;
}
