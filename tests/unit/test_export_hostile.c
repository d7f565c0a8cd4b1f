/*
 * What a journal says stays what it is in a program: no word of it becomes
 * code, and no name of a learner's becomes that of something else. Journals
 * come from other people too.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "export_programs.h"

#define BUILT "lab: built namespaces clocks=slow mtu=1500 kernel=6.18", \
	"lab: host client 10.0.0.1 fd00::1", \
	"lab: host server 10.0.0.2 fd00::2"
#define SENT(line, result) "client: send(s, " line ")", \
	"client: send returns -> " result
#define CONNECTED(s) "client: " s " = socket(AF_INET)", \
	"client: socket returns -> 3", \
	"client: connect(" s ", 10.0.0.2:9999)", \
	"client: connect returns -> 0"
#define COUNT(lines) (sizeof(lines) / sizeof(*(lines)))

static void has(const struct programs *p, const char *file, const char *said)
{
	static char text[1 << 16];

	assert_int_equal(p->result, 0);
	programs_text(p, file, text, sizeof(text));
	if (!strstr(text, said))
		fail_msg("%s has no\n%s\nbut\n%s", file, said, text);
}

static void has_not(const struct programs *p, const char *file,
	const char *said)
{
	static char text[1 << 16];

	programs_text(p, file, text, sizeof(text));
	assert_true(strlen(text) > 0);
	assert_null(strstr(text, said));
}

/* What ends a comment in C, or a line in Python, or turns the order of letters
 * round (U+202E), in the name of a lesson, in orders and behind their #. */
static void test_comments(void **state)
{
	static const char *const lines[] = {
		BUILT,
		"lab: page a*/b\r\x1b 4 en",
		"lab: wait 10ms # */ one();\r",
		"client: starts", CONNECTED("s"),
		"lab: wait 50ms # */ two();\r\xff\xe2\x80\xae /* \"%s\"",
		SENT("\"x\"", "1"),
	};
	struct programs c = {0}, python = {0};

	(void)state;
	programs_write(&c, lines, COUNT(lines), EXPORT_C);
	has(&c, "client.c", "\"a* /b\\r\\x1b\", page 4");
	has(&c, "client.c", " * lab: wait 10ms # * / one();\\r\n");
	has(&c, "client.c", "\t/* lab: wait 50ms # * / two();\\r\\xff"
		"\\xe2\\x80\\xae / * \"%s\" */\n");
	programs_done(&c);
	programs_write(&python, lines, COUNT(lines), EXPORT_PYTHON);
	has(&python, "client.py", "\n# lab: wait 10ms # * / one();\\r\n");
	has_not(&python, "client.py", "\r");
	programs_done(&python);
}

/* Orders that are no lines of the notation, as a host with a name that would
 * be code, are nobody's. */
static void test_host_that_is_code(void **state)
{
	static const char *const lines[] = {
		"lab: built namespaces clocks=slow mtu=1500 kernel=6.18",
		"lab: host client 10.0.0.1 fd00::1",
		"lab: host x;abort();y 10.0.0.2 fd00::2",
		"client: starts", CONNECTED("s"),
	};
	struct programs p = {0};

	(void)state;
	programs_write(&p, lines, COUNT(lines), EXPORT_C);
	has(&p, "client.c", "ipv4(\"10.0.0.2\", 9999)");
	has_not(&p, "client.c", "abort");
	programs_done(&p);
}

/* A host whose name is a word of C. */
static void test_host_that_is_a_word(void **state)
{
	static const char *const lines[] = {
		"lab: built namespaces clocks=slow mtu=1500 kernel=6.18",
		"lab: host client 10.0.0.1 fd00::1",
		"lab: host int 10.0.0.2 fd00::2",
		"client: starts", CONNECTED("int_"),
	};
	struct programs p = {0};

	(void)state;
	programs_write(&p, lines, COUNT(lines), EXPORT_C);
	has(&p, "client.c", "const char *int_ = argc > 1");
	has(&p, "client.c", "int int__2 = socket(");
	programs_done(&p);
}

/* Each is another thing in a program: what C or Python call by that name, a
 * variable that is numbered, a macro, the bytes of x, an argument. */
static void test_names(void **state)
{
	static const char *const name[][2] = {
		{"puts", "puts_2"}, {"max", "max_2"}, {"to2", "to2_2"},
		{"EOF", "my_EOF"}, {"__file__", "my___file__"},
		{"x_size", "x_size_2"}, {"server6", "server6_2"},
		{"S", "S"}, {"tour", "tour"}, {"own_ear", "own_ear"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(name); i++) {
		char socket[64], said[64];
		const char *const lines[] = {
			BUILT, "client: starts", socket,
			"client: socket returns -> 3",
		};
		struct programs p = {0};

		snprintf(socket, sizeof(socket), "client: %s = socket(AF_INET)",
			name[i][0]);
		snprintf(said, sizeof(said), "int %s = socket(", name[i][1]);
		programs_write(&p, lines, COUNT(lines), EXPORT_C);
		has(&p, "client.c", said);
		programs_done(&p);
	}
}

/* ??= is # to a compiler of C11, in a string too. */
static void test_trigraphs(void **state)
{
	static const char *const lines[] = {
		BUILT, "client: starts", CONNECTED("s"),
		SENT("utf8\"?\?=\xc3\xa1?\?/\"", "8"), SENT("\"?\?!\"", "3"),
	};
	struct programs p = {0};

	(void)state;
	programs_write(&p, lines, COUNT(lines), EXPORT_C);
	has(&p, "client.c", "send(s, u8\"?\\?=\xc3\xa1?\\?/\", 8, 0)");
	has(&p, "client.c", "send(s, \"?\\?!\", 3, 0)");
	programs_done(&p);
}

/* UTF-7 and ARMSCII-8 are encodings of iconv; Python has no ARMSCII-8, and its
 * UTF-7 is one of its own. EUC-JP is the same in both. */
static void test_encodings(void **state)
{
	static const char *const lines[] = {
		BUILT, "client: starts", CONNECTED("s"),
		SENT("text(\"ARMSCII-8\", \"\xd5\xa1\")", "1"),
		SENT("text(\"EUC-JP\", \"\xe6\xbc\xa2\")", "2"),
	};
	struct programs p = {0};

	(void)state;
	programs_write(&p, lines, COUNT(lines), EXPORT_PYTHON);
	has(&p, "client.py", "\n# text(\"ARMSCII-8\", \"\xd5\xa1\")\n"
		"n = s.send(b\"\\xb3\")\n");
	has(&p, "client.py", "s.send(\"\xe6\xbc\xa2\".encode(\"EUC-JP\"))");
	programs_done(&p);
}

/* Every value of a byte, in strings of both languages. */
static void test_every_byte(void **state)
{
	char sent[1200] = "client: send(s, hex(";
	const char *const lines[] = {
		BUILT, "client: starts", CONNECTED("s"), sent,
		"client: send returns -> 256",
	};
	struct programs c = {0}, python = {0};
	char *at = sent + strlen(sent);

	(void)state;
	for (int i = 0; i < 256; i++)
		at += sprintf(at, "%02x ", i);
	strcpy(at - 1, "))");
	programs_write(&c, lines, COUNT(lines), EXPORT_C);
	has(&c, "client.c", "\\000\\001\\002");
	has(&c, "client.c", "!\\\"#$%&'()*+");
	has(&c, "client.c", "[\\\\]^_`");
	has(&c, "client.c", "\\377\", 256, 0)");
	programs_done(&c);
	programs_write(&python, lines, COUNT(lines), EXPORT_PYTHON);
	has(&python, "client.py", "bytes.fromhex(\"00010203 04");
	has(&python, "client.py", "fcfdfeff\"))");
	programs_done(&python);
}

/* A program that was killed and started anew is two, in two files. */
static void test_started_anew(void **state)
{
	static const char *const lines[] = {
		BUILT, "client: starts", "client: s = socket(AF_INET)",
		"client: socket returns -> 3", "client: ended 9",
		"client: starts", "client: s = socket(AF_INET6)",
		"client: socket returns -> 3",
	};
	struct programs p = {0};

	(void)state;
	programs_write(&p, lines, COUNT(lines), EXPORT_PYTHON);
	assert_int_equal(p.out.n, 2);
	has(&p, "client.py", "signal.SIGKILL");
	has(&p, "client-2.py", "socket.AF_INET6");
	has(&p, "client-2.py", "python3 client-2.py");
	programs_done(&p);
}

/* Where nothing can be written, nothing is left: neither a folder that was
 * made, nor what a link points to. */
static void test_link_is_not_followed(void **state)
{
	static const char *const lines[] = {
		BUILT, "client: starts", "client: s = socket(AF_INET)",
		"client: socket returns -> 3",
	};
	struct script script = {0};
	struct scene *s = script_play(&script, lines, COUNT(lines));
	struct export_written out;
	char folder[] = "/tmp/tomada-export-XXXXXX", link[64], why[512];

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(link, sizeof(link), "%s/client.c", folder);
	assert_int_equal(symlink("elsewhere", link), 0);
	assert_int_equal(export_write(s, scene_now(s), EXPORT_C, folder, &out,
		why, sizeof(why)), -EEXIST);
	assert_int_equal(unlink(link), 0);
	assert_int_equal(rmdir(folder), 0); /* "elsewhere" was not made */
	script_done(&script);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_comments),
		cmocka_unit_test(test_host_that_is_code),
		cmocka_unit_test(test_host_that_is_a_word),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_trigraphs),
		cmocka_unit_test(test_encodings),
		cmocka_unit_test(test_every_byte),
		cmocka_unit_test(test_started_anew),
		cmocka_unit_test(test_link_is_not_followed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
