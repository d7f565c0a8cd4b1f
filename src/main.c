/*
 * main: arguments → command.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "actor/actor.h"
#include "actor/dns.h"
#include "base/buf.h"
#include "base/intl.h"
#include "base/place.h"
#include "command/command.h"
#include "ui/ink.h"

static const struct {
	const char *name;
	int (*run)(const struct command_options *o);
} commands[] = {
	{"lesson", command_lesson},
	{"lab", command_lab},
	{"check", command_check},
	{"open", command_open},
	{"notes", command_notes},
	{"why", command_why},
	{"export", command_export},
};

void command_print(FILE *f, const char *text)
{
	bool folded = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	struct buf b = {0};
	const char *end;

	for (;; text = end + 1) {
		int cells = INT_MAX;

		end = strchrnul(text, '\n');
		ink_harmless(&b, text, (size_t)(end - text), &cells, folded);
		if (!*end)
			break;
		buf_char(&b, '\n');
	}
	fputs(buf_str(&b), f);
	buf_done(&b);
}

int command_fail(const char *fmt, ...)
{
	char text[8192];
	va_list ap;

	fflush(stdout);
	fputs("tomada: ", stderr);
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	command_print(stderr, text);
	fputc('\n', stderr);
	return 2;
}

static void help(void)
{
	command_print(stdout, _("tomada shows what sockets really do: a client, a server, and "
		 "a wire you hold.\n\n"
		 "  tomada                      the course, with your progress\n"
		 "  tomada lesson NAME|FILE...  one lesson, or several, one after "
		 "the other\n"
		 "  tomada lab [FILE.lab]       an empty client and server, or a "
		 "script\n"
		 "  tomada check [FILE...]      run headless, compare every "
		 "expectation\n"
		 "  tomada open FILE            step through a journal\n"
		 "  tomada why JOURNAL [WHAT]   why it failed or waits: a lane, "
		 "#4, a row, all\n"
		 "  tomada notes [JOURNAL]      the speaker's notes, on a second "
		 "terminal\n"
		 "  tomada export JOURNAL --to python|c\n"
		 "                              its calls as programs that run\n\n"
		 "      --plain                 lines instead of a screen; the "
		 "default in a pipe\n"
		 "      --lang en|pt_BR         the language\n"
		 "      --list                  with lesson: the names\n"
		 "      --watch                 with check, of one file: again "
		 "at each save\n"
		 "      --class                 with lesson: before a class, votes "
		 "and clicker;\n"
		 "                              with check: is this room's "
		 "machine ready for it?\n"
		 "      --page N                with lesson: begin there, not "
		 "where you left it\n"
		 "      --take N, -o FOLDER     with export: which lab of a "
		 "journal, where to\n"
		 "  -h, --help\n"
		 "  -V, --version\n\n"
		 "On the screen, ? lists the keys, q leaves. The first lesson: "
		 "tomada lesson tour\n"));
}

/* Where the catalogues are: beside a build, else where they were installed. */
static const char *catalogues(void)
{
	static char path[4096];
	const char *told = getenv("TOMADA_LOCALE");

	if (told)
		return told;
	if (place_beside_program(path, sizeof(path), "locale") ||
		place_beside_program(path, sizeof(path), "../share/locale"))
		return path;
	return PREFIX "/share/locale";
}

/* "en", "en_GB", "pt", "pt_BR.UTF-8" … */
static bool is_known_language(const char *wish)
{
	return (!strncmp(wish, "en", 2) || !strncmp(wish, "pt", 2)) &&
		strchr("_.@-", wish[2]);
}

/* "pt", "pt_PT.UTF-8", "pt_BR" … → "pt_BR"; all else "en". */
static const char *known_language(const char *wish)
{
	return wish && !strncmp(wish, "pt", 2) ? "pt_BR" : "en";
}

/*
 * Give messages a locale in which gettext translates, from a folder of
 * catalogues: it does not in "C", and since glibc 2.39 not in "C.UTF-8" either,
 * all that a bare system has. Beside the catalogues the latter has another name
 * (Makefile); where it is missing, an older glibc is content with its own.
 */
static void translate_in(const char *folder)
{
	char *before = getenv("LOCPATH");

	before = before ? strdup(before) : NULL;
	setenv("LOCPATH", folder, 1);
	if (!setlocale(LC_MESSAGES, "tomada.utf8"))
		setlocale(LC_MESSAGES, "C.UTF-8");
	if (before)
		setenv("LOCPATH", before, 1);
	else
		unsetenv("LOCPATH");
	free(before);
}

/*
 * Set the locale and choose the language: --lang, else LANGUAGE, else the
 * locale of messages. A locale that the system has not got leaves the letters
 * of C: all is drawn in ASCII.
 */
static const char *choose_language(const char *wish)
{
	const char *language, *messages, *folder = catalogues();

	setlocale(LC_ALL, "");
	messages = setlocale(LC_MESSAGES, NULL);
	if (wish) {
		language = known_language(wish);
	} else {
		const char *listed = getenv("LANGUAGE");

		language = known_language(listed && *listed ? listed : messages);
	}
	if (!strcmp(messages, "C") || !strncmp(messages, "C.", 2) ||
		!strcmp(messages, "POSIX"))
		translate_in(folder);
	setenv("LANGUAGE", language, 1);
	bindtextdomain("tomada", folder);
	/* the screen knows the plain letter of ã; a locale of C gives "?" */
	bind_textdomain_codeset("tomada", "UTF-8");
	textdomain("tomada");
	return language;
}

/* A standard stream that is closed would become the next thing that is opened:
 * words for people would go into the link to the lab. */
static void open_streams(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

/* The --lang that counts wherever it stands: what another option prints at once
 * is printed in it as well. NULL: none is there. */
static const char *find_language(int argc, char **argv)
{
	static const char name[] = "--lang";
	const char *wish = NULL;

	for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
		if (strncmp(argv[i], name, sizeof(name) - 1))
			continue;
		if (argv[i][sizeof(name) - 1] == '=')
			wish = argv[i] + sizeof(name);
		else if (!argv[i][sizeof(name) - 1] && i + 1 < argc)
			wish = argv[++i];
	}
	return wish;
}

/* Digits and nothing else; far beyond what any lesson has, the lesson says. */
static bool page_number(const char *text, int *page)
{
	*page = 0;
	for (; *text >= '0' && *text <= '9'; text++)
		if (*page < 100000)
			*page = *page * 10 + (*text - '0');
	return !*text && *page > 0;
}

/* words: the command's name and what follows it; none: the course. */
static int run_command(struct command_options *o, int n, char **words)
{
	if (n == 0)
		return command_course(o);
	o->argc = n - 1;
	o->argv = words + 1;
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (!strcmp(words[0], commands[i].name))
			return commands[i].run(o);
	return command_fail(_("\"%s\" is no command; \"tomada --help\" has the "
			      "list"), words[0]);
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{"plain", no_argument, NULL, 'p'},
		{"lang", required_argument, NULL, 'l'},
		{"list", no_argument, NULL, 'L'},
		{"page", required_argument, NULL, 'P'},
		{"watch", no_argument, NULL, 'w'},
		{"class", no_argument, NULL, 'c'},
		{"to", required_argument, NULL, 't'},
		{"take", required_argument, NULL, 'k'},
		{"help", no_argument, NULL, 'h'},
		{"version", no_argument, NULL, 'V'},
		{0},
	};
	struct command_options o = {.plain = !isatty(STDOUT_FILENO)};
	const char *wish = NULL, *page = NULL;
	int option;

	/* What the lab starts for each actor: no locale, no option; behind it
	 * the device that its sockets keep to, if any. */
	if ((argc == 2 || argc == 3) && !strcmp(argv[1], "actor"))
		return actor_main(argv[2]);
	if (argc >= 2 && !strcmp(argv[1], "dns"))
		return dns_main(argv + 2); /* a lab's name server */
	open_streams();
	while ((option = getopt_long(argc, argv, "hVo:", options, NULL)) != -1)
		switch (option) {
		case 'p': o.plain = true; break;
		case 'l': wish = optarg; break;
		case 'L': o.list = true; break;
		case 'P': page = optarg; break;
		case 'w': o.watch = true; break;
		case 'c': o.class_mode = true; break;
		case 't': o.to = optarg; break;
		case 'k': o.take = optarg; break;
		case 'o': o.folder = optarg; break;
		case 'h':
			choose_language(find_language(argc, argv));
			help();
			return 0;
		case 'V': puts("tomada " VERSION); return 0;
		default: return 2;
		}
	if (wish && !is_known_language(wish)) {
		choose_language(NULL);
		return command_fail(_("\"%s\" is no language that is known "
				      "here: en, pt_BR"), wish);
	}
	o.language = choose_language(wish);
	if (page && !page_number(page, &o.page))
		return command_fail(_("--page: a number from 1, not \"%s\""),
			page);
	return run_command(&o, argc - optind, argv + optind);
}
