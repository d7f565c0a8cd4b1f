/* prediction: what an option claims, and which step decides. */
#ifndef LESSON_PREDICTION_H
#define LESSON_PREDICTION_H

struct block;
struct diag;
struct option;
struct page;

/*
 * Cut `-> …` off the end of the option's text into its expectation. column:
 * where the arrow stands in the source, for what is wrong behind it. 0 or
 * -EINVAL with d (not its line).
 */
int prediction_take_expect(struct option *o, int column, struct diag *d);

/* Check a page's predictions (2 to 5 options, one ticked, each explained) and
 * find what decides each. 0 or -EINVAL with d. */
int prediction_link(struct page *p, struct diag *d);

#endif
