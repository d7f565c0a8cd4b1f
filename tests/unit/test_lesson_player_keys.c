/* Keys pressed at random, and a lab that answers at random: whatever comes, the
 * player knows where it is, and a page that is turned to is as it always is. */
#include "player_peer.h"

static const char lesson[] =
	"# T\n"
	"## One\n"
	"```setup\nserver: ear = socket(AF_INET, SOCK_STREAM)\n```\n"
	"Well?\n\n- [x] a `-> 1`\n\n  W\n\n- [ ] b\n\n  W\n\n"
	"```lab\nclient: send(3, \"x\") -> 1\n"
	"server: recv returns -> \"x\"\nclient: close(3)\n```\n"
	"Poll?\n\n- [x] a\n\n  W\n\n- [ ] b\n\n  W\n\n"
	"```check\nwire: sees fin from client\n```\n"
	"## Two\n"
	"Read.\n\nIt was read.\n\n"
	"```goal\nserver: did recv x 2..\n```\n"
	"1. One.\n2. Two.\n3. Three.\n\n"
	"```feed server\nclient: send(3, \"a\")\nclient: send(3, \"b\")\n```\n"
	"```solution\nserver: recv(4, 1)\nserver: recv(4, 1)\n```\n"
	"```mistake once\nserver: recv(4, 2)\n```\n"
	"```when\nserver: did recv x 1\n```\nNo.\n\n"
	"## Three\n"
	"Order.\n\nIt is closed.\n\n"
	"```goal\nserver: did close\n```\n"
	"1. One.\n2. Two.\n3. Three.\n\n"
	"```parsons\nserver: close(5)\nserver: close(4)\nserver: close(3)\n"
	"```\n"
	"```solution\nserver: close(3)\nserver: close(4)\nserver: close(5)\n"
	"```\n"
	"```mistake turned\nserver: close(5)\nserver: close(3)\n"
	"server: close(4)\n```\n"
	"```when\nserver: did close(5) then close(3)\n```\nNo.\n\n"
	"## End\nThe end.\n";

#define ROUNDS 300
#define KEYS 60

static uint64_t seed;

static unsigned any(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

static void answer_at_random(struct fixture *f)
{
	static const struct rule rules[] = {
		{NULL, NULL}, {"server: recv(", "ok waits"},
		{"server: recv", "ok waits"}, {"client", "error 1 no"},
		{"server", "error 1 no"}, {"lab: rebuild", "error 1 no"},
		{"client: send", "failed expected 1, observed 2"},
		{"server: close", NULL},
	};

	f->rule[any(4)] = rules[any(sizeof(rules) / sizeof(*rules))];
}

static void press(struct fixture *f)
{
	static const char *const lines[] = {
		"server: recv(4, 1)", "client: send(3, \"x\")", "wire: pass",
		"server: recv(4, 9, MSG_WAITALL)", "client: close(3)",
		"server: close(3)",
	};
	struct player *p = f->p;

	switch (any(16)) {
	case 0:
		player_take_back(p);
		return;
	case 1:
		player_rebuild(p);
		return;
	case 2:
		player_page(p, any(4));
		return;
	case 3:
	case 4:
		player_hint(p);
		return;
	case 5:
		player_solve(p);
		return;
	case 6:
		player_judged(p, any(2));
		return;
	case 7:
		player_move(p, any(4), (int)any(5) - 2);
		return;
	case 8:
		player_run_order(p);
		return;
	case 9:
		player_skip(p);
		return;
	case 10:
	case 11:
		player_choose(p, (int)any(3));
		return;
	case 12:
	case 13:
		player_act(p, lines[any(sizeof(lines) / sizeof(*lines))]);
		return;
	default:
		player_next(p);
		return;
	}
}

static void is_somewhere(struct fixture *f)
{
	const struct lesson *l = player_lesson(f->p);
	size_t page = player_at_page(f->p), block;
	struct player_prediction x;
	struct buf words = {0};

	assert_true(page < l->pages);
	block = player_at_block(f->p);
	assert_true(block < l->page[page].blocks);
	assert_true(player_at_step(f->p) <= l->page[page].block[block].steps);
	player_prediction(f->p, &x);
	assert_true(x.block < (int)l->page[page].blocks);
	player_next_text(f->p, &words);
	assert_true(words.len > 0);
	buf_done(&words);
}

/* What is taken back one after the other was all there, and in order: each
 * time what is sent is a beginning of what was sent the time before. */
static void takes_back_all(struct fixture *f)
{
	char *before = NULL;

	buf_clear(&f->heard);
	while (player_take_back(f->p)) {
		run(f);
		if (before && strncmp(before, buf_str(&f->heard), f->heard.len))
			fail_msg("%s\nis no beginning of\n%s",
				buf_str(&f->heard), before);
		free(before);
		before = strdup(buf_str(&f->heard));
		buf_clear(&f->heard);
	}
	free(before);
}

/* Once the lab answers all that it is asked, and well. */
static void is_as_always(struct fixture *f)
{
	memset(f->rule, 0, sizeof(f->rule));
	run(f);
	takes_back_all(f);
	player_page(f->p, 0);
	heard(f, "lab: rebuild|lab: page les 1 en|lab: setup|"
		"server: ear = socket(AF_INET, SOCK_STREAM)|");
	offers(f, PLAYER_LOCKED, "answer first: a b");
	player_choose(f->p, 0);
	player_next(f->p);
	heard(f, "lab: predict a|lab: step 1|client: send(3, \"x\") -> 1|"
		"lab: step 2|server: recv returns -> \"x\"|");
	offers(f, PLAYER_READY, "run “client: close(3)”");
}

static void keys_at_random(void **state)
{
	(void)state;
	for (seed = 1; seed < ROUNDS; seed++) {
		uint64_t round = seed;
		struct fixture *f = make(parse("x/les/en.md", lesson));
		void *done = f;
		struct player_question q = {f->l, 0, 2};

		q.block = lesson_block(&f->l->page[0], BLOCK_PREDICTION, 0);
		player_ask_first(f->p, &q, any(2));
		player_page(f->p, any(4));
		for (int i = 0; i < KEYS; i++) {
			answer_at_random(f);
			press(f);
			if (any(3))
				run(f);
			is_somewhere(f);
			if (!any(40))
				lose_lab(f);
		}
		is_as_always(f);
		teardown(&done);
		seed = round;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_at_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
