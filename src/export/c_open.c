/* c_open: from nothing to a connection, to its end, and processes. */
#include "export/c.h"

/* ---- from nothing to a connection ---- */

static int call_socket(struct c *w, const struct step *s)
{
	struct buf b = {0};

	buf_text(&b, "socket(");
	for (int i = 0; i < 3; i++) {
		if (i)
			buf_text(&b, ", ");
		c_flags(&b, step_arg(s, i));
	}
	buf_char(&b, ')');
	if (step_number(s, 2))
		w->headers |= C_IN;
	c_check_fd(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_socketpair(struct c *w, const struct step *s)
{
	struct buf b = {0};
	const struct thing *t = w->r->thing;

	buf_text(&b, "socketpair(");
	for (int i = 0; i < 3; i++) {
		c_flags(&b, step_arg(s, i));
		buf_text(&b, ", ");
	}
	if (s->makes[0] == NOTHING) {
		buf_text(&b, "(int[2]){0})");
		c_check_zero(w, s, buf_str(&b));
	} else {
		const struct thing *one = &t[s->makes[0]];
		const struct thing *other = &t[s->makes[1]];

		buf_printf(&b, "%s_%s)", one->name, other->name);
		c_say(w, "int %s_%s[2];", one->name, other->name);
		c_check_zero(w, s, buf_str(&b));
		c_say(w, "%s%s = %s_%s[0];", c_declare(w, one),
			one->name, one->name, other->name);
		c_say(w, "%s%s = %s_%s[1];", c_declare(w, other),
			other->name, one->name, other->name);
	}
	buf_done(&b);
	return 0;
}

static int call_with_address(struct c *w, const struct step *s)
{
	struct buf b = {0};

	buf_printf(&b, "%s(", s->line.row->name);
	c_fd(w, &b, step_arg(s, 0));
	buf_text(&b, ", ");
	c_address(w, &b, s, step_arg(s, 1),
		step_is(s, "bind") ? "own" : "to");
	buf_char(&b, ')');
	c_check_zero(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_listen(struct c *w, const struct step *s)
{
	struct buf b = {0};

	buf_text(&b, "listen(");
	c_fd(w, &b, step_arg(s, 0));
	buf_printf(&b, ", %lld)", (long long)step_number(s, 1));
	c_check_zero(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_accept(struct c *w, const struct step *s)
{
	struct buf b = {0};

	buf_printf(&b, "%s(", s->line.row->name);
	c_fd(w, &b, step_arg(s, 0));
	buf_text(&b, ", NULL, NULL");
	if (step_is(s, "accept4")) {
		buf_text(&b, ", ");
		c_flags(&b, step_arg(s, 1));
	}
	buf_char(&b, ')');
	c_check_fd(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

/* ---- the end ---- */

static int call_shutdown(struct c *w, const struct step *s)
{
	struct buf b = {0};

	buf_text(&b, "shutdown(");
	c_fd(w, &b, step_arg(s, 0));
	buf_text(&b, ", ");
	c_flags(&b, step_arg(s, 1));
	buf_char(&b, ')');
	c_check_zero(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_close(struct c *w, const struct step *s)
{
	struct buf b = {0};

	w->headers |= C_UNISTD;
	buf_text(&b, "close(");
	c_fd(w, &b, step_arg(s, 0));
	buf_char(&b, ')');
	c_check_zero(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_unlink(struct c *w, const struct step *s)
{
	const char *path = step_arg(s, 0)->text;
	struct buf b = {0};

	w->headers |= C_UNISTD;
	buf_text(&b, "unlink(");
	c_literal(&b, path, strlen(path));
	buf_char(&b, ')');
	c_check_zero(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

/* ---- processes ---- */

static int call_dup(struct c *w, const struct step *s)
{
	struct buf b = {0};

	w->headers |= C_UNISTD;
	buf_printf(&b, "%s(", s->line.row->name);
	c_fd(w, &b, step_arg(s, 0));
	if (step_is(s, "dup2")) {
		buf_text(&b, ", ");
		c_fd(w, &b, step_arg(s, 1));
	}
	buf_char(&b, ')');
	if (s->makes[0] == NOTHING)
		c_check_zero(w, s, buf_str(&b));
	else
		c_check_fd(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_fork(struct c *w, const struct step *s)
{
	w->headers |= C_UNISTD;
	if (step_failed(s)) {
		c_check_zero(w, s, "fork()");
		return 0;
	}
	w->vars |= VAR_PID;
	c_say(w, "pid = fork();");
	c_die_if(w, "pid < 0", s);
	return 0;
}

static int call_signal(struct c *w, const struct step *s)
{
	static const char *const does[] = {"SIG_DFL", "SIG_IGN"};
	int64_t number = step_number(s, 1);
	bool handles = number != 0 && number != 1;
	struct buf b = {0};

	w->headers |= C_SIGNAL;
	if (handles && !step_failed(s)) {
		w->help |= HELP_CATCH;
		buf_text(&b, "catch(");
		c_flags(&b, step_arg(s, 0));
		c_say(w, "%s);", buf_str(&b));
		buf_done(&b);
		return 0;
	}
	buf_text(&b, "signal(");
	c_flags(&b, step_arg(s, 0));
	buf_printf(&b, ", %s)", handles ? "handle" : does[number]);
	if (handles)
		w->help |= HELP_HANDLE;
	if (step_failed(s)) {
		w->help |= HELP_TELL;
		buf_text(&b, " == SIG_ERR ? -1 : 0");
		c_tell(w, s, "tell", buf_str(&b));
	} else {
		buf_text(&b, " == SIG_ERR");
		c_die_if(w, buf_str(&b), s);
	}
	buf_done(&b);
	return 0;
}

const struct c_said c_said_open[] = {
	{"socket", call_socket}, {"socketpair", call_socketpair},
	{"bind", call_with_address}, {"listen", call_listen},
	{"accept", call_accept}, {"accept4", call_accept},
	{"connect", call_with_address}, {"shutdown", call_shutdown},
	{"close", call_close}, {"unlink", call_unlink}, {"dup", call_dup},
	{"dup2", call_dup}, {"fork", call_fork}, {"signal", call_signal},
	{NULL, NULL},
};
