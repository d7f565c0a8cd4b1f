/* keys: see keys.h. */
#include "ui/keys.h"

#include <string.h>

#include <curses.h>

#include "base/intl.h"
#include "ui/ink.h"

#define CTRL(c) ((c) & 0x1f)

static const struct key_row table[] = {
	{ CMD_NEXT, { ' ', KEY_NPAGE }, N_("Space"), N_("go on"),
		N_("the next thing; the footer names it (also PgDn)"),
		KEYS_GO },
	{ CMD_BACK, { KEY_BACKSPACE, KEY_PPAGE, 0x7f, CTRL('h') }, N_("Bksp"),
		N_("back"), N_("back in time, one event (also PgUp)"), KEYS_GO },
	{ CMD_NOW, { KEY_END }, N_("End"), N_("now"),
		N_("return to now"), KEYS_GO },
	{ CMD_PAGE_BACK, { '[' }, "[", N_("previous page"),
		N_("the page before"), KEYS_GO },
	{ CMD_PAGE_ON, { ']' }, "]", N_("next page"),
		N_("the page after"), KEYS_GO },
	{ CMD_ANSWER, { 'a', 'b', 'c', 'd', 'e' }, "a-e", N_("predict"),
		N_("choose an answer"), KEYS_GO },
	{ CMD_HINT, { 't' }, "t", N_("hint"),
		N_("in an exercise: a hint; behind the third the solution"),
		KEYS_GO },
	{ CMD_VOTES, { 'v' }, "v", N_("votes"),
		N_("in class: type what was voted"), KEYS_GO },
	{ CMD_SKIP, { 's' }, "s", N_("skip"),
		N_("in class: let the kernel answer at once"), KEYS_GO },
	{ CMD_BLANK, { '.' }, ".", N_("blank"),
		N_("in class: a black screen; any key brings it back"),
		KEYS_GO },

	{ CMD_LESSON, { '0' }, "0", N_("lesson"),
		N_("the lesson"), KEYS_LOOK },
	{ CMD_BYTES, { '1' }, "1", N_("bytes"),
		N_("the bytes of the selected frame or call"), KEYS_LOOK },
	{ CMD_SOCKETS, { '3' }, "3", N_("sockets"),
		N_("every socket, as its kernel reports it"), KEYS_LOOK },
	{ CMD_PANE_ON, { '\t' }, "Tab", N_("pane"),
		N_("the next pane; in the text arrows scroll; Shift-Tab goes "
		"back"), KEYS_LOOK },
	{ CMD_PANE_BACK, { KEY_BTAB }, N_("Shift-Tab"), N_("pane back"),
		NULL, KEYS_LOOK },
	{ CMD_MOVE, { KEY_UP, KEY_DOWN, KEY_LEFT, KEY_RIGHT, 'h', 'j', 'l',
		KEY_HOME }, N_("arrows"), N_("select"),
		N_("select (also h j l); Esc selects nothing"), KEYS_LOOK },
	{ CMD_ENTER, { '\n', '\r', KEY_ENTER }, N_("Enter"), N_("unfold"),
		N_("all of the selected row; unfold the setup"), KEYS_LOOK },
	{ CMD_WHY, { 'w' }, "w", N_("why"),
		N_("why the selected call, frame or socket is as it is"),
		KEYS_LOOK },
	{ CMD_KERNEL, { 'k' }, "k", N_("kernel's view"),
		N_("the kernel's view: the letters are ours, not TCP's"),
		KEYS_LOOK },
	{ CMD_ZOOM, { 'z' }, "z", N_("zoom"),
		N_("zoom the pane in focus, and back: the zoomed stage is the "
		"ladder"), KEYS_LOOK },
	{ CMD_ONLY, { 'i' }, "i", N_("one connection"),
		N_("in the ladder: the selected connection only, or all"),
		KEYS_LOOK },
	{ CMD_SEARCH, { '/' }, "/", N_("search"),
		N_("search; n and N: the next, the one before"), KEYS_LOOK },
	{ CMD_FIND_ON, { 'n' }, "n", N_("find next"), NULL, KEYS_LOOK },
	{ CMD_FIND_BACK, { 'N' }, "N", N_("find back"), NULL, KEYS_LOOK },
	{ CMD_COPY, { 'y' }, "y", N_("copy"),
		N_("copy the selection (through the terminal)"), KEYS_LOOK },

	{ CMD_PASS, { 'p' }, "p", N_("pass"),
		N_("let the selected held frame go, else the oldest"),
		KEYS_WIRE },
	{ CMD_PASS_ALL, { 'P' }, "P", N_("pass all"),
		N_("let all held frames go"), KEYS_WIRE },
	{ CMD_DROP, { 'x' }, "x", N_("drop"),
		N_("drop the selected held frame, else the oldest"),
		KEYS_WIRE },
	{ CMD_HOLD, { 'o' }, "o", N_("hold or flow"),
		N_("hold every frame, or let them flow"), KEYS_WIRE },
	{ CMD_MENU, { 'm' }, "m", N_("faults"),
		N_("every fault of the wire, and its rules in force"),
		KEYS_WIRE },

	{ CMD_PROMPT, { ':' }, ":", N_("type"),
		N_("type a call, or an order to the wire"), KEYS_ACT },
	{ CMD_INTERRUPT, { CTRL('c') }, "Ctrl-C", N_("interrupt"),
		N_("clear the line being typed, else interrupt the waiting "
		"call"), KEYS_ACT },
	{ CMD_TAKE_BACK, { 'u' }, "u", N_("take back"),
		N_("take back the last act"), KEYS_ACT },
	{ CMD_REBUILD, { 'r' }, "r", N_("page again"),
		N_("the page again; in free play: back to the script"),
		KEYS_ACT },
	{ CMD_RESTART, { 'R' }, "R", N_("lesson again"),
		N_("the lesson again, from its first page"), KEYS_ACT },
	{ CMD_FREE, { 'f' }, "f", N_("free play"),
		N_("free play: leave the script, type what you like"),
		KEYS_ACT },
	{ CMD_MOVE_LINE, { 'J', KEY_SF, KEY_SR }, "J K", N_("move the line"),
		N_("lines to be put in order: move the selected one"),
		KEYS_ACT },
	{ CMD_PROGRAMS, { 'E' }, "E", N_("write programs"),
		N_("write this run as programs, in C and in Python"),
		KEYS_ACT },

	{ CMD_WORD, { 'K' }, "K", N_("help on it"),
		N_("what the selected call, frame or word is"), KEYS_PROGRAM },
	{ CMD_GLOSSARY, { 'g' }, "g", N_("glossary"),
		N_("what the words of the field mean"), KEYS_PROGRAM },
	{ CMD_HELP, { '?' }, "?", N_("help"), N_("this"), KEYS_PROGRAM },
	{ CMD_REDRAW, { CTRL('l') }, "Ctrl-L", N_("redraw"),
		N_("draw the screen anew"), KEYS_PROGRAM },
	{ CMD_SUSPEND, { CTRL('z') }, "Ctrl-Z", N_("suspend"),
		N_("back to the shell for a while; the lab goes on"),
		KEYS_PROGRAM },
	{ CMD_LEAVE, { 'q' }, "q", N_("leave"),
		N_("close what lies on top; at the bottom, leave"),
		KEYS_PROGRAM },
};

const struct key_row *keys_at(size_t i)
{
	return i < sizeof table / sizeof table[0] ? &table[i] : NULL;
}

enum command keys_command(int key)
{
	const struct key_row *row;
	size_t i;
	int j;

	for (i = 0; (row = keys_at(i)) != NULL; i++)
		for (j = 0; j < KEYS_OF_ONE && row->key[j] != 0; j++)
			if (row->key[j] == key)
				return row->command;
	return CMD_NONE;
}

const struct key_row *keys_of(enum command command)
{
	const struct key_row *row;
	size_t i;

	for (i = 0; (row = keys_at(i)) != NULL; i++)
		if (row->command == command)
			return row;
	return NULL;
}

const char *keys_group(int group)
{
	static const char *const name[] = {
		N_("Going through"), N_("Looking"), N_("The wire"),
		N_("Acting"), N_("The program"),
	};

	return _(name[group]);
}

static void add_item(struct ink *out, const struct footer_item *item,
	bool first)
{
	const struct key_row *row = keys_of(item->command);
	const char *label = item->label;
	const char *words = item->words;

	if (row != NULL && label == NULL)
		label = _(row->label);
	if (row != NULL && words == NULL)
		words = _(row->name);
	if (!first)
		ink_printf(out, THEME_DIM, " %s ", theme_sign(SIGN_DOT));
	if (label != NULL)
		ink_printf(out, THEME_KEY, "%s ", label);
	ink_text(out, THEME_PLAIN, words != NULL ? words : "");
}

size_t keys_footer(struct ink *out, const struct footer_item *item, size_t n,
	int width)
{
	struct ink one = { 0 };
	size_t taken = 0, i;

	for (i = 0; i < n; i++) {
		ink_clear(&one);
		add_item(&one, &item[i], i == 0);
		if (i == 0)
			ink_cut(&one, width);
		else if (ink_cells(out) + ink_cells(&one) > width)
			continue; /* a shorter one may still fit */
		ink_append(out, &one);
		taken++;
	}
	ink_done(&one);
	return taken;
}
