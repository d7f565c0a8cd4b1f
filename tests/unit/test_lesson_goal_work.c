/* What a judgement costs: as much as has happened since the one before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "goal_exam.h"

/* One for each kind of line; none of them is ever met, so all look on. */
static const char *const goals[] = {
	"server: did recv(conn, _) -> \"never\"",
	"server: did recv(conn, 64) then close(conn)",
	"server: got 99999999.. bytes",
	"server: has conn recv 7",
};
static const char *const frames[] = {
	"wire: sees rst", "client: gave 99999999.. bytes", NULL,
};

static void exam_of_all(struct exam *x)
{
	exam_begin(x);
	for (size_t i = 0; i < sizeof(goals) / sizeof(*goals) - 1; i++) {
		const char *const lines[] = {goals[i], NULL};

		exam_block(x, BLOCK_GOAL, lines);
	}
	exam_block(x, BLOCK_GOAL, frames);
}

static void begin_world(struct script *t)
{
	static const char *const events[] = {
		"lab: built namespaces clocks=slow mtu=1500 kernel=6.18",
		"lab: host client 10.0.0.1 fd00::1",
		"lab: host server 10.0.0.2 fd00::2",
		"lab: page zero 6 en",
		"lab: setup",
		"server: conn = accept(3)",
		"server: accept returns -> 4",
		("server: state fd=4 cookie=2 tcp ESTABLISHED 10.0.0.2:9999 "
			"10.0.0.1:40000 rq=0 sq=0 timer=none"),
		"client: m = recv(3, 4)",
		"client: recv waits",
		"lab: play",
	};

	script_init(t);
	for (size_t i = 0; i < sizeof(events) / sizeof(*events); i++)
		script_add(t, events[i]);
	script_open(t);
}

/* A call that binds one of a hundred names, a sample, a frame. */
static void happen(struct script *t, int times)
{
	char line[128];

	for (int i = 0; i < times; i++) {
		snprintf(line, sizeof(line), "server: m%d = recv(conn, 64)",
			i % 100);
		script_add(t, line);
		snprintf(line, sizeof(line), "server: recv returns -> \"%d\"",
			i);
		script_add(t, line);
		script_add(t, "server: state fd=4 cookie=2 tcp ESTABLISHED "
			"10.0.0.2:9999 10.0.0.1:40000 rq=1 sq=0 timer=none");
		script_add(t, "client> PA 1001 5001 x");
	}
	scene_feed(t->scene, 0);
}

static void work_is_that_of_what_happened(void **state)
{
	struct goals out = {0};
	struct script t;
	uint64_t first;
	struct exam x;

	(void)state;
	begin_world(&t);
	exam_of_all(&x);
	happen(&t, 1000);
	goals_judge(&out, &x.page, t.scene, scene_now(t.scene));
	/* each call, each frame once; the two that are pending, the socket */
	first = goals_work(&out);
	assert_in_range(first, 2000, 2010);
	for (int i = 0; i < 3; i++) {
		happen(&t, 1);
		goals_judge(&out, &x.page, t.scene, scene_now(t.scene));
		assert_in_range(goals_work(&out), 1, 8);
		happen(&t, 1000);
		goals_judge(&out, &x.page, t.scene, scene_now(t.scene));
		assert_in_range(goals_work(&out), 2000, 2010);
	}
	/* nothing happened: what is pending, the sockets there are */
	goals_judge(&out, &x.page, t.scene, scene_now(t.scene));
	assert_in_range(goals_work(&out), 1, 4);
	goals_done(&out);
	exam_done(&x);
	script_done(&t);
}

/* Back in the journal, another page, another take: from the beginning. */
static void it_begins_afresh_where_it_must(void **state)
{
	struct goals out = {0};
	struct exam x, y;
	struct script t;

	(void)state;
	begin_world(&t);
	exam_of_all(&x);
	exam_of_all(&y);
	happen(&t, 100);
	goals_judge(&out, &x.page, t.scene, scene_now(t.scene));
	goals_judge(&out, &x.page, t.scene, scene_now(t.scene) - 4);
	assert_in_range(goals_work(&out), 198, 206);
	goals_judge(&out, &y.page, t.scene, scene_now(t.scene));
	assert_in_range(goals_work(&out), 200, 206);
	script_add(&t, "lab: built namespaces clocks=slow mtu=1500 "
		"kernel=6.18");
	script_add(&t, "lab: page zero 6 en");
	script_add(&t, "lab: play");
	scene_feed(t.scene, 0);
	goals_judge(&out, &y.page, t.scene, scene_now(t.scene));
	assert_int_equal(goals_work(&out), 0);
	assert_string_equal(out.goal[0].observed, "no recv on server yet");
	assert_string_equal(out.goal[3].observed, "none yet");
	goals_done(&out);
	assert_int_equal(goals_work(&out), 0);
	exam_done(&x);
	exam_done(&y);
	script_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(work_is_that_of_what_happened),
		cmocka_unit_test(it_begins_afresh_where_it_must),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
