/*
 * A machine that allows no user namespace: the sentence, and a lab on
 * 127.0.0.1 in which an exchange can be played from end to end. The right is
 * really taken away: this program starts itself again in a user namespace
 * where user.max_user_namespaces is 0.
 */
#include "lab_session.h"

#include <fcntl.h>
#include <sched.h>

#define AGAIN "refused"

static int put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool ok = fd >= 0 && write(fd, text, strlen(text)) > 0;

	if (fd >= 0)
		close(fd);
	return ok ? 0 : -1;
}

/* Never returns: 77 when the right cannot be taken away here. */
static void start_without_right(void)
{
	char self[] = "/proc/self/exe", again[] = AGAIN, map[64];
	uid_t user = geteuid();
	gid_t group = getegid();

	if (unshare(CLONE_NEWUSER))
		_exit(77);
	put("/proc/self/setgroups", "deny");
	snprintf(map, sizeof(map), "%u %u 1", user, user);
	if (put("/proc/self/uid_map", map))
		_exit(77);
	snprintf(map, sizeof(map), "%u %u 1", group, group);
	if (put("/proc/self/gid_map", map) ||
		put("/proc/sys/user/max_user_namespaces", "0"))
		_exit(77);
	execv(self, (char *[]){self, again, NULL});
	_exit(1);
}

static void test_without_right(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	if (pid == 0)
		start_without_right();
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(status, 0);
}

/* ---- in the program that was started again ---- */

static int port_of(struct session *s)
{
	static const char mark[] = "getsockname returns -> 127.0.0.1:";
	const char *at = strstr(session_text(s), mark);

	assert_non_null(at);
	return atoi(at + sizeof(mark) - 1);
}

static void test_exchange_on_loopback(void **state)
{
	struct session *s = session_open(NULL);
	char line[128];

	(void)state;
	session_until(s, "lab: host server 127.0.0.1");
	assert_true(session_has(s, "lab: built loopback clocks=real kernel="));
	assert_true(session_has(s, " why=\""));
	session_run(s,
		"server: ear = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"server: setsockopt(ear, SO_REUSEADDR, 1) -> 0\n"
		"server: bind(ear, any:0) -> 0\n"
		"server: listen(ear, 5) -> 0\n"
		"server: getsockname(ear) -> server:_\n"
		"server: conn = accept(ear) -> waits\n"
		"client: s = socket(AF_INET, SOCK_STREAM) -> 3\n");
	snprintf(line, sizeof(line), "client: connect(s, server:%d) -> 0",
		port_of(s));
	session_run(s, line);
	session_run(s,
		"server: accept returns -> 4\n"
		"client: send(s, \"hello\") -> 5\n"
		"server: recv(conn, 64) -> \"hello\"\n"
		"server: recv(conn, 64) -> waits\n"
		"client: close(s) -> 0\n"
		"server: recv returns -> \"\"\n"
		"server: close(conn) -> 0\n"
		"wire: sees syn\n"
		"lab: rebuild\n");
	session_refused(s, ANSWER_ERROR, "wire: hold",
		"there is no wire to hold: this machine allows no namespaces, "
		"the sockets meet on 127.0.0.1");
	/* No frame that was not seen. */
	assert_false(session_has(s, "\nframe "));
	session_close(s);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_without_right),
	};
	const struct CMUnitTest without[] = {
		cmocka_unit_test(test_exchange_on_loopback),
	};

	SESSION_ACTOR(argc, argv);
	if (argc == 2 && !strcmp(argv[1], AGAIN)) {
		/* Its report would be counted as a test of its own. */
		cmocka_set_message_output(CM_OUTPUT_STDOUT);
		dup2(2, 1);
		return cmocka_run_group_tests_name("again", without, NULL,
			NULL);
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
