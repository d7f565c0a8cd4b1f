/*
 * ends: how processes end and what programs say, asked for by `ends` and
 * `says`.
 */
#ifndef LAB_ENDS_H
#define LAB_ENDS_H

#include <stdbool.h>

struct diag;
struct lab;
struct order;

/* Begin such an order. 0, or -EINVAL with d. */
int ends_begin(struct lab *lab, struct order *o, struct diag *d);
int says_begin(struct lab *lab, struct order *o, struct diag *d);

/* Whether it is answered now. */
bool ends_go_on(struct lab *lab, struct order *o);
bool says_go_on(struct lab *lab, struct order *o);

#endif
