/* goal_sees: goals about frames. */
#include "base/intl.h"
#include "lesson/goal_inside.h"
#include "packet/filter.h"
#include "scene/scene.h"

/* Whether there is a filter; one that cannot be compiled sees nothing. */
static bool has_filter(struct sight *s, const struct deeds *d,
	const struct line *l)
{
	if (!s->compiled && d->take)
		s->compiled = scene_filter(d->scene, l->filter, &s->filter,
			NULL) == 0;
	return s->compiled;
}

/* Count on over the frames that were seen since the last time. */
static void count_frames(struct deeds *d, struct sight *s)
{
	struct event e;

	if (s->next < d->take->first_frame)
		s->next = d->take->first_frame;
	for (; s->next < scene_frames(d->scene); s->next++) {
		const struct scene_frame *frame = scene_frame(d->scene,
			s->next);

		if (frame->position >= d->position)
			return;
		d->work++;
		if (frame->position < d->begin ||
				!scene_frame_bytes(d->scene, s->next, &e) ||
				!filter_match(s->filter, e.data, e.len))
			continue;
		s->row = frame->row;
		s->n++;
	}
}

static void say_frames(struct buf *b, const struct line *l)
{
	const char *of = l->filter[0] ? l->filter : _("any frame");

	if (l->times < 0)
		buf_printf(b, _("at least one frame matching %s"), of);
	else if (l->times == 0)
		buf_printf(b, _("no frame matching %s"), of);
	else
		buf_printf(b, ngettext("exactly %ld frame matching %s",
			"exactly %ld frames matching %s",
			(unsigned long)l->times), (long)l->times, of);
}

/* Without a wire nothing is seen, and nothing is asked, as in the lab. */
void goal_sees(struct judged *j, struct deeds *d, struct account *a)
{
	const struct line *l = a->line;
	struct sight *s = &a->sight;

	say_frames(&j->expected, l);
	if (!has_filter(s, d, l)) {
		buf_text(&j->observed, _("none yet"));
		return;
	}
	count_frames(d, s);
	j->row = s->row;
	if (d->take->loopback || (l->times < 0 ? s->n > 0 : s->n == l->times))
		j->state = GOAL_MET;
	else if (l->times >= 0 && s->n > l->times)
		j->state = GOAL_BROKEN;
	if (s->n == 0)
		buf_text(&j->observed, _("none yet"));
	else
		buf_printf(&j->observed, ngettext("%ld frame", "%ld frames",
			(unsigned long)s->n), (long)s->n);
}
