/*
 * service: the lab's own name server (`lab: dns`), a program of ours on the
 * host that the others ask. It runs before the first call, and must listen
 * then: a question that came too soon would be answered with "port
 * unreachable", which nobody asked for.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/intl.h"
#include "lab/inside.h"

#define PATIENCE_MS 2000
#define READY "ready\n"

#define WORD (HOST_NAME + sizeof(((struct host_spec *)0)->ipv4) + \
	sizeof(((struct host_spec *)0)->ipv6) + 2)

/* It says so. What else it says is heard later, as of any program. */
static bool is_ready(const struct process *p)
{
	struct pollfd told = {.fd = p->actor.out, .events = POLLIN};
	char text[sizeof(READY)] = "";

	return poll(&told, 1, PATIENCE_MS) == 1 &&
		read(p->actor.out, text, strlen(READY)) ==
			(ssize_t)strlen(READY) &&
		!strcmp(text, READY);
}

void service_start(struct lab *lab)
{
	char word[HOST_MAX][WORD], role[] = "dns";
	char *argv[HOST_MAX + 3] = {(char *)lab->program, role};
	const struct host_plan *plan = &lab->plan;
	struct process *p;
	struct diag d = {0};

	/* Its own host first. */
	for (int i = 0; i < plan->hosts; i++) {
		const struct host_spec *h =
			&plan->host[(plan->dns + i) % plan->hosts];

		snprintf(word[i], sizeof(word[i]), "%s=%s,%s", h->name,
			h->ipv4, h->ipv6);
		argv[2 + i] = word[i];
	}
	p = process_serve(lab, plan->host[plan->dns].name, argv, &d);
	if (!p)
		record_note(lab, _("Nobody answers for names: %s."), d.msg);
	else if (!is_ready(p))
		record_note(lab, _("Nobody answers for names: %s."),
			_("the server does not listen"));
}
