/*
 * watch: frames that `wire: sees FILTER` asks for.
 *
 * A *watch* is one filter's text, and how far of the journal it has counted.
 * Nothing is counted before somebody asks: frames that flow cost nothing here.
 */
#ifndef LAB_WATCH_H
#define LAB_WATCH_H

#include <stdint.h>

struct diag;
struct lab;
struct watch;

/* The watch of a filter, made when it is new: it then counts from the building
 * of the lab on. Owned by the lab. NULL with d when the filter is wrong. */
struct watch *watch_get(struct lab *lab, const char *text, struct diag *d);

/* Matching frames since it was last asked for. */
int64_t watch_count(struct lab *lab, struct watch *w);

const char *watch_text(const struct watch *w);

/* It was asked for: begin anew behind what is in the journal now. */
void watch_asked(struct watch *w);

void watches_free(struct lab *lab);

#endif
