/* judge: what the screen concludes from what the lab has told: the row that
 * decided a prediction, the goals of an exercise. */
#ifndef UI_JUDGE_H
#define UI_JUDGE_H

struct app;

/* To be called when the lab was heard, and when a key did something. */
void judge(struct app *a);

#endif
