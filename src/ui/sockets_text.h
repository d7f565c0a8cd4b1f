/*
 * sockets_text: what the sockets pane says of a socket, as text.
 *
 * The kernel's *clocks* of a socket are those that sock_diag(7) tells: the
 * retransmission, the keepalive, TIME_WAIT's, the probe of a closed window.
 */
#ifndef UI_SOCKETS_TEXT_H
#define UI_SOCKETS_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "scene/scene.h"

struct app;
struct buf;

/* A socket as it was at the position that is drawn. */
struct sockets_now {
	uint32_t index;
	struct scene_socket socket;
	const struct scene_sample *sample;
	int64_t left; /* ms until its clock rings */
};

/* False: the kernel had none such. */
bool sockets_now(struct sockets_now *out, struct app *a, uint32_t socket);

enum sockets_column {
	COLUMN_KIND, COLUMN_STATE, COLUMN_RECV, COLUMN_SEND, COLUMN_UNSENT,
	COLUMN_LOCAL, COLUMN_PEER, COLUMN_OWNER, COLUMN_CLOCK, COLUMN_OPTIONS,
	COLUMNS
};

/* What stands over a column; what a socket says in it. */
const char *sockets_title(enum sockets_column c);
void sockets_cell(struct buf *b, struct app *a, const struct sockets_now *x,
	enum sockets_column c);

/* Cells of each column at so many cells in all, 0: it is not shown. The order
 * in which they give way: options, unsent, kind, clock, peer, local. */
void sockets_columns(int width[COLUMNS], int cells);
bool sockets_is_number(enum sockets_column c);

/* All there is to say of a socket, in sentences; its ends, where the columns do
 * not show them whole. */
void sockets_describe(struct buf *b, struct app *a,
	const struct sockets_now *x, bool ends);

/* The states it went through: "SYN_SENT > ESTABLISHED"; of what nobody saw
 * with a ? behind it. */
void sockets_path(struct buf *b, struct app *a, uint32_t socket);

/* Of what listens, and of UDP that is not connected, the kernel names a peer of
 * port 0: it has none. Nor has a TCP socket in CLOSE, whose ends of before it
 * still tells; m: its sample, or NULL. */
bool sockets_has_peer(const struct scene_socket *s,
	const struct scene_sample *m);
/* Its own end; "-" when it has none, or what it was is of a connection that is
 * no more. */
const char *sockets_local(const struct scene_socket *s,
	const struct scene_sample *m);

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
