/* prompt_edit: GNU readline, kept away from the terminal. */
#include "ui/prompt_edit.h"

#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curses.h>
#include <term.h>

#include <readline/readline.h>
#include <readline/history.h>

#include "base/buf.h"
#include "base/text.h"
#include "call/line.h"
#include "ui/prompt.h"
#include "ui/prompt_line.h"

#define PASTE_ON "\033[?2004h"

_Static_assert(KEY_PASTE_BEGINS > KEY_MAX, "not a key of curses");

static struct prompt_keys keys;
static bool ended;
static char side[LINE_LANE];

static int take_key(FILE *unused)
{
	int byte = prompt_keys_take(&keys);

	(void)unused;
	return byte < 0 ? EOF : byte;
}

static int key_waits(void)
{
	return keys.count > 0;
}

static void do_nothing(void)
{
}

static void prepare_nothing(int unused)
{
	(void)unused;
}

/* Whether a line was typed on this side, or is the same on every side. */
static bool is_of_side(const HIST_ENTRY *e)
{
	return !e->timestamp || strcmp(e->timestamp, side) == 0 ||
		prompt_is_wire(e->line, strlen(e->line));
}

/* To the next line of this side, or back to the one that is being typed. */
static void walk(int way)
{
	HIST_ENTRY **all = history_list();
	int begin = where_history(), to = begin + way;

	while (to >= 0 && to < history_length && !is_of_side(all[to]))
		to += way;
	if (to < 0 || to > history_length)
		return;
	if (way < 0)
		rl_get_previous_history(begin - to, 0);
	else
		rl_get_next_history(to - begin, 0);
}

static int walk_back(int count, int key)
{
	(void)count;
	(void)key;
	walk(-1);
	return 0;
}

static int walk_on(int count, int key)
{
	(void)count;
	(void)key;
	walk(1);
	return 0;
}

static void got_line(char *text)
{
	HIST_ENTRY *last = history_length
		? history_get(history_base + history_length - 1) : NULL;

	if (!text) {
		ended = true;
	} else if (text[0] && (!last || strcmp(last->line, text) ||
			!is_of_side(last))) {
		add_history(text);
		add_history_time(side); /* a string that nobody else reads */
	}
	free(text);
}

/* Settings that a person's inputrc must not change: the keys are ours. */
static void insist(void)
{
	static const char *const setting[][2] = {
		{"editing-mode", "emacs"},
		{"bell-style", "none"}, /* the bell goes to standard error */
		{"blink-matching-paren", "off"},
		{"enable-bracketed-paste", "off"},
		{"keyseq-timeout", "0"},
		{"convert-meta", "off"},
		{"input-meta", "on"},
		{"output-meta", "on"},
		{"disable-completion", "on"},
		{"show-mode-in-prompt", "off"},
	};

	for (size_t i = 0; i < sizeof(setting) / sizeof(setting[0]); i++)
		rl_variable_bind(setting[i][0], setting[i][1]);
}

/* Once: readline begins to read and write where there is nothing. */
static bool turn_away(void)
{
	static bool done;

	if (done)
		return true;
	rl_instream = fopen("/dev/null", "re");
	rl_outstream = fopen("/dev/null", "we");
	done = rl_instream && rl_outstream;
	rl_readline_name = "tomada";
	rl_catch_signals = 0;
	rl_catch_sigwinch = 0;
	rl_change_environment = 0;
	rl_getc_function = take_key;
	rl_input_available_hook = key_waits;
	rl_redisplay_function = do_nothing;
	rl_prep_term_function = prepare_nothing;
	rl_deprep_term_function = do_nothing;
	using_history();
	return done;
}

/* Terminals that know a mouse know the marks; older ones may show them. */
static bool marks_pastes(void)
{
	const char *mouse = tigetstr("kmous");

	return mouse && mouse != (const char *)-1;
}

bool edit_open(void)
{
	TERMINAL *ours = cur_term;

	if (!turn_away())
		return false;
	memset(&keys, 0, sizeof(keys));
	ended = false;
	rl_callback_handler_install("", got_line);
	insist();
	/* readline asks terminfo as well; the screen's answers must stay. */
	if (ours)
		set_curterm(ours);
	set_escdelay(25);
	define_key("\033[200~", KEY_PASTE_BEGINS);
	define_key("\033[201~", KEY_PASTE_ENDS);
	if (marks_pastes())
		putp(PASTE_ON);
	return true;
}

void edit_close(void)
{
	rl_replace_line("", 1);
	rl_callback_handler_remove();
	if (marks_pastes())
		putp(PROMPT_PASTE_OFF);
}

static void feed(const void *p, size_t n)
{
	if (!prompt_keys_put(&keys, p, n))
		return;
	while (keys.count)
		rl_callback_read_char();
}

void edit_side(const char *lane)
{
	snprintf(side, sizeof(side), "%s", lane);
}

const char *edit_text(void)
{
	return rl_line_buffer;
}

size_t edit_len(void)
{
	return (size_t)rl_end;
}

size_t edit_point(void)
{
	return (size_t)rl_point;
}

void edit_go(size_t point)
{
	rl_point = (int)(point < edit_len() ? point : edit_len());
}

void edit_replace(size_t from, size_t to, const char *text)
{
	rl_begin_undo_group();
	rl_delete_text((int)from, (int)to);
	rl_point = (int)from;
	rl_insert_text(text);
	rl_end_undo_group();
}

void edit_insert(int32_t point)
{
	struct buf b = {0};

	if (rl_end > LINE_MAX_BYTES - 8)
		return;
	text_put(&b, point);
	/* In a locale that is not UTF-8 readline would take its bytes apart. */
	if (point < 0x80 || strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
		feed(b.data, b.len);
	else
		rl_insert_text(b.data);
	buf_done(&b);
}

void edit_key(int key)
{
	static const struct {
		int key;
		rl_command_func_t *edit;
	} plain[] = {
		{KEY_LEFT, rl_backward_char}, {KEY_RIGHT, rl_forward_char},
		{KEY_HOME, rl_beg_of_line}, {KEY_END, rl_end_of_line},
		{KEY_UP, walk_back}, {KEY_DOWN, walk_on},
		{KEY_BACKSPACE, rl_rubout}, {KEY_DC, rl_delete},
		{KEY_SLEFT, rl_backward_word}, {KEY_SRIGHT, rl_forward_word},
	};
	static const struct {
		const char *name; /* xterm's, with Ctrl held */
		rl_command_func_t *edit;
	} held[] = {
		{"kLFT5", rl_backward_word}, {"kRIT5", rl_forward_word},
		{"kDC5", rl_kill_word},
	};
	const char *name = keyname(key);

	edit_stop_search();
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		if (plain[i].key == key)
			plain[i].edit(1, key);
	}
	for (size_t i = 0; name && i < sizeof(held) / sizeof(held[0]); i++) {
		if (strcmp(held[i].name, name) == 0)
			held[i].edit(1, key);
	}
}

void edit_enter(void)
{
	feed("\n", 1);
}

bool edit_searching(void)
{
	return RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH);
}

const char *edit_search_text(void)
{
	return rl_display_prompt ? rl_display_prompt : "";
}

void edit_stop_search(void)
{
	if (edit_searching())
		feed("\007", 1);
}

bool edit_ended(void)
{
	return ended;
}
