/*
 * translate: one walk over the words of a filter.
 *
 * A *primitive* is what can stand between and, or and parentheses: a plain
 * word of ours, a comparison, or, as pcap-filter(7) has it, *qualifiers* (a
 * protocol, src or dst, host, net or port) and an *id* (an address, a number,
 * a name). An id without qualifiers takes those of the id before it. We write
 * every id with its qualifiers, so that a name can become two addresses.
 */
#include "packet/translate.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/text.h"
#include "packet/filter.h"
#include "packet/vocabulary.h"

enum { TEXT_MAX = 4096, DEPTH_MAX = 40 };

/* The qualifiers of an id. */
struct qualifiers {
	const char *network;  /* VOCABULARY_NETWORK, or NULL */
	const char *protocol; /* VOCABULARY_PROTOCOL, or NULL */
	char direction[16];   /* "src", "src or dst", "" */
	const char *type;     /* VOCABULARY_TYPE, or NULL */
	bool any;             /* there were some */
};

struct token {
	const char *at;
	size_t len;
	enum { END, WORD, BRACKET, OPEN, CLOSE, AND, OR, NOT, OPERATOR, WRONG }
		kind;
};

/* Primitives side by side: they bind closer than and and or, which libpcap
 * takes strictly from left to right, so they get parentheses. */
struct run {
	size_t start; /* in the translation */
	bool begun, joined;
};

struct walk {
	const char *text;
	const struct filter_name *names;
	struct diag *d;
	struct buf *out;
	struct token now, next;
	struct qualifiers last; /* those of the id before */
	bool complete;          /* a primitive has just ended */
	int depth;              /* of parentheses */
	struct run runs[DEPTH_MAX + 1];
};

/* ---- tokens ---------------------------------------------------------- */

static bool is_word_letter(char c)
{
	return isalnum((unsigned char)c) || (c && strchr("_.:/-\\", c));
}

static bool token_is(const struct token *t, const char *word)
{
	return t->kind == WORD && strlen(word) == t->len &&
		memcmp(t->at, word, t->len) == 0;
}

static size_t operator_length(const char *s)
{
	static const char *const long_ones[] = {
		"<<", ">>", "<=", ">=", "==", "!=", NULL,
	};
	int i;

	for (i = 0; long_ones[i]; i++)
		if (strncmp(s, long_ones[i], 2) == 0)
			return 2;
	return *s && strchr("+-*/%&|^<>=", *s) ? 1 : 0;
}

static struct token joiner_of(struct token t)
{
	if (token_is(&t, "and"))
		t.kind = AND;
	else if (token_is(&t, "or"))
		t.kind = OR;
	else if (token_is(&t, "not"))
		t.kind = NOT;
	return t;
}

static struct token read_token(const char *s)
{
	struct token t = {.at = s + strspn(s, " \t\r\n"), .len = 1};

	s = t.at;
	if (!*s) {
		t.kind = END;
		t.len = 0;
	} else if (isalnum((unsigned char)*s) || *s == '\\' ||
		(*s == ':' && s[1] == ':')) {
		t.kind = WORD;
		while (is_word_letter(s[t.len]))
			t.len++;
		return joiner_of(t);
	} else if (*s == '[') {
		t.kind = strchr(s, ']') ? BRACKET : WRONG;
		t.len = t.kind == BRACKET ? strcspn(s, "]") + 1 : 1;
	} else if (*s == '(') {
		t.kind = OPEN;
	} else if (*s == ')') {
		t.kind = CLOSE;
	} else if (strncmp(s, "&&", 2) == 0 || strncmp(s, "||", 2) == 0) {
		t.kind = *s == '&' ? AND : OR;
		t.len = 2;
	} else if (operator_length(s)) {
		t.kind = OPERATOR;
		t.len = operator_length(s);
	} else {
		int32_t point;

		t.kind = *s == '!' ? NOT : WRONG;
		t.len = text_letter(s, strlen(s), &point);
	}
	return t;
}

static void step(struct walk *w)
{
	w->now = w->next;
	w->next = read_token(w->now.at + w->now.len);
}

static int column_of(const struct walk *w, const struct token *t)
{
	return (int)text_letters(w->text, t->at - w->text) + 1;
}

static const char *find(enum vocabulary list, const struct token *t)
{
	return t->kind == WORD ? vocabulary_find(list, t->at, t->len) : NULL;
}

static const struct filter_name *find_name(const struct walk *w,
	const struct token *t)
{
	const struct filter_name *n;

	for (n = w->names; n && n->name; n++)
		if (token_is(t, n->name))
			return n;
	return NULL;
}

/* ---- what a word looks like ------------------------------------------ */

/* Copy a token to s if it is short enough. */
static bool copy_token(char *s, size_t size, const struct token *t)
{
	if (t->kind != WORD || t->len >= size)
		return false;
	memcpy(s, t->at, t->len);
	s[t->len] = '\0';
	return true;
}

/* The number, in decimal or hexadecimal, that the whole token is; else -1. */
static int64_t number_of(const struct token *t)
{
	char s[16], *end;
	unsigned long v;

	if (!copy_token(s, sizeof(s), t) || !isdigit((unsigned char)*s))
		return -1;
	errno = 0;
	v = strtoul(s, &end, 0);
	return *end || errno || v > UINT32_MAX ? -1 : (int64_t)v;
}

/* An address or a network: 4, 6, or 0 when it is none. */
static int address_version(const struct token *t)
{
	unsigned char bytes[16];
	char s[64], *slash, *end;
	int dots = 0;
	size_t i;

	if (!copy_token(s, sizeof(s), t))
		return 0;
	slash = strchr(s, '/');
	if (slash) {
		*slash = '\0';
		if (!isdigit((unsigned char)slash[1]) ||
			strtoul(slash + 1, &end, 10) > 128 || *end)
			return 0;
	}
	if (strchr(s, ':'))
		return inet_pton(AF_INET6, s, bytes) == 1 ? 6 : 0;
	if (inet_pton(AF_INET, s, bytes) == 1)
		return 4;
	for (i = 0; s[i]; i++) {
		if (!isdigit((unsigned char)s[i]) && s[i] != '.')
			return 0;
		dots += s[i] == '.';
	}
	return dots > 0 && dots < 3 && s[i - 1] != '.' ? 4 : 0; /* net 10.1 */
}

/* Six pairs of hexadecimal digits with colons between. */
static bool is_mac(const struct token *t)
{
	size_t i;

	if (t->kind != WORD || t->len != 17)
		return false;
	for (i = 0; i < 17; i++)
		if (i % 3 == 2 ? t->at[i] != ':'
			       : !isxdigit((unsigned char)t->at[i]))
			return false;
	return true;
}

/* ---- mistakes -------------------------------------------------------- */

/* Say that a word is unknown; only names are looked through for a host. */
static int unknown_word(struct walk *w, const struct token *t, bool host)
{
	int shown = t->len < 40 ? (int)t->len : 40;
	const char *nearest;

	if (t->kind == END)
		return diag_set(w->d, column_of(w, t), host
			? _("a host is missing here")
			: _("the filter ends too early"));
	nearest = vocabulary_nearest(t->at, t->len, w->names, host);
	if (!nearest)
		return diag_set(w->d, column_of(w, t),
			_("\"%.*s\" is neither a host nor an address"), shown,
			t->at);
	return diag_set(w->d, column_of(w, t), host
		? _("\"%.*s\" is no host here; the nearest is \"%s\"")
		: _("\"%.*s\" is no word of a filter; the nearest is \"%s\""),
		shown, t->at, nearest);
}

/* ---- primitives ------------------------------------------------------ */

/* Words side by side mean and. */
static void join(struct walk *w)
{
	struct run *run = &w->runs[w->depth];

	if (w->complete) {
		buf_text(w->out, " and ");
		run->joined = true;
		return;
	}
	buf_text(w->out, w->out->len ? " " : "");
	if (!run->begun)
		run->start = w->out->len;
	run->begun = true;
}

static void end_run(struct walk *w)
{
	struct run *run = &w->runs[w->depth];
	char *start;

	if (run->joined) {
		buf_text(w->out, "()");
		start = w->out->data + run->start;
		memmove(start + 1, start, w->out->len - 2 - run->start);
		*start = '(';
		w->out->data[w->out->len - 1] = ')';
	}
	memset(run, 0, sizeof(*run));
}

static void begin_primitive(struct walk *w)
{
	join(w);
	w->complete = true;
}

static void put_qualifiers(struct buf *b, const struct qualifiers *q)
{
	if (q->network)
		buf_printf(b, "%s ", q->network);
	else if (q->protocol)
		buf_printf(b, "%s ", q->protocol);
	if (q->direction[0])
		buf_printf(b, "%s ", q->direction);
	if (q->type)
		buf_printf(b, "%s ", q->type);
}

/* from NAME, to NAME: by the hardware address where one is known. */
static int from_or_to(struct walk *w)
{
	const char *way = token_is(&w->now, "from") ? "src" : "dst";
	const struct filter_name *name;

	step(w);
	begin_primitive(w);
	name = find_name(w, &w->now);
	if (name && name->mac)
		buf_printf(w->out, "ether %s %s", way, name->mac);
	else if (name && name->ipv4 && name->ipv6)
		buf_printf(w->out, "(%s host %s or %s host %s)", way,
			name->ipv4, way, name->ipv6);
	else if (name && (name->ipv4 || name->ipv6))
		buf_printf(w->out, "%s host %s", way,
			name->ipv4 ? name->ipv4 : name->ipv6);
	else if (is_mac(&w->now))
		buf_printf(w->out, "ether %s %.*s", way, (int)w->now.len,
			w->now.at);
	else if (address_version(&w->now))
		buf_printf(w->out, "%s host %.*s", way, (int)w->now.len,
			w->now.at);
	else
		return unknown_word(w, &w->now, true);
	step(w);
	return 0;
}

/* Write "q address" for one address of a host, "or" before all but the first.
 */
static void put_one(struct walk *w, struct qualifiers q, const char *network,
	const char *address, int *count)
{
	if (!address)
		return;
	if (q.network && strcmp(q.network, network) != 0 &&
		!(strcmp(network, "ip") == 0 && strstr(q.network, "arp")))
		return;
	buf_text(w->out, (*count)++ ? " or " : "");
	put_qualifiers(w->out, &q);
	buf_text(w->out, address);
}

static int put_host(struct walk *w, const struct token *t,
	const struct filter_name *name, struct qualifiers q)
{
	bool hardware = q.network && strcmp(q.network, "ether") == 0;
	const char *protocol = q.protocol;
	int count = 0;

	begin_primitive(w);
	buf_char(w->out, '(');
	if (protocol) /* libpcap has no "tcp host" */
		buf_printf(w->out, "%s and (", protocol);
	q.protocol = NULL;
	if (!q.type)
		q.type = "host";
	if (hardware) {
		put_one(w, q, "ether", name->mac, &count);
	} else {
		put_one(w, q, "ip", name->ipv4, &count);
		put_one(w, q, "ip6", name->ipv6, &count);
	}
	buf_text(w->out, protocol ? "))" : ")");
	if (!count)
		return diag_set(w->d, column_of(w, t),
			_("\"%s\" has no address of that kind"), name->name);
	return 0;
}

/* Whether t can be the id of a port, a protocol …: no host or network. */
static bool is_plain_id(const struct qualifiers *q, const struct token *t)
{
	char s[64];
	size_t i;

	if (!q->type || strcmp(q->type, "host") == 0 ||
		strcmp(q->type, "net") == 0 || !copy_token(s, sizeof(s), t))
		return false;
	for (i = s[0] == '\\'; s[i]; i++)
		if (!isalnum((unsigned char)s[i]) && s[i] != '-' &&
			s[i] != '_')
			return false;
	return true;
}

static void put_id(struct walk *w, const struct token *t,
	const struct qualifiers *q)
{
	struct qualifiers copy = *q;

	begin_primitive(w);
	if (is_plain_id(q, t)) {
		put_qualifiers(w->out, q);
		buf_add(w->out, t->at, t->len);
		return;
	}
	if (q->protocol)
		buf_printf(w->out, "(%s and ", q->protocol);
	copy.protocol = NULL;
	if (is_mac(t) && !copy.network)
		copy.network = "ether";
	if (!copy.type)
		copy.type = memchr(t->at, '/', t->len) ? "net" : "host";
	put_qualifiers(w->out, &copy);
	buf_add(w->out, t->at, t->len);
	if (q->protocol)
		buf_char(w->out, ')');
}

/* Whether w->now is an id that q may have; it is written when it is. */
static int try_id(struct walk *w, const struct qualifiers *q, bool *was)
{
	const struct filter_name *name = find_name(w, &w->now);
	bool net = q->type && strcmp(q->type, "net") == 0;
	int rc = 0;

	*was = true;
	if (is_plain_id(q, &w->now))
		put_id(w, &w->now, q);
	else if (name && !net)
		rc = put_host(w, &w->now, name, *q);
	else if (is_mac(&w->now) || address_version(&w->now) ||
		(net && number_of(&w->now) >= 0))
		put_id(w, &w->now, q);
	else
		*was = false;
	if (!*was || rc)
		return rc;
	w->last = *q;
	step(w);
	if (net && token_is(&w->now, "mask")) {
		step(w);
		if (address_version(&w->now) != 4)
			return unknown_word(w, &w->now, true);
		buf_printf(w->out, " mask %.*s", (int)w->now.len, w->now.at);
		step(w);
	}
	return 0;
}

/* src, dst, "src or dst", "src and dst". */
static void read_direction(struct walk *w, struct qualifiers *q)
{
	const char *first = find(VOCABULARY_DIRECTION, &w->now);
	const char *joiner, *second;
	struct token after;

	if (!first)
		return;
	step(w);
	snprintf(q->direction, sizeof(q->direction), "%s", first);
	q->any = true;
	after = w->next;
	second = find(VOCABULARY_DIRECTION, &after);
	if ((w->now.kind != AND && w->now.kind != OR) || !second)
		return;
	joiner = w->now.kind == AND ? "and" : "or";
	snprintf(q->direction, sizeof(q->direction), "%s %s %s", first, joiner,
		second);
	step(w);
	step(w);
}

static struct qualifiers read_qualifiers(struct walk *w)
{
	struct qualifiers q = {0};

	q.network = find(VOCABULARY_NETWORK, &w->now);
	q.protocol = q.network ? NULL : find(VOCABULARY_PROTOCOL, &w->now);
	if (q.network || q.protocol)
		step(w);
	read_direction(w, &q);
	q.type = find(VOCABULARY_TYPE, &w->now);
	if (q.type) {
		q.any = true;
		step(w);
	}
	return q;
}

/* A protocol without more: ip, "tcp[13]", "ether broadcast". */
static void bare_protocol(struct walk *w, const struct qualifiers *q)
{
	begin_primitive(w);
	buf_text(w->out, q->network ? q->network : q->protocol);
	if (w->now.kind == BRACKET || token_is(&w->now, "broadcast") ||
		token_is(&w->now, "multicast")) {
		if (w->now.kind != BRACKET)
			buf_char(w->out, ' ');
		buf_add(w->out, w->now.at, w->now.len);
		step(w);
	}
}

static int qualified(struct walk *w)
{
	struct qualifiers q = read_qualifiers(w);
	bool was = false;
	int rc;

	if (!q.any && (q.protocol || w->now.kind != WORD)) {
		bare_protocol(w, &q);
		return 0;
	}
	if (w->now.kind == OPEN) {
		w->last = q;
		return 0;
	}
	rc = try_id(w, &q, &was);
	if (was || rc)
		return rc;
	if (q.type && strcmp(q.type, "host") != 0 && w->now.kind == WORD)
		return diag_set(w->d, column_of(w, &w->now),
			_("\"%.*s\" cannot stand behind %s"),
			w->now.len < 40 ? (int)w->now.len : 40, w->now.at,
			q.type);
	if (q.any)
		return unknown_word(w, &w->now,
			!q.type || strcmp(q.type, "host") == 0);
	bare_protocol(w, &q);
	return 0;
}

static bool is_qualifier(const struct token *t)
{
	return find(VOCABULARY_NETWORK, t) || find(VOCABULARY_PROTOCOL, t) ||
		find(VOCABULARY_DIRECTION, t) || find(VOCABULARY_TYPE, t);
}

static int word(struct walk *w)
{
	const char *text = vocabulary_plain(w->now.at, w->now.len);
	bool was;
	int rc;

	if (token_is(&w->now, "from") || token_is(&w->now, "to"))
		return from_or_to(w);
	if (text) {
		begin_primitive(w);
		buf_text(w->out, text);
		step(w);
		return 0;
	}
	if (is_qualifier(&w->now))
		return qualified(w);
	if (find(VOCABULARY_ALONE, &w->now) ||
		find(VOCABULARY_NUMBERED, &w->now)) {
		bool takes = find(VOCABULARY_NUMBERED, &w->now) != NULL;

		begin_primitive(w);
		buf_add(w->out, w->now.at, w->now.len);
		step(w);
		if (takes && number_of(&w->now) >= 0) {
			buf_printf(w->out, " %.*s", (int)w->now.len,
				w->now.at);
			step(w);
		}
		return 0;
	}
	text = vocabulary_constant(w->now.at, w->now.len);
	if (text || (number_of(&w->now) >= 0 &&
			(!w->last.any || w->next.kind == OPERATOR))) {
		begin_primitive(w);
		buf_add(w->out, text ? text : w->now.at,
			text ? strlen(text) : w->now.len);
		step(w);
		return 0;
	}
	rc = try_id(w, &w->last, &was);
	return was || rc ? rc : unknown_word(w, &w->now, false);
}

/* What is no word: parentheses, and, or, not, operators. */
static int mark(struct walk *w)
{
	bool needs = w->now.kind == AND || w->now.kind == OR ||
		w->now.kind == CLOSE;

	if (needs && !w->complete)
		return diag_set(w->d, column_of(w, &w->now),
			_("something is missing before \"%.*s\""),
			(int)w->now.len, w->now.at);
	if (w->now.kind == CLOSE && w->depth == 0)
		return diag_set(w->d, column_of(w, &w->now),
			_("this parenthesis was never opened"));
	if (w->now.kind == OPEN && w->depth == DEPTH_MAX)
		return diag_set(w->d, column_of(w, &w->now),
			_("at most %d parentheses can be open"), DEPTH_MAX);
	if (needs)
		end_run(w);
	else if (w->now.kind != OPERATOR)
		join(w);
	if (w->now.kind == CLOSE)
		w->depth--;
	if (w->now.kind == OPEN)
		w->depth++;
	if (w->now.kind == OPERATOR)
		memset(&w->last, 0, sizeof(w->last));
	w->complete = w->now.kind == CLOSE;
	buf_printf(w->out, w->now.kind == OPEN ? "%.*s" : " %.*s",
		(int)w->now.len, w->now.at);
	step(w);
	return 0;
}

int translate_filter(struct buf *out, const char *text,
	const struct filter_name *names, struct diag *d)
{
	struct walk w = {.text = text, .names = names, .d = d, .out = out};
	int rc = 0;

	if (strlen(text) > TEXT_MAX)
		return diag_set(d, 1, _("a filter has at most %d letters"),
			TEXT_MAX);
	w.next = read_token(text);
	step(&w);
	if (w.now.kind == END)
		return 0;
	while (rc == 0 && w.now.kind != END) {
		switch (w.now.kind) {
		case WORD:
			rc = word(&w);
			break;
		case AND:
		case OR:
		case NOT:
		case OPEN:
		case CLOSE:
		case OPERATOR:
			rc = mark(&w);
			break;
		case BRACKET:
		case WRONG:
		case END:
			rc = diag_set(d, column_of(&w, &w.now),
				_("this cannot be part of a filter"));
			break;
		}
	}
	if (rc == 0 && w.depth > 0)
		rc = diag_set(d, column_of(&w, &w.now),
			_("a closing parenthesis is missing"));
	if (rc == 0 && !w.complete)
		rc = unknown_word(&w, &w.now, false);
	if (rc == 0)
		end_run(&w);
	return rc;
}
