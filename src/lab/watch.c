/* watch: filters, and frames of the journal counted against them. */
#include "lab/watch.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "lab/inside.h"

struct watch {
	struct watch *next;
	char *text;
	struct filter *filter;
	uint64_t at;    /* offset in the journal: counted up to here */
	int64_t seen;
};

struct watch *watch_get(struct lab *lab, const char *text, struct diag *d)
{
	struct filter *filter;
	struct watch *w;

	for (w = lab->watches; w; w = w->next)
		if (!strcmp(w->text, text))
			return w;
	if (filter_compile(&filter, text, lab->names, d))
		return NULL;
	w = mem_zero(sizeof(*w));
	w->text = mem_string(text);
	w->filter = filter;
	w->at = lab->built_at;
	w->next = lab->watches;
	lab->watches = w;
	return w;
}

int64_t watch_count(struct lab *lab, struct watch *w)
{
	struct event e;

	while (journal_read(lab->view, w->at, &e) == 1) {
		if (e.kind == EVENT_FRAME &&
			filter_match(w->filter, e.data, e.len))
			w->seen++;
		w->at = e.next;
	}
	return w->seen;
}

const char *watch_text(const struct watch *w)
{
	return w->text;
}

void watch_asked(struct watch *w)
{
	w->seen = 0;
}

void watches_free(struct lab *lab)
{
	struct watch *w;

	while ((w = lab->watches)) {
		lab->watches = w->next;
		filter_free(w->filter);
		free(w->text);
		free(w);
	}
}
