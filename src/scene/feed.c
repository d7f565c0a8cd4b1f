/* feed: events in, each once and in order, to whoever keeps them. */
#include "scene/inside.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"

struct scene *scene_new(struct journal_view *v)
{
	struct scene *s = mem_zero(sizeof(*s));

	s->view = v;
	s->index = journal_index_new();
	s->offset = journal_begin(v);
	s->keys = flow_table_new();
	table_init(&s->takes, sizeof(struct scene_take));
	table_init(&s->pages, sizeof(struct scene_page));
	table_init(&s->marks, sizeof(struct mark));
	table_init(&s->actors, sizeof(struct actor));
	table_init(&s->openeds, sizeof(struct opened));
	table_init(&s->calls, sizeof(struct scene_call));
	table_init(&s->mores, sizeof(struct call_more));
	table_init(&s->frames, sizeof(struct scene_frame));
	table_init(&s->fates, sizeof(struct fated));
	table_init(&s->repeats, sizeof(struct list));
	table_init(&s->flows, sizeof(struct flow));
	table_init(&s->sends, sizeof(struct scene_send));
	table_init(&s->sockets, sizeof(struct socket));
	table_init(&s->samples, sizeof(struct scene_sample));
	table_init(&s->faces, sizeof(struct face));
	table_init(&s->options, sizeof(struct option_mark));
	table_init(&s->clocks, sizeof(struct clock_mark));
	table_init(&s->wires, sizeof(struct wire_mark));
	table_init(&s->orders, sizeof(char *));
	table_init(&s->rules, sizeof(struct rule));
	table_init(&s->rows, sizeof(struct row));
	table_init(&s->cells, sizeof(struct cell));
	calls_begin(s);
	return s;
}

void scene_free(struct scene *s)
{
	if (!s)
		return;
	marks_free(s);
	calls_free(s);
	for (uint32_t i = 0; i < s->repeats.n; i++)
		free(((struct list *)table_at(&s->repeats, i))->at);
	table_done(&s->repeats);
	map_done(&s->repeats_of);
	table_done(&s->frames);
	table_done(&s->fates);
	flows_free(s);
	table_done(&s->sends);
	sockets_free(s);
	wire_free(s);
	table_done(&s->rows);
	table_done(&s->cells);
	journal_index_free(s->index);
	free(s);
}

/* "lane: rest". What is no line of the notation tells nobody anything. */
static void take_line(struct scene *s, const struct news *n)
{
	struct told t = {(const char *)n->event->data,
		(const char *)n->event->data + n->event->len};
	struct word lane = told_name(&t), verb;
	struct told rest;

	if (lane.n == 0 || lane.n >= LINE_LANE)
		return;
	if (told_char(&t, '/')) {
		struct word thread = told_name(&t);

		lane.n = (size_t)(thread.p + thread.n - lane.p);
	}
	if (!told_char(&t, ':') || lane.n >= LINE_LANE)
		return;
	told_spaces(&t);
	if (word_is(lane, "wire")) {
		wire_line(s, n, t);
		return;
	}
	if (word_is(lane, "lab")) {
		marks_lab(s, n, t);
		return;
	}
	rest = t;
	verb = told_name(&rest);
	told_spaces(&rest);
	if (word_is(verb, "state") && rest.at < rest.end && *rest.at != '=')
		sockets_line(s, n, lane, rest);
	else if (word_is(verb, "options") && rest.at < rest.end &&
		*rest.at == 'c')
		sockets_options(s, n, lane, rest);
	else
		calls_line(s, n, lane, t);
}

/* Hosts come in the order of the journal's interfaces, then of lines. */
static void add_interface(struct scene *s)
{
	int i = s->interfaces++;

	s->host_of[i] = scene_host_named(s, journal_host_name(s->view, i));
}

bool scene_feed(struct scene *s, int64_t budget)
{
	int64_t until = budget ? clock_mono() + budget : 0;
	struct event e;
	struct news n = {.event = &e};
	int r;

	for (uint32_t fed = 1; !s->ended; fed++) {
		/* Ask the clock now and then: it costs as much as an event. */
		if (budget && fed % 64 == 0 && clock_mono() >= until)
			return true;
		r = journal_read(s->view, s->offset, &e);
		if (r <= 0) {
			s->ended = r < 0;
			return false;
		}
		if (s->now == SCENE_NEVER - 1) {
			s->ended = true;
			return false;
		}
		while (s->interfaces < journal_hosts(s->view))
			add_interface(s);
		n.position = s->now++;
		journal_index_add(s->index, n.position, e.offset);
		s->offset = e.next;
		if (e.kind == EVENT_FRAME)
			frames_frame(s, &n);
		else
			take_line(s, &n);
	}
	return false;
}

uint32_t scene_now(const struct scene *s)
{
	return s->now;
}

bool scene_event(struct scene *s, uint32_t position, struct event *out)
{
	return position < s->now &&
		journal_index_read(s->index, s->view, position, out) == 1;
}
