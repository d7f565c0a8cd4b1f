/*
 * parsons: lines in a wrong order, which the learner moves and then runs.
 *
 * A *place* is where a line stands in the order as it is now, from 0.
 */
#ifndef UI_PARSONS_H
#define UI_PARSONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct app;
struct buf;
struct exercise;
struct player;
struct scene;
struct strip;

/* Whether the page that is played has such lines, and they can be moved. */
bool parsons_open(const struct player *p);

/* The line at a place, without what it expects. */
void parsons_line(struct buf *b, const struct player *p, size_t place);

/*
 * What came of each line when they ran in this order, by its place: the result
 * as the notation writes it, or why it could not be done; nothing when it did
 * not run. Each array has player_lines entries, zeroed; the caller frees those
 * of out with buf_done. failed: it is a failure.
 */
void parsons_results(struct buf *out, bool *failed, const struct player *p,
	struct scene *s, uint32_t position);

/* The line that the lab could not do, at which the run ended: its place, and
 * why; NULL: there is none. */
const char *parsons_refusal(const struct player *p, size_t *place);

/* Move the selected line; run the order. */
bool parsons_move(struct exercise *e, struct player *p, int by);
bool parsons_run(struct exercise *e, struct player *p);

/* ---- the screen ---- */

/* The list, with results once it ran. */
void parsons_lines(struct strip *s, const struct app *a);

/* A key while the lesson has the focus; false: not mine. */
bool parsons_key(struct app *a, int key);

/* The button goes down on a place, and up. */
void parsons_press(struct app *a, size_t place);
void parsons_release(struct app *a, size_t place);

#endif
