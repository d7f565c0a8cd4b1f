/* diag: sentences into a fixed room, cut where a letter ends. */
#include "base/diag.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* Cut s, of n bytes, before a UTF-8 letter that lost its end. */
static void cut_whole_letter(char *s, size_t n)
{
	size_t i = n;
	int32_t point;

	while (i > 0 && ((unsigned char)s[i - 1] & 0xc0) == 0x80)
		i--;
	if (i == 0 || (unsigned char)s[i - 1] < 0xc0)
		return;
	text_letter(s + i - 1, n - i + 1, &point);
	if (point < 0)
		s[i - 1] = '\0';
}

int diag_set(struct diag *d, int column, const char *fmt, ...)
{
	va_list ap;
	int n;

	if (!d)
		return -EINVAL;
	va_start(ap, fmt);
	n = vsnprintf(d->msg, sizeof(d->msg), fmt, ap);
	va_end(ap);
	if (n >= (int)sizeof(d->msg))
		cut_whole_letter(d->msg, sizeof(d->msg) - 1);
	d->column = column;
	return -EINVAL;
}

void diag_print(const struct diag *d, char *out, unsigned long size)
{
	char where[32] = "";

	if (d->line > 0 && d->column > 0)
		snprintf(where, sizeof(where), "%d:%d: ", d->line, d->column);
	else if (d->line > 0)
		snprintf(where, sizeof(where), "%d: ", d->line);
	else if (d->column > 0 && d->file)
		snprintf(where, sizeof(where), "1:%d: ", d->column);
	snprintf(out, size, "%s%s%s%s", d->file ? d->file : "",
		d->file ? (where[0] ? ":" : ": ") : "", where, d->msg);
}
