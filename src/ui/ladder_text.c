/* ladder_text: see ladder_text.h. */
#include "ui/ladder_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "ui/ink.h"
#include "ui/layout.h"

enum {
	WHEN = 8,           /* cells of "+1.02 s " */
	TOTAL = 9,          /* cells of "12.345 s " before it … */
	TOTAL_FROM = 120,   /* … from this width on */
	FEW_CELLS = 16,     /* a label may cross a lifeline rather than this */
};

/* ---- where things stand ---- */

void ladder_shape(struct ladder_shape *s, int width, int hosts)
{
	int begin, side, i;

	memset(s, 0, sizeof *s);
	s->width = width;
	s->hosts = hosts < 2 ? 2 : hosts > LADDER_HOSTS ? LADDER_HOSTS : hosts;
	s->total = width >= TOTAL_FROM;
	s->when = width < LAYOUT_NARROW ? 0 : WHEN + (s->total ? TOTAL : 0);
	s->sides = s->hosts == 2 && width >= LAYOUT_NARROW;
	begin = 1 + s->when;
	if (s->sides) {
		side = (width - begin) / 4;
		s->text[0] = begin;
		s->room[0] = side - 1;
		s->life[0] = begin + side;
		s->life[1] = width - 2 - side;
		s->text[1] = s->life[1] + 2;
		s->room[1] = width - 1 - s->text[1];
		return;
	}
	for (i = 0; i < s->hosts; i++) {
		int end = i + 1 == s->hosts ? width :
			begin + (i + 1) * (width - begin) / s->hosts;

		s->life[i] = begin + i * (width - begin) / s->hosts;
		s->text[i] = s->life[i] + 2;
		s->room[i] = end - s->text[i] - 1;
	}
}

void ladder_note_place(const struct ladder_shape *s, int *x, int *room)
{
	*x = s->life[0] + 2;
	*room = (s->sides ? s->life[1] : s->width) - *x - 1;
}

/* The lifeline that an arrow ends at; of one to all, the further end. */
static int far_host(const struct ladder_shape *s, int from, int to)
{
	if (to >= 0 && to < s->hosts && to != from)
		return to;
	return from < s->hosts / 2 ? s->hosts - 1 : 0;
}

static int way_of(const struct ladder_shape *s, int from, int to)
{
	return far_host(s, from, to) > from ? 1 : -1;
}

/* x of a track in the gap beside the sender; of -1, of what stops there. */
static int track_x(const struct ladder_shape *s, int from, int to, int track)
{
	int way = way_of(s, from, to);
	int gap = abs(s->life[from + way] - s->life[from]);
	int tracks = gap / 8 < LADDER_TRACKS ? gap / 8 : LADDER_TRACKS;

	if (tracks < 1)
		tracks = 1;
	track = track < 0 ? 0 : track % tracks;
	return s->life[from] + way * (gap * 3 / 4 - 2 * track);
}

/* ---- a line of cells ---- */

enum { CELLS = 512 };

struct canvas {
	struct {
		char sign[8]; /* "": the right half of the one before */
		uint8_t style;
	} at[CELLS];
	int width;
	int right[LADDER_HOSTS]; /* of each host: x of its last bar */
};

static void put(struct canvas *c, int x, int style, const char *sign, size_t n)
{
	if (x < 0 || x >= c->width || n >= sizeof c->at[0].sign)
		return;
	memcpy(c->at[x].sign, sign, n);
	c->at[x].sign[n] = '\0';
	c->at[x].style = (uint8_t)style;
}

static void put_sign(struct canvas *c, int x, int style, enum theme_sign sign)
{
	const char *text = theme_sign(sign);

	put(c, x, style, text, strlen(text));
}

/* At most room cells of ink; returns how many it took. */
static int put_ink(struct canvas *c, int x, const struct ink *k, int room)
{
	const char *text = buf_str(&k->text);
	int used = 0, cells;
	int32_t point;
	size_t i, n;

	for (i = 0; i < k->text.len; i += n) {
		n = text_letter(text + i, k->text.len - i, &point);
		cells = text_cells_of(point);
		if (cells < 1)
			continue; /* a mark without a cell of its own */
		if (used + cells > room)
			break;
		put(c, x + used, (uint8_t)k->style.data[i], text + i, n);
		if (cells == 2)
			put(c, x + used + 1, THEME_PLAIN, "", 0);
		used += cells;
	}
	return used;
}

/* A shaft over cells from … to, ends included; what stands there, a lifeline or
 * a track, is crossed. */
static void put_shaft(struct canvas *c, int from, int to, int style)
{
	int low = from < to ? from : to, high = from < to ? to : from, x;

	for (x = low; x <= high; x++) {
		bool crosses = x >= 0 && x < c->width &&
			strcmp(c->at[x].sign, " ") != 0;

		put_sign(c, x, style, crosses ? SIGN_CROSS : SIGN_HORIZONTAL);
	}
}

/* ---- arrows ---- */

/* Cells of a label between two columns, both of which stay free, with a cell
 * of shaft and a space at each end. */
static int between(int a, int b)
{
	return abs(a - b) - 6;
}

/* The column up to which a label may reach: the next lifeline when there is
 * room enough before it. */
static int label_end(const struct ladder_shape *s, const struct ladder_arrow *a)
{
	int way = way_of(s, a->from, a->to);
	int next = s->life[a->from + way];
	int far = s->life[far_host(s, a->from, a->to)];

	return between(s->life[a->from], next) >= FEW_CELLS ? next : far;
}

/* Whether an arrow ends or begins at the track of its own. */
static bool on_track(enum ladder_way how)
{
	return how == LADDER_LEAVES || how == LADDER_ARRIVES ||
		how == LADDER_LOST_LATE;
}

static int room_of(const struct ladder_shape *s,
	const struct ladder_arrow *a)
{
	int begin = s->life[a->from];
	int x = track_x(s, a->from, a->to, on_track(a->how) ? a->track : -1);

	switch (a->how) {
	case LADDER_GOES:
		return between(begin, label_end(s, a));
	case LADDER_LEAVES:
	case LADDER_LOST:
	case LADDER_CHANGED:
		return between(begin, x) + 1;
	case LADDER_ARRIVES:
	case LADDER_LOST_LATE:
	case LADDER_MADE:
		return between(begin, x) + 2;
	}
	return 0;
}

int ladder_label_room(const struct ladder_shape *s,
	const struct ladder_arrow *a)
{
	/* bars beside a lifeline may take cells from an arrow at both ends */
	return room_of(s, a) - (s->sides ? 0 : 2 * (LADDER_BARS - 1));
}

/* Where an arrow begins at a host that goes to that side. */
static int edge(const struct canvas *c, const struct ladder_shape *s, int host,
	int way)
{
	return way > 0 ? c->right[host] : s->life[host];
}

/* A label whose near end lies `gap` cells behind x in the arrow's way. */
static void put_label(struct canvas *c, const struct ink *label, int x, int gap,
	int way)
{
	int cells = ink_cells(label);
	int begin = way > 0 ? x + gap : x - gap - cells + 1;

	put(c, begin - 1, THEME_PLAIN, " ", 1);
	put_ink(c, begin, label, cells);
	put(c, begin + cells, THEME_PLAIN, " ", 1);
}

static void put_goes(struct canvas *c, const struct ladder_shape *s,
	const struct ladder_arrow *a, int to, bool labelled)
{
	int way = to > a->from ? 1 : -1;
	int begin = edge(c, s, a->from, way), end = edge(c, s, to, -way);

	put_shaft(c, begin + way, end - way, THEME_PLAIN);
	put_sign(c, end - way, THEME_STRONG, way > 0 ? SIGN_HEAD_RIGHT :
		SIGN_HEAD_LEFT);
	if (labelled)
		put_label(c, a->label, begin, 3, way);
}

/* From its host to where it stops: our hand, or nowhere. */
static void put_stops(struct canvas *c, const struct ladder_shape *s,
	const struct ladder_arrow *a, enum theme_sign sign, int x, int style)
{
	int way = x > s->life[a->from] ? 1 : -1;
	int begin = edge(c, s, a->from, way);

	put_shaft(c, begin + way, x, style);
	put_sign(c, x, style, sign);
	put_label(c, a->label, begin, 3, way);
}

/* From our hand, where it begins with one sign, to end, which it reaches with
 * another. */
static void put_comes(struct canvas *c, const struct ladder_arrow *a,
	enum theme_sign first, enum theme_sign last, int x, int end, int style)
{
	int way = end > x ? 1 : -1;

	put_shaft(c, x + way, end - way, style);
	put_sign(c, x, first == SIGN_MADE ? THEME_WAITS : style, first);
	put_sign(c, end - way, style == THEME_PLAIN ? THEME_STRONG : style,
		last);
	put_label(c, a->label, x, 2, -way); /* where nothing is drawn */
}

static void put_arrow(struct canvas *c, const struct ladder_shape *s,
	const struct ladder_arrow *a)
{
	int to = far_host(s, a->from, a->to);
	int way = way_of(s, a->from, a->to);
	int x = track_x(s, a->from, a->to, a->track);
	int stop = track_x(s, a->from, a->to, -1);
	int end = edge(c, s, to, -way);
	enum theme_sign head = way > 0 ? SIGN_HEAD_RIGHT : SIGN_HEAD_LEFT;
	enum theme_sign out = way > 0 ? SIGN_OUT_RIGHT : SIGN_OUT_LEFT;

	switch (a->how) {
	case LADDER_GOES:
		if (a->to < 0 && a->from > 0 && a->from < s->hosts - 1)
			put_goes(c, s, a, to == 0 ? s->hosts - 1 : 0, false);
		put_goes(c, s, a, to, true);
		return;
	case LADDER_LEAVES:
		put_stops(c, s, a, way > 0 ? SIGN_DOWN_RIGHT : SIGN_DOWN_LEFT,
			x, a->waits ? THEME_WAITS : THEME_PLAIN);
		return;
	case LADDER_LOST:
		put_stops(c, s, a, SIGN_LOST, stop, THEME_TROUBLE);
		return;
	case LADDER_CHANGED:
		put_stops(c, s, a, SIGN_MADE, stop, THEME_WAITS);
		return;
	case LADDER_ARRIVES:
		put_comes(c, a, out, head, x, end, THEME_PLAIN);
		return;
	case LADDER_MADE:
		put_comes(c, a, SIGN_MADE, head, stop, end, THEME_PLAIN);
		return;
	case LADDER_LOST_LATE:
		put_comes(c, a, out, SIGN_LOST, x, x + 4 * way, THEME_TROUBLE);
		return;
	}
}

/* ---- the line ---- */

static void put_times(struct canvas *c, const struct ladder_shape *s,
	const struct ladder_line *l, bool ascii)
{
	struct ink k = { 0 };
	char text[32];
	int x = 1;

	if (s->when == 0)
		return;
	if (s->total) {
		snprintf(text, sizeof text, "%*.3f", TOTAL - 1,
			(double)l->total / (double)CLOCK_S);
		ink_text(&k, THEME_DIM, text);
		put_ink(c, x, &k, TOTAL);
		x += TOTAL;
	}
	if (l->since >= 0) {
		ink_clear(&k);
		ladder_time(text, sizeof text, l->since, ascii);
		ink_text(&k, l->since >= CLOCK_S / 5 ? THEME_STRONG : THEME_DIM,
			text);
		put_ink(c, x + WHEN - 1 - ink_cells(&k), &k, WHEN);
	}
	ink_done(&k);
}

static void put_host(struct canvas *c, const struct ladder_shape *s,
	const struct ladder_line *l, int host)
{
	int outward = s->sides && host == 0 ? -1 : 1;
	int bars = l->bars[host] > LADDER_BARS ? LADDER_BARS : l->bars[host];
	int more = bars > 1 ? bars - 1 : 0, i;

	c->right[host] = s->life[host] + (outward > 0 ? more : 0);
	for (i = 0; i < bars; i++)
		put_sign(c, s->life[host] + i * outward, THEME_WAITS,
			SIGN_BAR);
	if (bars == 0)
		put_sign(c, s->life[host], THEME_DIM, SIGN_VERTICAL);
	if (l->text[host] != NULL)
		put_ink(c, s->text[host] + (outward > 0 ? more : 0),
			l->text[host], s->room[host] - more);
}

/* The cells from … to-1 as ink. */
static void take(struct ink *out, const struct canvas *c, int from, int to)
{
	for (int x = from < 0 ? 0 : from; x < to && x < c->width; x++)
		ink_text(out, c->at[x].style, c->at[x].sign);
}

void ladder_line(struct ink out[3], const struct ladder_shape *s,
	const struct ladder_line *l, int from, int to)
{
	static struct canvas c; /* large, and made anew each time */
	int x, room, i;

	memset(&c, 0, sizeof c);
	c.width = s->width < CELLS ? s->width : CELLS;
	for (x = 0; x < c.width; x++)
		put(&c, x, THEME_PLAIN, " ", 1);
	put_times(&c, s, l, *theme_sign(SIGN_DOWN_RIGHT) == '.');
	for (i = 0; i < (int)l->flights; i++) {
		const struct ladder_flight *f = &l->flight[i];

		put_sign(&c, track_x(s, f->from, f->to, f->track), THEME_WAITS,
			SIGN_WAITS);
	}
	for (i = 0; i < s->hosts; i++)
		put_host(&c, s, l, i);
	if (l->note != NULL) {
		ladder_note_place(s, &x, &room);
		put_ink(&c, x, l->note, room);
	}
	if (l->arrow != NULL)
		put_arrow(&c, s, l->arrow);
	take(&out[0], &c, 0, from);
	take(&out[1], &c, from, to);
	take(&out[2], &c, to, c.width);
}

void ladder_time(char *out, size_t size, int64_t ns, bool ascii)
{
	double s = (double)ns / (double)CLOCK_S;

	if (ns < CLOCK_S / 1000)
		snprintf(out, size, "%d %s", (int)(ns / 1000),
			ascii ? "us" : "µs");
	else if (ns < CLOCK_S / 100)
		snprintf(out, size, "%.1f ms", s * 1e3);
	else if (ns < CLOCK_S)
		snprintf(out, size, "%d ms", (int)(s * 1e3));
	else if (ns < 100 * CLOCK_S)
		snprintf(out, size, "%.2f s", s);
	else if (ns < 6000 * CLOCK_S)
		snprintf(out, size, "%d min", (int)(s / 60));
	else
		snprintf(out, size, "%d h", (int)(s / 3600));
}

/* ---- labels ---- */

/* What a label has, in the order in which it is given up, from behind. */
enum label_part {
	LABEL_NUMBER, LABEL_WORDS, LABEL_SEQ, LABEL_ACK, LABEL_WINDOW,
	LABEL_FLAGS, /* of a segment with data, whose words are its bytes */
	LABEL_PARTS
};

static void add_seq(struct ink *k, const struct ladder_label *l)
{
	if (l->tcp && l->len > 0)
		ink_printf(k, THEME_DIM, " seq %u:%u", l->seq, l->seq +
			l->len);
	else if (l->tcp)
		ink_printf(k, THEME_DIM, " seq %u", l->seq);
	else if (l->len > 0)
		ink_printf(k, THEME_DIM, " len %u", l->len);
}

static void add_words(struct ink *k, const struct ladder_label *l)
{
	if (l->letters[0] != '\0')
		ink_printf(k, l->letters_style, " %s", l->letters);
	if (l->words->text.len > 0) {
		ink_text(k, THEME_PLAIN, " ");
		ink_append(k, l->words);
	} else
		ink_printf(k, THEME_PLAIN, " %s", l->flags);
	if (l->times > 1)
		ink_printf(k, THEME_STRONG, l->ascii ? " x%u" : " ×%u",
			l->times);
}

/* The label without the parts behind the last one. */
static void write_label(struct ink *k, const struct ladder_label *l,
	enum label_part last)
{
	bool bytes = l->words->text.len > 0;

	ink_printf(k, THEME_DIM, "%u", l->number);
	if (l->made)
		ink_text(k, THEME_WAITS, theme_sign(SIGN_MADE));
	if (l->again > 0)
		ink_printf(k, THEME_WAITS, " %s%u", theme_sign(SIGN_AGAIN),
			l->again);
	if (last >= LABEL_WORDS)
		add_words(k, l);
	if (last >= LABEL_FLAGS && bytes && l->flags[0] != '\0')
		ink_printf(k, THEME_DIM, " %s", l->flags);
	if (last >= LABEL_SEQ)
		add_seq(k, l);
	if (last >= LABEL_ACK && l->tcp && l->has_ack)
		ink_printf(k, THEME_DIM, " ack %u", l->ack);
	if (last >= LABEL_WINDOW && l->tcp)
		ink_printf(k, THEME_DIM, " win %u", l->window);
}

void ladder_label(struct ink *out, const struct ladder_label *l, int room)
{
	struct ink k = { 0 };

	for (int last = LABEL_PARTS - 1; last >= LABEL_WORDS; last--) {
		ink_clear(&k);
		write_label(&k, l, (enum label_part)last);
		if (ink_cells(&k) <= room)
			break;
	}
	ink_cut(&k, room);
	ink_append(out, &k);
	ink_done(&k);
}
