/*
 * bare: what curses itself costs. A program with nothing behind it that shows
 * the rows of our bench's recording as our stage does, and a bar of which the
 * arrow up moves: the peer of "one row". ^L sends all again, and any other key
 * means nothing: the peer of "nothing changed".
 *
 * Each key's cells lie ready; it asks curses for nothing that we do not ask.
 */
#include <curses.h>
#include <locale.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>
#include <wchar.h>

#define ROWS 60
#define COLUMNS 200
#define HEADING 1  /* rows above the list */
#define LIST 39    /* rows of it */
#define WIRE 67    /* its columns' rules … */
#define SERVER 133

enum { PLAIN, DIM, LETTER };

/* A line of the list, as it is and as it is when the bar is on it. */
static cchar_t line[LIST][2][COLUMNS];

static int put(cchar_t *row, int x, const wchar_t *text, int pair, attr_t a)
{
	for (; *text && x < COLUMNS; text++, x++) {
		wchar_t letter[2] = {*text};

		setcchar(&row[x], letter, a, (short)pair, NULL);
	}
	return x;
}

static void blank(cchar_t *row, int from, int to, attr_t a)
{
	while (from < to)
		from = put(row, from, L" ", PLAIN, a);
}

static void fill(cchar_t *row, int from, int to, attr_t a)
{
	while (from < to)
		from = put(row, from, L"─", PLAIN, a);
}

/* "K9 send(s, "x")  │ 492 K9 x ─────▶", or the answer to it. */
static void make_line(cchar_t *row, int i, bool bar)
{
	attr_t here = bar ? A_REVERSE : 0, a = bar ? A_BOLD : 0;
	wchar_t letter[8], number[8];
	int x;

	swprintf(letter, 8, L"%lc%d ", L'A' + i / 2, 10);
	swprintf(number, 8, L"%d ", 420 + i);
	blank(row, 0, COLUMNS, 0);
	put(row, 0, bar ? L"▸" : L" ", PLAIN, bar ? A_BOLD : 0);
	blank(row, 1, WIRE - 1, here);
	put(row, WIRE, L"│", DIM, 0);
	put(row, SERVER, L"│", DIM, 0);
	if (i % 2) {
		put(row, 1, L"send", DIM, here);
		put(row, 30, L" -> ", DIM, here);
		put(row, 34, L"1", PLAIN, here);
		put(row, WIRE + 2, L"◀", PLAIN, a);
		fill(row, WIRE + 3, SERVER - 9, a);
		put(row, SERVER - 9, L" ", PLAIN, a);
		x = put(row, SERVER - 8, number, DIM, a);
		put(row, x, L"ACK", PLAIN, a);
		return;
	}
	x = put(row, 1, letter, LETTER, A_BOLD | here);
	put(row, x, L"send(s, \"x\")", PLAIN, here);
	x = put(row, WIRE + 2, number, DIM, a);
	x = put(row, x, letter, LETTER, A_BOLD | a);
	x = put(row, x, L"x", LETTER, A_BOLD | a);
	x = put(row, x, L" ", PLAIN, a);
	fill(row, x, SERVER - 2, a);
	put(row, SERVER - 2, L"▶", PLAIN, a);
}

static void draw(int i, bool bar)
{
	mvadd_wchnstr(HEADING + i, 0, line[i][bar], COLUMNS);
}

static bool begin(void)
{
	setlocale(LC_ALL, "");
	if (!newterm(NULL, stdout, stdin))
		return false;
	raw();
	noecho();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	curs_set(0);
	leaveok(stdscr, TRUE);
	start_color();
	use_default_colors();
	init_pair(DIM, 245, -1);
	init_pair(LETTER, 178, -1);
	return LINES >= ROWS && COLS >= COLUMNS;
}

int main(void)
{
	struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
	int at = LIST - 1;
	wint_t key;

	if (!begin()) {
		endwin();
		fprintf(stderr, "bare: this terminal is not 200x60\n");
		return 1;
	}
	for (int i = 0; i < LIST; i++) {
		make_line(line[i][0], i, false);
		make_line(line[i][1], i, true);
		draw(i, i == at);
	}
	mvaddstr(0, 1, "bare curses");
	mvaddstr(ROWS - 1, 1, "up moves the bar"); /* nor is our last row blank */
	refresh();
	while (poll(&in, 1, -1) > 0 && !(in.revents & POLLHUP)) {
		int before = at;
		bool again = false;

		while (get_wch(&key) != ERR) {
			if (key == KEY_UP)
				at = at > 0 ? at - 1 : LIST - 1;
			again = again || key == '\f';
		}
		if (again)
			clearok(curscr, TRUE);
		if (at == before && !again)
			continue;
		draw(before, false);
		draw(at, true);
		refresh();
	}
	endwin();
	return 0;
}
