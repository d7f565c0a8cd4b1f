/* plain_inside: what the files of --plain share. */
#ifndef UI_PLAIN_INSIDE_H
#define UI_PLAIN_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/lines.h"
#include "call/line.h"
#include "lesson/course.h"
#include "lesson/player.h"
#include "ui/exercise.h"
#include "ui/finish.h"

struct scene;
struct ui_setup;

/* A step of the lesson. */
struct place {
	size_t page, block, step;
};

struct plain {
	struct ui_setup *u;
	struct scene *scene;
	struct player *player;
	struct lines in;
	bool asks;            /* a person types: say what can be typed */
	bool ascii;
	bool heard;           /* something was typed */
	bool input_over;      /* it plays by itself */
	bool ended, quit;
	uint32_t printed;     /* events */
	size_t page, block;   /* what was told of the page; page from 1 */
	size_t asking;
	bool observed_told, state_told;
	enum player_state state;
	struct course_noted noted; /* of the learner's progress */
	struct finish finish;
	struct exercise exercise;  /* of the page … */
	enum goal_state told[LESSON_GOALS]; /* … and what was said of its
					       goals */
	bool goals_told, praised;
	char trouble[512];
	struct place at;      /* of the last trouble, when it stumbled */
	bool stumbled, stuck; /* stuck: there was trouble twice in one place */
	bool failed;
	char lane[LINE_LANE];
};

/* Text, each of its lines behind lead, made harmless. */
void plain_say(const struct plain *p, const char *lead, const char *text);

/* What has happened since the last time. */
void plain_events(struct plain *p);

/* Marked text, wrapped: its first line behind lead, the others below it. */
void plain_marked(const struct plain *p, const char *lead, const char *marked);

/* Prose and the question up to where the page is, each once. */
void plain_page(struct plain *p);
void plain_end(struct plain *p);

/* What can be typed now, when somebody types. */
void plain_next(struct plain *p);

/* A word that an exercise knows; false: it is none. */
bool plain_exercise(struct plain *p, const char *line);

/* Judge the goals of an exercise, and tell which were met; tell all of them,
 * once for each page. */
void plain_judge(struct plain *p);
void plain_task(struct plain *p);

/* What a word of the field means; that it is not in the glossary. */
void plain_what(const struct plain *p, const char *word);

/* "" or "#5": the cause of the newest thing that has one, or of a frame; each
 * sentence with what it rests on below it. */
void plain_why(struct plain *p, const char *what);

#endif
