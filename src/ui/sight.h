/*
 * sight: what the terminal can show, asked before anything is drawn on it.
 */
#ifndef UI_SIGHT_H
#define UI_SIGHT_H

#include <stdbool.h>

/* Columns and rows of standard output. False: it is no terminal. */
bool sight_size(int *wide, int *high);

/* How many colours $TERM has; 0: none; -1: such a terminal is not known. */
int sight_colours(void);

/*
 * The first of the signs we draw, lines, boxes and arrows, that takes another
 * number of cells than we count; NULL: none. told: what the terminal itself
 * says where it writes on after it, else (it does not say) what this system's
 * library thinks of it.
 */
const char *sight_wrong_sign(bool *told);

#endif
