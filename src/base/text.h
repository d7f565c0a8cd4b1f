/*
 * text: letters and bytes.
 *
 * A *letter* is one Unicode code point in UTF-8. A *cell* is one column of a
 * terminal. Bytes from a network go to a screen only through text_symbol.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/*
 * Decode the letter at s, of which n bytes can be read (n > 0). Returns its
 * length in bytes and stores the code point; an ill-formed sequence (RFC 3629:
 * overlong, surrogate, above U+10FFFF, cut off) gives 1 and *point = -1.
 */
size_t text_letter(const char *s, size_t n, int32_t *point);

/* Append a code point as UTF-8. */
void text_put(struct buf *b, int32_t point);

/* Whether all n bytes are well-formed UTF-8. */
bool text_is_utf8(const char *s, size_t n);

/*
 * Cells that one code point takes: 0, 1 or 2, by the locale-independent rules
 * of Unicode (combining marks 0, East Asian wide and emoji 2, control -1).
 */
int text_cells_of(int32_t point);

/* Cells that a UTF-8 string takes: a byte that is no part of a letter counts
 * 1, a control byte 0. */
int text_cells(const char *s, size_t n);

/* Letters (code points) in a UTF-8 string; a stray byte counts as one. */
size_t text_letters(const char *s, size_t n);

/*
 * Append bytes as the inside of a string literal of the notation: printable
 * ASCII as it is; \n \r \t \0 \\ \"; all else as \x and two digits. (\0 only
 * where no octal digit follows, for C reads on.)
 */
void text_escape(struct buf *b, const void *p, size_t n);

/*
 * Read the inside of a string literal, without its quotes. C escapes: \a \b
 * \f \n \r \t \v \\ \" \' \? \e, \ with one to three octal digits, \x with
 * exactly two hex digits. Letters beyond ASCII are an error unless ascii_only
 * is false. Appends the bytes to out. Returns 0, or -EINVAL with *at, the
 * byte offset of what is wrong, and *why, a translatable sentence (static).
 */
int text_unescape(struct buf *out, const char *s, size_t n, bool ascii_only,
	size_t *at, const char **why);

/*
 * Append a byte as one visible cell: printable ASCII as it is, newline ↵,
 * carriage return ␍, tab ⇥, NUL ␀, other control bytes their Unicode control
 * picture, 0x7f ␡, 0x80 and above ·. With ascii, all that is not printable
 * ASCII becomes '.'.
 */
void text_symbol(struct buf *b, uint8_t byte, bool ascii);

/* Edit distance (insert, delete, change, swap of neighbours), for "nearest". */
int text_distance(const char *a, const char *b);

#endif
