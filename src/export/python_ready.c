/* python_ready: who can go on. */
#include <sys/epoll.h>

#include "base/clock.h"
#include "export/python.h"

/* ", ear=ear, conn=conn": how ready() and named() call what they find. */
static void put_named(struct buf *b, const struct run *r,
	const struct value *list)
{
	for (size_t i = 0; i < list->items; i++) {
		const struct value *v = &list->item[i];
		const struct thing *t = run_thing(r, v->kind == VALUE_ENTRY ?
			&v->item[0] : v);

		if (t)
			buf_printf(b, ", %s=%s", t->name, t->name);
	}
}

static int call_poll(struct python *w, const struct step *s)
{
	const struct value *wanted = step_arg(s, 0);
	struct buf b = {0};

	w->need |= PYTHON_SELECT | PYTHON_READY;
	python_say(w, "wanted = select.poll()");
	for (size_t i = 0; i < wanted->items; i++) {
		const struct value *fd = &wanted->item[i].item[0];
		const struct thing *t = run_thing(w->r, fd);

		buf_clear(&b);
		if (t)
			buf_text(&b, t->name);
		else
			python_fd(&b, w->r, fd);
		buf_text(&b, ", ");
		spell_flags(&b, &wanted->item[i].item[1], "select.");
		python_say(w, "wanted.register(%s)", buf_str(&b));
	}
	if (step_number(s, 1) < 0)
		python_say(w, "events = wanted.poll()");
	else
		python_say(w, "events = wanted.poll(%lld)",
			(long long)step_number(s, 1));
	buf_clear(&b);
	buf_text(&b, "ready(events, \"POLL\"");
	put_named(&b, w->r, wanted);
	buf_char(&b, ')');
	python_tell(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static void put_list(struct python *w, struct buf *b, const struct value *v)
{
	buf_char(b, '[');
	for (size_t i = 0; i < v->items; i++) {
		const struct thing *t = run_thing(w->r, &v->item[i]);

		if (i)
			buf_text(b, ", ");
		if (t)
			buf_text(b, t->name);
		else
			value_print(b, &v->item[i]);
	}
	buf_char(b, ']');
}

static int call_select(struct python *w, const struct step *s)
{
	static const char *const set[] = {"read", "write", "except"};
	int64_t timeout = step_number(s, 3);
	struct buf b = {0};

	w->need |= PYTHON_SELECT | PYTHON_NAMED;
	for (int i = 0; i < 3; i++) {
		if (i)
			buf_text(&b, ", ");
		put_list(w, &b, step_arg(s, i));
	}
	if (timeout >= 0) {
		buf_text(&b, ", ");
		python_seconds(&b, timeout);
	}
	python_say(w, "reads, writes, excepts = select.select(%s)",
		buf_str(&b));
	buf_clear(&b);
	for (int i = 0; i < 3; i++) {
		buf_printf(&b, "%s\"%s\", named(%ss", i ? ", " : "", set[i],
			set[i]);
		put_named(&b, w->r, step_arg(s, i));
		buf_char(&b, ')');
	}
	python_tell(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_epoll_create1(struct python *w, const struct step *s)
{
	w->need |= PYTHON_SELECT; /* close-on-exec is always set there */
	python_say(w, "%s = select.epoll()", python_made(w, s, 0));
	if (step_failed(s))
		python_tell(w, s, NULL);
	return 0;
}

static void put_epoll(struct python *w, struct buf *b, const struct value *v)
{
	const struct thing *t = run_thing(w->r, v);

	if (t && t->kind == THING_EPOLL) {
		buf_text(b, t->name);
		return;
	}
	buf_text(b, "select.epoll.fromfd(");
	python_fd(b, w->r, v);
	buf_char(b, ')');
}

static int call_epoll_ctl(struct python *w, const struct step *s)
{
	int64_t op = step_number(s, 1);
	const struct thing *t = run_thing(w->r, step_arg(s, 2));
	struct buf b = {0};

	w->need |= PYTHON_SELECT;
	put_epoll(w, &b, step_arg(s, 0));
	buf_text(&b, op == EPOLL_CTL_ADD ? ".register(" :
		op == EPOLL_CTL_MOD ? ".modify(" : ".unregister(");
	if (t)
		buf_text(&b, t->name);
	else
		python_fd(&b, w->r, step_arg(s, 2));
	if (op != EPOLL_CTL_DEL) {
		buf_text(&b, ", ");
		spell_flags(&b, step_arg(s, 3), "select.");
	}
	python_say(w, "%s)", buf_str(&b));
	python_tell_zero(w, s);
	buf_done(&b);
	return 0;
}

static int call_epoll_wait(struct python *w, const struct step *s)
{
	int64_t ms = step_number(s, 2);
	struct buf b = {0};

	w->need |= PYTHON_SELECT | PYTHON_READY;
	put_epoll(w, &b, step_arg(s, 0));
	if (ms < 0) {
		python_say(w, "events = %s.poll(maxevents=%lld)", buf_str(&b),
			(long long)step_number(s, 1));
	} else {
		buf_text(&b, ".poll(");
		python_seconds(&b, ms * CLOCK_MS);
		python_say(w, "events = %s, %lld)", buf_str(&b),
			(long long)step_number(s, 1));
	}
	buf_clear(&b);
	buf_text(&b, "ready(events, \"EPOLL\"");
	for (size_t i = 0; i < w->r->things; i++)
		if (step_watches(w->r, s, (uint32_t)i))
			buf_printf(&b, ", %s=%s", w->r->thing[i].name,
				w->r->thing[i].name);
	buf_char(&b, ')');
	python_tell(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_memfd_create(struct python *w, const struct step *s)
{
	struct buf b = {0};

	w->need |= PYTHON_OS;
	python_text(&b, step_arg(s, 0));
	python_say(w, "%s = open(os.memfd_create(%s), \"r+b\", buffering=0)",
		python_made(w, s, 0), buf_str(&b));
	if (step_failed(s))
		python_tell(w, s, NULL);
	buf_done(&b);
	return 0;
}

const struct python_said python_said_ready[] = {
	{"poll", call_poll}, {"select", call_select},
	{"epoll_create1", call_epoll_create1}, {"epoll_ctl", call_epoll_ctl},
	{"epoll_wait", call_epoll_wait}, {"memfd_create", call_memfd_create},
	{NULL, NULL},
};
