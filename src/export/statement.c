/*
 * statement: a statement of either language, broken into lines that are not too
 * long: where it hurts least, in few brackets; and the comment behind it.
 */
#include "base/text.h"
#include "export/inside.h"

#define WIDTH 79

static void put_tabs(struct buf *b, int depth, const char *tab)
{
	while (depth-- > 0)
		buf_text(b, tab);
}

/* Whether the blank at i is between two halves of a string: "a" "b". */
static bool joins(const char *text, size_t i)
{
	return text[i - 1] == '"' && (text[i + 1] == '"' ||
		(text[i + 1] == 'b' && text[i + 2] == '"'));
}

/* Where the string or letter ends that begins at i. */
static size_t end_of_quote(const char *text, size_t i)
{
	char quote = text[i++];

	while (text[i] && text[i] != quote)
		i += text[i] == '\\' && text[i + 1] ? 2 : 1;
	return text[i] ? i : i - 1;
}

static bool opens(char c)
{
	return c == '(' || c == '[' || c == '{';
}

static bool closes(char c)
{
	return c == ')' || c == ']' || c == '}';
}

/* Where to break text so that at most room letters stand before: behind a blank
 * outside of quotes that follows a comma, an operator or one half of a string;
 * the last of those in the fewest brackets. When none fits, the first one. 0:
 * nowhere. */
static size_t find_break(const char *text, int room)
{
	size_t found = 0;
	int depth = 0, least = 0;

	for (size_t i = 0; text[i]; i++) {
		if (text[i] == '"' || text[i] == '\'')
			i = end_of_quote(text, i);
		depth += opens(text[i]) - closes(text[i]);
		if (text[i] != ' ' || !i || (!strchr(",|?:&", text[i - 1]) &&
			!joins(text, i)))
			continue;
		if (found && text_cells(text, i) > room)
			break;
		if (!found || depth <= least) {
			found = i + 1;
			least = depth;
		}
	}
	return found;
}

/* The column behind the innermost bracket that is open behind n letters of a
 * line that begins at a column; otherwise: when there is none, or what comes
 * next does not fit there. */
static int open_bracket(const char *text, size_t n, int column, int otherwise)
{
	int open[8] = {otherwise}, depth = 0;
	size_t next;

	for (size_t i = 0; i < n; i++) {
		if (text[i] == '"' || text[i] == '\'')
			i = end_of_quote(text, i);
		else if (opens(text[i]) && depth < 7)
			open[++depth] = column + text_cells(text, i + 1);
		else if (closes(text[i]) && depth)
			depth--;
	}
	next = find_break(text + n, 0);
	if (!next)
		next = strlen(text + n);
	return open[depth] + text_cells(text + n, next) > WIDTH ? otherwise :
		open[depth];
}

static int cells(const char *text)
{
	return text_cells(text, strlen(text));
}

/* Continue in a new line: in C so many tabs further, in Python behind the bracket
 * that is open. The column. */
static int continue_line(struct buf *b, const char *tab, int further,
	int bracket)
{
	buf_char(b, '\n');
	if (*tab == '\t') {
		put_tabs(b, further, tab);
		return further * 8;
	}
	put_tabs(b, bracket, " ");
	return bracket;
}

void spell_statement(struct buf *b, int depth, const char *tab,
	const char *text, const char *comment)
{
	int indent = depth * (*tab == '\t' ? 8 : 4), bracket = indent + 4;
	/* what is below an if stands apart from its condition */
	int further = depth + 1 + (*tab == '\t' && !strncmp(text, "if (", 4));

	put_tabs(b, depth, tab);
	while (indent + cells(text) > WIDTH) {
		size_t n = find_break(text, WIDTH - indent);

		if (!n)
			break;
		bracket = open_bracket(text, n, indent, bracket);
		buf_add(b, text, n - 1);
		indent = continue_line(b, tab, further, bracket);
		text += n;
	}
	buf_text(b, text);
	if (*comment && indent + cells(text) + cells(comment) + 2 <= WIDTH)
		buf_printf(b, "%s%s", *tab == '\t' ? " " : "  ", comment);
	buf_char(b, '\n');
}

void spell_reasoned(struct buf *b, int depth, const char *tab,
	const char *text, const char *comment)
{
	int indent = depth * (*tab == '\t' ? 8 : 4);

	if (*comment && indent + cells(text) + cells(comment) + 2 > WIDTH) {
		put_tabs(b, depth, tab);
		buf_printf(b, "%s\n", comment);
		comment = "";
	}
	spell_statement(b, depth, tab, text, comment);
}
