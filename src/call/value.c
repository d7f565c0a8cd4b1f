/*
 * value: life and making of one argument or result. Its bytes are in
 * value_bytes.c, how it is compared in value_match.c, how it is written in
 * value_print.c, how it is read in value_parse.c.
 */
#include "call/value.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

#include "base/buf.h"
#include "base/mem.h"
#include "call/table.h"

/* A value holds at most VALUE_DEPTH others inside one another, so that
 * neither of these goes deep. */
void value_done(struct value *v)
{
	size_t i;

	for (i = 0; i < v->items; i++)
		value_done(&v->item[i]);
	free(v->item);
	free(v->text);
	free(v->key);
	free(v->bytes);
	memset(v, 0, sizeof(*v));
}

void value_copy(struct value *to, const struct value *from)
{
	size_t i;

	*to = *from;
	to->text = mem_string(from->text);
	to->key = mem_string(from->key);
	if (from->bytes)
		to->bytes = mem_dup(from->bytes, from->len);
	if (!from->item)
		return;
	to->item = mem_zero(from->items * sizeof(*to->item));
	to->room = from->items;
	for (i = 0; i < from->items; i++)
		value_copy(&to->item[i], &from->item[i]);
}

void value_of_number(struct value *v, int64_t number)
{
	v->kind = VALUE_NUMBER;
	v->number = number;
}

void value_of_errno(struct value *v, int number)
{
	v->kind = VALUE_ERRNO;
	v->number = number;
}

void value_of_time(struct value *v, int64_t ns)
{
	v->kind = VALUE_TIME;
	v->number = ns;
}

void value_of_constant(struct value *v, const char *set, int64_t number)
{
	v->kind = VALUE_CONSTANT;
	v->number = number;
	v->set = constant_set(set);
}

/* ---- addresses ---- */

void value_of_no_address(struct value *v)
{
	v->kind = VALUE_ADDRESS;
	v->number = PORT_NONE;
	v->text = mem_string("");
}

void value_of_unix(struct value *v, const struct sockaddr_un *address,
	socklen_t size)
{
	size_t from = offsetof(struct sockaddr_un, sun_path), n;
	const char *path = address->sun_path;

	if (size <= from) {
		value_of_no_address(v); /* a socket without a name */
		return;
	}
	n = size - from;
	if (n > sizeof(address->sun_path))
		n = sizeof(address->sun_path);
	v->kind = VALUE_ADDRESS;
	v->number = PORT_UNIX;
	v->text = mem_zero(n + 1);
	memcpy(v->text, path, n);
	if (!path[0])
		v->text[0] = '@';
}

/* The storage was zeroed before the kernel wrote into it: of an abstract name
 * what is behind the last byte is not part of it. */
static socklen_t unix_size(const struct sockaddr_un *address)
{
	size_t n = sizeof(address->sun_path);

	while (n && !address->sun_path[n - 1])
		n--;
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n);
}

void value_of_address(struct value *v, const struct sockaddr_storage *address)
{
	const struct sockaddr_in *in = (const void *)address;
	const struct sockaddr_in6 *in6 = (const void *)address;
	char text[INET6_ADDRSTRLEN] = "";

	switch (address->ss_family) {
	case AF_UNIX:
		value_of_unix(v, (const void *)address,
			unix_size((const void *)address));
		return;
	case AF_INET6:
		inet_ntop(AF_INET6, &in6->sin6_addr, text, sizeof(text));
		v->number = ntohs(in6->sin6_port);
		break;
	case AF_INET:
		inet_ntop(AF_INET, &in->sin_addr, text, sizeof(text));
		v->number = ntohs(in->sin_port);
		break;
	default:
		value_of_no_address(v);
		return;
	}
	v->kind = VALUE_ADDRESS;
	v->text = mem_string(text);
}

bool value_is_none(const struct value *v)
{
	return (v->kind == VALUE_ADDRESS && v->number == PORT_NONE) ||
		(v->kind == VALUE_TIME && v->number < 0);
}

/* ---- lists and records ---- */

void value_of_list(struct value *v, enum value_kind kind)
{
	assert(kind == VALUE_LIST || kind == VALUE_RECORD);
	v->kind = kind;
}

void value_add(struct value *v, const char *key, struct value *item)
{
	char *name = mem_string(key); /* key may be the item's own */

	v->item = mem_grow(v->item, &v->room, v->items + 1, sizeof(*v->item));
	free(item->key);
	item->key = name;
	v->item[v->items++] = *item;
	memset(item, 0, sizeof(*item));
}

void value_add_entry(struct value *v, int64_t fd, const char *set,
	int64_t flags)
{
	struct value entry = {.kind = VALUE_ENTRY}, item = {0};

	value_of_number(&item, fd);
	value_add(&entry, NULL, &item);
	value_of_constant(&item, set, flags);
	value_add(&entry, NULL, &item);
	value_add(v, NULL, &entry);
}

const struct value *value_field(const struct value *v, const char *key)
{
	size_t i;

	if (v->kind != VALUE_RECORD)
		return NULL;
	for (i = 0; i < v->items; i++)
		if (strcmp(v->item[i].key, key) == 0)
			return &v->item[i];
	return NULL;
}
