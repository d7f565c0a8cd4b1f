/* record: the lines that the lab itself writes into the journal. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "lab/inside.h"

void record_line(struct lab *lab, const char *text, size_t n)
{
	/* The journal itself ends in `lab: full` then. */
	if (journal_line(lab->journal, clock_wall(), text, n) == -ENOSPC &&
		!lab->full) {
		lab->full = true;
		lab->changed++;
	}
}

void record_announced(struct lab *lab)
{
	if (lab->announce.len)
		record_line(lab, lab->announce.data, lab->announce.len);
	buf_clear(&lab->announce);
}

void record_printf(struct lab *lab, const char *fmt, ...)
{
	va_list ap;
	char *text;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (n < 0)
		return;
	record_line(lab, text, n);
	free(text);
}

void record_quote(struct buf *b, const char *sentence)
{
	size_t n = strlen(sentence);

	buf_char(b, '"');
	for (size_t i = 0; i < n; i++) {
		/* Letters beyond ASCII stay as they are: this is prose. */
		if ((unsigned char)sentence[i] >= 0x80)
			buf_char(b, sentence[i]);
		else
			text_escape(b, sentence + i, 1);
	}
	buf_char(b, '"');
}

void record_note(struct lab *lab, const char *fmt, ...)
{
	char sentence[1024];
	struct buf b = {0};
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(sentence, sizeof(sentence), fmt, ap);
	va_end(ap);
	buf_text(&b, "lab: note ");
	record_quote(&b, sentence);
	record_line(lab, b.data, b.len);
	buf_done(&b);
}
