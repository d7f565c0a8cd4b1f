/*
 * variables: what a thing is called in a program: as the learner called it,
 * unless that word means something else there.
 */
#include <stdio.h>

#include "export/inside.h"

/* Words that mean something else in C, in Python or in what we write. */
static const char *const taken[] = {
	"False", "None", "True", "address", "address_size", "and", "answer",
	"argc", "argv", "as", "asm", "assert", "async", "auto", "await",
	"bool", "break", "buf", "bulk", "bytes", "case", "char", "class",
	"const", "continue", "data", "def", "default", "del", "die", "do",
	"double", "elif", "else", "enum", "errno", "error", "events", "except",
	"excepts", "exit", "extern", "false", "fcntl", "filled", "finally",
	"flags", "float", "for", "found", "from", "global", "goto", "handle",
	"host", "if", "import", "in", "inline", "int", "ipv4", "ipv6", "is",
	"lambda", "len", "limit", "linger", "linux", "long", "lookup_error",
	"main", "message", "n", "named", "new", "nonlocal", "not", "now",
	"open", "or", "os", "own", "pass", "pause", "pause_until", "peer",
	"pid", "pieces", "print", "print_flags", "print_set", "quote", "raise",
	"reads", "ready", "register", "restrict", "return", "room", "rooms",
	"select", "service", "short", "show", "show_address", "show_events",
	"show_filled", "show_ready", "shown", "signal", "signed", "sizeof",
	"socket", "start", "static", "stdout", "struct", "switch", "sys",
	"tell", "termios", "time", "to", "true", "try", "typedef", "typeof",
	"u8", "union", "unix", "unix_address", "unsigned", "value", "void",
	"volatile", "wanted", "while", "with", "writes", "yield",
};

static bool is_taken(const struct run *r, const char *name)
{
	const struct call_row *row = call_row(name);

	for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++)
		if (!strcmp(taken[i], name))
			return true;
	for (int i = 0; i < scene_hosts(r->s); i++)
		if (!strcmp(scene_host(r->s, i), name))
			return true; /* the argument with its address */
	return row != NULL;
}

/* A program sees its own things and those of whom it was forked from. */
static bool sees(const struct run *r, uint32_t program, uint32_t owner)
{
	for (; program != NOTHING; program = r->program[program].parent)
		if (program == owner)
			return true;
	return false;
}

/* Whether the variable is free, or can be used again for a thing like that:
 * descriptors that are closed, and bytes. */
static bool fits(const struct run *r, const struct thing *t, bool *again)
{
	*again = false;
	if (is_taken(r, t->name))
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
	snprintf(t->name, sizeof(t->name), "%s", wish);
	for (int i = 2; !fits(r, t, &t->again); i++)
		snprintf(t->name, sizeof(t->name), "%s_%d", wish, i);
}
