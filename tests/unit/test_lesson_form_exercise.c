/* What the checker asks of the form of an exercise. */
#include "lesson_folder.h"

#define ROW "row\\\n"
#define ROWS4 ROW ROW ROW ROW
#define SETUP "```numbers\nn 3 4\n```\n```setup\nclient: close($n)\n```\n"
#define GOAL "Goal.\n```goal\nwire: sees syn x $n\n```\n"
#define HINTS "1. a\n2. b\n3. c\n\n"
#define FEED "```feed server\nclient: close(3)\n```\n"
#define SOLUTION "```solution\nclient: close(3)\n```\n"
#define MISTAKE "```mistake no\nclient: close(4)\n```\n" \
	"```when\nwire: sees rst\n```\n"
#define EXERCISE SETUP "Do.\n\n" GOAL HINTS FEED SOLUTION MISTAKE "Words.\n"

/* Of an exercise: in which both are alike. */
static void exercise(const char *page, const char *says)
{
	char text[4096];

	snprintf(text, sizeof(text), "# T\n## X\n%s" END, page);
	judged(text, text, says);
}

static void exercises_fit_their_place(void **state)
{
	(void)state;
	exercise(EXERCISE, NULL);
	/* 8 rows and the goal are 9; one more is too much */
	exercise(SETUP ROWS4 ROW ROW ROW "x\n\n" GOAL HINTS FEED SOLUTION
		MISTAKE "Words.\n", NULL);
	exercise(SETUP ROWS4 ROWS4 "x\n\n" GOAL HINTS FEED SOLUTION MISTAKE
		"Words.\n", "en.md:2:1: prose and goals (and lines) of this "
		"page take 10 rows of 78; 9 are there");
	/* a heading, 7 rows, the goal */
	exercise(SETUP GOAL "1. a\\\n   b\\\n   c\\\n   d\\\n   e\\\n   f\\\n"
		"   g\n"
		"2. b\n3. c\n\n" SOLUTION MISTAKE "W\n", NULL);
	exercise(SETUP GOAL "1. a\\\n   b\\\n   c\\\n   d\\\n   e\\\n   f\\\n"
		"   g\\\n   h\n2. b\n3. c\n\n" SOLUTION MISTAKE "W\n",
		"en.md:20:1: this hint and the goals below it take 10 rows");
	/* expected, observed, 6 rows, the goal */
	exercise(SETUP GOAL HINTS SOLUTION MISTAKE ROWS4 ROW "x\n", NULL);
	exercise(SETUP GOAL HINTS SOLUTION MISTAKE ROWS4 ROW ROW "x\n",
		"en.md:20:1: the words of this mistake, what was expected and "
		"observed, and the goals take 10 rows");
	exercise(SETUP ROWS4 "x\n```goal\nwire: sees syn\n```\n" HINTS
		SOLUTION MISTAKE "W\n", "the goals take 5 rows of 75; 4 are");
}

/* 15 rows: expected, observed, words, an empty one, 10 lines, the goal. */
static void parsons_fit_their_place(void **state)
{
#define LINE "client: close(3)\n"
#define PARSONS(lines) "Do.\n\n" "Goal.\n```goal\nwire: sees syn\n```\n" HINTS \
	"```parsons\n" lines "```\n```solution\n" lines "```\n" \
	"```mistake no\nclient: close(3)\n```\n```when\nwire: sees rst\n" \
	"```\nWords.\n"
#define FIVE LINE LINE LINE LINE LINE
	(void)state;
	exercise(PARSONS(FIVE FIVE), NULL);
	exercise(PARSONS(FIVE FIVE LINE), "the words of this mistake");
	exercise(PARSONS(FIVE FIVE LINE LINE LINE), "page take 16 rows of 78; "
		"15 are there");
	exercise(PARSONS("client: send(3, \"aaaaaaaaaabbbbbbbbbbcccccccccc"
		"ddddddddddeeeeeeeeeefffffffffff\")\n" LINE),
		"this line is 80 cells wide; 74 are there");
}

/* What is wrong only with the numbers of the second round is found. */
static void every_round_is_looked_at(void **state)
{
	(void)state;
	exercise("```numbers\nw \"x\" \"`foo(1)`, x\"\nf send sned\n```\n"
		"`$f(1)`\n", "“sned” stands there as code");
	/* the same in both rounds: told once */
	exercise("```numbers\nw a b\n```\n`sned($w)`\n", "en.md:6:2: “sned”");
}

static void what_an_exercise_shares_is_compared(void **state)
{
	char en[4096], pt[4096];

	(void)state;
	snprintf(en, sizeof(en), "# T\n## X\n" EXERCISE END);
	snprintf(pt, sizeof(pt), "# T\n## X\n"
		"```numbers\nn 3 4\nm 1\n```\n"
		"```setup\nclient: close($n)\n```\n"
		"Do.\n\n" GOAL HINTS FEED SOLUTION MISTAKE "Words.\n" END);
	judged(en, pt, "pt_BR.md:2:1: the numbers of this page differ");
	snprintf(pt, sizeof(pt), "# T\n## X\n" SETUP "Do.\n\n" GOAL HINTS
		"```feed client\nclient: close(3)\n```\n" SOLUTION MISTAKE
		"Words.\n" END);
	judged(en, pt, "this is “server” in en");
	snprintf(pt, sizeof(pt), "# T\n## X\n" SETUP "Do.\n\n"
		"Goal.\n```goal\nwire: sees syn x 3\n```\n" HINTS FEED
		SOLUTION MISTAKE "Words.\n" END);
	judged(en, pt, "this line is “wire: sees syn x 4” in en");
	snprintf(pt, sizeof(pt), "# T\n## X\n" SETUP "Do.\n\n" GOAL HINTS FEED
		SOLUTION "```mistake yes\nclient: close(4)\n```\n"
		"```when\nwire: sees rst\n```\nWords.\n" END);
	judged(en, pt, "this is “no” in en");
	snprintf(pt, sizeof(pt), "# T\n## X\n" SETUP "Do.\n\n" GOAL HINTS
		SOLUTION MISTAKE "Words.\n" END);
	judged(en, pt, "another order");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(exercises_fit_their_place),
		CASE(parsons_fit_their_place),
		CASE(every_round_is_looked_at),
		CASE(what_an_exercise_shares_is_compared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
