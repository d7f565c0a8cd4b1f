/* foreign: the words and strings of other languages, one after the other. */
#include "call/foreign.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"

bool foreign_is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
		(c >= '0' && c <= '9');
}

/* Bytes of a quote at p: ', ", or what word processors make of it. */
static size_t quote_size(const char *p, size_t n)
{
	if (n && (*p == '\'' || *p == '"'))
		return 1;
	if (n >= 3 && (memcmp(p, "“", 3) == 0 || memcmp(p, "”", 3) == 0 ||
			memcmp(p, "‘", 3) == 0 || memcmp(p, "’", 3) == 0))
		return 3;
	return 0;
}

/* A string whose quote is at the cursor. */
static void take_string(struct foreign_scan *f, struct foreign_token *t)
{
	size_t size = quote_size(f->p + f->at, f->n - f->at);
	char quote = f->p[f->at];

	f->at += size;
	t->kind = FOREIGN_STRING;
	t->p = f->p + f->at;
	t->len = 0;
	while (f->at < f->n) {
		size_t k = quote_size(f->p + f->at, f->n - f->at);

		if (k == size && (k == 3 || f->p[f->at] == quote)) {
			t->len = f->p + f->at - t->p;
			f->at += k;
			return;
		}
		f->at += f->p[f->at] == '\\' ? 2 : 1;
	}
	f->at = f->n; /* never closed */
	t->kind = FOREIGN_END;
}

void foreign_next(struct foreign_scan *f, struct foreign_token *t)
{
	size_t start;

	while (f->at < f->n && (f->p[f->at] == ' ' || f->p[f->at] == '\t'))
		f->at++;
	memset(t, 0, sizeof(*t));
	t->p = f->p + f->at;
	start = f->at;
	if (f->at >= f->n)
		return;
	if (quote_size(f->p + f->at, f->n - f->at)) {
		take_string(f, t);
		return;
	}
	while (f->at < f->n && foreign_is_word(f->p[f->at]))
		f->at++;
	t->len = f->at - start;
	t->kind = FOREIGN_WORD;
	/* b"…", u"…": the prefix of a string */
	if (t->len == 1 && strchr("bBuU", t->p[0]) &&
		quote_size(f->p + f->at, f->n - f->at)) {
		take_string(f, t);
	} else if (!t->len) {
		t->kind = FOREIGN_SIGN;
		t->len = 1;
		f->at++;
	}
}

bool foreign_is(const struct foreign_token *t, const char *word)
{
	return t->kind != FOREIGN_STRING && t->len == strlen(word) &&
		memcmp(t->p, word, t->len) == 0;
}

static bool is_ascii(const struct foreign_token *t)
{
	size_t i;

	for (i = 0; i < t->len; i++)
		if ((uint8_t)t->p[i] >= 0x80)
			return false;
	return true;
}

/* Take .encode("latin-1") behind a string; whether it named Latin-1. */
static bool take_encode(struct foreign_scan *f)
{
	struct foreign_scan ahead = *f;
	struct foreign_token t;
	bool latin = false;

	foreign_next(&ahead, &t);
	if (!foreign_is(&t, "."))
		return false;
	foreign_next(&ahead, &t);
	if (!foreign_is(&t, "encode"))
		return false;
	foreign_next(&ahead, &t);
	foreign_next(&ahead, &t);
	if (t.kind == FOREIGN_STRING) {
		latin = t.len >= 5 && (memcmp(t.p, "latin", 5) == 0 ||
			memcmp(t.p, "iso-8", 5) == 0);
		foreign_next(&ahead, &t);
	}
	if (!foreign_is(&t, ")"))
		return false;
	*f = ahead;
	return latin;
}

/* The inside of a string between our quotes. */
static void put_string(struct buf *out, const struct foreign_token *t,
	bool latin)
{
	size_t i;

	if (!is_ascii(t))
		buf_text(out, latin ? "latin1" : "utf8");
	buf_char(out, '"');
	for (i = 0; i < t->len; i++) {
		if (t->p[i] == '\\' && i + 1 < t->len)
			buf_char(out, t->p[i++]);
		else if (t->p[i] == '"')
			buf_char(out, '\\');
		buf_char(out, t->p[i]);
	}
	buf_char(out, '"');
}

/* ("server", 9999), behind its parenthesis. */
static bool take_address(struct foreign_scan *f, struct buf *out)
{
	struct foreign_scan ahead = *f;
	struct foreign_token host, port, t;

	foreign_next(&ahead, &host);
	foreign_next(&ahead, &t);
	foreign_next(&ahead, &port);
	if (host.kind != FOREIGN_STRING || !foreign_is(&t, ",") ||
		port.kind != FOREIGN_WORD)
		return false;
	foreign_next(&ahead, &t);
	if (!foreign_is(&t, ")"))
		return false;
	if (!host.len)
		buf_text(out, "any");
	else if (host.len == 9 && memcmp(host.p, "localhost", 9) == 0)
		buf_text(out, "127.0.0.1");
	else
		buf_printf(out, memchr(host.p, ':', host.len) ? "[%.*s]" :
			"%.*s", (int)host.len, host.p);
	buf_printf(out, ":%.*s", (int)port.len, port.p);
	*f = ahead;
	return true;
}

bool foreign_is_module(const struct foreign_token *t)
{
	static const char *const modules[] = {"socket", "fcntl", "os",
		"select", "signal", "time"};
	size_t i;

	for (i = 0; i < sizeof(modules) / sizeof(modules[0]); i++)
		if (foreign_is(t, modules[i]))
			return true;
	return false;
}

/* Whether the text behind f is "socket." or the like, before a constant. */
static bool skip_module(struct foreign_scan *f, const struct foreign_token *t)
{
	struct foreign_scan ahead = *f;
	struct foreign_token dot;

	if (!foreign_is_module(t))
		return false;
	foreign_next(&ahead, &dot);
	if (!foreign_is(&dot, "."))
		return false;
	*f = ahead;
	return true;
}

/* One token of an argument, whatever it is; depth counts parentheses. */
static void put_token(struct foreign_scan *f, const struct foreign_token *t,
	struct buf *out, int *depth)
{
	if (foreign_is(t, "(") || foreign_is(t, "["))
		(*depth)++;
	if (foreign_is(t, ")") || foreign_is(t, "]"))
		(*depth)--;
	if (t->kind == FOREIGN_WORD && out->len &&
		foreign_is_word(out->data[out->len - 1]))
		buf_char(out, ' '); /* two words stay two */
	if (foreign_is(t, "|"))
		buf_text(out, " | ");
	else if (foreign_is(t, ","))
		buf_text(out, ", ");
	else if (t->kind == FOREIGN_STRING)
		put_string(out, t, take_encode(f));
	else
		buf_add(out, t->p, t->len);
}

bool foreign_argument(struct foreign_scan *f, struct buf *out)
{
	struct foreign_token t;
	int depth = 0;

	for (;;) {
		struct foreign_scan before = *f;

		foreign_next(f, &t);
		if (t.kind == FOREIGN_END)
			return false;
		if (!depth && (foreign_is(&t, ",") || foreign_is(&t, ")"))) {
			*f = before;
			return out->len > 0;
		}
		if (foreign_is(&t, "(") && !out->len && take_address(f, out))
			continue;
		if (!skip_module(f, &t))
			put_token(f, &t, out, &depth);
	}
}
