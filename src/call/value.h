/*
 * value: one argument, or one result, of a call.
 *
 * What stands in a line of the notation, before and after names are replaced
 * by what they are bound to.
 */
#ifndef CALL_VALUE_H
#define CALL_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

struct buf;
struct sockaddr_un;

/* So deep may lists and records stand inside one another. */
#define VALUE_DEPTH 8

enum value_kind {
	VALUE_NONE,
	VALUE_NUMBER,  /* 64, -1 */
	VALUE_BYTES,   /* "LOGIN\n", utf8"Olá", hex(00 05), repeat("A", 9) */
	VALUE_NAME,    /* s, conn: bound by its actor */
	VALUE_CONSTANT,/* SOCK_STREAM; O_NONBLOCK | … : number and set */
	VALUE_ADDRESS, /* server:9999, any:9999, 10.0.0.2:9999, [::1]:80 … */
	VALUE_ERRNO,   /* ECONNREFUSED */
	VALUE_ANY,     /* _ */
	VALUE_BELOW,   /* < 100 */
	VALUE_TIME,    /* 2s, 500ms: ns; -1: none */
	VALUE_LIST,    /* [a, b]: items */
	VALUE_RECORD,  /* {l_onoff=1, l_linger=0}: items, each with a key */
	VALUE_ENTRY,   /* conn: POLLIN, in a list: two items, the descriptor
			  and its flags */
};

/* How bytes were spelled, so that they print as they were written. */
enum value_spelling {
	VALUE_QUOTED,
	VALUE_UTF8,
	VALUE_LATIN1,
	VALUE_HEX,
	VALUE_REPEAT,
	VALUE_U8, VALUE_U16BE, VALUE_U16LE, VALUE_U32BE, VALUE_U32LE,
	VALUE_U64BE, VALUE_U64LE,
	VALUE_TEXT,    /* text("EUC-JP", "…"): text is iconv's name */
	VALUE_HTONS, VALUE_HTONL, VALUE_HTOBE64,
	VALUE_NTOHS, VALUE_NTOHL, VALUE_BE64TOH,
};

/* What stands where an address has its port. */
#define PORT_ANY (-1)  /* client:_ */
#define PORT_UNIX (-2) /* unix:path, unix:@name; text is path or @name */
#define PORT_NONE (-3) /* none: no address is given */

struct value {
	enum value_kind kind;
	int column;      /* where it stands in its line, in characters from 1 */
	int64_t number;  /* VALUE_NUMBER, CONSTANT, ERRNO, BELOW, repeat count,
			    the port of an address, or PORT_ANY …, the
			    ns of a TIME */
	char *text;      /* owned: NAME's name (m.from: with its field),
			    ADDRESS's host as written */
	char *key;       /* owned: a field's name, of an item of a record */
	struct value *item; /* owned: of LIST, RECORD, ENTRY */
	size_t items, room; /* of it: how many there are, and fit */
	const void *set; /* VALUE_CONSTANT: struct constant_set, or NULL */
	uint8_t *bytes;  /* owned: VALUE_BYTES, or the piece that repeats */
	size_t len;      /* of bytes */
	enum value_spelling spelling;
};

/* A zeroed value is VALUE_NONE. value_done leaves one; value_copy makes an
 * independent copy and frees nothing of what was in to. */
void value_done(struct value *v);
void value_copy(struct value *to, const struct value *from);

/* The bytes a VALUE_BYTES stands for (a repeat unrolled): their number. */
uint64_t value_size(const struct value *v);

/* Append those bytes. */
void value_unroll(struct buf *b, const struct value *v);

/* Make v, which holds nothing yet, one of these. */
void value_of_number(struct value *v, int64_t number);
void value_of_errno(struct value *v, int number);

/* What the kernel wrote into a storage that was zeroed before; of a family
 * that we do not know, and of none, `none`. */
void value_of_address(struct value *v, const struct sockaddr_storage *address);

/* The name of an AF_UNIX socket, size as the kernel gave it; `none` when it
 * has no name. An abstract name is shown up to its first NUL. */
void value_of_unix(struct value *v, const struct sockaddr_un *address,
	socklen_t size);

/* `none`, where an address is not given; and whether v is that, or the time
 * `none`. */
void value_of_no_address(struct value *v);
bool value_is_none(const struct value *v);

void value_of_time(struct value *v, int64_t ns);

/* A number with the constant set that names it (may be NULL). */
void value_of_constant(struct value *v, const char *set, int64_t number);

/* Make v a list or record without items; add an item (emptied by it), with a
 * field's name in a record (copied), NULL in a list. */
void value_of_list(struct value *v, enum value_kind kind);
void value_add(struct value *v, const char *key, struct value *item);

/* Add `fd: flags` to a list, flags of that set. */
void value_add_entry(struct value *v, int64_t fd, const char *set,
	int64_t flags);

/* The field of a record, borrowed, or NULL. */
const struct value *value_field(const struct value *v, const char *key);

/* A VALUE_BYTES that prints shortest while exact: quoted, repeat or hex. */
void value_of_bytes(struct value *v, const void *p, size_t n);

/* Up to so many bytes hex(…) is printed in pairs, beyond in groups of four. */
#define VALUE_HEX_PAIRS 16

/* Whether hex(…) of v's bytes is shorter than their string. */
bool value_is_shorter_hex(const struct value *v);

/* Append v as the notation writes it; what is printed parses to the same. */
void value_print(struct buf *b, const struct value *v);

/* Whether an observed result is what was expected: bytes by bytes, never by
 * spelling; `_` and `client:_` match anything of their kind; of a record only
 * the expected fields count; entries with flags may come in any order. */
bool value_matches(const struct value *expected, const struct value *observed);

#endif
