/* bytes_inspect: what the bytes at the cursor mean to different readers. */
#ifndef UI_BYTES_INSPECT_H
#define UI_BYTES_INSPECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

enum inspect_letter {
	INSPECT_NO_LETTER, /* not UTF-8 here */
	INSPECT_CUT,       /* a letter begins here, its rest is not there */
	INSPECT_BEGINS,    /* a letter begins here */
	INSPECT_INSIDE,    /* a letter began up to three bytes before */
};

struct inspect {
	uint8_t bytes[8];   /* from the cursor on */
	int n;              /* how many of them there are */
	uint64_t big[4];    /* as u8, u16, u32, u64, first byte highest */
	uint64_t little[4]; /* … first byte lowest */
	bool has[4];        /* there are bytes enough */
	enum inspect_letter letter;
	int32_t point;      /* BEGINS, INSIDE: the code point */
	int part, parts;    /* which byte of the letter the cursor is on, from
			       1; of how many */
};

/*
 * Look at the byte at offset at of n bytes. For INSIDE the up to three bytes
 * before are read too.
 */
void inspect_read(struct inspect *x, const uint8_t *p, size_t n, size_t at);

/* A code point as a person may safely see it: the letter itself, or a symbol
 * when it is a control, or a mark that would join what stands before it. */
void inspect_put(struct buf *b, int32_t point, bool ascii);

/*
 * The same facts as lines of text, for 78 cells: one line with the most used
 * readings, two with all, or four with room. which counts from 0; of is 1, 2
 * or 4. Numbers are written big-endian/little-endian.
 */
void inspect_line(struct buf *b, const struct inspect *x, int which, int of,
	bool ascii);

#endif
