/*
 * How programs in C tell errors: those that are to be expected by their names,
 * as the stage does; any other with the sentence that the C library has for it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "export_programs.h"

#define BUILT "lab: built namespaces clocks=slow mtu=1500 kernel=6.18", \
	"client: starts", "client: s = socket(AF_INET)", \
	"client: socket returns -> 3"
#define COUNT(lines) (sizeof(lines) / sizeof(*(lines)))

static const char *client_c(const char *const *lines, size_t n)
{
	static char text[1 << 16];
	struct programs p = {0};

	programs_write(&p, lines, n, EXPORT_C);
	assert_int_equal(p.result, 0);
	programs_text(&p, "client.c", text, sizeof(text));
	programs_done(&p);
	return text;
}

/* Two errors, one of them twice; and those that the same calls may give when
 * they are made at another moment. */
static void test_seen(void **state)
{
	static const char *const lines[] = {
		BUILT,
		"client: send(s, \"x\")", "client: send returns -> EPIPE",
		"client: recv(s, 1)", "client: recv returns -> ENOTCONN",
		"client: recv(s, 2)", "client: recv returns -> ENOTCONN",
	};
	const char *text = client_c(lines, COUNT(lines));

	(void)state;
	assert_non_null(strstr(text,
		"static const char *error_name(int error)\n"
		"{\n"
		"	switch (error) {\n"
		"	case EAGAIN:\n"
		"		return \"EAGAIN\";\n"
		"	case EPIPE:\n"
		"		return \"EPIPE\";\n"
		"	case ECONNRESET:\n"
		"		return \"ECONNRESET\";\n"
		"	case ENOTCONN:\n"
		"		return \"ENOTCONN\";\n"
		"	default:\n"
		"		return strerror(error);\n"
		"	}\n"
		"}\n"));
	assert_non_null(strstr(text, "call, error_name(errno));\n"));
}

static void test_none_seen(void **state)
{
	static const char *const lines[] = {
		BUILT,
		"client: send(s, \"x\")", "client: send returns -> 1",
	};
	const char *text = client_c(lines, COUNT(lines));

	(void)state;
	assert_null(strstr(text, "error_name"));
	assert_non_null(strstr(text, "call, strerror(errno));\n"));
	assert_non_null(strstr(text, "#include <string.h>\n"));
}

/* SO_ERROR gives an error as a value. */
static void test_value(void **state)
{
	static const char *const lines[] = {
		BUILT,
		"client: getsockopt(s, SO_ERROR)",
		"client: getsockopt returns -> 111 (ECONNREFUSED)",
		"client: getsockopt(s, SO_ERROR)",
		"client: getsockopt returns -> 0",
	};
	const char *text = client_c(lines, COUNT(lines));

	(void)state;
	assert_non_null(strstr(text, "\tcase ECONNREFUSED:\n"));
	assert_non_null(strstr(text, "#include <errno.h>\n"));
	assert_non_null(strstr(text, "error_name(value) :"));
}

/* A send that was too early in the journal may be too late in the program: it
 * must not end that without a word. */
static void test_pipe(void **state)
{
	static const char *const sends[] = {
		BUILT,
		"client: send(s, \"x\")", "client: send returns -> EAGAIN",
	};
	static const char *const receives[] = {
		BUILT,
		"client: recv(s, 1)", "client: recv returns -> EAGAIN",
	};
	const char *text = client_c(sends, COUNT(sends));

	(void)state;
	assert_non_null(strstr(text, "#include <signal.h>\n"));
	assert_non_null(strstr(text, "\tsignal(SIGPIPE, SIG_IGN);"));
	assert_non_null(strstr(text, "\tcase EPIPE:\n"));
	text = client_c(receives, COUNT(receives));
	assert_null(strstr(text, "SIGPIPE"));
	assert_null(strstr(text, "\tcase EPIPE:\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_seen),
		cmocka_unit_test(test_none_seen),
		cmocka_unit_test(test_value),
		cmocka_unit_test(test_pipe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
