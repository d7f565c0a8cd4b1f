/* bytes_load: the bytes of a frame or a call, and what they are made of. */
#ifndef UI_BYTES_LOAD_H
#define UI_BYTES_LOAD_H

struct app;
struct bytes_view;

/* Fill v, which is empty, with its frame or its call. */
void bytes_load_frame(struct bytes_view *v, struct app *a);
void bytes_load_call(struct bytes_view *v, struct app *a);

#endif
