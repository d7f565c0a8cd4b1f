/* list_parse: what lists and records of arguments and of results share. */
#ifndef CALL_LIST_PARSE_H
#define CALL_LIST_PARSE_H

struct scan;
struct value;

/* Reads an item at the cursor; what stands before it in the list is known.
 * The item may be left half done on failure. */
typedef int list_item(struct scan *s, const struct value *list,
	struct value *item, void *how);

/* From the opening bracket on, into v, which is a list or record already. */
int list_parse_items(struct scan *s, struct value *v, char close,
	list_item *parse, void *how);

/* "from=" at the cursor, into the item's key. */
int list_parse_key(struct scan *s, const struct value *record,
	struct value *item);

#endif
