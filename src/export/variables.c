/*
 * variables: what a thing is called in a program: as the learner called it,
 * unless that word means something else there.
 */
#include <dlfcn.h>
#include <stdio.h>

#include "export/inside.h"

/* Words that mean something else in C, in Python or in what we write. */
static const char *const taken[] = {
	"False", "InterruptedError", "None", "OSError", "True", "address",
	"address_size", "and", "answer", "argc", "argv", "as", "asm", "assert",
	"async", "auto", "await", "be64toh", "bool", "break", "buf",
	"bytearray", "bytes", "case", "catch", "char", "class", "const",
	"continue", "control", "ctypes", "data", "def", "default", "del",
	"die", "dir", "do", "double", "elif", "else", "end_in", "enum",
	"errno", "error", "error_name", "events", "except", "excepts", "exit",
	"extern", "extra", "failed", "false", "fcntl", "filled", "finally",
	"flags", "float", "for", "found", "fprintf", "freeaddrinfo", "from",
	"gai_strerror", "getattr", "global", "goto", "hand_over", "handle",
	"host", "htobe64", "htole16", "htole32", "htole64", "htonl", "htons",
	"i", "if", "import", "in", "info", "inline", "int", "interrupt_in",
	"interrupted", "ipv4", "ipv6", "is", "kind", "lambda", "len", "level",
	"limit", "linger", "linux", "long", "lookup_error", "main", "max",
	"memset", "n", "named", "new", "next", "nonlocal", "not", "now",
	"ntohl", "ntohs", "number", "open", "or", "os", "pass", "pause",
	"pause_until", "peer", "pid", "print", "print_flags", "print_set",
	"printf", "printing", "putchar", "puts", "quote", "raise", "range",
	"reads", "ready", "register", "restrict", "return", "room",
	"sched_priority", "select", "service", "setlinebuf", "short", "show",
	"show_address", "show_error", "show_events", "show_filled",
	"show_info", "show_ready", "shown", "signal", "signal_in", "signed",
	"sizeof", "socket", "start", "static", "stderr", "stdin", "stdout",
	"struct", "switch", "sys", "take_over", "tcp_info", "tell", "termios",
	"threading", "time", "true", "try", "typedef", "typeof", "u8", "uint",
	"ulong", "union", "unix", "unix_address", "unsigned", "unused",
	"ushort", "value", "void", "volatile", "while", "with", "with_nobody",
	"writes", "yield",
};

/* Variables that there may be several of: to, to2, to3 (c_number). */
static const char *const numbered[] = {
	"bulk", "message", "own", "pieces", "rooms", "to", "wanted",
};

static bool is_numbered(const char *name)
{
	for (size_t i = 0; i < sizeof(numbered) / sizeof(*numbered); i++) {
		size_t n = strlen(numbered[i]);

		if (!strncmp(name, numbered[i], n) &&
			!name[n + strspn(name + n, "0123456789")])
			return true;
	}
	return false;
}

/* EOF, FD_SETSIZE: the headers of C define such names, begin others of their
 * own with two underscores, and have macros for members of their structures. */
static bool may_be_macro(const char *name)
{
	static const char *const begin[] = {
		"__", "h_", "s6_", "sa_", "si_", "sigev_", "st_",
	};

	for (size_t i = 0; i < sizeof(begin) / sizeof(*begin); i++)
		if (!strncmp(name, begin[i], strlen(begin[i])))
			return true;
	return name[1] && !name[strspn(name,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")];
}

/* Variables of several threads stand beside the functions of the C library:
 * link, index. */
static bool is_in_library(const struct run *r, const char *name)
{
	for (size_t i = 0; i < r->programs; i++)
		if (r->program[i].thread)
			return dlsym(RTLD_DEFAULT, name);
	return false;
}

/* x_size is how many bytes of x there are; x_bytes and x_from, of recvfrom; x_t
 * is a type. */
static bool is_field(const char *name)
{
	static const char *const end[] = {"_size", "_bytes", "_from", "_t"};
	size_t n = strlen(name);

	for (size_t i = 0; i < sizeof(end) / sizeof(*end); i++)
		if (n > strlen(end[i]) &&
			!strcmp(name + n - strlen(end[i]), end[i]))
			return true;
	return false;
}

bool name_is_taken(const char *name)
{
	for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++)
		if (!strcmp(taken[i], name))
			return true;
	return is_numbered(name) || may_be_macro(name) || is_field(name) ||
		call_row(name);
}

/* A host is the argument with its address: server, server6. */
static bool is_host(const struct run *r, const char *name)
{
	for (int i = 0; i < r->hosts; i++) {
		size_t n = strlen(r->host[i].name);

		if (!strncmp(name, r->host[i].name, n) && (!name[n] ||
			!strcmp(name + n, "6") || !strcmp(name + n, "_") ||
			!strcmp(name + n, "_6")))
			return true;
	}
	return false;
}

void spell_thread(struct buf *b, const struct program *p)
{
	for (const char *c = p->lane; *c; c++)
		buf_char(b, *c == '/' || *c == '-' ? '_' : *c);
}

void spell_handing(struct buf *b, const struct run *r,
	const struct handing *h)
{
	const struct program *from = &r->program[r->step[h->giver].program];
	const struct program *to = &r->program[r->step[h->taker].program];

	if (r->program[from->process].parent != NOTHING) {
		spell_thread(b, &r->program[from->process]);
		buf_char(b, '_');
	}
	buf_printf(b, "from_%d_to_%d", from->thread ? from->thread : 1,
		to->thread ? to->thread : 1);
}

/* What threads are called, and what they tell each other with. */
static bool is_thread(const struct run *r, const char *name)
{
	int a, b, n = 0;

	sscanf(name, "thread_%d%n", &a, &n);
	sscanf(name, "%*[a-z0-9]_from_%d_to_%d%n", &a, &b, &n);
	sscanf(name, "from_%d_to_%d%n", &a, &b, &n);
	if (n && !name[n])
		return true;
	for (size_t i = 0; i < r->programs; i++) {
		struct buf function = {0};
		bool same;

		spell_thread(&function, &r->program[i]);
		same = r->program[i].thread &&
			!strcmp(buf_str(&function), name);
		buf_done(&function);
		if (same)
			return true;
	}
	return false;
}

/* A program sees its own things and those of whom it was forked from. */
static bool sees(const struct run *r, uint32_t program, uint32_t owner)
{
	while (program != owner) {
		program = r->program[program].parent;
		if (program == NOTHING)
			return false;
		program = r->program[program].process;
	}
	return true;
}

/* Whether the variable is free, or can be used again for a thing like that:
 * descriptors that are closed, and bytes. */
static bool fits(const struct run *r, const struct thing *t, bool *again)
{
	*again = false;
	if (name_is_taken(t->name) || is_host(r, t->name) ||
		is_thread(r, t->name) || is_in_library(r, t->name))
		return false;
	for (size_t i = r->things; i--; ) {
		const struct thing *o = &r->thing[i];

		if (strcmp(o->name, t->name) ||
			!sees(r, t->program, o->program))
			continue;
		*again = o->program == t->program && o->kind == t->kind &&
			o->kind != THING_DATA && o->closed;
		return *again;
	}
	return true;
}

void thing_name(const struct run *r, struct thing *t, const char *wish)
{
	const char *begin = may_be_macro(wish) ? "my_" : "";

	snprintf(t->name, sizeof(t->name), "%s%s", begin, wish);
	for (int i = 2; !fits(r, t, &t->again); i++)
		snprintf(t->name, sizeof(t->name), "%s%s_%d", begin, wish, i);
}
