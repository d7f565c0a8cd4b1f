/*
 * marks: what the lab says of itself: takes, hosts, the player's pages and
 * steps, still.
 */
#include "scene/inside.h"

#include <arpa/inet.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/text.h"
#include "packet/facts.h"

/* ---- hosts ---- */

int scene_host_named(struct scene *s, const char *name)
{
	struct word w = {name, strlen(name)};

	for (int i = 0; i < s->hosts; i++)
		if (strcmp(s->host[i].name, name) == 0)
			return i;
	if (s->hosts == SCENE_HOSTS)
		return -1;
	word_copy(s->host[s->hosts].name, LINE_LANE, w);
	return s->hosts++;
}

int scene_host_of_lane(struct scene *s, struct word lane)
{
	char copy[LINE_LANE], host[LINE_LANE], *slash;

	word_copy(copy, sizeof(copy), lane);
	slash = strchr(copy, '/');
	if (slash)
		*slash = '\0';
	line_host_of_lane(host, copy);
	return scene_host_named(s, host);
}

int scene_target(const struct scene *s, int host, const struct facts *f)
{
	size_t n = f->version == 4 ? 4 : 16;

	for (int i = 0; f->version && i < s->hosts; i++)
		for (int k = 0; k < 2; k++) {
			const struct address *a = s->host[i].address + k;

			if (a->version == f->version &&
				memcmp(a->bytes, f->target, n) == 0)
				return i;
		}
	return s->hosts == 2 ? 1 - host : -1;
}

const char *marks_address(const struct host *h, int which, char out[46])
{
	const struct address *a = h->address + which;

	return a->version ? inet_ntop(which ? AF_INET6 : AF_INET, a->bytes, out,
		46) : NULL;
}

const char *scene_host_address(const struct scene *s, int host, int version,
	char out[46])
{
	return host >= 0 && host < s->hosts ?
		marks_address(s->host + host, version == 6, out) : NULL;
}

int scene_hosts(const struct scene *s)
{
	return s->hosts;
}

const char *scene_host(const struct scene *s, int host)
{
	return host >= 0 && host < s->hosts ? s->host[host].name : "";
}

/* client 10.0.0.1 fd00::1 */
static void take_host(struct scene *s, struct told rest)
{
	char text[64];
	struct word w = told_word(&rest);
	struct host *h;
	int host;

	if (w.n == 0 || w.n >= LINE_LANE)
		return;
	word_copy(text, sizeof(text), w);
	host = scene_host_named(s, text);
	if (host < 0)
		return;
	if (marks_take(s))
		marks_take(s)->hosts |= (uint8_t)(1 << host);
	h = s->host + host;
	while ((w = told_word(&rest)).n) {
		word_copy(text, sizeof(text), w);
		if (inet_pton(AF_INET, text, h->address[0].bytes) == 1)
			h->address[0].version = 4;
		else if (inet_pton(AF_INET6, text, h->address[1].bytes) == 1)
			h->address[1].version = 6;
	}
}

/* ---- takes ---- */

struct scene_take *marks_take(const struct scene *s)
{
	return s->takes.n ? table_at(&s->takes, s->takes.n - 1) : NULL;
}

static void take_why(struct scene_take *t, struct word w)
{
	struct buf b = {0};
	const char *why;
	size_t at, n;

	if (!word_cut(&w, "\"") || w.n == 0)
		return;
	if (text_unescape(&b, w.p, w.n - 1, false, &at, &why) == 0) {
		n = b.len < sizeof(t->why) ? b.len : sizeof(t->why) - 1;
		while (n && n < b.len && ((uint8_t)b.data[n] & 0xc0) == 0x80)
			n--; /* whole letters */
		if (n)
			memcpy(t->why, b.data, n);
		t->why[n] = '\0';
	}
	buf_done(&b);
}

/* namespaces clocks=slow mtu=1500 kernel=6.18.44 */
static void take_built(struct scene *s, const struct news *n, struct told rest)
{
	struct scene_take *t = table_add(&s->takes);
	struct word w;
	int64_t mtu;

	t->begin = n->position;
	t->first_row = s->rows.n;
	t->first_frame = s->frames.n;
	t->first_call = s->calls.n;
	t->first_send = s->sends.n;
	t->first_actor = s->actors.n;
	t->first_socket = s->sockets.n;
	while ((w = told_word(&rest)).n) {
		if (word_is(w, "loopback"))
			t->loopback = true;
		else if (word_cut(&w, "clocks="))
			word_copy(t->clocks, sizeof(t->clocks), w);
		else if (word_cut(&w, "kernel="))
			word_copy(t->kernel, sizeof(t->kernel), w);
		else if (word_cut(&w, "why="))
			take_why(t, w);
		else if (word_cut(&w, "mtu=") && word_number(w, &mtu) &&
			mtu > 0 && mtu <= 65536)
			t->mtu = (int)mtu;
	}
	calls_new_take(s);
	flows_new_take(s);
	sockets_new_take(s, n->position);
	wire_new_take(s, n);
}

static uint32_t begin_of_take(const void *member, const void *arg)
{
	(void)arg;
	return ((const struct scene_take *)member)->begin;
}

const struct scene_take *scene_take(const struct scene *s, uint32_t position)
{
	uint32_t n = table_below(&s->takes, begin_of_take, NULL, position);

	return n ? table_at(&s->takes, n - 1) : NULL;
}

const struct scene_take *scene_take_after(const struct scene *s,
	const struct scene_take *t)
{
	uint32_t n = table_below(&s->takes, begin_of_take, NULL, t->begin + 1);

	return n < s->takes.n ? table_at(&s->takes, n) : NULL;
}

/* ---- pages, steps, still ---- */

static struct mark *add_mark(struct scene *s, uint32_t position)
{
	const struct mark *last = s->marks.n ?
		table_at(&s->marks, s->marks.n - 1) : NULL;
	struct mark *m = table_add(&s->marks);

	m->position = position;
	m->page = last ? last->page : SCENE_NONE;
	return m;
}

static void take_page(struct scene *s, const struct news *n, struct told rest)
{
	struct word lesson = told_word(&rest), number = told_word(&rest),
		language = told_word(&rest);
	struct scene_page *p;
	struct mark *m;
	int64_t page;

	if (!word_number(number, &page) || page < 1 || page > 1000)
		return;
	p = table_add(&s->pages);
	word_copy(p->lesson, sizeof(p->lesson), lesson);
	word_copy(p->language, sizeof(p->language), language);
	p->page = (int)page;
	p->position = n->position;
	m = add_mark(s, n->position);
	m->page = s->pages.n - 1;
	list_add(&s->turns, n->position);
}

static void take_step(struct scene *s, const struct news *n, struct told rest)
{
	int64_t step;

	if (word_number(told_word(&rest), &step) && step > 0 &&
		step < SCENE_NEVER)
		add_mark(s, n->position)->step = (uint32_t)step;
}

void marks_lab(struct scene *s, const struct news *n, struct told rest)
{
	struct word verb = told_word(&rest);

	if (word_is(verb, "built")) {
		take_built(s, n, rest);
		add_mark(s, n->position);
		list_add(&s->turns, n->position);
	} else if (word_is(verb, "host")) {
		take_host(s, rest);
	} else if (word_is(verb, "page")) {
		take_page(s, n, rest);
	} else if (word_is(verb, "setup")) {
		add_mark(s, n->position)->setup = true;
	} else if (word_is(verb, "step")) {
		take_step(s, n, rest);
	} else if (word_is(verb, "play")) {
		add_mark(s, n->position);
	} else if (word_is(verb, "failed") || word_is(verb, "note") ||
		word_is(verb, "full")) {
		rows_told(s, n->position, -1);
	}
}

static uint32_t position_of_mark(const void *member, const void *arg)
{
	(void)arg;
	return ((const struct mark *)member)->position;
}

const struct mark *marks_at(const struct scene *s, uint32_t position)
{
	uint32_t n = table_below(&s->marks, position_of_mark, NULL, position);

	return n ? table_at(&s->marks, n - 1) : NULL;
}

void scene_page(const struct scene *s, uint32_t position,
	struct scene_page *out)
{
	const struct mark *m = marks_at(s, position);

	if (m && m->page != SCENE_NONE)
		*out = *(const struct scene_page *)table_at(&s->pages,
			m->page);
	else
		*out = (struct scene_page){.position = SCENE_NEVER};
}

/* A setup may build the lab anew: a mark that does not end it. */
static bool is_build(const struct scene *s, const struct mark *m)
{
	const struct scene_take *t = scene_take(s, m->position + 1);

	return t && t->begin == m->position;
}

uint32_t scene_setup_over(const struct scene *s, uint32_t position)
{
	uint32_t n = table_below(&s->marks, position_of_mark, NULL, position);
	uint32_t over = SCENE_NEVER, page = SCENE_NONE;
	const struct mark *m;

	while (n--) {
		m = table_at(&s->marks, n);
		if (page == SCENE_NONE)
			page = m->page;
		if (m->page != page || m->setup)
			break;
		if (!is_build(s, m))
			over = m->position;
	}
	return over;
}

static bool is_page(const struct scene_page *a, const struct scene_page *b)
{
	return a->page == b->page && strcmp(a->lesson, b->lesson) == 0;
}

uint32_t scene_page_beside(const struct scene *s, uint32_t position, int way)
{
	const struct mark *m = marks_at(s, position);
	uint32_t i = m ? m->page : SCENE_NONE;
	const struct scene_page *at = i != SCENE_NONE ?
		table_at(&s->pages, i) : NULL, *p;

	/* without a page in force, i + 1 is the first one */
	while ((i += (uint32_t)way) < s->pages.n) {
		p = table_at(&s->pages, i);
		if (at && is_page(p, at))
			continue; /* the same page, built again */
		if (way > 0 || i == 0 ||
			!is_page(p, table_at(&s->pages, i - 1)))
			return p->position;
	}
	return SCENE_NEVER;
}

void marks_free(struct scene *s)
{
	table_done(&s->takes);
	table_done(&s->pages);
	table_done(&s->marks);
	free(s->turns.at);
}
