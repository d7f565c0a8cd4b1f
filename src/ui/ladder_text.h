/*
 * ladder_text: one line of the ladder, from what happened in it. Pure: knows no
 * scene and no window.
 *
 * The ladder is the stage when it is zoomed: time runs downward, a host is a
 * *lifeline*, a frame an arrow between two of them. A *bar* is a lifeline drawn
 * thick, one for each call that waits. What we hold or delay leaves in one line
 * and arrives in another; between these it runs down a *track*. Where two hosts
 * share the width their calls stand outside of the lifelines, in *sides*; else,
 * to the right of each lifeline, and no arrow shares a line with a call.
 */
#ifndef UI_LADDER_TEXT_H
#define UI_LADDER_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/ink.h"

enum {
	LADDER_HOSTS = 4,
	LADDER_TRACKS = 6, /* frames on their way that are told apart */
	LADDER_BARS = 3,   /* waiting calls of one host, likewise */
};

struct ladder_shape {
	int width, hosts;
	bool sides;
	bool total;              /* the time since the beginning has a place */
	int when;                /* cells of the column of times */
	int life[LADDER_HOSTS];  /* x of the lifelines */
	int text[LADDER_HOSTS];  /* x of a host's calls … */
	int room[LADDER_HOSTS];  /* … and their cells */
};

void ladder_shape(struct ladder_shape *s, int width, int hosts);

/* Where a note of the wire stands, and its cells. */
void ladder_note_place(const struct ladder_shape *s, int *x, int *room);

enum ladder_way {
	LADDER_GOES,      /* ────▶ */
	LADDER_LEAVES,    /* ──╮   into our hand */
	LADDER_ARRIVES,   /*   ╰─▶ out of it */
	LADDER_LOST,      /* ──✕ */
	LADDER_LOST_LATE, /*   ╰─✕ */
	LADDER_CHANGED,   /* ──✎   others go instead */
	LADDER_MADE,      /*   ✎─▶ by us: no host sent it */
};

struct ladder_arrow {
	int from, to;        /* hosts; to -1: all */
	enum ladder_way how;
	int track;           /* of LEAVES, ARRIVES, LOST_LATE */
	bool waits;          /* it still lies in our hand */
	const struct ink *label;
};

/* A frame on its way past this line. */
struct ladder_flight {
	int from, to, track;
};

struct ladder_line {
	int64_t since;       /* ns since the line before; -1: the first */
	int64_t total;       /* ns since the beginning */
	const struct ink *text[LADDER_HOSTS]; /* calls, NULL */
	const struct ink *note;               /* of the wire, NULL */
	const struct ladder_arrow *arrow;     /* NULL */
	uint8_t bars[LADDER_HOSTS];           /* calls that wait here */
	const struct ladder_flight *flight;
	size_t flights;
};

/* Cells that the label of an arrow may have. */
int ladder_label_room(const struct ladder_shape *s,
	const struct ladder_arrow *a);

/* The line, in three pieces: what stands before column from, from there up to
 * column to, and the rest. */
void ladder_line(struct ink out[3], const struct ladder_shape *s,
	const struct ladder_line *l, int from, int to);

/* "12 µs", "3.4 ms", "1.02 s", "2 min": at most 7 cells. */
void ladder_time(char *out, size_t size, int64_t ns, bool ascii);

/* What a label says of a segment, the most useful first. */
struct ladder_label {
	uint32_t number;
	bool made;              /* by us, or changed */
	uint32_t again;         /* number of the frame whose bytes it sends once
				   more; 0: of none */
	const char *letters;    /* "A", "AB", "" */
	int letters_style;
	const char *flags;      /* "SYN ACK", "UDP" … */
	const struct ink *words;/* the payload as symbols; empty: none */
	uint32_t times;         /* seen so often; 1: once */
	bool tcp;
	uint32_t seq, ack;      /* relative; ack where has_ack */
	bool has_ack;
	uint32_t len, window;
	bool ascii;
};

/* In at most room cells: `4 A LOGIN↵ seq 1:7 ack 1 win 502`. */
void ladder_label(struct ink *out, const struct ladder_label *l, int room);

#endif
