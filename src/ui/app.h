/*
 * app: the state of the screen: what it shows, and nothing about how.
 */
#ifndef UI_APP_H
#define UI_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "scene/scene.h"
#include "ui/class.h"
#include "ui/exercise.h"
#include "ui/finish.h"
#include "ui/glossary.h"

struct course;
struct journal_view;
struct lesson;
struct link;
struct page;
struct player;
struct prompt;

enum app_view { VIEW_LESSON, VIEW_BYTES, VIEW_STREAM, VIEW_SOCKETS };
enum app_pane { PANE_STAGE, PANE_VIEW, PANE_STRIP }; /* what can have focus */

/* What may lie over the panes; q closes it. */
enum app_layer {
	LAYER_NONE,
	LAYER_HELP,   /* the key map */
	LAYER_MENU,   /* faults of the wire, and its rules in force */
	LAYER_ASK,    /* the arguments of a fault are being typed */
	LAYER_TEXT,   /* text about one thing: a call, the selected row */
	LAYER_SEARCH, /* what to look for is being typed */
	LAYER_WHY,    /* the cause of something (ui/why.h) */
	LAYER_GLOSSARY,
	LAYER_VOTES,  /* the votes of a class are being typed */
};

/* The first frames of a take that carry SYN, FIN, RST: there the flag is told
 * in plain words. Found as frames come, each looked at once. */
struct app_firsts {
	uint32_t take;        /* its begin; SCENE_NONE: none looked at */
	uint32_t looked;      /* frames before this one were looked at */
	uint32_t frame[3];
};

/* What is selected: rows of the stage lead, the other panes follow. */
struct selection {
	uint32_t row;        /* of the stage; SCENE_NONE: follow the newest */
	int column;          /* 0 … hosts-1 a host, -1 the wire */
	int wanted;          /* the column that was chosen: the next row is
				selected there when it has anything in it */
	uint32_t frame;      /* what bytes shows: a frame, or … */
	uint32_t call;       /* … a call's bytes; SCENE_NONE */
	uint32_t byte;       /* cursor in bytes: offset in what is shown */
	uint32_t field;      /* field at that byte */
	uint32_t socket;     /* of the sockets view */
};

/* A place on the screen that one may come back to. */
struct app_place {
	uint32_t row;
	int column;
	enum app_view view;
	enum app_pane focus;
};

/* A search that takes longer than a key may (ui/search.h). */
struct app_seek {
	bool goes_on;
	int way;
	uint32_t line;        /* of the stage: looked at last … */
	uint32_t lines;       /* … of so many */
	uint32_t first;       /* row of the take they are lines of */
};

/* The ladder: the stage when it is zoomed. */
struct app_ladder {
	uint32_t top;         /* row of the first line that is seen; SCENE_NONE:
				 not known */
	int top_part;         /* which of its lines (ui/ladder.h) */
	uint32_t flow;        /* the only one that is shown; SCENE_NONE: all */
	bool parts;           /* calls and arrows may not share a line */
	struct app_place from[4]; /* where Enter was pressed, the last behind */
	int froms;
};

struct app {
	struct journal_view *journal;
	struct scene *scene;
	struct link *link;        /* NULL: a journal opened for reading */
	struct player *player;    /* NULL likewise */
	const struct lesson *lesson; /* NULL in a bare lab */
	const char *language;     /* "en", "pt_BR" */
	size_t questions;         /* older ones, asked before the first page */

	uint32_t position;        /* what is drawn */
	bool replay;              /* position is not now */
	enum app_view view;
	enum app_pane focus;
	struct selection at;
	bool kernel_view;         /* k: no letters, one colour */
	bool zoomed;              /* z */
	bool ascii;               /* symbols of bytes in ASCII: no UTF-8, or a
				     font without control pictures */
	struct class class;
	char votes[64];           /* LAYER_VOTES: as they are typed … */
	int votes_wrong;          /* … from 1, the letter from which on they
				     are none; 0 */
	const char *next;         /* the lesson that is played next; NULL */
	bool went_on;             /* … and that was asked for */
	bool quit;

	uint64_t acted;           /* the link's id of the newest act */
	struct prompt *prompt;    /* open when not NULL: keys are text */
	char side[LINE_LANE];     /* the prompt's lane … */
	const void *sided;        /* … chosen when this page began: compared
				     only */
	struct buf message;       /* ui/message.h, "" */
	bool message_is_trouble;
	char search[128];
	struct app_seek seek;

	enum app_layer layer;     /* what lies over the panes */
	int layer_at;             /* its choice, or how far it is scrolled */
	char ask[256];            /* LAYER_ASK: the order, as it is typed … */
	size_t ask_at;            /* … where the cursor stands in it … */
	int ask_fault;            /* … and which fault of the menu it is */
	struct buf layer_text;    /* LAYER_TEXT: lines; the first is its title */
	struct app_glossary glossary;
	int word;                 /* of the lesson, chosen for its help; from 1,
				     0: none */
	bool setup_unfolded;      /* the stage shows the calls of the setup */
	uint32_t decided;         /* row that is marked: its result decided the
				     prediction that is shown, or a goal is
				     not met there; SCENE_NONE … */
	int decided_host;         /* … and in which of its columns, should
				     there be anything; -1 the wire */
	struct {
		int block;        /* of the prediction; -1: none … */
		uint32_t row;     /* … and the row that decided it … */
		int host;         /* … by a call of this host */
	} deciding;
	bool asks;                /* a question waits for its answer */
	bool moves_lines;         /* the page has lines to be put in order */
	struct exercise exercise; /* of the page */
	struct finish finish;     /* of the lesson */
	uint32_t stage_top;       /* first line of the stage that is seen */
	int stage_height;         /* lines of the stage, as last drawn */
	struct app_ladder ladder;
	struct app_firsts firsts;
	int strip_top;            /* first line of the strip; -1: the last ones */
	size_t strip_page, strip_block; /* what strip_top is about */
	bool wants_lab;           /* the lab ended and r was pressed */
	bool asked_to_leave;      /* q was pressed at the bottom */
	bool dirty;               /* something changed since it was drawn */
};

/* Everything as it begins; what is borrowed is set by the caller. */
void app_init(struct app *a);

/* Another journal is to be shown: nothing is selected in it, marked, judged. */
void app_forget_rows(struct app *a);

void app_done(struct app *a);

/*
 * Do the act that a line describes, typed or by key: through the player when
 * there is one. Returns to now. False when nothing was done: the message
 * says why.
 */
bool app_act(struct app *a, const char *line);

/* The page that is played: of the lesson, or of one that an older question is
 * from; NULL when there is none. */
const struct page *app_page(const struct app *a);

/* Say a sentence, until the next key. */
void app_say(struct app *a, bool trouble, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Move to a position of the journal; SCENE_NEVER: now. */
void app_go(struct app *a, uint32_t position);

/* Take the newest events in, at most budget ns; true when more wait. */
bool app_feed(struct app *a, int64_t budget);

/* How many calls had been entered by the position. */
uint32_t app_calls(const struct app *a);

/* The selected frame when it lies in our hand; SCENE_NONE. */
uint32_t app_held(const struct app *a);

/* The call and the frame that the selection means, for bytes and copy. */
void app_selected(const struct app *a, uint32_t *frame, uint32_t *call);

#endif
