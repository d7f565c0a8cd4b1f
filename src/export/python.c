/*
 * python: a program in Python, from its first line to its last. The calls
 * themselves are in python_call.c.
 */
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/intl.h"
#include "export/python.h"

#define TAB "    "

void python_say(struct python *w, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = spell_text(fmt, ap);
	va_end(ap);
	spell_statement(&w->body, w->depth, TAB, text, "");
	free(text);
}

/* ---- what stands around a call ---- */

static void say_note(struct python *w, const char *note)
{
	for (const char *end; *note; note = end + 1) {
		end = strchr(note, '\n');
		python_say(w, "# %.*s", (int)(end - note), note);
	}
}

static void say_start(struct python *w)
{
	w->need |= PYTHON_TIME;
	python_say(w, "start = time.monotonic()");
}

/* A pause, and what the other program has done by then. */
static void say_pause(struct python *w, const struct step *s)
{
	struct buf text = {0}, comment = {0};

	if (s->awaits != NOTHING) {
		w->need |= PYTHON_SELECT;
		buf_printf(&text, "select.select([%s], [], [])",
			w->r->thing[s->awaits].name);
		spell_statement(&w->body, w->depth, TAB, buf_str(&text),
			_("# until somebody comes"));
		if (program_pauses(w->r, w->p))
			say_start(w);
		buf_clear(&text);
	}
	if (s->pauses) {
		w->need |= PYTHON_TIME | PYTHON_PAUSE;
		buf_printf(&text, "pause_until(%g)", step_seconds(s));
		buf_text(&comment, "# ");
		spell_reason(&comment, w->r, s);
		spell_statement(&w->body, w->depth, TAB, buf_str(&text),
			buf_str(&comment));
	}
	buf_done(&text);
	buf_done(&comment);
}

/* try: … except OSError: print its name */
static int say_failure(struct python *w, const struct step *s)
{
	bool lookup = step_is(s, "getaddrinfo") || step_is(s, "getnameinfo");
	struct buf label = {0};
	int e;

	python_say(w, "try:");
	w->depth++;
	e = python_call(w, s);
	w->depth--;
	spell_label(&label, s);
	w->need |= PYTHON_ERRNO;
	python_say(w, "except OSError as error:  # %s",
		errno_name((int)s->result.number));
	w->depth++;
	python_say(w, lookup ? "print(\"%s ->\", lookup_error(error))" :
		"print(\"%s ->\", errno.errorcode[error.errno])",
		buf_str(&label));
	w->depth--;
	buf_done(&label);
	return e;
}

static int say_steps(struct python *w, const struct program *p);

/* What the forked process does is a block of its own. */
static int say_child(struct python *w, const struct step *s)
{
	const struct program *child = &w->r->program[s->child];
	int e;

	python_say(w, "if pid == 0:  # %s", child->lane);
	w->depth++;
	e = say_steps(w, child);
	python_say(w, "os._exit(0)");
	w->depth--;
	return e;
}

static int say_step(struct python *w, const struct step *s)
{
	int e = 0;

	if (s->note)
		say_note(w, s->note);
	say_pause(w, s);
	switch (s->kind) {
	case STEP_CALL:
		e = step_failed(s) ? say_failure(w, s) : python_call(w, s);
		break;
	case STEP_KILLED:
		w->need |= PYTHON_OS | PYTHON_SIGNAL;
		python_say(w, "os.kill(os.getpid(), signal.%s)",
			constant_name("signal", s->number));
		break;
	case STEP_END:
		break;
	}
	if (!e && s->starts && program_pauses(w->r, w->p))
		say_start(w);
	if (!e && s->child != NOTHING)
		e = say_child(w, s);
	return e;
}

/* Steps of several lines stand apart from their neighbours. */
static int say_steps(struct python *w, const struct program *p)
{
	bool large = false;
	int e = 0;

	for (size_t i = 0; i < p->n && !e; i++) {
		struct buf before = w->body;
		bool first = i == 0;
		size_t lines = 0;

		w->body = (struct buf){0};
		e = say_step(w, &w->r->step[p->step[i]]);
		for (size_t k = 0; k < w->body.len; k++)
			lines += w->body.data[k] == '\n';
		if (!first && lines && (lines > 1 || large))
			buf_char(&before, '\n');
		large = lines > 1;
		buf_add(&before, buf_str(&w->body), w->body.len);
		buf_done(&w->body);
		w->body = before;
	}
	return e;
}

/* ---- what stands before the body ---- */

static void put_imports(struct buf *b, unsigned need)
{
	static const char *const module[] = {
		"errno", "fcntl", "os", "select", "signal", "socket", "struct",
		"sys", "termios", "time",
	};

	for (size_t i = 0; i < sizeof(module) / sizeof(*module); i++)
		if (need & 1u << i)
			buf_printf(b, "import %s\n", module[i]);
}

static const struct {
	unsigned need;
	const char *text;
} helper[] = {
	{PYTHON_SHOWN,
"def shown(data):\n"
"    text = data[:64].decode(\"latin-1\").encode(\"unicode_escape\").decode()\n"
"    text = '\"' + text.replace('\"', r'\\\"') + '\"'\n"
"    return text if len(data) <= 64 else f\"{text}... {len(data)} bytes\"\n"},
	{PYTHON_FILLED,
"def filled(rooms, n):\n"
"    texts = []\n"
"    for room in rooms:\n"
"        if n > 0:\n"
"            texts.append(shown(bytes(room[:n])))\n"
"        n -= len(room)\n"
"    return \"[\" + \", \".join(texts) + \"]\"\n"},
	{PYTHON_READY,
"def ready(events, kind, **known):\n"
"    names = {one.fileno(): name for name, one in known.items()}\n"
"    texts = []\n"
"    for fd, bits in events:\n"
"        flags = [kind + flag\n"
"                 for flag in (\"IN\", \"OUT\", \"PRI\", \"ERR\", \"HUP\", "
	"\"RDHUP\", \"NVAL\")\n"
"                 if bits & getattr(select, kind + flag, 0)]\n"
"        texts.append(f\"{names.get(fd, fd)}: {' | '.join(flags)}\")\n"
"    return \"[\" + \", \".join(texts) + \"]\"\n"},
	{PYTHON_NAMED,
"def named(found, **known):\n"
"    return \"[\" + \", \".join(name for name, one in known.items()\n"
"                           if one in found) + \"]\"\n"},
	{PYTHON_LOOKUP,
"def lookup_error(error):\n"
"    return next(name for name in dir(socket) if name.startswith(\"EAI_\")\n"
"                and getattr(socket, name) == error.errno)\n"},
	{PYTHON_PAUSE,
"def pause_until(seconds):\n"
"    time.sleep(max(0, start + seconds - time.monotonic()))\n"},
};

/* What a helper is for, above it. */
static const char *helper_told(unsigned need)
{
	switch (need) {
	case PYTHON_SHOWN:
		return _("Bytes as text: what is no printable ASCII as \\n or "
			"\\x00.");
	case PYTHON_FILLED:
		return _("What n bytes filled of several buffers.");
	case PYTHON_READY:
		return _("What poll gave, with the names of our sockets.");
	case PYTHON_NAMED:
		return _("The names of what select found.");
	case PYTHON_LOOKUP:
		return _("The name of an error of the resolver.");
	default:
		return _("Give the other program time for its part.");
	}
}

static void put_helpers(struct buf *b, unsigned need)
{
	for (size_t i = 0; i < sizeof(helper) / sizeof(*helper); i++)
		if (need & helper[i].need)
			buf_printf(b, "\n\n# %s\n%s",
				helper_told(helper[i].need), helper[i].text);
}

static void put_heading(const struct python *w, struct buf *b)
{
	struct buf text = {0};

	spell_heading(&text, w->r, w->p, EXPORT_PYTHON);
	buf_text(b, "#!/usr/bin/env python3\n");
	for (const char *at = buf_str(&text), *end; *at; at = end + 1) {
		end = strchr(at, '\n');
		buf_printf(b, end > at ? "# %.*s\n" : "#%.*s\n",
			(int)(end - at), at);
	}
	buf_done(&text);
}

static void put_arguments(const struct python *w, struct buf *b)
{
	struct host_argument host[HOSTS_MOST];
	int n = program_hosts(w->r, w->p, host);

	for (int i = 0; i < n; i++)
		buf_printf(b, "%s = sys.argv[%d] if len(sys.argv) > %d else "
			"\"%s\"\n", host[i].name, i + 1, i + 1,
			host[i].family == AF_INET6 ? "::1" : "127.0.0.1");
}

int python_program(struct run *r, const struct program *p, struct buf *out)
{
	struct python w = {.r = r, .p = p, .need = PYTHON_SYS};
	int e = say_steps(&w, p);

	put_heading(&w, out);
	put_imports(out, p->early && program_pauses(r, p) ?
		w.need | PYTHON_TIME : w.need);
	put_helpers(out, w.need);
	buf_text(out, w.need >= PYTHON_SHOWN ? "\n\n" : "\n");
	buf_printf(out, "sys.stdout.reconfigure(line_buffering=True)  # %s\n",
		_("each line at once, also into a pipe"));
	put_arguments(&w, out);
	if (p->early && program_pauses(r, p))
		buf_text(out, "start = time.monotonic()\n");
	buf_char(out, '\n');
	buf_add(out, buf_str(&w.body), w.body.len);
	buf_done(&w.body);
	return e;
}
