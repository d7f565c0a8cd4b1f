/* python_value: arguments as Python writes them. */
#include <stdio.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/text.h"
#include "export/python.h"

/* ---- bytes ---- */

#define LITERAL 48 /* letters of a string; longer ones are several */

static void quoted(struct buf *b, const struct value *v)
{
	size_t from = 0, letters = 0;

	buf_text(b, "b\"");
	for (size_t i = 0; i < v->len; i++) {
		letters += v->bytes[i] >= ' ' && v->bytes[i] <= '~' ? 1 : 4;
		if (letters <= LITERAL)
			continue;
		text_escape(b, v->bytes + from, i - from);
		buf_text(b, "\" b\"");
		from = i;
		letters = 4;
	}
	text_escape(b, v->bytes + from, v->len - from);
	buf_char(b, '"');
}

/* What stands between the first quote (or parenthesis) and the last of how the
 * notation writes v. */
static void inner(struct buf *b, const struct value *v, char open, char close)
{
	struct buf text = {0};
	const char *from, *to;

	value_print(&text, v);
	from = strchr(buf_str(&text), open);
	to = strrchr(buf_str(&text), close);
	if (from && to > from)
		buf_add(b, from + 1, (size_t)(to - from - 1));
	buf_done(&text);
}

/* hex(…): its digits, groups of them to a string. */
static void digits(struct buf *b, const struct value *v)
{
	struct buf text = {0};
	size_t letters = 0;

	inner(&text, v, '(', ')');
	buf_char(b, '"');
	for (const char *at = buf_str(&text); *at; at++) {
		if (*at == ' ' && letters >= LITERAL) {
			buf_text(b, " \" \"");
			letters = 0;
			continue;
		}
		buf_char(b, *at);
		letters += *at != ' ';
	}
	buf_char(b, '"');
	buf_done(&text);
}

/* utf8"Olá" → "Olá".encode("utf-8"); what has no letters, as bytes. */
static void letters(struct buf *b, const struct value *v, const char *codec)
{
	struct buf text = {0};

	value_print(&text, v);
	if (strstr(buf_str(&text), "\\x")) {
		quoted(b, v);
	} else {
		buf_char(b, '"');
		inner(b, v, '"', '"');
		buf_printf(b, "\".encode(\"%s\")", codec);
	}
	buf_done(&text);
}

/* Whether Python knows an encoding by the name that iconv has for it, and
 * writes the same bytes. */
static bool knows(const char *encoding)
{
	static const char *const codec[] = {
		"ASCII", "US-ASCII", "UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE",
		"UTF-32", "UTF-32LE", "UTF-32BE", "CP437", "CP850", "CP1250", "CP1251",
		"CP1252", "IBM437", "IBM850", "WINDOWS-1250", "WINDOWS-1251",
		"WINDOWS-1252", "KOI8-R", "KOI8-U", "MACINTOSH", "EUC-JP",
		"EUC-KR", "SHIFT_JIS", "BIG5", "GBK", "GB18030",
	};

	if (!strncasecmp(encoding, "ISO-8859-", 9))
		return true;
	for (size_t i = 0; i < sizeof(codec) / sizeof(*codec); i++)
		if (!strcasecmp(codec[i], encoding))
			return true;
	return false;
}

/* text("EUC-JP", "…"). Of an encoding that Python has not, the bytes, and the
 * letters in a comment above. */
static void encoded(struct python *w, struct buf *b, const struct value *v)
{
	struct buf text = {0}, remark = {0};
	const char *at;

	value_print(&text, v);
	at = strstr(buf_str(&text), ", \"");
	if (strncmp(buf_str(&text), "text(", 5) || !at ||
		strstr(at, "\\x")) {
		quoted(b, v);
	} else if (!knows(v->text)) {
		spell_remark(&remark, text.data, text.len);
		python_say(w, "# %s", buf_str(&remark));
		quoted(b, v);
	} else {
		buf_add(b, at + 2, strlen(at + 2) - 1);
		buf_printf(b, ".encode(\"%s\")", v->text);
	}
	buf_done(&text);
	buf_done(&remark);
}

static void packed(struct python *w, struct buf *b, const struct value *v,
	const char *format)
{
	w->need |= PYTHON_STRUCT;
	buf_printf(b, "struct.pack(\"%s\", ", format);
	inner(b, v, '(', ')');
	buf_char(b, ')');
}

void python_bytes(struct python *w, struct buf *b, const struct value *v)
{
	static const char *const format[] = {
		[VALUE_U8] = "B", [VALUE_U16BE] = ">H", [VALUE_U16LE] = "<H",
		[VALUE_U32BE] = ">I", [VALUE_U32LE] = "<I",
		[VALUE_U64BE] = ">Q", [VALUE_U64LE] = "<Q",
		[VALUE_HTONS] = "!H", [VALUE_HTONL] = "!I",
		[VALUE_HTOBE64] = "!Q", [VALUE_NTOHS] = "!H",
		[VALUE_NTOHL] = "!I", [VALUE_BE64TOH] = "!Q",
	};

	if (v->kind == VALUE_NAME) {
		spell_name(b, v);
		return;
	}
	switch (v->spelling) {
	case VALUE_QUOTED:
		quoted(b, v);
		break;
	case VALUE_UTF8:
		letters(b, v, "utf-8");
		break;
	case VALUE_LATIN1:
		letters(b, v, "latin-1");
		break;
	case VALUE_HEX:
		buf_text(b, "bytes.fromhex(");
		digits(b, v);
		buf_char(b, ')');
		break;
	case VALUE_REPEAT:
		quoted(b, v);
		buf_printf(b, " * %lld", (long long)v->number);
		break;
	case VALUE_TEXT:
		encoded(w, b, v);
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
		packed(w, b, v, format[v->spelling]);
		break;
	}
}

void python_buffers(struct python *w, struct buf *b, const struct value *v)
{
	buf_char(b, '[');
	for (size_t i = 0; i < v->items; i++) {
		if (i)
			buf_text(b, ", ");
		python_bytes(w, b, &v->item[i]);
	}
	buf_char(b, ']');
}

/* ---- addresses, names, descriptors ---- */

void python_text(struct buf *b, const struct value *v)
{
	struct buf text = {0};

	if (v->kind != VALUE_BYTES) {
		buf_text(b, "None");
		return;
	}
	value_unroll(&text, v);
	buf_char(b, '"');
	text_escape(b, text.data, text.len);
	buf_char(b, '"');
	buf_done(&text);
}

void python_address(struct python *w, struct buf *b, const struct step *s,
	const struct value *v)
{
	struct host_argument host;

	if (v->kind == VALUE_NAME) {
		spell_name(b, v);
	} else if (v->number == PORT_UNIX) {
		bool abstract = v->text[0] == '@';

		buf_text(b, abstract ? "\"\\0" : "\"");
		text_escape(b, v->text + abstract, strlen(v->text + abstract));
		buf_char(b, '"');
	} else if (address_argument(w->r, s, v, &host)) {
		buf_printf(b, "(%s, %lld)", host.name, (long long)v->number);
	} else {
		buf_printf(b, "(\"%s\", %lld)",
			address_text(address_family(w->r, s, v), v),
			(long long)v->number);
	}
}

void python_socket(struct python *w, struct buf *b, const struct value *v)
{
	const struct thing *t = run_thing(w->r, v);

	if (t && t->kind == THING_SOCKET) {
		buf_text(b, t->name);
		return;
	}
	buf_text(b, "socket.socket(fileno=");
	python_fd(b, w->r, v);
	buf_char(b, ')');
}

void python_fd(struct buf *b, const struct run *r, const struct value *v)
{
	const struct thing *t = run_thing(r, v);

	if (t)
		buf_printf(b, "%s.fileno()", t->name);
	else
		value_print(b, v);
}
