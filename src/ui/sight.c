/* sight: see sight.h. */
#include "ui/sight.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include <curses.h>
#include <term.h>

#include "base/text.h"
#include "ui/theme.h"

/* How long a terminal may take to say where its cursor is: it may be at the
 * other end of a network. */
#define ANSWER 1000 /* ms */

bool sight_size(int *wide, int *high)
{
	struct winsize ws;

	if (!isatty(STDOUT_FILENO) ||
			ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) != 0 ||
			ws.ws_col == 0 || ws.ws_row == 0)
		return false;
	*wide = ws.ws_col;
	*high = ws.ws_row;
	return true;
}

int sight_colours(void)
{
	int err, n;

	if (setupterm(NULL, STDOUT_FILENO, &err) == ERR)
		return -1;
	n = tigetnum("colors");
	del_curterm(cur_term);
	return n > 0 ? n : 0;
}

/* ---- signs ---- */

/* Read the answer to "where is the cursor": ESC [ row ; column R. */
static int read_column(void)
{
	char answer[32];
	size_t n = 0;
	int row, column;

	while (n + 1 < sizeof answer) {
		struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };

		if (poll(&p, 1, ANSWER) <= 0 ||
				read(STDIN_FILENO, answer + n, 1) != 1)
			return -1;
		if (answer[n++] == 'R')
			break;
	}
	answer[n] = '\0';
	return sscanf(answer, "\033[%d;%dR", &row, &column) == 2 ? column : -1;
}

/* Cells that the terminal goes on by; -1: it does not say. */
static int ask_cells(const char *sign)
{
	int column;

	printf("\r%s\033[6n", sign);
	fflush(stdout);
	column = read_column();
	printf("\r\033[K");
	fflush(stdout);
	return column - 1;
}

/* What the library counts, which curses draws by. */
static int library_cells(const char *sign)
{
	wchar_t wide[16];
	size_t n = mbstowcs(wide, sign, 15);

	return n == (size_t)-1 ? -1 : wcswidth(wide, n);
}

const char *sight_wrong_sign(bool *told)
{
	bool listens = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	const char *wrong = NULL;
	struct termios before, raw;

	*told = false;
	if (listens && tcgetattr(STDIN_FILENO, &before) == 0) {
		raw = before;
		raw.c_lflag &= (tcflag_t)~(ICANON | ECHO);
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw);
		*told = ask_cells("a") == 1;
	}
	for (int i = 0; i < SIGNS && wrong == NULL; i++) {
		const char *sign = theme_sign((enum theme_sign)i);
		int cells = text_cells(sign, strlen(sign));

		if (library_cells(sign) != cells ||
				(*told && ask_cells(sign) != cells))
			wrong = sign;
	}
	if (listens)
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	return wrong;
}
