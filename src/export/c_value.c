/* c_value: arguments as C writes them. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "base/text.h"
#include "export/c.h"

#define LITERAL 52 /* letters of a string; longer ones are several */
#define BULK 64    /* bytes of a repetition that still stands as a string */

void c_number(char *out, size_t size, const char *base, int number)
{
	if (number > 1)
		snprintf(out, size, "%s%d", base, number);
	else
		snprintf(out, size, "%s", base);
}

void c_comment(struct buf *b, const char *text)
{
	if (!strstr(text, "*/") && !strstr(text, "/*"))
		buf_printf(b, "/* %s */", text);
}

/* ---- bytes ---- */

static void put_byte(struct buf *b, uint8_t byte, uint8_t before)
{
	switch (byte) {
	case '\n':
		buf_text(b, "\\n");
		break;
	case '\r':
		buf_text(b, "\\r");
		break;
	case '\t':
		buf_text(b, "\\t");
		break;
	case '"':
	case '\\':
		buf_printf(b, "\\%c", byte);
		break;
	case '?': /* no trigraphs */
		buf_text(b, before == '?' ? "\\?" : "?");
		break;
	default:
		if (byte >= 0x20 && byte < 0x7f)
			buf_char(b, (char)byte);
		else /* three digits: no letter behind it belongs to it */
			buf_printf(b, "\\%03o", byte);
	}
}

void c_literal(struct buf *b, const void *bytes, size_t n)
{
	const uint8_t *p = bytes;
	size_t begun = b->len;

	buf_char(b, '"');
	for (size_t i = 0; i < n; i++) {
		if (b->len - begun > LITERAL) {
			buf_text(b, "\" \"");
			begun = b->len;
		}
		put_byte(b, p[i], i ? p[i - 1] : 0);
	}
	buf_char(b, '"');
}

/* What stands between the parentheses of how the notation writes v. */
static void inner(struct buf *b, const struct value *v)
{
	struct buf text = {0};
	const char *from, *to;

	value_print(&text, v);
	from = strchr(buf_str(&text), '(');
	to = strrchr(buf_str(&text), ')');
	if (from && to > from)
		buf_add(b, from + 1, (size_t)(to - from - 1));
	buf_done(&text);
}

/* &(uint32_t){htonl(5)}, sizeof(uint32_t) */
static void integer(struct c *w, struct buf *b, const struct value *v)
{
	static const struct {
		int bits;
		const char *word;
	} is[] = {
		[VALUE_U8] = {8, ""},
		[VALUE_U16BE] = {16, "htons"}, [VALUE_U16LE] = {16, "htole16"},
		[VALUE_U32BE] = {32, "htonl"}, [VALUE_U32LE] = {32, "htole32"},
		[VALUE_U64BE] = {64, "htobe64"},
		[VALUE_U64LE] = {64, "htole64"},
		[VALUE_HTONS] = {16, "htons"}, [VALUE_HTONL] = {32, "htonl"},
		[VALUE_HTOBE64] = {64, "htobe64"},
		[VALUE_NTOHS] = {16, "ntohs"}, [VALUE_NTOHL] = {32, "ntohl"},
		[VALUE_BE64TOH] = {64, "be64toh"},
	};
	int bits = is[v->spelling].bits;
	const char *word = is[v->spelling].word;

	w->headers |= C_STDINT | (strstr(word, "le") || bits == 64 ?
		C_ENDIAN : *word ? C_INET : 0);
	buf_printf(b, *word ? "&(uint%d_t){%s(" : "&(uint%d_t){%s", bits,
		word);
	inner(b, v);
	buf_printf(b, *word ? ")}, sizeof(uint%d_t)" : "}, sizeof(uint%d_t)",
		bits);
}

/* A field of so many equal pieces: a variable, filled before the call. */
static void bulk(struct c *w, struct buf *b, const struct value *v)
{
	uint64_t size = value_size(v);
	struct buf piece = {0};
	char name[24];

	c_number(name, sizeof(name), "bulk", ++w->bulks);
	c_say(w, "static char %s[%" PRIu64 "];", name, size);
	if (v->len == 1 && v->bytes[0] >= ' ' && v->bytes[0] < 0x7f &&
		!strchr("'\\", v->bytes[0])) {
		w->headers |= C_STRING;
		c_say(w, "memset(%s, '%c', sizeof(%s));", name, v->bytes[0],
			name);
	} else {
		c_literal(&piece, v->bytes, v->len);
		c_say(w, "for (size_t i = 0; i < sizeof(%s); i++)", name);
		w->depth++;
		c_say(w, "%s[i] = %s[i %% %zu];", name, buf_str(&piece),
			v->len);
		w->depth--;
	}
	buf_printf(b, "%s, sizeof(%s)", name, name);
	buf_done(&piece);
}

/* Letters of another encoding are bytes here: the letters in a comment. */
static void foreign(struct c *w, struct buf *b, const struct value *v)
{
	struct buf text = {0}, comment = {0};

	value_print(&text, v);
	c_comment(&comment, buf_str(&text));
	if (comment.len)
		c_say(w, "%s", buf_str(&comment));
	c_literal(b, v->bytes, v->len);
	buf_printf(b, ", %zu", v->len);
	buf_done(&text);
	buf_done(&comment);
}

static void utf8(struct c *w, struct buf *b, const struct value *v)
{
	struct buf text = {0};
	char before = 0;

	value_print(&text, v);
	if (strstr(buf_str(&text), "\\x")) {
		foreign(w, b, v);
	} else {
		buf_text(b, "u8");
		for (const char *at = strchr(buf_str(&text), '"'); *at; at++) {
			if (*at == '?' && before == '?') /* no trigraphs */
				buf_char(b, '\\');
			buf_char(b, *at);
			before = *at;
		}
		buf_printf(b, ", %zu", v->len);
	}
	buf_done(&text);
}

void c_bytes(struct c *w, struct buf *b, const struct value *v)
{
	struct buf all = {0};

	if (v->kind == VALUE_NAME) {
		struct buf name = {0};

		spell_name(&name, v);
		buf_printf(b, "%s, (size_t)%s_size", buf_str(&name),
			buf_str(&name));
		buf_done(&name);
		return;
	}
	switch (v->spelling) {
	case VALUE_UTF8:
		utf8(w, b, v);
		break;
	case VALUE_LATIN1:
	case VALUE_TEXT:
		foreign(w, b, v);
		break;
	case VALUE_QUOTED:
	case VALUE_HEX:
	case VALUE_REPEAT:
		if (value_size(v) > BULK && v->spelling == VALUE_REPEAT) {
			bulk(w, b, v);
			break;
		}
		value_unroll(&all, v);
		c_literal(b, all.data, all.len);
		buf_printf(b, ", %zu", all.len);
		break;
	case VALUE_U8:
	case VALUE_U16BE:
	case VALUE_U16LE:
	case VALUE_U32BE:
	case VALUE_U32LE:
	case VALUE_U64BE:
	case VALUE_U64LE:
	case VALUE_HTONS:
	case VALUE_HTONL:
	case VALUE_HTOBE64:
	case VALUE_NTOHS:
	case VALUE_NTOHL:
	case VALUE_BE64TOH:
		integer(w, b, v);
		break;
	}
	buf_done(&all);
}

void c_text(struct buf *b, const struct value *v)
{
	struct buf text = {0};

	if (v->kind != VALUE_BYTES) {
		buf_text(b, "NULL");
		return;
	}
	value_unroll(&text, v);
	c_literal(b, text.data, text.len);
	buf_done(&text);
}

void c_fd(struct c *w, struct buf *b, const struct value *v)
{
	const struct thing *t = run_thing(w->r, v);

	if (t)
		buf_text(b, t->name);
	else
		value_print(b, v);
}

/* ---- addresses ---- */

/* How the variable of an address is made. */
static void put_maker(struct c *w, struct buf *b, const struct step *s,
	const struct value *v, int family)
{
	struct host_argument host;

	if (family == AF_UNIX) {
		w->help |= HELP_UNIX;
		buf_text(b, "unix_address(");
		if (v->text[0] == '@')
			c_literal(b, v->text + 1, strlen(v->text + 1));
		else
			c_literal(b, v->text, strlen(v->text));
		buf_text(b, v->text[0] == '@' ? ", 1)" : ", 0)");
		return;
	}
	w->help |= (family == AF_INET6 ? HELP_IPV6 : HELP_IPV4);
	buf_text(b, family == AF_INET6 ? "ipv6(" : "ipv4(");
	if (address_argument(w->r, s, v, &host))
		buf_text(b, host.name);
	else
		c_literal(b, address_text(family, v),
			strlen(address_text(family, v)));
	buf_printf(b, ", %lld)", (long long)v->number);
}

/* type name = made_by; in front of the loop, when it is in one */
static void declare(struct c *w, const char *what, const char *made_by)
{
	struct buf text = {0};

	buf_printf(&text, "%s%s;", what, made_by);
	if (w->ahead)
		spell_statement(w->ahead, w->depth - 1, "\t", buf_str(&text),
			"");
	else
		c_say(w, "%s", buf_str(&text));
	buf_done(&text);
}

/* The variable of an address, declared where it is needed first. */
static const char *variable(struct c *w, const char *made_by, int family,
	const char *role)
{
	static const char *const type[] = {"in", "in6", "un"};
	int *number = !strcmp(role, "own") ? &w->owns : &w->tos;
	struct c_address *a;
	char text[64];

	for (size_t i = 0; i < w->addresses; i++)
		if (!strcmp(w->address[i].made_by, made_by) &&
			!strncmp(w->address[i].name, role, strlen(role)))
			return w->address[i].name;
	w->address = mem_grow(w->address, &w->address_cap, w->addresses + 1,
		sizeof(*w->address));
	a = &w->address[w->addresses++];
	a->made_by = mem_string(made_by);
	a->depth = w->depth;
	c_number(a->name, sizeof(a->name), role, ++*number);
	snprintf(text, sizeof(text), "struct sockaddr_%s %s = ", type[family ==
		AF_INET6 ? 1 : family == AF_UNIX ? 2 : 0], a->name);
	declare(w, text, made_by);
	return a->name;
}

void c_forget_addresses(struct c *w, size_t n)
{
	while (w->addresses > n)
		free(w->address[--w->addresses].made_by);
}

void c_address(struct c *w, struct buf *b, const struct step *s,
	const struct value *v, const char *role)
{
	int family = address_family(w->r, s, v);
	struct buf text = {0};
	const char *name;

	if (v->kind == VALUE_NAME) {
		spell_name(&text, v);
		buf_printf(b, "(struct sockaddr *)&%s, %s_size",
			buf_str(&text), buf_str(&text));
	} else if (v->number == PORT_NONE) {
		buf_text(b, "&(struct sockaddr){.sa_family = AF_UNSPEC}, "
			"sizeof(struct sockaddr)");
	} else {
		put_maker(w, &text, s, v, family);
		name = variable(w, buf_str(&text), family, role);
		buf_printf(b, "(struct sockaddr *)&%s, ", name);
		if (family == AF_UNIX && v->text[0] == '@')
			buf_printf(b, "sizeof(sa_family_t) + %zu",
				strlen(v->text));
		else
			buf_printf(b, "sizeof(%s)", name);
	}
	buf_done(&text);
}
