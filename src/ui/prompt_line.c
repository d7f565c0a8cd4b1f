/* prompt_line: what the prompt must know of the line being typed. */
#include "ui/prompt_line.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "call/line.h"

bool prompt_keys_put(struct prompt_keys *q, const void *p, size_t n)
{
	const uint8_t *from = p;

	if (n > PROMPT_KEYS - q->count)
		return false;
	for (size_t i = 0; i < n; i++)
		q->byte[(q->first + q->count++) % PROMPT_KEYS] = from[i];
	return true;
}

int prompt_keys_take(struct prompt_keys *q)
{
	int byte;

	if (!q->count)
		return -1;
	byte = q->byte[q->first];
	q->first = (q->first + 1) % PROMPT_KEYS;
	q->count--;
	return byte;
}

int prompt_letter(const char *text, size_t n, size_t at, size_t *len)
{
	int32_t point;
	int cells;

	*len = text_letter(text + at, n - at, &point);
	cells = point < 0 ? 1 : text_cells_of(point);
	return cells < 0 ? 1 : cells;
}

static int cells_before(const char *text, size_t n, size_t point)
{
	int cells = 0;

	for (size_t at = 0, len; at < point && at < n; at += len)
		cells += prompt_letter(text, n, at, &len);
	return cells;
}

/* The first letter that begins at or behind a cell. */
static size_t at_cell(const char *text, size_t n, int cell, int *begins)
{
	size_t at = 0, len;
	int cells = 0;

	while (at < n && cells < cell) {
		cells += prompt_letter(text, n, at, &len);
		at += len;
	}
	/* Marks belong to the letter before them, which is not seen. */
	while (at < n && at > 0 && prompt_letter(text, n, at, &len) == 0)
		at += len;
	*begins = cells;
	return at;
}

void prompt_window(struct prompt_window *w, const char *text, size_t n,
	size_t point, int cells)
{
	int cursor = cells_before(text, n, point), begin = 0, used = 0;
	int half;
	size_t at;

	*w = (struct prompt_window){0};
	if (cells < 4)
		cells = 4;
	half = cells / 2;
	if (cursor >= cells - 1) {
		int jumps = (cursor - (cells - 1)) / half + 1;

		w->more_left = true;
		w->first = at_cell(text, n, jumps * half, &begin);
		used = 1;
	}
	w->cursor = used + cursor - begin;
	for (at = w->first; at < n;) {
		size_t len;
		int wide = prompt_letter(text, n, at, &len);

		if (used + wide > cells)
			break;
		used += wide;
		at += len;
	}
	w->end = at;
	w->more_right = at < n;
	/* Make room for the sign. */
	while (w->more_right && used >= cells && w->end > w->first) {
		size_t len, last = w->end - 1;

		while (last > w->first && ((uint8_t)text[last] & 0xc0) == 0x80)
			last--;
		used -= prompt_letter(text, n, last, &len);
		w->end = last;
	}
}

int prompt_cell(const struct prompt_window *w, const char *text, size_t n,
	size_t at)
{
	if (at < w->first || at > w->end || (at == w->end && w->more_right))
		return -1;
	return w->more_left + cells_before(text + w->first, n - w->first,
		at - w->first);
}

size_t prompt_column(const char *text, size_t n, int column)
{
	size_t at = 0;

	while (at < n && column-- > 1) {
		int32_t point;

		at += text_letter(text + at, n - at, &point);
	}
	return at;
}

static bool names_encoding(const char *text, size_t quote)
{
	return (quote >= 4 && memcmp(text + quote - 4, "utf8", 4) == 0) ||
		(quote >= 6 && memcmp(text + quote - 6, "latin1", 6) == 0);
}

bool prompt_needs_encoding(const char *text, size_t n, size_t point,
	size_t *quote)
{
	bool inside = false, beyond = false;

	for (size_t i = 0; i < n; i++) {
		if (!inside && text[i] == '#')
			return false;
		if (text[i] == '"') {
			inside = !inside;
			if (inside) {
				*quote = i;
				beyond = false;
			} else if (point >= *quote && point <= i + 1) {
				return beyond && !names_encoding(text, *quote);
			}
		} else if (inside && text[i] == '\\') {
			i++;
		} else if (inside && (text[i] & 0x80)) {
			beyond = true;
		}
	}
	return inside && beyond && point >= *quote &&
		!names_encoding(text, *quote);
}

/* Whether a word of n bytes is how an order to the wire begins: the first word
 * that the notation writes of one of its verbs, or `sees`. */
static bool is_order(const char *word, size_t n)
{
	struct wire_order order = {.to = -1};
	char none[] = "";
	bool found = n == 4 && !memcmp(word, "sees", 4);

	order.filter = none;
	for (int v = WIRE_FLOW; v <= WIRE_MTU && !found; v++) {
		struct buf b = {0};

		order.verb = (enum wire_verb)v;
		wire_order_print(&b, &order);
		found = strcspn(buf_str(&b), " ") == n &&
			!memcmp(buf_str(&b), word, n);
		buf_done(&b);
	}
	return found;
}

bool prompt_is_wire(const char *text, size_t n)
{
	size_t begin = 0, end;

	while (begin < n && text[begin] == ' ')
		begin++;
	for (end = begin; end < n && isalnum((unsigned char)text[end]); end++)
		;
	if (!is_order(text + begin, end - begin))
		return false;
	while (end < n && text[end] == ' ')
		end++;
	/* A name may be spelled like a verb: drop = recv(…). */
	return end == n || !strchr("=(:_", text[end]);
}

size_t prompt_common(char *const *candidate, size_t count)
{
	size_t n = strlen(candidate[0]);

	for (size_t i = 1; i < count; i++) {
		size_t k = 0;

		while (k < n && candidate[i][k] == candidate[0][k])
			k++;
		n = k;
	}
	while (n > 0 && ((uint8_t)candidate[0][n] & 0xc0) == 0x80)
		n--;
	return n;
}
