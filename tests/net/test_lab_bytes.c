/* Bytes: all of them, unchanged, and every one in the journal. */
#include "lab_session.h"

/* Bytes that the server's recv calls gave so far, each the same letter. */
static size_t received(struct session *s, char letter)
{
	const char *p = session_text(s), *end;
	struct value v = {0};
	size_t sum = 0;

	while ((p = strstr(p, "recv returns -> "))) {
		p += strlen("recv returns -> ");
		end = strchr(p, '\n');
		assert_int_equal(line_parse_value(&v, p, end - p, NULL), 0);
		assert_int_equal(v.kind, VALUE_BYTES);
		sum += value_size(&v);
		for (size_t i = 0; i < v.len; i++)
			assert_int_equal(v.bytes[i], letter);
		value_done(&v);
	}
	return sum;
}

static void receive_all(struct session *s, size_t n, char letter)
{
	size_t before;

	do {
		before = received(s, letter);
		session_run(s, "server: recv(conn, 65536) -> _\n");
	} while (received(s, letter) > before && received(s, letter) < n);
	assert_int_equal(received(s, letter), n);
}

/* What the frames of the journal carry of TCP payload from a host. */
static size_t journalled(struct session *s, int host)
{
	uint64_t at = journal_begin(s->journal);
	struct event e;
	size_t sum = 0;

	while (journal_read(s->journal, at, &e) == 1) {
		at = e.next;
		if (e.kind == EVENT_FRAME && e.host == host) {
			size_t ip = (e.data[14] & 15) * 4;
			size_t tcp = (e.data[14 + ip + 12] >> 4) * 4;

			sum += (e.data[16] << 8 | e.data[17]) - ip - tcp;
		}
	}
	return sum;
}

/* Bytes of the client that tshark puts together from the journal, or -1. */
static long reassembled(const char *journal)
{
	char command[4200], *line = NULL;
	size_t cap = 0;
	long sum = 0;
	FILE *f;

	if (system("command -v tshark >/dev/null 2>&1"))
		return -1;
	snprintf(command, sizeof(command),
		"tshark -r %s -q -z follow,tcp,raw,0 2>/dev/null", journal);
	f = popen(command, "r");
	assert_non_null(f);
	while (getline(&line, &cap, f) > 0) {
		size_t n = strspn(line, "0123456789abcdef");

		/* Lines of hex alone are data; 41 is the letter A. */
		if (n && line[n] == '\n') {
			sum += n / 2;
			for (size_t i = 0; i < n; i += 2)
				assert_memory_equal(line + i, "41", 2);
		}
	}
	free(line);
	assert_int_equal(pclose(f), 0);
	return sum;
}

static void test_64_kib_whole(void **state)
{
	struct session *s = session_namespaces(NULL);
	long seen;

	(void)state;
	session_run(s, CONNECTED
		"client: send(s, repeat(\"A\", 65536)) -> 65536\n");
	receive_all(s, 65536, 'A');
	session_run(s, "client: close(s) -> 0\n"
		"server: recv(conn, 9) -> \"\"\n"
		"server: close(conn) -> 0\n");
	assert_int_equal(journalled(s, 0), 65536);
	assert_int_equal(session_end(s), 0);
	seen = reassembled(s->lab.journal);
	if (seen >= 0)
		assert_int_equal(seen, 65536);
	session_close(s);
}

/* Every byte there is, both ways, also through a name. */
static void test_every_byte(void **state)
{
	struct session *s = session_namespaces(NULL);
	struct buf hex = {0}, line = {0};

	(void)state;
	for (int i = 0; i < 256; i++)
		buf_printf(&hex, "%02x ", i);
	session_run(s, CONNECTED);
	buf_printf(&line, "client: send(s, hex(%s)) -> 256\n"
		"server: x = recv(conn, 256) -> hex(%s)\n"
		"server: send(conn, x) -> 256\n"
		"client: recv(s, 256) -> hex(%s)\n",
		hex.data, hex.data, hex.data);
	session_run(s, line.data);
	buf_done(&hex);
	buf_done(&line);
	session_close(s);
}

/* More than both pipes to an actor take at once. */
static void test_long_lines(void **state)
{
	struct session *s = session_namespaces(NULL);
	struct buf line = {0};

	(void)state;
	session_run(s, CONNECTED);
	buf_text(&line, "client: send(s, \"");
	for (int i = 0; i < 100000; i++)
		buf_char(&line, 'a' + i % 26);
	buf_text(&line, "\") -> 100000\n");
	session_run(s, line.data);
	buf_done(&line);
	session_close(s);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_64_kib_whole),
		cmocka_unit_test(test_every_byte),
		cmocka_unit_test(test_long_lines),
	};

	SESSION_ACTOR(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
