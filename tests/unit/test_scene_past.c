/*
 * The past does not change: what a scene that has seen everything says of an
 * earlier position is what a scene said that had seen no more than that. The
 * journals are random; many of their lines make no sense together.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "scene/why.h"
#include "scene_script.h"

#define EVENTS 80
#define SEEDS 150

static uint32_t seed;

static uint32_t any(uint32_t below)
{
	seed = seed * 1664525 + 1013904223; /* Knuth's "quick and dirty" */
	return (seed >> 8) % below;
}

static const char *const lanes[] = {"client", "server", "client2", "server/2"};

static void a_call(struct buf *b)
{
	static const char *const calls[] = {
		"s = socket(AF_INET, SOCK_STREAM)", "connect(s, server:9999)",
		"c = accept(3)", "send(s, \"abc\")", "send(3, \"defgh\")",
		"recv(s, 10)", "recv(3, 5, MSG_PEEK)", "close(3)",
		"shutdown(s, SHUT_WR)",
	};

	buf_printf(b, "%s: %s", lanes[any(4)], calls[any(9)]);
}

static void a_result(struct buf *b)
{
	static const char *const results[] = {"0", "3", "4", "5", "\"ab\\n\"",
		"EAGAIN", "ECONNREFUSED", "\"\""};

	buf_printf(b, "%s: recv returns -> %s", lanes[any(4)],
		results[any(8)]);
}

static void a_frame(struct buf *b)
{
	static const char *const fates[] = {"", "", "", "[held]", "[held]",
		"[dropped]", "[cut]", "[delayed 2s]"};
	static const char *const flags[] = {"S", "SA", "A", "PA", "FA", "R"};
	const char *fate = fates[any(8)];

	buf_text(b, any(2) ? "client" : "server");
	if (any(5) == 0)
		buf_printf(b, ">[repeat of #%u]", 1 + any(8));
	else
		buf_printf(b, ">%s", fate);
	buf_printf(b, " %s %u %u %s", flags[any(6)], 1000 + any(20),
		1000 + any(20), any(2) ? "xyz" : "");
}

static void a_state(struct buf *b)
{
	bool client = any(2);
	unsigned cookie = any(6) * 2 + client, port = 40000 + any(2);

	buf_printf(b, "%s: state ", client ? "client" : "server");
	if (any(8) == 0) {
		buf_printf(b, "gone cookie=%u", cookie);
		return;
	}
	buf_printf(b, "fd=%s cookie=%u tcp %s ", any(2) ? "3" : "-", cookie,
		scene_state_name(1 + (int)any(12)));
	if (client)
		buf_printf(b, "10.0.0.1:%u 10.0.0.2:9999", port);
	else
		buf_printf(b, "10.0.0.2:9999 10.0.0.1:%u", port);
	buf_printf(b, " rq=%u sq=%u timer=", any(9), any(9));
	if (any(2))
		buf_printf(b, "retransmit:%ums:%u", any(5000), any(4));
	else
		buf_text(b, "none");
}

static void a_line(struct buf *b)
{
	static const char *const lines[] = {
		"lab: built namespaces", "lab: page tour 2 en", "lab: setup",
		"lab: play", "lab: still", "lab: still", "lab: note \"x\"",
		"wire: hold", "wire: flow", "wire: cut", "wire: mend",
		"wire: pass", "client: starts", "client: ended 9",
		"server: kill", "wire: drop next 2 rst", "nonsense", "",
		"lab: host client 10.0.0.1", "lab: host server 10.0.0.2",
	};
	static const char *const fates[] = {"passed", "dropped", "absorbed",
		"held", "delayed"};

	switch (any(4)) {
	case 0:
		buf_printf(b, "wire: %s #%u", fates[any(5)], 1 + any(12));
		break;
	case 1:
		buf_printf(b, "lab: step %u", 1 + any(5));
		break;
	case 2:
		buf_printf(b, "%s: recv waits", lanes[any(4)]);
		break;
	default:
		buf_text(b, lines[any(any(4) ? 20 : 19)]);
	}
}

static void an_event(struct buf *b)
{
	switch (any(6)) {
	case 0:
		a_call(b);
		break;
	case 1:
		a_result(b);
		break;
	case 2:
	case 3:
		a_frame(b);
		break;
	case 4:
		a_state(b);
		break;
	default:
		a_line(b);
	}
}

/* ---- all that can be asked of a position, as text ---- */

static void tell_cell(struct buf *b, const struct scene *s,
	const struct scene_cell *c, uint32_t p)
{
	const struct scene_call *call;

	buf_printf(b, " %d", c->kind);
	if (c->kind == SCENE_EMPTY)
		return;
	buf_printf(b, ":%u@%u", c->ref, c->position);
	if (c->kind == SCENE_FRAME || c->kind == SCENE_FATE)
		buf_printf(b, "=%d*%u", scene_frame_fate(s, c->ref, p),
			scene_frame_repeats(s, c->ref, p));
	if (c->kind != SCENE_CALL && c->kind != SCENE_RESULT)
		return;
	call = scene_call(s, c->ref);
	buf_printf(b, "/%u", call->entered);
	if (call->returned < p)
		buf_printf(b, "->%u,%d,%u", call->returned, call->error,
			call->row_returned);
}

static void tell_rows(struct buf *b, const struct scene *s, uint32_t p)
{
	uint32_t rows = scene_rows(s, p);
	struct scene_row row;

	for (uint32_t i = 0; i < rows; i++) {
		scene_row(s, i, p, &row);
		buf_printf(b, "%u (%u %u %d):", row.begin, row.page, row.step,
			row.setup);
		for (int h = 0; h < 2; h++) {
			tell_cell(b, s, row.host + h, p);
			if (scene_row_waiting(s, i, h, p, NULL, 0))
				buf_char(b, '|');
		}
		tell_cell(b, s, &row.wire, p);
		buf_char(b, '\n');
	}
}

static void tell_sockets(struct buf *b, const struct scene *s, uint32_t p)
{
	const struct scene_sample *sample;
	int64_t rings;

	for (uint32_t i = 0; i < scene_sockets(s); i++) {
		sample = scene_socket_at(s, i, p);
		if (sample)
			buf_printf(b, "socket %u: %d %u %u %d\n", i,
				sample->state, sample->receive_queue,
				sample->send_queue,
				scene_state_inferred(s, i, p));
	}
	if (scene_next_clock(s, p, &sample, &rings))
		buf_printf(b, "clock %u %ld\n", sample->socket, (long)rings);
}

static void tell_why(struct buf *b, struct scene *s, uint32_t p,
	enum why_kind kind, uint32_t n)
{
	struct why w;

	for (uint32_t i = 0; i < n; i++) {
		if (scene_why(s, p, kind, i, &w))
			buf_printf(b, "why %d %u: %s\n", kind, i, w.cause);
		for (int k = 0; k < w.n; k++)
			buf_printf(b, "  %u %s\n", w.fact[k].position,
				w.fact[k].text);
		why_done(&w);
	}
}

static void tell(struct buf *b, struct scene *s, uint32_t p)
{
	const struct scene_take *take = scene_take(s, p);
	struct scene_wire w;
	struct scene_page page;

	tell_rows(b, s, p);
	tell_sockets(b, s, p);
	scene_wire(s, p, &w);
	buf_printf(b, "wire %d %d %u %u %s\n", w.holds, w.cut, w.held, w.rules,
		w.order);
	scene_page(s, p, &page);
	buf_printf(b, "page %s %d before %u take %u\n", page.lesson,
		page.page, scene_before(s, p),
		take ? take->begin : SCENE_NEVER);
	for (size_t i = 0; i < scene_actors(s); i++)
		if (scene_actor(s, i)->started < p)
			buf_printf(b, "pending %u\n", scene_pending(s, i, p));
	tell_why(b, s, p, WHY_CALL, (uint32_t)scene_calls(s));
	tell_why(b, s, p, WHY_FRAME, (uint32_t)scene_frames(s));
	tell_why(b, s, p, WHY_SOCKET, (uint32_t)scene_sockets(s));
}

static void past_is_what_it_was(void **state)
{
	static const char *const begins[] = {
		"lab: built namespaces", "lab: host client 10.0.0.1",
		"lab: host server 10.0.0.2",
	};

	(void)state;
	for (uint32_t round = 0; round < SEEDS; round++) {
		struct buf then[EVENTS + 1] = {{0}}, now = {0};
		struct script t;
		struct scene *whole;

		seed = round;
		script_init(&t);
		script_open(&t);
		tell(&then[0], t.scene, 0);
		for (uint32_t p = 1; p <= EVENTS; p++) {
			struct buf event = {0};

			/* hosts have their addresses before all else */
			if (p <= sizeof(begins) / sizeof(*begins))
				buf_text(&event, begins[p - 1]);
			else
				an_event(&event);
			script_add(&t, buf_str(&event));
			buf_done(&event);
			assert_false(scene_feed(t.scene, 0));
			assert_int_equal(scene_now(t.scene), p);
			tell(&then[p], t.scene, p);
		}
		/* Fed at once: the same, for this and any earlier position. */
		whole = scene_new(t.view);
		scene_feed(whole, 0);
		for (uint32_t p = 0; p <= EVENTS; p++) {
			buf_clear(&now);
			tell(&now, whole, p);
			assert_string_equal(buf_str(&now), buf_str(&then[p]));
			buf_clear(&now);
			tell(&now, t.scene, p);
			assert_string_equal(buf_str(&now), buf_str(&then[p]));
			buf_done(&then[p]);
		}
		buf_done(&now);
		scene_free(whole);
		script_done(&t);
	}
}

/* A budget that is used up is told, and nothing is lost. */
static void a_budget_is_kept(void **state)
{
	struct script t;
	struct event e;
	int rounds = 0;

	(void)state;
	script_init(&t);
	for (int i = 0; i < 5000; i++)
		script_add(&t, "client> A 1000 1000 x");
	script_open(&t);
	while (scene_feed(t.scene, 1))
		rounds++;
	assert_true(rounds > 50);
	assert_int_equal(scene_now(t.scene), 5000);
	assert_int_equal(scene_frames(t.scene), 5000);
	assert_true(scene_event(t.scene, 4999, &e));
	assert_int_equal(e.time, 4999 * INT64_C(1000000));
	assert_false(scene_event(t.scene, 5000, &e));
	script_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(past_is_what_it_was),
		cmocka_unit_test(a_budget_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
