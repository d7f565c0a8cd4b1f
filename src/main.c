/*
 * main: arguments → command. A command is a row of the table.
 */
#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "actor/actor.h"
#include "base/intl.h"
#include "call/link.h"
#include "lab/lab.h"

struct command {
	const char *name;
	int (*run)(int argc, char **argv); /* argv[0] is the name */
};

static int run_actor(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return actor_main();
}

static void print_answer(const struct answer *a)
{
	switch (a->kind) {
	case ANSWER_OK:
		printf("%" PRIu64 " ok\n", a->id);
		break;
	case ANSWER_FAILED:
		printf("%" PRIu64 " failed %s\n", a->id, a->text);
		break;
	case ANSWER_ERROR:
		printf("%" PRIu64 " error %d %s\n", a->id, a->column, a->text);
		break;
	case ANSWER_GREW:
		break;
	case ANSWER_ENDED:
		printf("ended %s\n", a->text);
		break;
	}
}

/* lab --lines FILE|- [JOURNAL]: lines through a lab, each behind the answer to
 * the one before; what the lab answers is printed as it is. */
static int run_lines(const char *file, const char *journal)
{
	struct lab_options o = {.journal = journal};
	struct lab_started started;
	FILE *in = strcmp(file, "-") ? fopen(file, "r") : stdin;
	struct answer a = {.kind = ANSWER_OK};
	char why[512], *line = NULL;
	struct link *link;
	int status = 0;
	size_t cap = 0;
	ssize_t n;

	if (!in || lab_start(&o, &started, why, sizeof(why))) {
		fprintf(stderr, "tomada: %s: %s\n", file,
			in ? why : strerror(errno));
		return 2;
	}
	link = link_new(started.fd);
	while (a.kind != ANSWER_ENDED && (n = getline(&line, &cap, in)) > 0) {
		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		link_send(link, line);
		do {
			if (!link_wait(link, &a, -1))
				break;
			print_answer(&a);
		} while (a.kind == ANSWER_GREW);
		status |= a.kind != ANSWER_OK;
	}
	free(line);
	link_free(link);
	return status;
}

static int run_lab(int argc, char **argv)
{
	if (argc >= 3 && !strcmp(argv[1], "--lines"))
		return run_lines(argv[2], argc > 3 ? argv[3] : NULL);
	fprintf(stderr, "tomada lab --lines FILE|- [JOURNAL]\n");
	return 2;
}

static const struct command commands[] = {
	{"actor", run_actor},
	{"lab", run_lab},
};

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "");
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (argc > 1 && !strcmp(argv[1], commands[i].name))
			return commands[i].run(argc - 1, argv + 1);
	fprintf(stderr, "tomada: unknown command\n");
	return 2;
}
