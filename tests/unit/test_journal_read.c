/* What a reader makes of whole, torn and foreign files; and the index. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "journal/journal.h"
#include "journal_file.h"

static void write_file(const void *p, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, p, n), n);
	close(fd);
}

/* n lines of 10 bytes; their number in the last of them. */
static void write_lines(int n)
{
	struct journal *j;
	char text[16];

	assert_int_equal(journal_create(&j, path, JOURNAL_LIMIT), 0);
	for (int i = 0; i < n; i++) {
		snprintf(text, sizeof(text), "line %05d", i);
		assert_int_equal(journal_line(j, i, text, 10), i);
	}
	journal_close(j);
}

static size_t read_file(uint8_t *p, size_t n)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = read(fd, p, n);

	assert_true(got > 0);
	close(fd);
	return (size_t)got;
}

static void cut_anywhere_gives_whole_events(void **state)
{
	static uint8_t file[4096];
	struct journal_view *v;
	struct event e;
	size_t size, block = pcapng_packet_size(16 + 10, 0);
	int got;

	(void)state;
	write_lines(5);
	size = read_file(file, sizeof(file));
	for (size_t n = size - 5 * block; n <= size; n++) {
		uint64_t whole = (5 * block - (size - n)) / block, at;
		int r;

		write_file(file, n);
		assert_int_equal(journal_map(&v, path, NULL), 0);
		at = journal_begin(v);
		for (got = 0; (r = journal_read(v, at, &e)) == 1; got++)
			at = e.next;
		assert_int_equal(got, whole);
		assert_true(r == 0 || r == -EINVAL);
		if (n - at == 0)
			assert_int_equal(journal_torn(v), 0);
		else if (n - at < block)
			assert_in_range(journal_torn(v), 1, n - at);
		journal_unmap(v);
	}
}

/* The writer died after it had filled a block and before it stored its type;
 * behind it lie the zeros of the chunk. */
static void a_block_without_type_is_torn(void **state)
{
	static uint8_t file[65536];
	size_t block = pcapng_packet_size(16 + 10, 0), size;
	struct journal_view *v;
	struct event e;
	uint64_t at;
	int n = 0;

	(void)state;
	write_lines(3);
	size = read_file(file, sizeof(file));
	memset(file + size - block, 0, 4);
	write_file(file, sizeof(file));
	assert_int_equal(journal_map(&v, path, NULL), 0);
	for (at = journal_begin(v); journal_read(v, at, &e) == 1; n++)
		at = e.next;
	assert_int_equal(n, 2);
	assert_in_range(journal_torn(v), 1, block);
	journal_unmap(v);
}

static void foreign_files_are_refused(void **state)
{
	/* A section header, little-endian, version 1.0, length unknown; then
	 * an interface of Ethernet: a capture of somebody else. */
	static const uint8_t capture[] = {
		0x0a, 0x0d, 0x0d, 0x0a, 28, 0, 0, 0, 0x4d, 0x3c, 0x2b, 0x1a,
		1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		28, 0, 0, 0,
		1, 0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0, 0, 0, 4, 0, 20, 0, 0, 0,
	};
	struct journal_view *v;
	struct diag d = {0};

	(void)state;
	assert_int_equal(journal_map(&v, path, &d), -ENOENT);
	assert_non_null(strstr(d.msg, path));
	assert_int_equal(journal_map(&v, folder, &d), -EISDIR);
	write_file("", 0);
	assert_int_equal(journal_map(&v, path, &d), -EINVAL);
	write_file("# a lesson\n", 11);
	assert_int_equal(journal_map(&v, path, &d), -EINVAL);
	write_file(capture, sizeof(capture));
	assert_int_equal(journal_map(&v, path, &d), -EINVAL);
	assert_non_null(strstr(d.msg, "Wireshark"));
}

static void index_finds_every_position(void **state)
{
	struct journal_index *x = journal_index_new();
	struct journal_view *v;
	struct event e;
	uint64_t at;
	char text[16];
	int n = 0;

	(void)state;
	write_lines(1000);
	assert_int_equal(journal_map(&v, path, NULL), 0);
	for (at = journal_begin(v); journal_read(v, at, &e) == 1; at = e.next)
		journal_index_add(x, (uint64_t)n++, e.offset);
	assert_int_equal(n, 1000);
	for (int i = 999; i >= 0; i--) {
		snprintf(text, sizeof(text), "line %05d", i);
		assert_int_equal(journal_index_read(x, v, (uint64_t)i, &e), 1);
		assert_memory_equal(e.data, text, 10);
	}
	assert_int_equal(journal_index_read(x, v, 1000, &e), 0);
	journal_unmap(v);
	journal_index_free(x);
}

/* ---- other people's readers ---- */

/* The first line that a command prints; "" when there is none. */
static void ask(const char *command, char *out, size_t size)
{
	FILE *p = popen(command, "r");

	assert_non_null(p);
	if (!fgets(out, (int)size, p))
		*out = '\0';
	pclose(p);
	out[strcspn(out, "\n")] = '\0';
}

/* Lines stand in the Info column, in order between the frames. */
static void wireshark_shows_lines_between_frames(void **state)
{
	/* Ethernet, ethertype 0x88b5 (IEEE: for local experiments). */
	static const uint8_t frame[60] = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1,
		0x88, 0xb5};
	static const char call[] = "client: send(s, \"LOGIN\\n\") -> 6";
	struct journal *j;
	char command[300], out[200];

	(void)state;
	if (system("command -v tshark capinfos >/dev/null") != 0)
		skip();
	assert_int_equal(journal_create(&j, path, JOURNAL_LIMIT), 0);
	journal_add_host(j, "client");
	journal_line(j, 1, call, strlen(call));
	journal_frame(j, 1, 2, frame, sizeof(frame), "held");
	journal_line(j, 3, "lab: still", 10);
	journal_close(j);
	snprintf(command, sizeof(command), "capinfos -rMc %s 2>&1 | "
		"awk '/packets/ {print $NF}'", path);
	ask(command, out, sizeof(out));
	assert_string_equal(out, "3");
	snprintf(command, sizeof(command), "tshark -r %s -T fields -e _ws.col."
		"Info -e frame.comment 2>/dev/null | tr '\\n' '~'", path);
	ask(command, out, sizeof(out));
	assert_non_null(strstr(out, "client: send(s, "));
	assert_non_null(strstr(out, "-> 6\t~"));
	assert_non_null(strstr(out, "\theld~lab: still\t~"));
}

/* ---- the folder ---- */

static char home[64];

static int make_home(void **state)
{
	(void)state;
	strcpy(home, "/tmp/tomada-home-XXXXXX");
	if (!mkdtemp(home))
		return -1;
	setenv("HOME", home, 1);
	unsetenv("XDG_RUNTIME_DIR");
	unsetenv("XDG_STATE_HOME");
	return 0;
}

static int remove_home(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", home);
	return system(command);
}

static void folder_is_made_where_it_belongs(void **state)
{
	char at[256], want[256];
	struct stat st;

	(void)state;
	assert_int_equal(journal_folder(at, sizeof(at)), 0);
	snprintf(want, sizeof(want), "%s/.local/state/tomada/journals", home);
	assert_string_equal(at, want);
	assert_int_equal(stat(at, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	snprintf(want, sizeof(want), "%s/state", home);
	setenv("XDG_STATE_HOME", want, 1);
	assert_int_equal(journal_folder(at, sizeof(at)), 0);
	strcat(want, "/tomada/journals");
	assert_string_equal(at, want);
	/* A runtime folder that is named and not there is not made. */
	snprintf(want, sizeof(want), "%s/run", home);
	setenv("XDG_RUNTIME_DIR", want, 1);
	assert_int_equal(journal_folder(at, sizeof(at)), 0);
	assert_null(strstr(at, "/run/"));
	assert_int_equal(mkdir(want, 0700), 0);
	assert_int_equal(journal_folder(at, sizeof(at)), 0);
	strcat(want, "/tomada");
	assert_string_equal(at, want);
	assert_int_equal(journal_folder(at, 10), -ENAMETOOLONG);
}

static int count(const char *at)
{
	char command[300];
	FILE *p;
	int n = -1;

	snprintf(command, sizeof(command), "ls %s | wc -l", at);
	p = popen(command, "r");
	assert_non_null(p);
	assert_int_equal(fscanf(p, "%d", &n), 1);
	pclose(p);
	return n;
}

/* The names of journals, one after the other. */
static bool add_name(const char *found, void *arg)
{
	strcat(arg, strrchr(found, '/'));
	return true;
}

static void all_living_ones_are_told_of(void **state)
{
	static const char *const name[] = {"/20010101-000000.000000-1.pcapng",
		"/20010101-000000.000001-1.pcapng",
		"/20010102-000000.000000-1.pcapng"};
	char at[256], file[600], told[600] = "";
	struct journal *j[3];

	(void)state;
	assert_int_equal(journal_folder(at, sizeof(at)), 0);
	for (int i = 0; i < 3; i++) {
		snprintf(file, sizeof(file), "%s%s", at, name[i]);
		assert_int_equal(journal_create(&j[i], file, 1 << 20), 0);
	}
	journal_close(j[1]);
	assert_int_equal(journal_each_live(add_name, told), 0);
	snprintf(file, sizeof(file), "%s%s", name[2], name[0]);
	assert_string_equal(told, file); /* the newest first */
	journal_close(j[0]);
	journal_close(j[2]);
	for (int i = 0; i < 3; i++) {
		snprintf(file, sizeof(file), "%s%s", at, name[i]);
		unlink(file);
	}
}

static void ten_are_kept_and_the_live_one_is_found(void **state)
{
	char at[256], name[600], live[256], fresh[256];
	struct journal *j, *k;

	(void)state;
	assert_int_equal(journal_folder(at, sizeof(at)), 0);
	assert_int_equal(journal_live_path(live, sizeof(live)), -ENOENT);
	/* The oldest of all is being written: it stays. */
	snprintf(name, sizeof(name), "%s/20010101-000000.000000-1.pcapng", at);
	assert_int_equal(journal_create(&j, name, 1 << 20), 0);
	for (int i = 0; i < 30; i++) {
		assert_int_equal(journal_fresh_path(fresh, sizeof(fresh)), 0);
		assert_int_equal(journal_create(&k, fresh, 1 << 20), 0);
		journal_close(k);
	}
	assert_int_equal(count(at), 11);
	assert_int_equal(access(name, F_OK), 0);
	assert_int_equal(access(fresh, F_OK), 0);
	assert_int_equal(journal_live_path(live, sizeof(live)), 0);
	assert_string_equal(live, name);
	journal_close(j);
	assert_int_equal(journal_live_path(live, sizeof(live)), -ENOENT);
	/* Other people's files are left alone. */
	snprintf(name, sizeof(name), "touch %s/0notes.pcapng", at);
	assert_int_equal(system(name), 0);
	assert_int_equal(journal_fresh_path(fresh, sizeof(fresh)), 0);
	assert_int_equal(count(at), 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define FILE_TEST(f) \
	cmocka_unit_test_setup_teardown(f, make_folder, remove_folder)
#define HOME_TEST(f) cmocka_unit_test_setup_teardown(f, make_home, remove_home)
		FILE_TEST(cut_anywhere_gives_whole_events),
		FILE_TEST(a_block_without_type_is_torn),
		FILE_TEST(foreign_files_are_refused),
		FILE_TEST(index_finds_every_position),
		FILE_TEST(wireshark_shows_lines_between_frames),
		HOME_TEST(folder_is_made_where_it_belongs),
		HOME_TEST(all_living_ones_are_told_of),
		HOME_TEST(ten_are_kept_and_the_live_one_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
