/* Descriptors through a Unix socket. */
#include "base/fdpass.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

/* How many descriptors this process has open. */
static int open_count(void)
{
	int fd, count = 0;

	for (fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static void a_pipe_arrives(void **state)
{
	int pair[2], ends[2], got[4], n = 4, before = open_count();
	char text[8] = "";

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(fdpass_send(pair[0], "hi", 3, ends, 2), 0);
	close(ends[0]);
	close(ends[1]);
	assert_int_equal(fdpass_recv(pair[1], text, sizeof(text), got, &n), 3);
	assert_string_equal(text, "hi");
	assert_int_equal(n, 2);
	assert_int_equal(fcntl(got[0], F_GETFD), FD_CLOEXEC);
	assert_int_equal(write(got[1], "x", 1), 1);
	assert_int_equal(read(got[0], text, 1), 1);
	assert_int_equal(text[0], 'x');
	close(got[0]);
	close(got[1]);
	close(pair[0]);
	n = 4;
	assert_int_equal(fdpass_recv(pair[1], text, sizeof(text), got, &n), 0);
	assert_int_equal(n, 0);
	assert_int_equal(fdpass_send(pair[1], "x", 1, NULL, 0), -EPIPE);
	close(pair[1]);
	assert_int_equal(open_count(), before);
}

static void too_many_are_closed(void **state)
{
	int pair[2], many[FDPASS_MAX + 1], got[FDPASS_MAX], i, n, before;
	char text[8];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
	before = open_count();
	for (i = 0; i <= FDPASS_MAX; i++)
		many[i] = pair[0];
	assert_int_equal(fdpass_send(pair[0], "x", 1, many, FDPASS_MAX + 1),
		-EINVAL);
	assert_int_equal(fdpass_send(pair[0], "x", 1, many, FDPASS_MAX), 0);
	n = 2;
	assert_int_equal(fdpass_recv(pair[1], text, sizeof(text), got, &n), 1);
	assert_int_equal(n, 2);
	assert_int_equal(open_count(), before + 2);
	close(got[0]);
	close(got[1]);
	assert_int_equal(fdpass_send(pair[0], "long text", 9, many, 3), 0);
	n = FDPASS_MAX;
	assert_int_equal(fdpass_recv(pair[1], text, sizeof(text), got, &n),
		-EMSGSIZE);
	assert_int_equal(n, 0);
	n = 0;
	assert_int_equal(fdpass_send(pair[0], "y", 1, many, 1), 0);
	assert_int_equal(fdpass_recv(pair[1], text, sizeof(text), NULL, &n), 1);
	assert_int_equal(open_count(), before);
	close(pair[0]);
	close(pair[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pipe_arrives),
		cmocka_unit_test(too_many_are_closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
