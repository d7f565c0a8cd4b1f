/* turn: going through a lesson or a recording: Space, back, pages, answers. */
#ifndef UI_TURN_H
#define UI_TURN_H

#include <stdbool.h>

struct app;

/* Space: the next thing. */
void turn_on(struct app *a);

/* t: a hint, at last the solution. */
void turn_help(struct app *a);

/* Enter: to the row of the stage where a goal is not met; false: there is
 * none, or it is selected already. */
bool turn_jump(struct app *a);

/* Backspace; Home in a recording; the page before or after. */
void turn_back(struct app *a);
void turn_to_begin(struct app *a);
void turn_page(struct app *a, int way);

/* a … e: an answer, from 0. */
void turn_choose(struct app *a, int option);

#endif
