/*
 * What we say of sockets is what ss(8) says, run on that very host: for each
 * socket both ends, state, queues, kind of timer, descriptor, unsent bytes;
 * and neither of the two knows one that the other does not.
 *
 * Both are brought into one form, `PROTOCOL LOCAL PEER STATE rq=N sq=N timer=KIND
 * fd=N unsent=N`, sorted, and compared as text.
 */
#include "lab_session.h"

#define SOCKETS 128
#define WORDS 24

struct told {
	char *line[SOCKETS];
	size_t n;
};

static void add(struct told *t, struct buf *b)
{
	assert_true(t->n < SOCKETS);
	t->line[t->n++] = b->data;
	*b = (struct buf){0};
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static size_t words_of(char *line, char *word[WORDS])
{
	size_t n = 0;
	char *save;

	for (char *w = strtok_r(line, " \t", &save); w && n < WORDS;
		w = strtok_r(NULL, " \t", &save))
		word[n++] = w;
	return n;
}

/* What stands behind key in one of the words, or NULL. */
static const char *after(char *const word[], size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (!strncmp(word[i], key, strlen(key)))
			return word[i] + strlen(key);
	return NULL;
}

/* ---- ss ---- */

static const char *const names[][2] = {
	{"ESTAB", "ESTABLISHED"}, {"SYN-SENT", "SYN_SENT"},
	{"SYN-RECV", "SYN_RECV"}, {"FIN-WAIT-1", "FIN_WAIT1"},
	{"FIN-WAIT-2", "FIN_WAIT2"}, {"TIME-WAIT", "TIME_WAIT"},
	{"UNCONN", "CLOSE"}, {"CLOSE-WAIT", "CLOSE_WAIT"},
	{"LAST-ACK", "LAST_ACK"}, {"LISTEN", "LISTEN"},
	{"CLOSING", "CLOSING"},
	{"on", "retransmit"}, {"keepalive", "keepalive"},
	{"timewait", "timewait"}, {"persist", "probe"},
};

static const char *our_name(const char *word, size_t n)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i][0]) == n && !memcmp(names[i][0], word, n))
			return names[i][1];
	fail_msg("ss says %.*s, and we know no such word", (int)n, word);
	return NULL;
}

/* ss writes * for the port 0, and for the address :: of both families. */
static void put_end(struct buf *b, const char *end)
{
	const char *port = strrchr(end, ':');

	assert_non_null(port);
	if (end[0] == '*')
		buf_text(b, " [::]");
	else
		buf_printf(b, " %.*s", (int)(port - end), end);
	buf_printf(b, ":%s", port[1] == '*' ? "0" : port + 1);
}

/* users:(("tomada",pid=3,fd=4)) timer:(on,4.9sec,0) … notsent:7 */
static void put_extras(struct buf *b, char *const word[], size_t n)
{
	const char *timer = after(word, n, "timer:("), *unsent;
	const char *users = after(word, n, "users:");
	const char *fd = users ? strstr(users, "fd=") : NULL;

	buf_printf(b, " timer=%s", timer
		? our_name(timer, strcspn(timer, ",")) : "none");
	if (fd)
		buf_printf(b, " fd=%.*s", (int)strspn(fd + 3, "0123456789"),
			fd + 3);
	else
		buf_text(b, " fd=-");
	unsent = after(word, n, "notsent:");
	buf_printf(b, " unsent=%s", unsent ? unsent : "0");
}

static void take_ss(struct told *t, char *line)
{
	char *word[WORDS];
	size_t n = words_of(line, word);
	struct buf b = {0};

	assert_true(n >= 6);
	buf_text(&b, word[0]);
	put_end(&b, word[4]);
	put_end(&b, word[5]);
	buf_printf(&b, " %s rq=%s sq=%s", our_name(word[1], strlen(word[1])),
		word[2], word[3]);
	put_extras(&b, word + 6, n - 6);
	add(t, &b);
}

/* All that the last program of that lane printed. */
static void take_program(struct session *s, struct told *t, const char *lane,
	void (*take)(struct told *t, char *line))
{
	char *text = strdup(session_text(s)), *save, key[64];
	char *from = text, *at;

	snprintf(key, sizeof(key), "%s: starts\n", lane);
	while ((at = strstr(from, key)))
		from = at + 1;
	snprintf(key, sizeof(key), "%s: says \"", lane);
	for (char *line = strtok_r(from, "\n", &save); line;
		line = strtok_r(NULL, "\n", &save)) {
		char *end;

		if (strncmp(line, key, strlen(key)))
			continue;
		line += strlen(key);
		end = strrchr(line, '"');
		assert_non_null(end);
		*end = '\0';
		/* A tab is escaped, and so is a quote. */
		for (char *p = line; *p; p++) {
			if (p[0] == '\\' && p[1] == 't')
				p[0] = p[1] = ' ';
			if (p[0] == '\\' && p[1] == '"')
				p[0] = p[1] = '_';
		}
		take(t, line);
	}
	free(text);
}

/* ---- our own ---- */

/* "server: state …" and "server2: state …" are of host server. */
static char *state_of_host(char *line, const char *host)
{
	size_t n = strlen(host);

	if (strncmp(line, host, n))
		return NULL;
	line += n;
	line += strspn(line, "0123456789");
	return strncmp(line, ": state ", 8) ? NULL : line + 8;
}

struct latest {
	char cookie[24];
	char *words; /* of its last line, behind "state " */
};

/* The last word on every socket of a host. */
static size_t latest(struct session *s, const char *host,
	struct latest out[SOCKETS])
{
	char *text = strdup(session_text(s)), *save;
	size_t n = 0;

	for (char *line = strtok_r(text, "\n", &save); line;
		line = strtok_r(NULL, "\n", &save)) {
		char *words = state_of_host(line, host), *at;
		char cookie[24];
		size_t i = 0;

		if (!words)
			continue;
		at = strstr(words, "cookie=");
		assert_non_null(at);
		assert_int_equal(sscanf(at, "cookie=%23s", cookie), 1);
		while (i < n && strcmp(out[i].cookie, cookie))
			i++;
		assert_true(i < SOCKETS);
		if (i < n)
			free(out[i].words);
		if (!strncmp(words, "gone ", 5)) {
			if (i < n)
				out[i] = out[--n];
			continue;
		}
		strcpy(out[i].cookie, cookie);
		out[i].words = strdup(words);
		n += i == n;
	}
	free(text);
	return n;
}

/* fd=3 cookie=7 tcp STATE LOCAL PEER rq=0 sq=0 timer=KIND… [unsent=N] */
static void take_own(struct told *t, char *words)
{
	char *word[WORDS];
	size_t n = words_of(words, word);
	const char *timer = after(word, n, "timer=");
	const char *unsent = after(word, n, "unsent=");
	struct buf b = {0};

	assert_true(n >= 9);
	/* A socket that no table lists, and ss does not either. */
	if (!strcmp(word[2], "unix") || (!strcmp(word[3], "CLOSE") &&
			strcmp(word[2], "udp")) ||
		(!strcmp(word[3], "CLOSE") && strstr(word[4], ":0")))
		return;
	buf_printf(&b, "%s %s %s %s %s %s timer=%.*s %s unsent=%s", word[2],
		word[4], word[5], word[3], word[6], word[7],
		(int)strcspn(timer, ":"), timer, word[0],
		unsent ? unsent : "0");
	add(t, &b);
}

/* ---- */

static void compare(struct session *s, struct told *own, struct told *ss)
{
	qsort(own->line, own->n, sizeof(own->line[0]), by_text);
	qsort(ss->line, ss->n, sizeof(ss->line[0]), by_text);
	for (size_t i = 0; i < own->n || i < ss->n; i++) {
		const char *a = i < own->n ? own->line[i] : "nothing";
		const char *b = i < ss->n ? ss->line[i] : "nothing";

		if (strcmp(a, b))
			SESSION_FAIL(s, "we say\n  %s\nss says\n  %s", a, b);
	}
	while (own->n)
		free(own->line[--own->n]);
	while (ss->n)
		free(ss->line[--ss->n]);
}

/* Wait until the lab is still behind the last line that is text. */
static void until_still(struct session *s, const char *text)
{
	int64_t end = clock_mono() + ANSWER_MAX;
	struct answer a;

	for (;;) {
		const char *at = session_text(s), *next;

		for (next = at; (next = strstr(next, text)); next++)
			at = next;
		if (!strncmp(at, text, strlen(text)) &&
			strstr(at, "\nlab: still\n"))
			return;
		if (clock_mono() > end)
			SESSION_FAIL(s, "not still behind \"%s\"", text);
		link_wait(s->link, &a, 20 * CLOCK_MS);
	}
}

/* Run ss on a host, as a process of its own; and ask ourselves. At least so
 * many sockets are there. */
static void agree(struct session *s, const char *host, const char *options,
	void (*take_theirs)(struct told *t, char *line),
	void (*take_ours)(struct told *t, char *words), size_t least)
{
	struct latest last[SOCKETS];
	struct told own = {0}, ss = {0};
	char line[128], lane[32];
	size_t n;

	snprintf(lane, sizeof(lane), "%s9", host);
	snprintf(line, sizeof(line), "%s: run ss %s", lane, options);
	session_run(s, line);
	snprintf(line, sizeof(line), "%s: ended exit 0\n", lane);
	until_still(s, line);
	take_program(s, &ss, lane, take_theirs);
	n = latest(s, host, last);
	for (size_t i = 0; i < n; i++) {
		take_ours(&own, last[i].words);
		free(last[i].words);
	}
	print_message("%s %s: %zu sockets\n", host, options, ss.n);
	if (ss.n < least)
		SESSION_FAIL(s, "ss found %zu sockets", ss.n);
	compare(s, &own, &ss);
}

#define INET(s, host, least) \
	agree(s, host, "-tuapnoieHO", take_ss, take_own, least)

/* ---- connections ---- */

/* A server that answers, and a silent one with a queue for two. */
#define LISTENERS \
	"server: ear = socket(AF_INET, SOCK_STREAM)\n" \
	"server: bind(ear, any:9999) -> 0\n" \
	"server: listen(ear, 5) -> 0\n" \
	"server: deaf = socket(AF_INET6, SOCK_STREAM)\n" \
	"server: bind(deaf, [::]:9998) -> 0\n" \
	"server: listen(deaf, 2) -> 0\n"

#define CONNECT(name, port) \
	"client: " name " = socket(AF_INET, SOCK_STREAM)\n" \
	"client: connect(" name ", server:" port ") -> 0\n"

static void test_connections(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s, LISTENERS
		/* LISTEN with two in its queue, ESTABLISHED without owner. */
		CONNECT("q1", "9998") CONNECT("q2", "9998")
		/* ESTABLISHED, five bytes to read. */
		CONNECT("a", "9999") "server: conn1 = accept(ear)\n"
		"client: send(a, \"hello\") -> 5\n"
		/* CLOSE_WAIT, and FIN_WAIT2 that a process holds. */
		CONNECT("b", "9999") "server: conn2 = accept(ear)\n"
		"client: shutdown(b, SHUT_WR) -> 0\n"
		/* TIME_WAIT, and nothing on the other side. */
		CONNECT("c", "9999") "server: conn3 = accept(ear)\n"
		"client: close(c) -> 0\n" "server: close(conn3) -> 0\n"
		/* FIN_WAIT2 of nobody. */
		CONNECT("d", "9999") "server: conn4 = accept(ear)\n"
		"client: close(d) -> 0\n"
		/* TCP_CLOSE, in no table. */
		"client: e = socket(AF_INET, SOCK_STREAM)\n");
	INET(s, "server", 7);
	INET(s, "client", 6);
	for (int i = 0; i < 2; i++) {
		static const char *const has[] = {
			"tcp LISTEN [::]:9998 [::]:0 rq=2 sq=2 timer=none",
			"tcp TIME_WAIT 10.0.0.1:",
		};

		if (!session_has(s, has[i]))
			SESSION_FAIL(s, "no \"%s\"", has[i]);
	}
	session_close(s);
}

/* On a wire that holds: SYN_SENT, SYN_RECV, FIN_WAIT1, LAST_ACK, bytes that
 * were sent and bytes that were not. */
static void test_connections_on_a_wire_that_holds(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s, LISTENERS
		CONNECT("a", "9999") "server: conn1 = accept(ear)\n"
		CONNECT("b", "9999") "server: conn2 = accept(ear)\n"
		CONNECT("c", "9999") "server: conn3 = accept(ear)\n"
		CONNECT("d", "9999") "server: conn4 = accept(ear)\n"
		"client: close(c) -> 0\n"
		"wire: hold data\n"
		"client: send(a, repeat(\"x\", 30000), MSG_DONTWAIT)\n"
		"client: send(b, \"bye\") -> 3\n"
		"client: shutdown(b, SHUT_WR) -> 0\n"
		"wire: hold\n"
		"client: shutdown(d, SHUT_WR) -> 0\n"
		"server: close(conn3) -> 0\n"
		"client2: s = socket(AF_INET, SOCK_STREAM)\n"
		"client2: connect(s, server:9999) -> waits\n"
		"wire: flow\nwire: hold from server\n"
		"client3: s = socket(AF_INET, SOCK_STREAM)\n"
		"client3: connect(s, server:9999) -> waits\n"
		"wire: hold\n"
		"client4: s = socket(AF_INET, SOCK_STREAM)\n"
		"client4: connect(s, server:9999) -> waits\n");
	INET(s, "client", 6);
	INET(s, "server", 6);
	for (int i = 0; i < 3; i++) {
		static const char *const has[] = {
			" SYN_SENT ", " SYN_RECV ", " unsent=1",
		};

		if (!session_has(s, has[i]))
			SESSION_FAIL(s, "no \"%s\"", has[i]);
	}
	session_close(s);
}

static void test_datagrams(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s,
		"server: u = socket(AF_INET, SOCK_DGRAM)\n"
		"server: bind(u, any:5353) -> 0\n"
		"server: v = socket(AF_INET6, SOCK_DGRAM)\n"
		"server: bind(v, [::1]:5354) -> 0\n"
		"client: c = socket(AF_INET, SOCK_DGRAM)\n"
		"client: connect(c, server:5353) -> 0\n"
		"client: send(c, \"one\") -> 3\n"
		"client: send(c, \"two\") -> 3\n"
		"client: n = socket(AF_INET, SOCK_DGRAM)\n");
	INET(s, "server", 2);
	INET(s, "client", 1);
	session_close(s);
}

/* ---- AF_UNIX ---- */

/* u_str LISTEN 0 5 ear 4711 * 0: a name and an inode of each end. */
static void take_ss_unix(struct told *t, char *line)
{
	char *word[WORDS];
	size_t n = words_of(line, word);
	struct buf b = {0};

	assert_true(n >= 8);
	buf_printf(&b, "%s rq=%s sq=%s %s",
		our_name(word[1], strlen(word[1])), word[2], word[3],
		strcmp(word[4], "*") ? word[4] : "-");
	add(t, &b);
}

static void take_own_unix(struct told *t, char *words)
{
	char *word[WORDS];
	size_t n = words_of(words, word);
	struct buf b = {0};

	assert_true(n >= 9);
	if (strcmp(word[2], "unix"))
		return;
	buf_printf(&b, "%s %s %s %s", word[3], word[6], word[7], word[4]);
	add(t, &b);
}

static void test_unix_sockets(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s,
		"server: ear = socket(AF_UNIX, SOCK_STREAM)\n"
		"server: bind(ear, unix:ear) -> 0\n"
		"server: listen(ear, 5) -> 0\n"
		"server: seq = socket(AF_UNIX, SOCK_SEQPACKET)\n"
		"server: bind(seq, unix:@seq) -> 0\n"
		"server: listen(seq, 1) -> 0\n"
		"server2: s = socket(AF_UNIX, SOCK_STREAM)\n"
		"server2: connect(s, unix:ear) -> 0\n"
		"server2: send(s, \"hello\") -> 5\n"
		"server: conn = accept(ear)\n"
		"server2: q = socket(AF_UNIX, SOCK_SEQPACKET)\n"
		"server2: connect(q, unix:@seq) -> 0\n"
		"server: d = socket(AF_UNIX, SOCK_DGRAM)\n"
		"server: bind(d, unix:d) -> 0\n"
		"server2: e = socket(AF_UNIX, SOCK_DGRAM)\n"
		"server2: connect(e, unix:d) -> 0\n"
		"server2: send(e, \"x\") -> 1\n"
		/* On the other host there is no such path. */
		"client: s = socket(AF_UNIX, SOCK_STREAM)\n"
		"client: connect(s, unix:ear) -> ENOENT\n");
	agree(s, "server", "-xaeHO", take_ss_unix, take_own_unix, 7);
	for (int i = 0; i < 4; i++) {
		static const char *const has[] = {
			" unix LISTEN ear - rq=0 sq=5 timer=none",
			" unix ESTABLISHED - ear rq=0 ",
			" unix LISTEN @seq - rq=1 sq=1 ",
			" unix ESTABLISHED - @seq rq=0 ",
		};

		if (!session_has(s, has[i]))
			SESSION_FAIL(s, "no \"%s\"", has[i]);
	}
	session_close(s);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_connections),
		cmocka_unit_test(test_connections_on_a_wire_that_holds),
		cmocka_unit_test(test_datagrams),
		cmocka_unit_test(test_unix_sockets),
	};

	SESSION_ACTOR(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
