/*
 * python: a program in Python, from its first line to its last: a function for
 * each further thread, and what the first one does. Their steps are in
 * python_steps.c, the calls themselves in python_call.c.
 */
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

/* ---- what stands before the body ---- */

static void put_imports(struct buf *b, unsigned need)
{
	static const char *const module[] = {
		"ctypes", "errno", "fcntl", "os", "select", "signal", "socket",
		"struct", "sys", "termios", "threading", "time",
	};

	for (size_t i = 0; i < sizeof(module) / sizeof(*module); i++)
		if (need & 1u << i)
			buf_printf(b, "import %s\n", module[i]);
}

static const struct {
	unsigned need;
	const char *text;
} helper[] = {
	{PYTHON_TELL,
"printing = threading.Lock()\n"
"\n"
"\n"
"def tell(*words):\n"
"    with printing:\n"
"        print(*words)\n"},
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
	{PYTHON_INFO,
"def tcp_info(connection):\n"
"    info = struct.unpack(\"8B24I\", connection.getsockopt(\n"
"        socket.IPPROTO_TCP, socket.TCP_INFO, 104))\n"
"    state = (\"\", \"ESTABLISHED\", \"SYN_SENT\", \"SYN_RECV\", "
	"\"FIN_WAIT1\",\n"
"             \"FIN_WAIT2\", \"TIME_WAIT\", \"CLOSE\", \"CLOSE_WAIT\", "
	"\"LAST_ACK\",\n"
"             \"LISTEN\", \"CLOSING\")[info[0]]\n"
"    return (f\"{{state={state}, retransmits={info[2]}, unacked={info[12]}, "
	"\"\n"
"            f\"lost={info[14]}, total_retrans={info[31]}}}\")\n"},
	{PYTHON_NOBODY,
"def with_nobody(call, sock):\n"
"    function = getattr(ctypes.CDLL(None, use_errno=True), call)\n"
"    nobody = struct.pack(\"H14x\", socket.AF_UNSPEC)\n"
"    if function(sock.fileno(), nobody, len(nobody)) < 0:\n"
"        raise OSError(ctypes.get_errno(), call)\n"},
	{PYTHON_LOOKUP,
"def lookup_error(error):\n"
"    return next(name for name in dir(socket) if name.startswith(\"EAI_\")\n"
"                and getattr(socket, name) == error.errno)\n"},
	{PYTHON_INTERRUPT,
"def interrupted(number, frame):\n"
"    raise InterruptedError(errno.EINTR, \"a signal came\")\n"
"\n"
"\n"
"def interrupt_in(seconds):\n"
"    signal.signal(signal.SIGALRM, interrupted)\n"
"    signal.setitimer(signal.ITIMER_REAL, seconds)\n"},
	{PYTHON_END,
"def end_in(seconds, number):\n"
"    signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), number))\n"
"    signal.setitimer(signal.ITIMER_REAL, seconds)\n"},
	{PYTHON_FAILED,
"def failed(what):\n"
"    sys.excepthook(what.exc_type, what.exc_value, what.exc_traceback)\n"
"    os._exit(1)\n"},
	{PYTHON_PAUSE,
"def pause_until(seconds):\n"
"    time.sleep(max(0, start + seconds - time.monotonic()))\n"},
};

/* What a helper is for, above it. */
static const char *helper_told(unsigned need)
{
	switch (need) {
	case PYTHON_TELL:
		return _("Threads print their lines one after the other.");
	case PYTHON_SHOWN:
		return _("Bytes as text: what is no printable ASCII as \\n or "
			"\\x00.");
	case PYTHON_FILLED:
		return _("What n bytes filled of several buffers.");
	case PYTHON_READY:
		return _("What poll gave, with the names of our sockets.");
	case PYTHON_NAMED:
		return _("The names of what select found.");
	case PYTHON_INFO:
		return _("Some of what TCP knows of a connection.");
	case PYTHON_NOBODY:
		return _("Python takes no address of AF_UNSPEC, which is "
			"nobody's; the C library does.");
	case PYTHON_LOOKUP:
		return _("The name of an error of the resolver.");
	case PYTHON_INTERRUPT:
		return _("A signal interrupts the call that waits: Python "
			"begins it again, unless\n# what it calls then raises "
			"something.");
	case PYTHON_FAILED:
		return _("A failure that a thread does not expect ends all of "
			"them.");
	case PYTHON_END:
		return _("In so many seconds a signal ends this program.");
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

/* ---- threads ---- */

/* Whether a thread gives thing i its value, and how: NULL: it does not. */
static const struct step *maker(const struct run *r, const struct program *t,
	uint32_t i)
{
	for (size_t k = 0; k < r->steps; k++) {
		const struct step *s = &r->step[k];

		if ((s->makes[0] == i || s->makes[1] == i) &&
			program_function(r, s->program) ==
			program_number(r, t))
			return s;
	}
	return NULL;
}

/* Variables of several threads that this one gives a value, each once. */
static void put_globals(const struct python *w, const struct program *t,
	struct buf *b)
{
	const struct run *r = w->r;
	struct buf names = {0};

	if (w->starts)
		buf_text(&names, ", start");
	for (uint32_t i = 0; i < r->things; i++) {
		const char *name = r->thing[i].name;
		const struct step *s = r->thing[i].shared ? maker(r, t, i) :
			NULL;
		uint32_t k = 0;

		while (k < i && (strcmp(r->thing[k].name, name) ||
			!maker(r, t, k)))
			k++;
		if (!s || k < i)
			continue;
		if (step_is(s, "recvfrom"))
			buf_printf(&names, ", %s_bytes", name);
		buf_printf(&names, step_is(s, "recvfrom") ||
			step_is(s, "recvmsg") ? ", %s_from" : ", %s", name);
	}
	if (names.len)
		buf_printf(b, "    global %s\n", buf_str(&names) + 2);
	buf_done(&names);
}

int python_thread(struct python *w, const struct program *t)
{
	struct python of = {.r = w->r, .p = w->p, .depth = 1,
		.functions = w->functions};
	int e = python_steps(&of, t);

	buf_text(w->functions, "\n\n# ");
	buf_printf(w->functions, _("The thread %s."), t->lane);
	buf_text(w->functions, "\ndef ");
	spell_thread(w->functions, t);
	buf_text(w->functions, "():\n");
	put_globals(&of, t, w->functions);
	if (program_alarms(w->r, w->p, false)) {
		of.need |= PYTHON_SIGNAL;
		buf_printf(w->functions, "    # %s\n    signal.pthread_sigmask("
			"signal.SIG_BLOCK, [signal.SIGALRM])\n",
			_("Signals are for the first thread."));
	}
	buf_add(w->functions, buf_str(&of.body), of.body.len);
	w->need |= of.need;
	buf_done(&of.body);
	return e;
}

static void put_semaphores(const struct python *w, struct buf *b)
{
	const struct run *r = w->r;
	struct buf name = {0};
	bool any = false;

	for (size_t i = 0; i < r->handings; i++) {
		if (!handing_is_first(r, w->p, i))
			continue;
		if (!any)
			buf_printf(b, "\n# %s\n", _("From thread 1, the first, "
				"to thread 2: go on."));
		any = true;
		buf_clear(&name);
		spell_handing(&name, r, &r->handing[i]);
		buf_printf(b, "%s = threading.Semaphore(0)\n",
			buf_str(&name));
	}
	buf_done(&name);
}

/* ---- the whole ---- */

int python_program(struct run *r, const struct program *p, struct buf *out)
{
	struct buf functions = {0};
	struct python w = {.r = r, .p = p, .functions = &functions,
		.need = PYTHON_SYS};
	bool early = p->early && program_pauses(r, p);
	int e = python_steps(&w, p);

	put_heading(&w, out);
	put_imports(out, early ? w.need | PYTHON_TIME : w.need);
	put_helpers(out, w.need);
	buf_add(out, buf_str(&functions), functions.len);
	buf_text(out, w.need >= PYTHON_TELL || functions.len ? "\n\n" : "\n");
	buf_printf(out, "sys.stdout.reconfigure(line_buffering=True)  # %s\n",
		_("each line at once, also into a pipe"));
	if (w.need & PYTHON_FAILED)
		buf_text(out, "threading.excepthook = failed\n");
	put_arguments(&w, out);
	put_semaphores(&w, out);
	if (early)
		buf_text(out, "start = time.monotonic()\n");
	buf_char(out, '\n');
	buf_add(out, buf_str(&w.body), w.body.len);
	buf_done(&w.body);
	buf_done(&functions);
	return e;
}
