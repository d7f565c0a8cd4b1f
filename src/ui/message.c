/* message: see message.h. */
#include "ui/message.h"

#include <string.h>

#include "base/text.h"
#include "ui/ink.h"

/* What stands behind the first line. */
static const char *rest(const char *text, int width)
{
	text += ink_line_of(text, width);
	return text + strspn(text, " ");
}

int message_rows(const char *text, int width)
{
	int rows = 0;

	for (; *text != '\0' && rows < MESSAGE_MOST; rows++)
		text = rest(text, width);
	return rows;
}

int message_end(const char *text, int width)
{
	int cells;

	for (int rows = 1; rows < MESSAGE_MOST &&
			*rest(text, width) != '\0'; rows++)
		text = rest(text, width);
	cells = text_cells(text, strlen(text));
	return cells < width ? cells : width;
}

int message_draw(WINDOW *w, int y, int rows, int style, const char *text)
{
	int width = getmaxx(w) - 2, cells;
	struct ink k = { 0 };

	for (; rows > 1 && *text != '\0'; rows--) {
		ink_clear(&k);
		ink_add(&k, style, text, ink_line_of(text, width));
		ink_draw(w, y++, 1, width, &k, A_NORMAL);
		text = rest(text, width);
	}
	ink_clear(&k);
	ink_text(&k, style, text);
	ink_cut(&k, width);
	ink_draw(w, y, 1, width, &k, A_NORMAL);
	cells = ink_cells(&k);
	ink_done(&k);
	return cells;
}
