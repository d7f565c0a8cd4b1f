/*
 * bytes_inspect: the inspector of the bytes pane, without a screen.
 *
 * A *reading* is what one kind of program would take the bytes for: a number
 * of 1, 2, 4 or 8 bytes in one of the two byte orders, a letter in UTF-8 or
 * Latin-1, an IPv4 address.
 */
#include "ui/bytes_inspect.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"

static int letter_length(uint8_t lead)
{
	if (lead < 0x80)
		return 1;
	if (lead >= 0xc2 && lead <= 0xdf)
		return 2;
	if (lead >= 0xe0 && lead <= 0xef)
		return 3;
	if (lead >= 0xf0 && lead <= 0xf4)
		return 4;
	return 0;
}

static void read_letter(
	struct inspect *x, const uint8_t *p, size_t n, size_t at)
{
	for (size_t back = 0; back <= 3 && back <= at; back++) {
		size_t lead = at - back;
		int want = letter_length(p[lead]);
		int32_t point;
		size_t got = text_letter((const char *)p + lead, n - lead,
			&point);

		if (point >= 0 && got > back) {
			x->letter = back ? INSPECT_INSIDE : INSPECT_BEGINS;
			x->point = point;
			x->part = (int)back + 1;
			x->parts = (int)got;
			return;
		}
		if (want > 1 && (size_t)want > n - lead && back == 0) {
			x->letter = INSPECT_CUT;
			x->part = 1;
			x->parts = want;
			return;
		}
		if ((p[lead] & 0xc0) != 0x80)
			return;
	}
}

void inspect_read(struct inspect *x, const uint8_t *p, size_t n, size_t at)
{
	memset(x, 0, sizeof(*x));
	x->point = -1;
	if (at >= n)
		return;
	x->n = n - at < 8 ? (int)(n - at) : 8;
	memcpy(x->bytes, p + at, (size_t)x->n);
	for (int size = 0; size < 4; size++) {
		int len = 1 << size;

		x->has[size] = len <= x->n;
		for (int i = 0; x->has[size] && i < len; i++) {
			x->big[size] = x->big[size] << 8 | x->bytes[i];
			x->little[size] |= (uint64_t)x->bytes[i] << 8 * i;
		}
	}
	read_letter(x, p, n, at);
}

void inspect_put(struct buf *b, int32_t point, bool ascii)
{
	int cells = point < 0 ? -1 : text_cells_of(point);

	if (point >= 0 && point < 0x80)
		text_symbol(b, (uint8_t)point, ascii);
	else if (ascii || cells < 0 || (point >= 0x80 && point < 0xa0))
		buf_char(b, '.');
	else if (cells == 0)
		buf_text(b, "·"); /* a mark would sit on its neighbour */
	else
		text_put(b, point);
}

static void put_numbers(struct buf *b, const struct inspect *x, int size)
{
	if (x->has[size])
		buf_printf(b, "u%d %" PRIu64 "/%" PRIu64, 8 << size,
			x->big[size], x->little[size]);
	else
		buf_printf(b, "u%d -/-", 8 << size);
}

static void put_utf8(struct buf *b, const struct inspect *x, bool ascii)
{
	buf_text(b, "UTF-8 ");
	switch (x->letter) {
	case INSPECT_NO_LETTER:
		buf_text(b, _("none"));
		break;
	case INSPECT_CUT:
		buf_printf(b, _("cut %d/%d"), x->part, x->parts);
		break;
	case INSPECT_BEGINS:
	case INSPECT_INSIDE:
		inspect_put(b, x->point, ascii);
		buf_printf(b, " U+%04" PRIX32, (uint32_t)x->point);
		if (x->parts > 1)
			buf_printf(b, " %d/%d", x->part, x->parts);
		break;
	}
}

static void put_latin1(struct buf *b, const struct inspect *x, bool ascii)
{
	buf_text(b, "Latin-1 ");
	if (x->n)
		inspect_put(b, x->bytes[0] == 0xad ? 0x80 : x->bytes[0], ascii);
}

static void put_ipv4(struct buf *b, const struct inspect *x)
{
	if (x->n >= 4)
		buf_printf(b, "IPv4 %d.%d.%d.%d", x->bytes[0], x->bytes[1],
			x->bytes[2], x->bytes[3]);
	else
		buf_text(b, "IPv4 -");
}

static void put_order(
	struct buf *b, const char *name, const uint64_t *v, const bool *has)
{
	buf_text(b, name);
	for (int cells = text_cells(name, strlen(name)); cells < 15; cells++)
		buf_char(b, ' ');
	for (int size = 1; size < 4; size++) {
		if (has[size])
			buf_printf(b, "u%d %-*" PRIu64, 8 << size,
				size == 1 ? 7 : size == 2 ? 12 : 20, v[size]);
	}
}

/* With room: a line for each byte order, one for letters and address. */
static void line_of_four(
	struct buf *b, const struct inspect *x, int which, bool ascii)
{
	switch (which) {
	case 0:
		buf_printf(b, "u8 %d   0x%02x   ", x->bytes[0], x->bytes[0]);
		for (int bit = 7; bit >= 0; bit--)
			buf_char(b, x->bytes[0] >> bit & 1 ? '1' : '0');
		break;
	case 1:
		put_order(b, _("big-endian"), x->big, x->has);
		break;
	case 2:
		put_order(b, _("little-endian"), x->little, x->has);
		break;
	case 3:
		put_utf8(b, x, ascii);
		buf_text(b, "   ");
		put_latin1(b, x, ascii);
		buf_text(b, "   ");
		put_ipv4(b, x);
		break;
	}
}

void inspect_line(struct buf *b, const struct inspect *x, int which, int of,
	bool ascii)
{
	if (of == 4) {
		line_of_four(b, x, which, ascii);
		return;
	}
	if (which == 0) {
		buf_printf(b, "u8 %d  ", x->bytes[0]);
		put_numbers(b, x, 1);
		buf_text(b, "  ");
		put_utf8(b, x, ascii);
		buf_text(b, "  ");
		put_latin1(b, x, ascii);
		buf_text(b, "  ");
		put_ipv4(b, x);
		return;
	}
	for (int size = 2; size < 4; size++) {
		put_numbers(b, x, size);
		buf_text(b, "  ");
	}
	buf_text(b, _("big/little-endian"));
}
