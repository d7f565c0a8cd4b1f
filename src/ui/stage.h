/*
 * stage: the parts that the stage's files share.
 *
 * A *line* of the stage is a row of the scene, or the *fold*: one line that
 * stands for all rows of the page's setup. Only the rows of the take that the
 * position is in are there.
 */
#ifndef UI_STAGE_H
#define UI_STAGE_H

#include <stdbool.h>
#include <stdint.h>

#include <curses.h>

#include "call/line.h"

struct app;
struct ink;
struct facts;
struct scene_cell;
struct scene_frame;
struct scene_sample;
struct scene_socket;
struct scene_row;

#define STAGE_WIRE (-1) /* the column that is no host */
#define STAGE_LANES 6   /* lanes of one host that are seen to wait at once */

struct stage_span {
	uint32_t first;  /* row of the take */
	uint32_t body;   /* first row behind the setup */
	uint32_t end;    /* rows that have begun */
	bool folded;     /* rows first … body-1 are one line */
	uint32_t lines;
};

/* The window of the stage is a new one, or shows another scene: nothing that
 * was drawn or parsed is good any more. */
void stage_forget(void);

/* As of the position. Logarithmic time. */
void stage_span(const struct app *a, struct stage_span *out);

/* Rows that it needs with its heading, at most so many. */
int stage_rows(const struct app *a, int most);

/* The line a row stands on, and the row of a line (the fold: its first). */
uint32_t stage_line_of(const struct stage_span *s, uint32_t row);
uint32_t stage_row_of(const struct stage_span *s, uint32_t line);
bool stage_is_fold(const struct stage_span *s, uint32_t line);

/* Whether Enter unfolds or folds the setup: it is selected, or nothing is and
 * it is folded. */
bool stage_unfolds(const struct app *a);

/* The host of a row's cell in which something happened, or STAGE_WIRE: the
 * wanted one, else the first; wanted, when nothing did. */
int stage_happened(const struct app *a, uint32_t row, int wanted);

/* Columns, the host of one (or STAGE_WIRE), and the other way round. */
int stage_columns(const struct app *a);
int stage_host_of(int column);
int stage_column_of(int host);

/* The name over a column; how many of its letters tell a host's name from the
 * others'. */
const char *stage_column_name(const struct app *a, int column);
int stage_telling(const struct app *a, int host);

/* Draw it into a window that still shows what was drawn there last. */
void stage_draw(struct app *a, WINDOW *w, bool focused);

/* The same where columns do not fit side by side. */
void stage_draw_narrow(struct app *a, WINDOW *w, const struct stage_span *s);

/* A call, parsed; its result when it has returned before the position. */
struct stage_call {
	uint32_t ref;
	bool known, returned;
	struct line line;
	struct value result;
};

/* NULL when its line cannot be read. Borrowed until the next question. */
const struct stage_call *stage_call(struct app *a, uint32_t ref);
void stage_call_forget(void);

/* What a row says in a column, at most width cells; index: the row's. False:
 * parts of a call had no room. */
bool stage_cell(struct app *a, uint32_t index, const struct scene_row *row,
	int host, int width, struct ink *out);

/* The same where it goes on over its column: its result is next to it. */
void stage_cell_over(struct app *a, uint32_t index, const struct scene_row *row,
	int host, int width, struct ink *out);

/* A call, or its result, without the lanes that wait beside it. */
bool stage_call_cell(struct app *a, uint32_t index, const struct scene_cell *at,
	int host, int width, struct ink *out);

/* What a setsockopt that succeeded asked for, and what the kernel made of it.
 * False: the same, or it cannot be known. */
struct buf;
bool stage_given(const struct app *a, uint32_t ref, const struct line *l,
	struct buf *asked, struct buf *given);

/* What the fold says in a column. */
void stage_fold(struct app *a, const struct stage_span *s, int host,
	int width, struct ink *out);

/* A frame in the wire's column; seen: in the row where it was, not where it
 * went on. */
void stage_frame(struct app *a, uint32_t ref, bool seen, int width,
	struct ink *out);

/* Whether its arrow points to the left. */
bool stage_leftwards(const struct scene_frame *f);

/* The letters of the sends whose bytes it carries, "A", "AB"; returns their
 * style. */
int stage_letters(const struct app *a, const struct scene_frame *f, char *out,
	size_t size);

/* Its payload as symbols, each in the style of its send; nothing where it has
 * none. */
void stage_payload(const struct app *a, const struct scene_frame *f,
	const struct facts *facts, const uint8_t *frame, int cells,
	struct ink *out);

/* Bytes of one stream from an offset on: data for a cell_owner. The last run
 * is remembered. */
struct stage_bytes {
	const struct app *a;
	uint32_t flow;
	int way;
	uint64_t from;
	uint64_t begin, end; /* of the run, in the stream */
	int style;
};
int stage_byte_style(void *data, uint64_t i);

/* The actors of a host that wait in a call as of the position: at most max
 * into out, the oldest first; how many there are. */
size_t stage_waiting(const struct app *a, int host, uint32_t *out, size_t max);

/* Lanes that wait, each with its own ┆: a host's own lane has no name. */
void stage_lanes(const struct app *a, int host, const uint32_t *actor, size_t n,
	int width, struct ink *out);

/* The kernel's clock that rings next, as long as it moves: not in a replay. */
bool stage_clock(const struct app *a, const struct scene_sample **m,
	int64_t *rings);

/* The conversation that is selected; SCENE_NONE. */
uint32_t stage_flow(const struct app *a);

/* The socket of a host that the picture below the stage is about; SCENE_NONE.
 */
uint32_t stage_socket(const struct app *a, int host);

/* What the kernel holds for it: bytes. */
struct stage_holds {
	uint32_t socket;
	const struct scene_socket *s;
	const struct scene_sample *m; /* NULL: not sampled yet */
	bool has_queues;
	uint32_t sent, unsent; /* not acknowledged; not even sent */
	uint32_t received;
	bool sent_syn;   /* before all that, or instead of it */
	bool sent_fin;   /* behind those sent: not acknowledged either */
	bool fin;        /* behind those received: not read yet either */
};
void stage_holds(const struct app *a, uint32_t socket,
	struct stage_holds *out);

/* n bytes of a stream from an offset on, each as the letter of its send. */
void stage_run(const struct app *a, uint32_t flow, int way, uint64_t from,
	uint32_t n, int width, struct ink *out);

/* The wire's column below the stage. */
void stage_wire(struct app *a, WINDOW *w, int x, int width);

/* The queues below the stage, with their ruler. Drawn from the position,
 * stage_flow, the selected call, the kernel's view, and the clock. */
void stage_queues(struct app *a, WINDOW *w);

/* The style of byte offset of a stream: its send's letter. */
int stage_owner(const struct app *a, uint32_t flow, int way, uint64_t offset,
	uint64_t *end);

/* Select a line; past the end: the last one. */
void stage_select(struct app *a, const struct stage_span *s, uint32_t line);

/* A row's events as lines of the transcript. */
void stage_row_text(struct app *a, uint32_t index, struct buf *b);

/* The next line, or the one before, that has the text: selected. False: there
 * is none, or app->seek goes on and this is to be asked again. */
bool stage_find(struct app *a, const char *text, int way);
char *stage_copy(struct app *a);

/* Everything about the selected row, as lines, into a->layer_text. False when
 * there is no row. */
bool stage_unfold(struct app *a);

#endif
