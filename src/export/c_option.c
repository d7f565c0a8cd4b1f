/* c_option: options of sockets and flags of descriptors. */
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/intl.h"
#include "export/c.h"

static void put_option(struct c *w, struct buf *b, const struct step *s,
	const struct option_row *o)
{
	buf_printf(b, "%s(", s->line.row->name);
	c_fd(w, b, step_arg(s, 0));
	buf_printf(b, ", %s, %s, ", o->level == SOL_SOCKET ? "SOL_SOCKET" :
		o->level == IPPROTO_IP ? "IPPROTO_IP" :
		o->level == IPPROTO_IPV6 ? "IPPROTO_IPV6" : "IPPROTO_TCP",
		o->name);
	if (o->level != SOL_SOCKET)
		w->headers |= C_IN;
	if (o->tcp)
		w->headers |= C_TCP;
}

/* "&(int){1}, sizeof(int)" */
static void put_option_value(struct c *w, struct buf *b,
	const struct option_row *o, const struct value *v)
{
	int64_t us;

	switch (o->type) {
	case OPTION_NUMBER:
	case OPTION_SWITCH:
	case OPTION_ERRNO:
	case OPTION_TCP_INFO:
		buf_printf(b, "&(int){%lld}, sizeof(int)",
			(long long)v->number);
		break;
	case OPTION_SECONDS:
		buf_printf(b, "&(int){%lld}, sizeof(int)",
			(long long)option_in(v, CLOCK_S));
		break;
	case OPTION_MS:
		buf_printf(b, "&(int){%lld}, sizeof(int)",
			(long long)option_in(v, CLOCK_MS));
		break;
	case OPTION_TIME:
		w->headers |= C_TIMEVAL;
		us = option_in(v, CLOCK_US);
		buf_printf(b, "&(struct timeval){.tv_sec = %lld, .tv_usec = "
			"%lld}, sizeof(struct timeval)",
			(long long)(us / 1000000), (long long)(us % 1000000));
		break;
	case OPTION_LINGER:
		buf_printf(b, "&(struct linger){.l_onoff = %lld, .l_linger = "
			"%lld}, sizeof(struct linger)",
			(long long)option_in(value_field(v, "l_onoff"), 1),
			(long long)option_in(value_field(v, "l_linger"),
			CLOCK_S));
		break;
	}
}

static int call_setsockopt(struct c *w, const struct step *s)
{
	const struct option_row *o = option_row(step_number(s, 1));
	struct buf b = {0};

	put_option(w, &b, s, o);
	put_option_value(w, &b, o, step_arg(s, 2));
	buf_char(&b, ')');
	c_check_zero(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

/* SO_ERROR: a name, when the journal saw an error there. */
static void print_error(struct c *w, const struct step *s)
{
	bool seen = !step_waits(s) && s->result.number > 0;

	w->headers |= C_STRING;
	if (seen) {
		c_knows_error(w, s->result.number);
		w->names_error = true;
	}
	c_print(w, s, "%s", seen ? "value ? error_name(value) : \"0\"" :
		"value ? strerror(value) : \"0\"");
}

/* The value was read: print it in its type. */
static void print_option(struct c *w, const struct step *s,
	const struct option_row *o)
{
	switch (o->type) {
	case OPTION_NUMBER:
	case OPTION_SWITCH:
		w->help |= HELP_TELL;
		c_tell(w, s, "tell", "value");
		break;
	case OPTION_TCP_INFO:
		w->help |= HELP_INFO;
		c_tell(w, s, "show_info", "&info");
		break;
	case OPTION_SECONDS:
		c_print(w, s, "%d s", "value");
		break;
	case OPTION_MS:
		c_print(w, s, "%d ms", "value");
		break;
	case OPTION_ERRNO:
		print_error(w, s);
		break;
	case OPTION_TIME:
		c_print(w, s, "%ld s %ld us", "(long)limit.tv_sec, "
			"(long)limit.tv_usec");
		break;
	case OPTION_LINGER:
		c_print(w, s, "{l_onoff=%d, l_linger=%d}", "linger.l_onoff, "
			"linger.l_linger");
		break;
	}
}

static int call_getsockopt(struct c *w, const struct step *s)
{
	const struct option_row *o = option_row(step_number(s, 1));
	const char *value = o->type == OPTION_TIME ? "limit" :
		o->type == OPTION_LINGER ? "linger" :
		o->type == OPTION_TCP_INFO ? "info" : "value";
	struct buf b = {0};

	if (o->type == OPTION_TCP_INFO)
		w->vars |= VAR_INFO;
	else if (o->type == OPTION_TIME)
		w->vars |= VAR_LIMIT;
	else if (o->type == OPTION_LINGER)
		w->vars |= VAR_LINGER;
	else
		w->vars |= VAR_VALUE;
	put_option(w, &b, s, o);
	buf_printf(&b, "&%s, &(socklen_t){sizeof(%s)})", value, value);
	c_check_zero(w, s, buf_str(&b));
	if (!step_failed(s))
		print_option(w, s, o);
	buf_done(&b);
	return 0;
}

static int call_fcntl(struct c *w, const struct step *s)
{
	struct buf b = {0};

	w->headers |= C_FCNTL;
	buf_text(&b, "fcntl(");
	c_fd(w, &b, step_arg(s, 0));
	if (step_number(s, 1) == F_SETFL) {
		buf_text(&b, ", F_SETFL, ");
		c_flags(&b, step_arg(s, 2));
		buf_char(&b, ')');
		c_check_zero(w, s, buf_str(&b));
	} else if (step_failed(s)) {
		buf_text(&b, ", F_GETFL)");
		c_check_zero(w, s, buf_str(&b));
	} else {
		w->vars |= VAR_VALUE;
		c_say(w, "value = %s, F_GETFL);", buf_str(&b));
		c_die_if(w, "value < 0", s);
		c_print(w, s, "%s", "value & O_NONBLOCK ? "
			"\"O_RDWR | O_NONBLOCK\" : \"O_RDWR\"");
	}
	buf_done(&b);
	return 0;
}

static int call_ioctl(struct c *w, const struct step *s)
{
	struct buf b = {0};

	w->headers |= C_IOCTL;
	w->vars |= VAR_VALUE;
	buf_text(&b, "ioctl(");
	c_fd(w, &b, step_arg(s, 0));
	buf_text(&b, ", ");
	c_flags(&b, step_arg(s, 1));
	if (strstr(buf_str(&b), "SIOC"))
		w->headers |= C_SOCKIOS;
	buf_text(&b, ", &value)");
	c_check_zero(w, s, buf_str(&b));
	if (!step_failed(s)) {
		w->help |= HELP_TELL;
		c_tell(w, s, "tell", "value");
	}
	buf_done(&b);
	return 0;
}

const struct c_said c_said_option[] = {
	{"setsockopt", call_setsockopt}, {"getsockopt", call_getsockopt},
	{"fcntl", call_fcntl}, {"ioctl", call_ioctl}, {NULL, NULL},
};
