/* sockets_text: what the sockets pane says of a socket, as text. */
#ifndef UI_SOCKETS_TEXT_H
#define UI_SOCKETS_TEXT_H

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct scene_sample;
struct scene_socket;

/* "conn 4", "fd 4", "(none)" for a socket that no process has. */
void sockets_name(struct buf *b, const struct scene_socket *s);

/* Whether the peer's FIN is counted among the bytes to read. */
bool sockets_fin_waits(const struct scene_sample *m);

/* A time to wait, as people say it: "0.8 s", "4.8 s", "75 s", "3 min"; gap
 * stands before the unit. A time that is over is 0. */
void sockets_time(struct buf *b, int64_t ms, const char *gap);

/* The clock of a sample with ms left, short or as a phrase: "again 4.8s",
 * "sends again in 4.8 s". Nothing when none runs. */
void sockets_timer(struct buf *b, const struct scene_sample *m, int64_t ms);
void sockets_timer_short(
	struct buf *b, const struct scene_sample *m, int64_t ms);

#endif
