/*
 * cell: what one cell of the stage says, made to fit its column. Pure: parsed
 * lines and bytes in, ink out.
 */
#ifndef UI_CELL_H
#define UI_CELL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ink;
struct line;
struct value;

/* The style of byte i of something: the letter of the send that wrote it. */
struct cell_owner {
	int (*style)(void *data, uint64_t i);
	void *data;
};

struct cell_call {
	const struct line *line;   /* as entered */
	const char *lane;          /* said when the column does not, or NULL */
	const char *letter;        /* "A" of a send, or NULL */
	int letter_style;
	const struct value *result;/* NULL: none yet, or not in this row */
	struct cell_owner owner;   /* of the result's bytes; style NULL: none */
	const char *asked, *given; /* an option as it was set, and what the
				      kernel made of it; NULL: the same */
	bool waits;                /* the kernel says it sleeps */
	bool only_result;          /* entered in another row */
	bool packed;               /* it is over its column: no blanks before
				      the result */
	bool ascii;
};

/*
 * A call in at most width cells: `s = send(s, "LOGIN\n") -> 6`. What does not
 * fit goes in this order: the name it is bound to, spaces, bytes of the
 * arguments, all arguments; then of the result the spaces and prefixes of a
 * list, what it says of its members, its last ones; bytes, which are counted;
 * the name of a number. False when anything was left out but the name it is
 * bound to, spaces, and bytes of the result.
 */
bool cell_call(struct ink *out, const struct cell_call *c, int width);

/* Which way a frame went, and how far, as its arrow shows it. */
enum cell_arrow {
	CELL_WENT,      /* ──▶ */
	CELL_HELD,      /* ──▌ */
	CELL_DROPPED,   /* ──✕ */
	CELL_LATER,     /* ──┄ it went on in another row */
	CELL_FROM_HAND, /* ┄─▶ it goes on here */
	CELL_CHANGED,   /* ──✎ others go instead */
};

struct cell_frame {
	uint32_t number;
	const struct ink *words;   /* "LOGIN↵", with styles */
	const char *letters;       /* "A", "AB"; "" when none */
	int letters_style;
	const char *told;          /* plain words for a flag at first use, said
				      where there is room, or NULL */
	uint32_t times;            /* seen so often; 1: once */
	uint32_t again;            /* number of the frame whose bytes it sends
				      once more; 0: of none */
	bool names_it;             /* and is called what it is, where there is
				      room */
	const char *whom;          /* "client→dns"; "" when two are the only */
	bool made;                 /* by us, or changed by us */
	bool leftwards;
	bool beside;               /* neither end is beyond the wire: its arrow
				      points nowhere */
	enum cell_arrow arrow;
	bool ascii;
};

/* A frame in at most width cells: `4 A LOGIN↵ ────▶`, `7 ↻4 A LOGIN↵ ────▶`. */
void cell_frame(struct ink *out, const struct cell_frame *f, int width);

/* Append byte i of n as the notation writes it among them. */
struct buf;
void cell_escape(struct buf *b, const uint8_t *p, size_t n, size_t i);

/* The cells that the words of a frame may have in a column. */
int cell_frame_room(const struct cell_frame *f, int width);

/* Append n bytes as symbols, at most cells of them, each in its owner's style.
 * Bytes that no ASCII stands for are told, \xe1, where all have room so. */
void cell_bytes(struct ink *out, const uint8_t *p, size_t n, int cells,
	const struct cell_owner *owner, bool ascii);

#endif
