/*
 * lint: whether the code in a lesson's prose is code that there is.
 *
 * A word is looked up when its looks promise something: a name before
 * a parenthesis promises a call; capitals with an underscore (SO_REUSEADDR), or
 * that begin with POLL or SIG, a constant; those that begin with E (EPIPE) an
 * errno, unless they name a state. Between marks of code all of them count.
 * Elsewhere a parenthesis is one of prose, and run() or start() may be
 * anybody's: there only a name before () that is nearly a call's promises that
 * call. What stands between quotes in code are bytes and promises nothing.
 */
#include "lesson/lint.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "call/table.h"
#include "lesson/lesson.h"
#include "scene/scene.h"

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* FIN_WAIT is both of FIN_WAIT1 and FIN_WAIT2. */
static bool is_state(const char *word)
{
	size_t n = strlen(word);

	for (int i = 1; i <= 12; i++) {
		const char *name = scene_state_name(i);

		if (name && !strncmp(name, word, n) &&
				!name[n + strspn(name + n, "0123456789")])
			return true;
	}
	return false;
}

/* Spellings of bytes: written like calls, but none. */
static bool makes_bytes(const char *word)
{
	static const char *const makers[] = {
		"hex", "repeat", "u8", "u16be", "u16le", "u32be", "u32le",
		"u64be", "u64le", "text", "utf8", "latin1", "htons", "htonl",
		"htobe64", "ntohs", "ntohl", "be64toh",
	};

	for (size_t i = 0; i < sizeof(makers) / sizeof(*makers); i++)
		if (!strcmp(makers[i], word))
			return true;
	return false;
}

/* POLLIN, SIGPIPE: named without an underscore. */
static bool is_flag_or_signal(const char *word)
{
	return (!strncmp(word, "POLL", 4) && word[4]) ||
		(!strncmp(word, "SIG", 3) && word[3]);
}

static bool word_known(const char *word, char behind)
{
	size_t capitals = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
	int64_t number;

	if (behind == '(')
		return call_row(word) || makes_bytes(word);
	if (word[capitals] || !isupper((unsigned char)word[0]))
		return true;
	if (strchr(word, '_'))
		return constant_number(NULL, word, &number) ||
			is_state(word) || errno_number(word) != 0;
	if (is_flag_or_signal(word))
		return constant_number(NULL, word, &number);
	if (word[0] == 'E' && strlen(word) > 3)
		return errno_number(word) != 0 || is_state(word) ||
			constant_number(NULL, word, &number);
	return true;
}

/* Whether it is a call's name with a mistake in it. */
static bool is_nearly_call(const char *word)
{
	const char *name = call_nearest(word);

	return name && strcasecmp(name, word);
}

/* The end of a string that begins at s with its quote. */
static const char *behind_string(const char *s, const char *end)
{
	for (s++; s < end && *s != '"'; s++)
		if (*s == '\\' && s + 1 < end)
			s++;
	return s < end ? s + 1 : end;
}

/* From s to end, which is code or prose. */
static bool lint_stretch(const char *s, const char *end, bool code,
	struct buf *word)
{
	while (s < end) {
		char name[64];
		size_t n = 0;

		if (code && *s == '"') {
			s = behind_string(s, end);
			continue;
		}
		while (s + n < end && is_word(s[n]))
			n++;
		if (!n) {
			s++;
			continue;
		}
		snprintf(name, sizeof(name), "%.*s", (int)n, s);
		if (!word_known(name, code && s + n < end ? s[n] : '\0') ||
				(!code && s + n + 1 < end && s[n] == '(' &&
				s[n + 1] == ')' && is_nearly_call(name))) {
			buf_text(word, name);
			return false;
		}
		s += n;
	}
	return true;
}

bool lint_marked(const char *marked, struct buf *word)
{
	for (bool code = false;; code = !code) {
		const char *end = strchrnul(marked, MARK_CODE);

		if (!lint_stretch(marked, end, code, word))
			return false;
		if (!*end)
			return true;
		marked = end + 1;
	}
}
