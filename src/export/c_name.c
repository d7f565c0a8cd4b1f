/* c_name: addresses and names. */
#include "export/c.h"

static int call_name(struct c *w, const struct step *s)
{
	struct buf b = {0};

	w->vars |= VAR_ADDRESS;
	c_say(w, "address_size = sizeof(address);");
	buf_printf(&b, "%s(", s->line.row->name);
	c_fd(w, &b, step_arg(s, 0));
	buf_text(&b, ", (struct sockaddr *)&address, &address_size)");
	c_check_zero(w, s, buf_str(&b));
	if (!step_failed(s)) {
		w->help |= HELP_ADDRESS;
		buf_clear(&b);
		buf_text(&b, "show_address(\"");
		spell_label(&b, s);
		c_say(w, "%s ->\", &address, address_size);", buf_str(&b));
	}
	buf_done(&b);
	return 0;
}

/* The resolver has errors of its own, without names for people. */
static void check_lookup(struct c *w, const struct step *s)
{
	const char *name = step_failed(s) ?
		errno_name((int)s->result.number) : NULL;
	struct buf b = {0};

	w->vars |= VAR_ERROR;
	if (name) {
		buf_printf(&b, "error == %s ? \"%s\" : gai_strerror(error)",
			name, name);
		c_print(w, s, "%s", buf_str(&b));
	} else {
		c_say(w, "if (error) {");
		w->depth++;
		c_say(w, "fprintf(stderr, \"%s: %%s\\n\", "
			"gai_strerror(error));", s->line.row->name);
		c_say(w, "exit(1);");
		w->depth--;
		c_say(w, "}");
	}
	buf_done(&b);
}

static int call_getaddrinfo(struct c *w, const struct step *s)
{
	struct buf b = {0};

	w->headers |= C_NETDB;
	w->vars |= VAR_FOUND;
	buf_text(&b, "error = getaddrinfo(");
	c_text(&b, step_arg(s, 0));
	buf_text(&b, ", ");
	c_text(&b, step_arg(s, 1));
	buf_text(&b, ", &(struct addrinfo){.ai_flags = ");
	c_flags(&b, step_arg(s, 4));
	buf_text(&b, ", .ai_family = ");
	c_flags(&b, step_arg(s, 2));
	buf_text(&b, ", .ai_socktype = ");
	c_flags(&b, step_arg(s, 3));
	c_say(w, "%s}, &found);", buf_str(&b));
	check_lookup(w, s);
	if (!step_failed(s)) {
		w->help |= HELP_ADDRESS;
		c_say(w, "for (struct addrinfo *a = found; a; "
			"a = a->ai_next)");
		w->depth++;
		buf_clear(&b);
		spell_label(&b, s);
		c_say(w, "show_address(\"%s ->\", a->ai_addr, "
			"a->ai_addrlen);", buf_str(&b));
		w->depth--;
		c_say(w, "freeaddrinfo(found);");
	}
	buf_done(&b);
	return 0;
}

static int call_getnameinfo(struct c *w, const struct step *s)
{
	struct buf b = {0};

	w->headers |= C_NETDB;
	w->vars |= VAR_NAMES;
	buf_text(&b, "error = getnameinfo(");
	c_address(w, &b, s, step_arg(s, 0), "to");
	buf_text(&b, ", host, sizeof(host), service, sizeof(service), ");
	c_flags(&b, step_arg(s, 1));
	c_say(w, "%s);", buf_str(&b));
	check_lookup(w, s);
	if (!step_failed(s))
		c_print(w, s, "%s %s", "host, service");
	buf_done(&b);
	return 0;
}

const struct c_said c_said_name[] = {
	{"getsockname", call_name}, {"getpeername", call_name},
	{"getaddrinfo", call_getaddrinfo}, {"getnameinfo", call_getnameinfo},
	{NULL, NULL},
};
