/*
 * journal: whatever happens, in order, in one pcapng file.
 *
 * Written by one process (the lab), mapped by any number of readers. An
 * *event* is one packet block: a frame on the interface of the host that sent
 * it, or a line of the one notation on interface 0. Its *position* is its
 * ordinal, from 0; its *offset* is where its block lies in the file. Entries
 * are append-only: an offset stays good for ever.
 *
 * A block exists for readers once its first 4 bytes, stored last with release
 * order, are not zero; behind the last block the file is zero up to the end of
 * the chunk in use, which journal_close cuts off. A reader that finds a torn
 * or unfinished tail (the writer was killed) stops before it.
 */
#ifndef JOURNAL_JOURNAL_H
#define JOURNAL_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "packet/pcapng.h"

struct diag;

#define JOURNAL_LIMIT (INT64_C(1) << 30) /* bytes, unless told */
#define JOURNAL_HOSTS 8

/* ---- writing ---- */

struct journal;

/*
 * Create a journal at path (O_EXCL, 0600) of at most limit bytes and write its
 * section and the interface of lines. 0 or -errno. While the process lives the
 * file carries a lock, which says "is being written"; a child that is forked
 * later holds it too, and cannot touch the mapping.
 */
int journal_create(struct journal **out, const char *path, int64_t limit);

/* Add the interface of a host. Returns its number (1, 2, …) or -errno. */
int journal_add_host(struct journal *j, const char *name);

/*
 * Append a frame that a host sent; comment (its first fate, when it was not
 * just passed on) may be NULL. Append a line (no newline in it). Both return
 * the event's position, or -ENOSPC: the limit or the disk is full, the event
 * was not written, and every later call gives the same. The journal then ends
 * with the line `lab: full`, for which room was kept. time: ns since 1970.
 */
int64_t journal_frame(struct journal *j, int host, int64_t time,
	const void *frame, size_t len, const char *comment);
int64_t journal_line(struct journal *j, int64_t time, const char *text,
	size_t len);

/* Bytes used, for the status line and for the lab's own reading back. */
uint64_t journal_size(const struct journal *j);

/* Cut the unused tail off and close. NULL is allowed. */
void journal_close(struct journal *j);

/* ---- where journals live ---- */

/*
 * The folder: $XDG_RUNTIME_DIR/tomada, else $XDG_STATE_HOME/tomada/journals,
 * else ~/.local/state/tomada/journals; made (0700) when it is not there. 0 or
 * -errno.
 */
int journal_folder(char *out, size_t size);

/* A fresh name in the folder (time and pid in it), after removing all but the
 * newest nine that no process is writing (their lock is free). */
int journal_fresh_path(char *out, size_t size);

/* Hand the path of each journal that is being written now to each(), the newest
 * first, until it returns false. 0 or -errno. */
int journal_each_live(bool (*each)(const char *path, void *arg), void *arg);

/* The newest of them. 0 or -errno; -ENOENT: there is none. */
int journal_live_path(char *out, size_t size);

/* ---- reading ---- */

struct journal_view;

enum event_kind { EVENT_LINE, EVENT_FRAME };

struct event {
	enum event_kind kind;
	uint64_t offset;     /* of its block */
	uint64_t next;       /* offset behind it */
	int64_t time;        /* ns since 1970 */
	int host;            /* EVENT_FRAME: from 0, order of the interfaces */
	const uint8_t *data; /* the frame; or the line, not NUL-terminated.
				Borrowed until journal_unmap */
	uint32_t len;
	const char *comment; /* not NUL-terminated, or NULL */
	size_t comment_len;
};

/*
 * Map a journal for reading, finished or being written. 0, or -errno with d
 * filled in (not there, not a pcapng, not a journal of ours).
 */
int journal_map(struct journal_view **out, const char *path, struct diag *d);
void journal_unmap(struct journal_view *v);

/* Offset of the first event. */
uint64_t journal_begin(const struct journal_view *v);

/*
 * The event at offset. 1; 0 when there is none yet (ask again later, or the
 * file ends there); -EINVAL when what is there is torn. Interfaces that lie on
 * the way are taken in. Constant time.
 */
int journal_read(struct journal_view *v, uint64_t offset, struct event *out);

/* Whether a writer holds the journal now. */
bool journal_is_live(const struct journal_view *v);

/* Bytes of an unfinished tail that were left out, for the notice; asked after
 * reading to the end of a journal that is not live. */
uint64_t journal_torn(const struct journal_view *v);

int journal_hosts(const struct journal_view *v);
const char *journal_host_name(const struct journal_view *v, int host);

/* Remember offsets: a checkpoint every JOURNAL_STRIDE events makes the event
 * at any position reachable in bounded time: on average half of them are
 * stepped over, some 30 ns each. */
#define JOURNAL_STRIDE 16

struct journal_index;

struct journal_index *journal_index_new(void);
void journal_index_free(struct journal_index *x);
/* Note that the event at position lies at offset; in order, each once. */
void journal_index_add(struct journal_index *x, uint64_t position,
	uint64_t offset);
/* Read the event at a position that was added. As journal_read. */
int journal_index_read(const struct journal_index *x, struct journal_view *v,
	uint64_t position, struct event *out);

#endif
