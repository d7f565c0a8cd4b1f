/* encoding: iconv(3), whole texts at a time. */
#include "call/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/buf.h"

/* No // in it: //TRANSLIT and the like would give letters nobody wrote. */
static bool is_name(const char *name)
{
	size_t n = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789_-.:+");

	return n && !name[n] && n < ENCODING_NAME;
}

/* All of in, or the letter that stopped it in *at. */
static int convert(iconv_t how, struct buf *b, const char *in, size_t n,
	size_t *at)
{
	char piece[512], *from = (char *)in, *to;
	size_t left = n, room;
	bool ends = false;

	for (;;) {
		to = piece;
		room = sizeof(piece);
		errno = 0;
		/* The second round writes what leads back to plain ASCII. */
		size_t result = iconv(how, ends ? NULL : &from,
			ends ? NULL : &left, &to, &room);

		buf_add(b, piece, sizeof(piece) - room);
		if (result == (size_t)-1 && errno == E2BIG)
			continue;
		if (result != 0) {
			*at = n - left;
			return -EILSEQ;
		}
		if (ends)
			return 0;
		ends = true;
	}
}

static int with_iconv(struct buf *b, const char *to, const char *from,
	const char *in, size_t n, size_t *at)
{
	iconv_t how = iconv_open(to, from);
	int error;

	if (how == (iconv_t)-1)
		return -ENOENT;
	error = convert(how, b, in, n, at);
	iconv_close(how);
	return error;
}

bool encoding_is_known(const char *name)
{
	iconv_t how;

	if (!is_name(name))
		return false;
	how = iconv_open(name, "UTF-8");
	if (how == (iconv_t)-1)
		return false;
	iconv_close(how);
	return true;
}

int encoding_encode(struct buf *b, const char *name, const char *letters,
	size_t n, size_t *at)
{
	*at = 0;
	if (!is_name(name))
		return -ENOENT;
	buf_add(b, "", 0); /* even no bytes have an address */
	return with_iconv(b, name, "UTF-8", letters, n, at);
}

int encoding_decode(struct buf *b, const char *name, const void *bytes,
	size_t n)
{
	struct buf again = {0};
	size_t from = b->len, at;
	int error;

	if (!is_name(name))
		return -ENOENT;
	error = with_iconv(b, "UTF-8", name, bytes, n, &at);
	if (!error)
		error = encoding_encode(&again, name, buf_str(b) + from,
			b->len - from, &at);
	if (!error && (again.len != n || memcmp(buf_str(&again), bytes, n)))
		error = -EILSEQ;
	buf_done(&again);
	return error;
}
