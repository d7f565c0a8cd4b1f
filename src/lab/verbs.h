/* verbs: of `lab:` and of actors; no parentheses. */
#ifndef LAB_VERBS_H
#define LAB_VERBS_H

struct diag;
struct lab;
struct order;

/*
 * Begin an order whose line is a verb. 0, and its stage says whether it is
 * done, or -EINVAL with d: it cannot be done, and nothing happened.
 */
int verbs_begin(struct lab *lab, struct order *o, struct diag *d);

#endif
