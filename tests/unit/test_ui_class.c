/* Questions before a class: phases, votes, what is asked again. */
#include "player_peer.h"
#include "ui/class.h"

/* A poll first, as lessons begin; then two questions that calls decide. */
static const char played[] =
	"# T\n## One\nPoll?\n\n- [ ] a\n\n  W\n\n- [x] b\n\n  W\n\n- [ ] c\n\n"
	"  W\n\n"
	"## Two\nWhat?\n\n- [ ] a `-> 3`\n\n  W\n\n- [x] b `-> 0`\n\n  W\n\n"
	"```lab\nclient: close(3) -> 0\n```\n"
	"And now?\n\n- [x] a `-> 0`\n\n  W\n\n- [ ] b `-> 3`\n\n  W\n\n"
	"```lab\nclient: close(4) -> 0\n```\n"
	"## End\nThe end.\n";

/* The same without the poll. */
static const char no_poll[] =
	"# T\n## One\nWhat?\n\n- [ ] a `-> 3`\n\n  W\n\n- [x] b `-> 0`\n\n"
	"  W\n\n```lab\nclient: close(3) -> 0\n```\n## End\nThe end.\n";

struct room {
	struct fixture *f;
	struct class c;
};

static struct room open_room(const char *source)
{
	struct room r = {.f = make(parse("x/les/en.md", source)),
		.c = {.on = true}};

	player_page(r.f->p, 0);
	run(r.f);
	class_follow(&r.c, r.f->p);
	return r;
}

static void close_room(struct room *r)
{
	void *state = r->f;

	class_done(&r->c);
	teardown(&state);
}

/* What a clicker's forward does. */
static void forward(struct room *r)
{
	bool poll = r->c.asking && r->c.question[r->c.at].poll;

	if (!r->c.asking)
		player_next(r->f->p);
	else if (!class_next(&r->c) && player_skip(r->f->p) && !poll)
		player_next(r->f->p);
	run(r->f);
	class_follow(&r->c, r->f->p);
}

static void one_key_leads_through_all_phases(void **state)
{
	static const struct {
		bool asking;
		enum class_phase phase;
		size_t page;
	} way[] = {
		{true, CLASS_ASKS, 0},      /* the poll */
		{true, CLASS_VOTES, 0},
		{false, 0, 0},              /* nothing runs */
		{true, CLASS_ASKS, 1},
		{true, CLASS_VOTES, 1},
		{true, CLASS_DISCUSSES, 1},
		{true, CLASS_ASKS, 1},      /* ran; the page's second */
		{true, CLASS_VOTES, 1},
		{true, CLASS_DISCUSSES, 1},
		{false, 0, 1},
		{true, CLASS_AGAIN, 2},     /* the poll once more */
		{false, 0, 2},
	};
	struct room r = open_room(played);

	(void)state;
	for (size_t i = 0; i < sizeof(way) / sizeof(*way); i++) {
		if (r.c.asking != way[i].asking || (r.c.asking &&
				r.c.phase != way[i].phase) ||
				player_at_page(r.f->p) != way[i].page)
			fail_msg("at %zu: page %zu, phase %d, %s", i,
				player_at_page(r.f->p), (int)r.c.phase,
				r.c.asking ? "asking" : "not asking");
		forward(&r);
	}
	assert_int_equal(player_state(r.f->p), PLAYER_END);
	assert_int_equal(r.c.questions, 3);
	assert_non_null(strstr(buf_str(&r.f->heard), "client: close(4)"));
	assert_null(strstr(buf_str(&r.f->heard), "lab: predict"));
	close_room(&r);
}

static void nothing_runs_before_the_second_vote(void **state)
{
	struct room r = open_room(no_poll);

	(void)state;
	forward(&r);
	forward(&r);
	assert_int_equal(r.c.phase, CLASS_DISCUSSES);
	assert_null(strstr(buf_str(&r.f->heard), "close(3)"));
	forward(&r);
	assert_non_null(strstr(buf_str(&r.f->heard), "close(3)"));
	close_room(&r);
}

static void without_a_poll_the_end_asks_nothing(void **state)
{
	struct room r = open_room(no_poll);

	(void)state;
	for (int i = 0; i < 4; i++)
		forward(&r);
	assert_int_equal(player_state(r.f->p), PLAYER_END);
	assert_false(r.c.asking);
	close_room(&r);
}

static void votes_stay_when_a_page_is_played_again(void **state)
{
	struct room r = open_room(played);
	struct diag d = {0};

	(void)state;
	assert_int_equal(class_vote(&r.c, "a 3 b 4", 3, &d), 0);
	player_page(r.f->p, 1);
	run(r.f);
	class_follow(&r.c, r.f->p);
	assert_int_equal(r.c.at, 1);
	assert_false(class_asked(&r.c)->taken[0]);
	player_page(r.f->p, 0);
	run(r.f);
	class_follow(&r.c, r.f->p);
	assert_int_equal(r.c.questions, 2);
	assert_int_equal(r.c.phase, CLASS_ASKS);
	assert_int_equal(class_asked(&r.c)->votes[0][1], 4);
	close_room(&r);
}

static void a_learner_alone_is_asked_nothing(void **state)
{
	struct room r = {.f = make(parse("x/les/en.md", played))};

	(void)state;
	player_page(r.f->p, 0);
	run(r.f);
	class_follow(&r.c, r.f->p);
	assert_false(r.c.asking);
	close_room(&r);
}

/* ---- votes ---- */

static void votes_are_typed_in_many_ways(void **state)
{
	static const struct {
		const char *text;
		int votes[3];
	} good[] = {
		{"a 12 b 3 c 9", {12, 3, 9}},
		{"12 3 9", {12, 3, 9}},
		{"c 9 a 12", {12, 0, 9}},
		{"b 3 9", {0, 3, 9}},        /* on from b */
		{"A12,B3,C9", {12, 3, 9}},
		{"a: 12; b=3", {12, 3, 0}},
		{"  0 9999\t1 ", {0, 9999, 1}},
	};
	struct room r = open_room(played);
	struct diag d = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		const struct class_question *q = class_asked(&r.c);

		if (class_vote(&r.c, good[i].text, 3, &d) != 0)
			fail_msg("%s: %s", good[i].text, d.msg);
		assert_true(q->taken[0]);
		assert_false(q->taken[1]);
		for (int k = 0; k < 3; k++)
			if (q->votes[0][k] != good[i].votes[k])
				fail_msg("%s: %c is %d", good[i].text, 'a' + k,
					q->votes[0][k]);
	}
	close_room(&r);
}

static void what_is_no_vote_is_refused(void **state)
{
	static const struct {
		const char *text;
		int column;
	} bad[] = {
		{"", 1}, {"   ", 4}, {"a", 2}, {"d 1", 1}, {"a 1 d 2", 5},
		{"1 2 3 4", 7}, {"a -1", 3}, {"a 10000", 3}, {"a x", 3},
		{"99999999999999999999", 1}, {"\xc3\xa1 3", 1}, {"ab", 2},
	};
	struct room r = open_room(played);

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct diag d = {0};

		if (class_vote(&r.c, bad[i].text, 3, &d) == 0 ||
				d.column != bad[i].column)
			fail_msg("\"%s\": column %d: %s", bad[i].text,
				d.column, d.msg);
	}
	assert_false(class_asked(&r.c)->taken[0]);
	close_room(&r);
}

static void before_and_after_are_kept_apart(void **state)
{
	struct room r = open_room(played);
	const struct class_question *q;
	struct diag d = {0};

	(void)state;
	forward(&r);
	forward(&r);
	forward(&r);
	assert_int_equal(r.c.phase, CLASS_ASKS);
	/* typed before anybody pressed a key: that was the vote */
	assert_int_equal(class_vote(&r.c, "5 2", 2, &d), 0);
	assert_int_equal(r.c.phase, CLASS_VOTES);
	forward(&r);
	assert_int_equal(class_vote(&r.c, "1 6", 2, &d), 0);
	q = class_asked(&r.c);
	assert_true(q->taken[0] && q->taken[1]);
	assert_int_equal(class_most(q, 0), 0);
	assert_int_equal(class_most(q, 1), 1);
	assert_int_equal(class_sum(q, 0), 7);
	assert_int_equal(class_sum(q, 1), 7);
	assert_int_equal(class_greatest(q), 6);
	/* and the poll's second is that of the last page */
	while (r.c.phase != CLASS_AGAIN)
		forward(&r);
	q = class_asked(&r.c);
	assert_int_equal(class_most(q, 0), -1);
	assert_int_equal(class_vote(&r.c, "0 0 0", 3, &d), 0);
	assert_int_equal(class_most(q, 1), -1);
	assert_int_equal(class_vote(&r.c, "c 2", 3, &d), 0);
	assert_false(q->taken[0]);
	assert_int_equal(class_most(q, 1), 2);
	close_room(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_key_leads_through_all_phases),
		cmocka_unit_test(nothing_runs_before_the_second_vote),
		cmocka_unit_test(without_a_poll_the_end_asks_nothing),
		cmocka_unit_test(votes_stay_when_a_page_is_played_again),
		cmocka_unit_test(a_learner_alone_is_asked_nothing),
		cmocka_unit_test(votes_are_typed_in_many_ways),
		cmocka_unit_test(what_is_no_vote_is_refused),
		cmocka_unit_test(before_and_after_are_kept_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
