/* progress: the lines of the learner's file, read, printed, put in place. */
#include "lesson/progress.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/mem.h"
#include "lesson/progress_file.h"

#define DAY (24 * 60 * 60)

/* ---- days ---- */

bool progress_parse_day(const char *text, size_t n, int64_t *day)
{
	static const char form[] = "dddd-dd-dd";
	struct tm tm = {0}, same;
	time_t t;

	if (n != sizeof(form) - 1)
		return false;
	for (size_t i = 0; i < n; i++)
		if (form[i] == 'd' ? !isdigit((unsigned char)text[i]) :
				text[i] != form[i])
			return false;
	tm.tm_year = atoi(text) - 1900;
	tm.tm_mon = atoi(text + 5) - 1;
	tm.tm_mday = atoi(text + 8);
	same = tm;
	t = timegm(&same);
	*day = t / DAY;
	return t >= 0 && same.tm_mon == tm.tm_mon && same.tm_mday == tm.tm_mday;
}

void progress_print_day(struct buf *b, int64_t day)
{
	time_t t = day * DAY;
	struct tm tm;

	gmtime_r(&t, &tm);
	buf_printf(b, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1,
		tm.tm_mday);
}

int64_t progress_today(void)
{
	time_t now = time(NULL);
	struct tm tm;

	localtime_r(&now, &tm);
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	return timegm(&tm) / DAY;
}

/* ---- reading a line ---- */

/* What is left of a line; it is read only as far as it is understood. */
struct words {
	const char *at, *end;
};

static size_t next_word(const struct words *w, const char **word)
{
	const char *s = w->at, *end;

	while (s < w->end && *s == ' ')
		s++;
	end = s;
	while (end < w->end && *end != ' ')
		end++;
	*word = s;
	return (size_t)(end - s);
}

static bool take_word(struct words *w, const char *wanted)
{
	const char *word;
	size_t n = next_word(w, &word);

	if (n != strlen(wanted) || memcmp(word, wanted, n))
		return false;
	w->at = word + n;
	return true;
}

static bool take_name(struct words *w, char name[PROGRESS_NAME])
{
	const char *word;
	size_t n = next_word(w, &word);

	if (n == 0 || n >= PROGRESS_NAME)
		return false;
	memcpy(name, word, n);
	name[n] = '\0';
	w->at = word + n;
	return true;
}

/* Digits up to a blank, or up to the byte `until`. One more can be counted on
 * any of them. */
static bool take_number(struct words *w, char until, int low, int *number)
{
	const char *word, *s;
	size_t n = next_word(w, &word);
	int64_t value = 0;

	for (s = word; s < word + n && isdigit((unsigned char)*s); s++) {
		value = value * 10 + (*s - '0');
		if (value >= INT_MAX)
			return false;
	}
	if (s == word || value < low || (s < word + n) != (until != '\0') ||
			(until && *s != until))
		return false;
	*number = (int)value;
	w->at = until ? s + 1 : s;
	return true;
}

static bool take_option(struct words *w, int *option)
{
	const char *word;

	if (next_word(w, &word) != 1 || *word < 'a' || *word > 'z')
		return false;
	*option = *word - 'a';
	w->at = word + 1;
	return true;
}

static bool take_day(struct words *w, int64_t *day)
{
	const char *word;
	size_t n = next_word(w, &word);

	if (!progress_parse_day(word, n, day))
		return false;
	w->at = word + n;
	return true;
}

/* no-messages page 4 right 2 of 3 finished times 2 */
static bool take_lesson(struct words *w, struct progress_line *e)
{
	struct words mark;

	e->kind = PROGRESS_LESSON;
	if (!take_name(w, e->name) || !take_word(w, "page") ||
		!take_number(w, '\0', 1, &e->page) ||
		!take_word(w, "right") ||
		!take_number(w, '\0', 0, &e->right) || !take_word(w, "of") ||
		!take_number(w, '\0', e->right, &e->asked))
		return false;
	e->finished = take_word(w, "finished");
	e->times = e->finished;
	mark = *w;
	if (take_word(w, "times") && !take_number(w, '\0', 0, &e->times))
		*w = mark;
	return true;
}

/* exercise no-messages 6 done 2026-11-21 */
static bool take_exercise(struct words *w, struct progress_line *e)
{
	e->kind = PROGRESS_EXERCISE;
	return take_word(w, "exercise") && take_name(w, e->name) &&
		take_number(w, '\0', 1, &e->page) && take_word(w, "done") &&
		take_day(w, &e->day);
}

/* question no-messages 2.1 first a last c right 2 seen 2026-11-21 lessons 4 */
static bool take_question(struct words *w, struct progress_line *e)
{
	e->kind = PROGRESS_QUESTION;
	return take_word(w, "question") && take_name(w, e->name) &&
		take_number(w, '.', 1, &e->page) &&
		take_number(w, '\0', 1, &e->number) &&
		take_word(w, "first") && take_option(w, &e->first) &&
		take_word(w, "last") && take_option(w, &e->last) &&
		take_word(w, "right") &&
		take_number(w, '\0', 0, &e->right) && take_word(w, "seen") &&
		take_day(w, &e->day) && take_word(w, "lessons") &&
		take_number(w, '\0', 0, &e->lessons);
}

bool progress_parse(struct progress_line *e, const char *text, size_t n)
{
	static bool (*const take[])(struct words *, struct progress_line *) = {
		take_lesson, take_exercise, take_question,
	};
	size_t rest;

	for (size_t i = 0; i < sizeof(take) / sizeof(*take); i++) {
		struct words w = {text, text + n};

		memset(e, 0, sizeof(*e));
		if (!take[i](&w, e))
			continue;
		rest = (size_t)(w.end - w.at);
		if (rest >= sizeof(e->rest) || memchr(w.at, '\0', rest))
			return false;
		memcpy(e->rest, w.at, rest);
		return true;
	}
	return false;
}

void progress_print(struct buf *b, const struct progress_line *e)
{
	switch (e->kind) {
	case PROGRESS_LESSON:
		buf_printf(b, "%s page %d right %d of %d%s", e->name, e->page,
			e->right, e->asked, e->finished ? " finished" : "");
		if (e->times > 1)
			buf_printf(b, " times %d", e->times);
		break;
	case PROGRESS_EXERCISE:
		buf_printf(b, "exercise %s %d done ", e->name, e->page);
		progress_print_day(b, e->day);
		break;
	case PROGRESS_QUESTION:
		buf_printf(b, "question %s %d.%d first %c last %c right %d "
			"seen ", e->name, e->page, e->number, 'a' + e->first,
			'a' + e->last, e->right);
		progress_print_day(b, e->day);
		buf_printf(b, " lessons %d", e->lessons);
		break;
	}
	buf_text(b, e->rest);
}

/* ---- all of them ---- */

/* The next line of a text of n bytes at *at; its length in *size. */
static const char *next_line(const struct buf *text, size_t *at, size_t *size)
{
	const char *line = buf_str(text) + *at, *end;

	if (*at >= text->len)
		return NULL;
	end = memchr(line, '\n', text->len - *at);
	*size = end ? (size_t)(end - line) : text->len - *at;
	*at += *size + 1;
	return line;
}

void progress_load(struct progress *p)
{
	struct buf text = {0};
	size_t at = 0, size;
	const char *line;

	*p = (struct progress){0};
	if (progress_file_read(&text) < 0)
		buf_clear(&text);
	while ((line = next_line(&text, &at, &size))) {
		p->line = mem_grow(p->line, &p->room, p->lines + 1,
			sizeof(*p->line));
		p->lines += progress_parse(&p->line[p->lines], line, size);
	}
	buf_done(&text);
}

void progress_done(struct progress *p)
{
	free(p->line);
	*p = (struct progress){0};
}

static bool is_about(const struct progress_line *e, enum progress_kind kind,
	const char *name, int page, int number)
{
	if (e->kind != kind || strcmp(e->name, name))
		return false;
	switch (kind) {
	case PROGRESS_LESSON:
		return true;
	case PROGRESS_EXERCISE:
		return e->page == page;
	case PROGRESS_QUESTION:
		return e->page == page && e->number == number;
	}
	return false;
}

const struct progress_line *progress_find(const struct progress *p,
	enum progress_kind kind, const char *name, int page, int number)
{
	for (size_t i = p->lines; i-- > 0; )
		if (is_about(&p->line[i], kind, name, page, number))
			return &p->line[i];
	return NULL;
}

int progress_begun(const struct progress *p)
{
	int n = 0;

	for (size_t i = 0; i < p->lines; i++) {
		const struct progress_line *e = &p->line[i];

		n += e->kind == PROGRESS_LESSON && e == progress_find(p,
			PROGRESS_LESSON, e->name, 0, 0);
	}
	return n;
}

/* ---- changing ---- */

/* Reading on in what was finished is not to lose what was reached. */
static void keep_score(struct progress_line *now,
	const struct progress_line *old)
{
	if (now->kind != PROGRESS_LESSON || !old->finished || !old->asked ||
			(now->finished && now->right > old->right))
		return;
	now->right = old->right;
	now->asked = old->asked;
}

static void keep_old(struct progress_line *now,
	const struct progress_line *old)
{
	keep_score(now, old);
	now->finished = now->finished || old->finished;
	if (now->times < old->times)
		now->times = old->times;
	now->first = old->first;
	memcpy(now->rest, old->rest, sizeof(now->rest));
}

/* The text without the lines about the same thing, and with the new one at its
 * end. */
static void revise(struct buf *fresh, const struct buf *text, void *arg)
{
	struct progress_line now = *(const struct progress_line *)arg, old;
	size_t at = 0, size;
	const char *line;

	while ((line = next_line(text, &at, &size))) {
		if (progress_parse(&old, line, size) && is_about(&old,
				now.kind, now.name, now.page, now.number)) {
			keep_old(&now, &old);
			continue;
		}
		buf_add(fresh, line, size);
		buf_char(fresh, '\n');
	}
	progress_print(fresh, &now);
	buf_char(fresh, '\n');
}

int progress_change(const struct progress_line *now)
{
	struct progress_line copy = *now;

	if (!now->name[0] || strpbrk(now->name, " \n"))
		return -EINVAL;
	return progress_file_change(revise, &copy);
}
