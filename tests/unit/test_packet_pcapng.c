/* Blocks written, read back, read in the other byte order, and torn. */
#include "packet/pcapng.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"

/* A frame of 14 bytes: broadcast, from 02:00:00:00:00:01, type 0x88b5. */
static const uint8_t frame[] = {
	0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0x02, 0x00, 0x00, 0x00, 0x00, 0x01,
	0x88, 0xb5,
};

static void put_packet(struct buf *b, uint32_t interface, int64_t time,
	enum pcapng_way way, const void *head, size_t head_len,
	const void *body, size_t body_len, const char *comment)
{
	size_t size = pcapng_packet_size(head_len + body_len,
		comment ? strlen(comment) : 0);
	uint8_t *block = malloc(size + 1);
	int i;

	memset(block, 0xee, size + 1);
	pcapng_write_packet(block, interface, time, way, head, head_len, body,
		body_len, comment);
	for (i = 0; i < 4; i++)
		assert_int_equal(block[i], 0xee); /* the type is not ours */
	assert_int_equal(block[size], 0xee);      /* nothing behind it */
	memcpy(block, "\6\0\0\0", 4);
	buf_add(b, block, size);
	free(block);
}

static struct pcapng_block read_at(const struct buf *b, uint64_t offset)
{
	struct pcapng_block block;
	bool swapped = true;

	if (offset)
		swapped = false;
	assert_int_equal(pcapng_read(&block, (const uint8_t *)b->data, b->len,
		offset, &swapped), 1);
	assert_false(swapped);
	assert_int_equal(block.offset, offset);
	return block;
}

static void written_and_read(void **state)
{
	struct pcapng_block block;
	struct buf b = {0};
	bool swapped = false;

	(void)state;
	pcapng_put_section(&b, "tomada");
	pcapng_put_interface(&b, "client", PCAPNG_LINK_ETHERNET);
	put_packet(&b, 1, 1700000000123456789, PCAPNG_OUTBOUND, frame, 9,
		frame + 9, 5, "held");
	put_packet(&b, 0, 5, PCAPNG_UNKNOWN, NULL, 0, "x", 1, NULL);
	buf_add(&b, "\0\0\0\0\0\0\0\0", 8); /* touched, not yet written */

	block = read_at(&b, 0);
	assert_int_equal(block.type, PCAPNG_SECTION);
	block = read_at(&b, block.length);
	assert_int_equal(block.type, PCAPNG_INTERFACE);
	assert_int_equal(block.link, PCAPNG_LINK_ETHERNET);
	assert_int_equal(block.units, 1000000000);
	assert_int_equal(block.name_len, 6);
	assert_memory_equal(block.name, "client", 6);
	block = read_at(&b, block.offset + block.length);
	assert_int_equal(block.type, PCAPNG_PACKET);
	assert_int_equal(block.interface, 1);
	assert_true(block.time == 1700000000123456789);
	assert_int_equal(block.way, PCAPNG_OUTBOUND);
	assert_int_equal(block.len, sizeof(frame));
	assert_int_equal(block.original_len, sizeof(frame));
	assert_memory_equal(block.data, frame, sizeof(frame));
	assert_int_equal(block.comment_len, 4);
	assert_memory_equal(block.comment, "held", 4);
	block = read_at(&b, block.offset + block.length);
	assert_int_equal(block.len, 1);
	assert_int_equal(block.way, PCAPNG_UNKNOWN);
	assert_null(block.comment);
	assert_int_equal(pcapng_read(&block, (uint8_t *)b.data, b.len,
		b.len - 8, &swapped), 0);
	assert_int_equal(pcapng_read(&block, (uint8_t *)b.data, b.len, b.len,
		&swapped), 0);
	assert_int_equal(pcapng_read(&block, (uint8_t *)b.data, b.len,
		UINT64_MAX - 3, &swapped), 0);
	buf_done(&b);
}

/* What the draft's figures say, written by hand in the other byte order. */
static const uint8_t big_endian[] = {
	/* section header, 28 bytes, version 1.0, length unknown */
	0x0a, 0x0d, 0x0d, 0x0a, 0, 0, 0, 28, 0x1a, 0x2b, 0x3c, 0x4d,
	0, 1, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0, 0, 0, 28,
	/* an interface: Ethernet; if_name "lo"; if_tsresol 2 to the -10 */
	0, 0, 0, 1, 0, 0, 0, 40, 0, 1, 0, 0, 0, 0, 0, 0,
	0, 2, 0, 2, 'l', 'o', 0, 0,
	0, 9, 0, 1, 0x8a, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 40,
	/* a block of a type that nobody knows, 16 bytes */
	0x40, 0, 0, 7, 0, 0, 0, 16, 1, 2, 3, 4, 0, 0, 0, 16,
	/* a packet of 3 bytes (of 99), time 1:2, inbound, two comments */
	0, 0, 0, 6, 0, 0, 0, 60, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2,
	0, 0, 0, 3, 0, 0, 0, 99, 'a', 'b', 'c', 0,
	0, 1, 0, 3, 'o', 'n', 'e', 0,
	0, 1, 0, 3, 't', 'w', 'o', 0,
	0, 2, 0, 4, 0, 0, 0, 1,
	/* the options just stop, without opt_endofopt */
	0, 0, 0, 60,
};

static void other_byte_order(void **state)
{
	const size_t size = sizeof(big_endian);
	struct pcapng_block block;
	bool swapped = false;

	(void)state;
	assert_int_equal(pcapng_read(&block, big_endian, size, 0, &swapped), 1);
	assert_true(swapped);
	assert_int_equal(block.length, 28);
	assert_int_equal(pcapng_read(&block, big_endian, size, 28, &swapped),
		1);
	assert_int_equal(block.type, PCAPNG_INTERFACE);
	assert_int_equal(block.link, 1);
	assert_int_equal(block.units, 1024);
	assert_memory_equal(block.name, "lo", block.name_len);
	assert_int_equal(pcapng_read(&block, big_endian, size, 68, &swapped),
		1);
	assert_int_equal(block.type, 0x40000007);
	assert_int_equal(pcapng_read(&block, big_endian, size, 84, &swapped),
		1);
	assert_int_equal(block.type, PCAPNG_PACKET);
	assert_true(block.time == (UINT64_C(1) << 32 | 2));
	assert_int_equal(block.len, 3);
	assert_int_equal(block.original_len, 99);
	assert_memory_equal(block.data, "abc", 3);
	assert_int_equal(block.way, PCAPNG_INBOUND);
	assert_int_equal(block.comment_len, 3);
	assert_memory_equal(block.comment, "one", 3);
	assert_int_equal(pcapng_read(&block, big_endian, size, size, &swapped),
		0);
}

/* Two sections of different order in one file. */
static void two_sections(void **state)
{
	struct buf b = {0};
	struct pcapng_block block;
	bool swapped = false;
	uint64_t at = 0;
	int blocks = 0, packets = 0, i;

	(void)state;
	pcapng_put_section(&b, "tomada");
	pcapng_put_interface(&b, "client", PCAPNG_LINK_ETHERNET);
	put_packet(&b, 0, 5, PCAPNG_INBOUND, frame, 14, NULL, 0, NULL);
	buf_add(&b, big_endian, sizeof(big_endian));
	pcapng_put_section(&b, "tomada");
	while ((i = pcapng_read(&block, (uint8_t *)b.data, b.len, at,
		&swapped)) == 1) {
		blocks++;
		packets += block.type == PCAPNG_PACKET;
		at += block.length;
	}
	assert_int_equal(i, 0);
	assert_int_equal(at, b.len);
	assert_int_equal(blocks, 8);
	assert_int_equal(packets, 2);
	assert_false(swapped);
	buf_done(&b);
}

/* A file cut anywhere gives whole blocks and then "torn" or "no more". */
static void torn_anywhere(void **state)
{
	size_t cut, size = sizeof(big_endian);

	(void)state;
	for (cut = 0; cut <= size; cut++) {
		uint8_t *copy = malloc(cut + 1);
		struct pcapng_block block;
		bool swapped = false;
		uint64_t at = 0;
		int got;

		/* malloc'd anew, so that ASan sees a read behind the end */
		memcpy(copy, big_endian, cut);
		copy = realloc(copy, cut ? cut : 1);
		while ((got = pcapng_read(&block, copy, cut, at,
			&swapped)) == 1)
			at += block.length;
		if (cut == 0 || cut == 28 || cut == 68 || cut == 84 ||
			cut == size)
			assert_int_equal(got, 0);
		else if (cut > 28 && cut < 32)
			assert_int_equal(got, 0); /* zeros of a type */
		else if (cut > 68 + 16 && cut < 88)
			assert_int_equal(got, 0);
		else
			assert_int_equal(got, -EINVAL);
		free(copy);
	}
}

/* Write one wrong byte into a packet block; it must be refused. */
static void assert_wrong(size_t at, uint8_t byte)
{
	uint8_t copy[sizeof(big_endian)];
	struct pcapng_block block;
	bool swapped = true;

	memcpy(copy, big_endian, sizeof(copy));
	copy[at] = byte;
	assert_int_equal(pcapng_read(&block, copy, sizeof(copy),
		at < 28 ? 0 : at < 68 ? 28 : 84, &swapped), -EINVAL);
}

static void wrong_blocks(void **state)
{
	(void)state;
	assert_wrong(8, 0x1b);      /* the magic */
	assert_wrong(13, 2);        /* version 2 */
	assert_wrong(7, 8);         /* shorter than any block */
	assert_wrong(7, 27);        /* not a multiple of 4 */
	assert_wrong(27, 32);       /* the second length differs */
	assert_wrong(4, 0x7f);      /* longer than the file */
	assert_wrong(28 + 19, 99);  /* if_name longer than the block */
	assert_wrong(28 + 27, 2);   /* if_tsresol of two bytes */
	assert_wrong(28 + 28, 20);  /* 10 to the -20 */
	assert_wrong(28 + 28, 0xc0);/* 2 to the -64 */
	assert_wrong(84 + 23, 60);  /* data longer than the block */
	assert_wrong(84 + 20, 0xff);
	assert_wrong(84 + 51, 2);   /* epb_flags of two bytes */
}

static void long_comments_are_cut(void **state)
{
	struct buf b = {0};
	char *comment = calloc(1, 70001);
	struct pcapng_block block;
	bool swapped = false;

	(void)state;
	memset(comment, 'c', 70000);
	put_packet(&b, 0, 0, PCAPNG_INBOUND, frame, 14, NULL, 0, comment);
	assert_int_equal(pcapng_read(&block, (uint8_t *)b.data, b.len, 0,
		&swapped), 1);
	assert_int_equal(block.comment_len, 65532);
	free(comment);
	buf_done(&b);
}

/* The first line that a command prints, without its newline. */
static void run(const char *command, char *line, int size)
{
	FILE *p = popen(command, "r");

	assert_non_null(p);
	line[0] = '\0';
	if (!fgets(line, size, p))
		line[0] = '\0';
	line[strcspn(line, "\n")] = '\0';
	assert_int_equal(pclose(p), 0);
}

static void opened_by_wireshark(void **state)
{
	char path[] = "/tmp/tomada-pcapng-XXXXXX", command[300], line[200];
	struct buf b = {0};
	int fd;

	(void)state;
	if (system("command -v tshark capinfos >/dev/null") != 0) {
		print_message("tshark is missing: not tried\n");
		skip();
	}
	pcapng_put_section(&b, "tomada");
	pcapng_put_interface(&b, "client", PCAPNG_LINK_ETHERNET);
	put_packet(&b, 0, 1700000000123456789, PCAPNG_OUTBOUND, frame, 14,
		NULL, 0, "repeat of #4");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, b.data, b.len), b.len);
	close(fd);
	snprintf(command, sizeof(command), "tshark -r %s -T fields -E "
		"separator='|' -e frame.time_epoch -e frame.interface_name "
		"-e frame.comment -e frame.packet_flags_direction "
		"-e eth.type 2>/dev/null", path);
	run(command, line, sizeof(line));
	assert_string_equal(line,
		"1700000000.123456789|client|repeat of #4|0x00000002|0x88b5");
	snprintf(command, sizeof(command),
		"capinfos -M -T -r -c %s | cut -f2", path);
	run(command, line, sizeof(line));
	assert_string_equal(line, "1");
	unlink(path);
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(written_and_read),
		cmocka_unit_test(other_byte_order),
		cmocka_unit_test(two_sections),
		cmocka_unit_test(torn_anywhere),
		cmocka_unit_test(wrong_blocks),
		cmocka_unit_test(long_comments_are_cut),
		cmocka_unit_test(opened_by_wireshark),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
