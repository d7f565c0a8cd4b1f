/* sockets: what other parts of the screen ask the sockets pane. */
#ifndef UI_SOCKETS_H
#define UI_SOCKETS_H

#include <stdint.h>

struct app;

/* The socket that is selected as of the position, SCENE_NONE: there is none. */
uint32_t sockets_selected(struct app *a);

#endif
