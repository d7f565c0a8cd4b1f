/* append: the writing end of a journal. */
#include "journal/journal.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "journal/ahead.h"
#include "journal/tags.h"

/* Room that is kept for the last line and the block that closes the file. */
#define LAST_WORDS 256

struct journal {
	struct ahead ahead;
	int fd;
	int hosts;
	uint64_t limit, used;
	int64_t events;
	bool full;
};

/* ---- blocks ---- */

/* Store the first 4 bytes of a block: from now on it exists. */
static void commit(struct journal *j, uint32_t type, uint64_t size)
{
	_Atomic uint32_t *first = (void *)(j->ahead.map + j->used);

	atomic_store_explicit(first, htole32(type), memory_order_release);
	j->used += size;
}

/* Room for size bytes at used, and for the last words behind them. */
static bool has_room(struct journal *j, uint64_t size)
{
	uint64_t end = j->used + size + LAST_WORDS;

	return end <= j->limit && ahead_need(&j->ahead, end) == 0;
}

/* Append blocks that lie ready in b. */
static int put_block(struct journal *j, const struct buf *b)
{
	uint32_t type;

	if (j->full || !has_room(j, b->len))
		return -ENOSPC;
	memcpy(&type, b->data, sizeof(type));
	memcpy(j->ahead.map + j->used + 4, b->data + 4, b->len - 4);
	commit(j, le32toh(type), b->len);
	return 0;
}

static void write_line(struct journal *j, int64_t time, const char *text,
	size_t len)
{
	size_t size = pcapng_packet_size(TAGS_SIZE + len, 0);

	pcapng_write_packet(j->ahead.map + j->used, 0, time, PCAPNG_UNKNOWN,
		tags_of_line, TAGS_SIZE, text, len, NULL);
	commit(j, PCAPNG_PACKET, size);
	j->events++;
}

static int64_t become_full(struct journal *j, int64_t time)
{
	if (!j->full)
		write_line(j, time, "lab: full", strlen("lab: full"));
	j->full = true;
	return -ENOSPC;
}

int64_t journal_line(struct journal *j, int64_t time, const char *text,
	size_t len)
{
	size_t size = pcapng_packet_size(TAGS_SIZE + len, 0);

	if (j->full || !has_room(j, size))
		return become_full(j, time);
	write_line(j, time, text, len);
	return j->events - 1;
}

int64_t journal_frame(struct journal *j, int host, int64_t time,
	const void *frame, size_t len, const char *comment)
{
	size_t size = pcapng_packet_size(len, comment ? strlen(comment) : 0);

	if (j->full || !has_room(j, size))
		return become_full(j, time);
	pcapng_write_packet(j->ahead.map + j->used, (uint32_t)host, time,
		PCAPNG_OUTBOUND, NULL, 0, frame, len, comment);
	commit(j, PCAPNG_PACKET, size);
	return j->events++;
}

/* ---- the file ---- */

/* The lock tells readers that the journal is being written. It belongs to the
 * open file, so it lasts as long as this process. */
static int lock(int fd)
{
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	return fcntl(fd, F_OFD_SETLK, &whole) < 0 ? -errno : 0;
}

/* Beyond RLIMIT_FSIZE a signal would come instead of an error. */
static uint64_t within_rlimit(uint64_t limit)
{
	struct rlimit most;

	if (getrlimit(RLIMIT_FSIZE, &most) == 0 &&
		most.rlim_cur != RLIM_INFINITY && most.rlim_cur < limit)
		return most.rlim_cur / 65536 * 65536;
	return limit;
}

static int begin(struct journal *j)
{
	struct buf b = {0};
	int r;

	pcapng_put_section(&b, "tomada " VERSION);
	r = put_block(j, &b);
	if (r == 0) {
		buf_clear(&b);
		pcapng_put_interface(&b, TAGS_INTERFACE, PCAPNG_LINK_UPPER_PDU);
		r = put_block(j, &b);
	}
	buf_done(&b);
	return r;
}

int journal_create(struct journal **out, const char *path, int64_t limit)
{
	struct journal *j = mem_zero(sizeof(*j));
	bool mapped = false;
	int r;

	j->limit = within_rlimit((uint64_t)limit);
	j->fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (j->fd < 0) {
		r = -errno;
		free(j);
		return r;
	}
	r = lock(j->fd);
	if (r == 0)
		r = j->limit ? ahead_init(&j->ahead, j->fd, j->limit) : -ENOSPC;
	mapped = r == 0;
	if (r == 0)
		r = begin(j);
	if (r == 0) {
		*out = j;
		return 0;
	}
	if (mapped)
		ahead_done(&j->ahead);
	unlink(path);
	close(j->fd);
	free(j);
	return r;
}

int journal_add_host(struct journal *j, const char *name)
{
	struct buf b = {0};
	int r = -ENOSPC;

	if (j->hosts < JOURNAL_HOSTS) {
		pcapng_put_interface(&b, name, PCAPNG_LINK_ETHERNET);
		r = put_block(j, &b);
		buf_done(&b);
	}
	return r < 0 ? r : ++j->hosts;
}

uint64_t journal_size(const struct journal *j)
{
	return j->used;
}

/*
 * A reader that has not noticed yet that the file was cut looks at the 4 bytes
 * behind the last block. They must lie in a page that the file still has; when
 * the blocks end with a page, one more block, which tells nothing, is put
 * behind them: an interface statistics block without options.
 */
static void leave_page_open(struct journal *j)
{
	static const uint8_t statistics[24] = {
		5, 0, 0, 0,  24, 0, 0, 0,
		0, 0, 0, 0,  0, 0, 0, 0,  0, 0, 0, 0, /* interface 0, time 0 */
		24, 0, 0, 0,
	};

	if (j->used % (uint64_t)sysconf(_SC_PAGESIZE))
		return;
	memcpy(j->ahead.map + j->used + 4, statistics + 4,
		sizeof(statistics) - 4);
	commit(j, statistics[0], sizeof(statistics));
}

void journal_close(struct journal *j)
{
	if (!j)
		return;
	leave_page_open(j);
	ahead_done(&j->ahead);
	/* Should it fail, zeros stay behind the last block: readers know. */
	if (ftruncate(j->fd, (off_t)j->used) < 0)
		errno = 0;
	close(j->fd);
	free(j);
}
