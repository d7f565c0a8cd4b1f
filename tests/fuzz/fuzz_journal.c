/* Any bytes as a journal: mapping, reading, feeding and every question end, and
 * those of goals. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "call/line.h"
#include "lesson/goal.h"
#include "scene/scene.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ask_rows(const struct scene *s, uint32_t p)
{
	uint32_t rows = scene_rows(s, p);
	struct scene_row row;

	for (uint32_t i = 0; i < rows; i++) {
		scene_row(s, i, p, &row);
		for (int h = 0; h < SCENE_HOSTS; h++)
			scene_row_waiting(s, i, h, p, NULL, 0);
	}
}

static void ask_things(struct scene *s, uint32_t p)
{
	const struct scene_sample *sample;
	struct event e;
	struct line l;
	struct value v;
	uint64_t end;
	int64_t rings;

	for (uint32_t i = 0; i < scene_calls(s); i++) {
		const struct scene_call *c = scene_call(s, i);

		scene_call_line(s, i, &l);
		line_done(&l);
		scene_call_result(s, i, &v);
		value_done(&v);
		scene_call_time(s, i, true);
		if (c->flow != SCENE_NONE)
			scene_owner(s, c->flow, c->way, c->stream, &end);
	}
	for (uint32_t i = 0; i < scene_frames(s); i++) {
		scene_frame_fate(s, i, p);
		scene_frame_repeats(s, i, p);
		scene_frame_bytes(s, i, &e);
		scene_relative_seq(s, i, 7, true);
	}
	for (uint32_t i = 0; i < scene_sockets(s); i++) {
		scene_socket_at(s, i, p);
		scene_state_inferred(s, i, p);
		scene_read_offset(s, i, p);
		scene_acked_offset(s, i, p);
	}
	for (uint32_t i = 0; i < scene_actors(s); i++)
		scene_pending(s, i, p);
	scene_next_clock(s, p, &sample, &rings);
}

/* Lines of every kind, in the names of corpus/journal/exercise. */
static const char *const asked[] = {
	"server: did recv(a, _) -> \"\" x 1..2",
	"server: did recv(b, 64, 0) -> _ within 1s then dup(b) -> 7",
	"server: did accept(ear) -> waits x 0",
	"client: did connect(a, server:9999) -> 0 | ECONNREFUSED",
	"server: got \"DONE\\n\"",
	"client: gave repeat(\"A\", 3) \"x\"",
	"server: got ..4 bytes",
	"wire: sees fin from server x 1",
	"server: has b CLOSE_WAIT recv 0 local server:_ TCP_NODELAY=0",
	"client: has tcp x 2",
	"client: did recv(a, _) -> \"x\"",
	"server: did recv(a, _) -> waits then close(b) -> 0 x 3",
};

/* As many goals a page has, and a solution that makes no sockets: so it matters
 * what was closed. */
enum {
	ASKED = sizeof(asked) / sizeof(*asked),
	PAGES = (ASKED + LESSON_GOALS - 1) / LESSON_GOALS,
};
static const char solution[] = "server: recv(a, 4)";

struct exam {
	struct step step[ASKED + PAGES];
	struct block block[ASKED + PAGES];
	struct page page[PAGES];
	struct goals goals[PAGES]; /* kept from position to position */
};

static void exam_add(struct exam *x, size_t i, enum block_kind kind,
	const char *line)
{
	if (line_parse(&x->step[i].line, line, strlen(line), NULL, NULL, NULL))
		abort();
	x->block[i] = (struct block){.kind = kind, .step = &x->step[i],
		.steps = 1};
}

static void exam_begin(struct exam *x)
{
	size_t n = 0;

	memset(x, 0, sizeof(*x));
	for (size_t i = 0; i < ASKED; i++) {
		if (i % LESSON_GOALS == 0)
			x->page[i / LESSON_GOALS].block = &x->block[n];
		exam_add(x, n++, BLOCK_GOAL, asked[i]);
		if (i % LESSON_GOALS + 1 == LESSON_GOALS || i + 1 == ASKED)
			exam_add(x, n++, BLOCK_SOLUTION, solution);
		x->page[i / LESSON_GOALS].blocks = (size_t)(&x->block[n] -
			x->page[i / LESSON_GOALS].block);
	}
}

static void exam_done(struct exam *x)
{
	for (size_t i = 0; i < PAGES; i++)
		goals_done(&x->goals[i]);
	for (size_t i = 0; i < ASKED + PAGES; i++)
		line_done(&x->step[i].line);
}

/* What is judged by going on is what is judged afresh. */
static void ask_goals(struct exam *x, struct scene *s, uint32_t p)
{
	for (size_t i = 0; i < PAGES; i++) {
		struct goals fresh = {0};

		goals_judge(&x->goals[i], &x->page[i], s, p);
		goals_judge(&fresh, &x->page[i], s, p);
		for (int k = 0; k < fresh.goals; k++)
			if (fresh.goal[k].state != x->goals[i].goal[k].state)
				abort();
		goals_done(&fresh);
	}
}

static void ask(struct exam *x, struct scene *s, uint32_t p)
{
	struct scene_wire wire;
	struct scene_page page;
	struct event e;

	ask_rows(s, p);
	ask_things(s, p);
	scene_take(s, p);
	scene_wire(s, p, &wire);
	scene_page(s, p, &page);
	scene_before(s, p);
	scene_after(s, p);
	scene_event(s, p, &e);
	scene_frame_numbered(s, 1, p);
	ask_goals(x, s, p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct journal_view *v;
	struct scene *s;
	struct exam x;
	char path[32];
	int fd = memfd_create("journal", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (journal_map(&v, path, NULL) == 0) {
		s = scene_new(v);
		scene_feed(s, 0);
		journal_torn(v);
		exam_begin(&x);
		ask(&x, s, scene_now(s) / 2);
		ask(&x, s, scene_now(s));
		ask(&x, s, SCENE_NEVER);
		exam_done(&x);
		scene_free(s);
		journal_unmap(v);
	}
	close(fd);
	return 0;
}
