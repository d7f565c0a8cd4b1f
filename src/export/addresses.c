/*
 * addresses: whom an address means. A name of a host, and its numeric address
 * in the lab, is an argument of the program, so that it runs on other machines
 * too; `server` for IPv4, `server6` for IPv6.
 */
#include <stdio.h>
#include <sys/socket.h>

#include "export/inside.h"

int address_family(const struct run *r, const struct step *s,
	const struct value *v)
{
	const struct thing *t = s->line.nargs ?
		run_thing(r, &s->line.arg[0]) : NULL;

	if (v->number == PORT_UNIX)
		return AF_UNIX;
	if (v->text && strchr(v->text, ':'))
		return AF_INET6;
	return t && t->family == AF_INET6 ? AF_INET6 : AF_INET;
}

const char *address_text(int family, const struct value *v)
{
	if (!strcmp(v->text, "any"))
		return family == AF_INET6 ? "::" : "0.0.0.0";
	return v->text;
}

bool address_argument(const struct run *r, const struct step *s,
	const struct value *v, struct host_argument *out)
{
	if (v->kind != VALUE_ADDRESS || v->number == PORT_UNIX ||
		v->number == PORT_NONE || !v->text || !strcmp(v->text, "any"))
		return false;
	for (int i = 0; i < r->hosts; i++) {
		const struct lab_host *h = &r->host[i];

		if (strcmp(v->text, h->name) &&
			strcmp(v->text, h->address[0]) &&
			strcmp(v->text, h->address[1]))
			continue;
		if (!strncmp(v->text, "127.", 4))
			return false; /* loopback: it is that everywhere */
		out->family = address_family(r, s, v);
		snprintf(out->name, sizeof(out->name), "%s%s%s", h->name,
			name_is_taken(h->name) ? "_" : "",
			out->family == AF_INET6 ? "6" : "");
		return true;
	}
	return false;
}

int program_hosts(const struct run *r, const struct program *p,
	struct host_argument out[HOSTS_MOST])
{
	int n = 0;

	for (size_t i = 0; i < r->steps; i++) {
		const struct step *s = &r->step[i];

		if (program_top(r, s->program) != program_number(r, p))
			continue;
		for (int k = 0; k < s->line.nargs && n < HOSTS_MOST; k++) {
			struct host_argument a;
			int known = 0;

			if (!address_argument(r, s, &s->line.arg[k], &a))
				continue;
			while (known < n && strcmp(out[known].name, a.name))
				known++;
			if (known == n)
				out[n++] = a;
		}
	}
	return n;
}
