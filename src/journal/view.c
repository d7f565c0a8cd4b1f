/*
 * view: the reading end of a journal.
 *
 * The file is mapped once, with address space for what it may grow to, so that
 * what was borrowed stays good; bytes behind the size that the file is known
 * to have are never touched.
 */
#include "journal/journal.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "journal/tags.h"

#define ROOMY (UINT64_C(64) << 30)
#define INTERFACES (1 + JOURNAL_HOSTS)
#define NAME 32
#define SECOND INT64_C(1000000000)

struct interface {
	uint16_t link;
	int host;        /* LINK_ETHERNET */
	uint64_t units;  /* of its times, per second */
	char name[NAME];
};

struct journal_view {
	int fd;
	const uint8_t *map;
	uint64_t reserved, size; /* mapped; known to be in the file */
	bool swapped;
	struct interface interface[INTERFACES];
	unsigned interfaces;
	int hosts;
	int host[JOURNAL_HOSTS]; /* their interfaces */
	uint64_t begin;
	uint64_t known;          /* interfaces before this are taken in */
	uint64_t end;            /* where reading found nothing (more) */
};

/* ---- the mapping ---- */

/* Ask the file for its size. What it had before it was cut by journal_close
 * was zeros, which nobody borrows. */
static void look(struct journal_view *v)
{
	struct stat st;

	if (fstat(v->fd, &st) == 0 && st.st_size >= 0)
		v->size = (uint64_t)st.st_size;
	if (v->size > v->reserved)
		v->size = v->reserved;
}

static int map(struct journal_view *v)
{
	uint64_t sizes[] = {ROOMY, JOURNAL_LIMIT, 0};
	struct stat st;
	void *p;

	if (fstat(v->fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return S_ISDIR(st.st_mode) ? -EISDIR : -EINVAL;
	if ((uint64_t)st.st_size > SIZE_MAX / 2)
		return -EFBIG;
	sizes[2] = (uint64_t)st.st_size + !st.st_size;
	for (size_t i = 0; i < 3; i++) {
		if (sizes[i] < sizes[2] || sizes[i] > SIZE_MAX / 2)
			continue;
		p = mmap(NULL, sizes[i], PROT_READ, MAP_SHARED, v->fd, 0);
		if (p == MAP_FAILED)
			continue;
		v->map = p;
		v->reserved = sizes[i];
		v->size = (uint64_t)st.st_size;
		return 0;
	}
	return -errno;
}

/* Whether a block exists at offset; reads of it come after this one. */
static bool is_there(struct journal_view *v, uint64_t offset)
{
	const _Atomic uint32_t *first = (const void *)(v->map + offset);

	if (offset % 4)
		return true; /* never ours: let the parser refuse it */
	/* A live file is as long as its chunk; look again at its end only. */
	if (offset >= v->size || v->size - offset < 4)
		look(v);
	if (offset >= v->size || v->size - offset < 4)
		return offset < v->size;
	return atomic_load_explicit(first, memory_order_acquire) != 0;
}

/* ---- blocks ---- */

static int take_interface(struct journal_view *v,
	const struct pcapng_block *b)
{
	struct interface *to = v->interface + v->interfaces;
	size_t n = b->name_len < NAME - 1 ? b->name_len : NAME - 1;

	if (v->interfaces == INTERFACES || b->units == 0)
		return -EINVAL;
	*to = (struct interface){.link = b->link, .units = b->units};
	if (b->name)
		memcpy(to->name, b->name, n);
	if (v->interfaces == 0) {
		if (b->link != PCAPNG_LINK_UPPER_PDU ||
			strcmp(to->name, TAGS_INTERFACE))
			return -EINVAL;
	} else {
		if (b->link != PCAPNG_LINK_ETHERNET)
			return -EINVAL;
		to->host = v->hosts;
		v->host[v->hosts++] = (int)v->interfaces;
	}
	v->interfaces++;
	return 0;
}

/* A block at offset: 1, 0 none yet, -EINVAL torn. */
static int read_block(struct journal_view *v, uint64_t offset,
	struct pcapng_block *b)
{
	int r;

	if (!is_there(v, offset)) {
		v->end = offset;
		return 0;
	}
	r = pcapng_read(b, v->map, v->size, offset, &v->swapped);
	/* Half a block may be the half that we knew to be there. */
	if (r < 0) {
		uint64_t before = v->size;

		look(v);
		if (v->size > before)
			r = pcapng_read(b, v->map, v->size, offset,
				&v->swapped);
	}
	if (r <= 0)
		v->end = offset;
	return r;
}

static int64_t to_ns(uint64_t time, uint64_t units)
{
	uint64_t whole, part;

	if (units == SECOND)
		return (int64_t)(time & INT64_MAX);
	whole = time / units;
	part = time % units;
	if (whole > INT64_MAX / SECOND - 1)
		return 0;
	return (int64_t)(whole * SECOND) +
		(int64_t)((double)part / (double)units * (double)SECOND);
}

static int take_packet(struct journal_view *v, const struct pcapng_block *b,
	struct event *out)
{
	const struct interface *on;
	size_t tags = 0;

	if (b->interface >= v->interfaces)
		return -EINVAL;
	on = v->interface + b->interface;
	if (on->link == PCAPNG_LINK_UPPER_PDU) {
		tags = tags_length(b->data, b->len);
		if (tags == 0)
			return -EINVAL;
	}
	*out = (struct event){
		.kind = tags ? EVENT_LINE : EVENT_FRAME,
		.offset = b->offset,
		.next = b->offset + b->length,
		.time = to_ns(b->time, on->units),
		.host = on->host,
		.data = b->data + tags,
		.len = b->len - (uint32_t)tags,
		.comment = b->comment,
		.comment_len = b->comment_len,
	};
	return 1;
}

int journal_read(struct journal_view *v, uint64_t offset, struct event *out)
{
	struct pcapng_block b;
	int r;

	while ((r = read_block(v, offset, &b)) > 0) {
		uint64_t next = b.offset + b.length;

		if (b.type == PCAPNG_PACKET) {
			r = take_packet(v, &b, out);
			break;
		}
		if (b.type == PCAPNG_SECTION)
			r = -EINVAL;
		else if (b.type == PCAPNG_INTERFACE && offset >= v->known)
			r = take_interface(v, &b);
		if (r < 0)
			break;
		if (v->known < next)
			v->known = next;
		offset = next;
	}
	if (r < 0)
		v->end = offset;
	return r;
}

/* ---- the whole ---- */

/* The section and the interface of lines. */
static int read_head(struct journal_view *v)
{
	struct pcapng_block b;
	int r = read_block(v, 0, &b);

	if (r <= 0 || b.type != PCAPNG_SECTION)
		return -EINVAL;
	v->begin = v->known = b.length;
	r = read_block(v, v->begin, &b);
	if (r <= 0 || b.type != PCAPNG_INTERFACE)
		return -EINVAL;
	r = take_interface(v, &b);
	v->begin += b.length;
	v->known = v->begin;
	return r;
}

int journal_map(struct journal_view **out, const char *path, struct diag *d)
{
	struct journal_view *v = mem_zero(sizeof(*v));
	int r;

	v->fd = open(path, O_RDONLY | O_CLOEXEC);
	r = v->fd < 0 ? -errno : map(v);
	if (r < 0) {
		diag_set(d, 0, _("%s cannot be read: %s"), path, strerror(-r));
		goto out;
	}
	r = read_head(v);
	if (r < 0) {
		diag_set(d, 0, _("%s is not a journal of tomada; open "
			"captures of other programs with Wireshark"), path);
		goto out;
	}
	*out = v;
	return 0;
out:
	journal_unmap(v);
	return r;
}

void journal_unmap(struct journal_view *v)
{
	if (!v)
		return;
	if (v->map)
		munmap((void *)v->map, v->reserved);
	if (v->fd >= 0)
		close(v->fd);
	free(v);
}

uint64_t journal_begin(const struct journal_view *v)
{
	return v->begin;
}

bool journal_is_live(const struct journal_view *v)
{
	struct flock whole = {.l_type = F_RDLCK, .l_whence = SEEK_SET};

	return fcntl(v->fd, F_OFD_GETLK, &whole) == 0 &&
		whole.l_type != F_UNLCK;
}

uint64_t journal_torn(const struct journal_view *v)
{
	uint64_t n = v->reserved;
	struct stat st;

	/* The file may have been cut since we looked. */
	if (fstat(v->fd, &st) < 0)
		return 0;
	if ((uint64_t)st.st_size < n)
		n = (uint64_t)st.st_size;
	while (n > v->end && v->map[n - 1] == 0)
		n--;
	return n > v->end ? n - v->end : 0;
}

int journal_hosts(const struct journal_view *v)
{
	return v->hosts;
}

const char *journal_host_name(const struct journal_view *v, int host)
{
	if (host < 0 || host >= v->hosts)
		return "";
	return v->interface[v->host[host]].name;
}
