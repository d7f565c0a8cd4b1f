/*
 * call_script: calls on this machine's own sockets, written as they are in a
 * lesson. The first free descriptor is 3; $ stands for an address of the
 * loopback net that is this test's own, so that ports may be plain numbers.
 */
#ifndef TESTS_CALL_SCRIPT_H
#define TESTS_CALL_SCRIPT_H

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "call/line.h"

#define SCRIPT_LINE 400

/* "call -> expect": parsed, made, compared. */
static void script_line(const char *text)
{
	struct value result = {0};
	struct buf whole = {0}, seen = {0};
	struct diag d = {0};
	struct line l;
	bool met = false;
	int i;

	buf_text(&whole, "client: ");
	for (; *text; text++) {
		if (*text == '$')
			buf_printf(&whole, "127.%d.%d.9",
				(int)getpid() >> 8 & 127, (int)getpid() & 255);
		else
			buf_char(&whole, *text);
	}
	if (line_parse(&l, whole.data, whole.len, NULL, &d, NULL) < 0 ||
			line_check_ready(&l, &d) < 0)
		fail_msg("%s: column %d: %s", whole.data, d.column, d.msg);
	line_run(&l, &result);
	value_print(&seen, &result);
	for (i = 0; i < l.expect.nalt; i++)
		met = met || value_matches(&l.expect.alt[i], &result);
	if (!met)
		fail_msg("%s: observed %s", whole.data, buf_str(&seen));
	value_done(&result);
	line_done(&l);
	buf_done(&whole);
	buf_done(&seen);
}

/* Lines, up to NULL; nothing is open before. */
static void script(const char *const *lines)
{
	closefrom(3);
	for (; *lines; lines++)
		script_line(*lines);
}

/* A line that no kernel may see: the sentence and the column. */
static void script_refused(const char *text, int column, const char *sentence)
{
	struct diag d = {0};
	struct line l;

	if (line_parse(&l, text, strlen(text), NULL, &d, NULL) == 0 &&
			line_check_ready(&l, &d) == 0)
		fail_msg("not refused: %s", text);
	assert_string_equal(d.msg, sentence);
	assert_int_equal(d.column, column);
	line_done(&l);
}

#endif
