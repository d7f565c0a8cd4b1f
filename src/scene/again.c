/*
 * again: which frames are retransmissions, and of what.
 *
 * Each way of a flow keeps the frames that brought *fresh* bytes: such as no
 * frame before them had. Their ends do not fall, so the one that brought a byte
 * first is found by halving. Sequence numbers come round after 4 GiB, but no
 * window is wider than 1 GiB: what lies further back is not looked at.
 */
#include "scene/inside.h"

#define WINDOW_MOST (UINT32_C(1) << 30)

/* How far a lies behind b in a stream; below 0: before it. */
static int32_t behind(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b);
}

static uint32_t end_of(const struct scene *s, uint32_t frame)
{
	const struct scene_frame *f = frame_at(s, frame);

	return f->stream + f->len;
}

/* The frame that brought a byte first, or SCENE_NONE. */
static uint32_t brought(const struct scene *s, const struct stream *st,
	uint32_t byte)
{
	size_t low = st->near, high = st->fresh.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (behind(end_of(s, st->fresh.at[middle]), byte) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	/* Bytes may have been seen by nobody: then it begins behind this. */
	if (low == st->fresh.n ||
		behind(frame_at(s, st->fresh.at[low])->stream, byte) > 0)
		return SCENE_NONE;
	return st->fresh.at[low];
}

static void note_fresh(const struct scene *s, struct stream *st,
	uint32_t frame)
{
	uint32_t end = end_of(s, frame);

	if (st->fresh.n &&
		behind(end, end_of(s, st->fresh.at[st->fresh.n - 1])) <= 0)
		return;
	list_add(&st->fresh, frame);
	while (end - end_of(s, st->fresh.at[st->near]) > WINDOW_MOST)
		st->near++;
}

static uint32_t syn_again(struct stream *st, uint32_t frame, uint32_t seq)
{
	if (st->first_syn != SCENE_NONE && st->syn_seq == seq)
		return st->first_syn;
	st->first_syn = frame;
	st->syn_seq = seq;
	return SCENE_NONE;
}

static uint32_t bytes_again(const struct scene *s, struct stream *st,
	uint32_t frame, const struct facts *f)
{
	uint32_t byte = frame_at(s, frame)->stream, first;

	if (byte != f->seq - st->isn - 1)
		return SCENE_NONE; /* from before all that was seen */
	first = brought(s, st, byte);
	note_fresh(s, st, frame);
	return first;
}

uint32_t again_segment(struct scene *s, uint32_t frame, const struct facts *f)
{
	const struct scene_frame *seen = frame_at(s, frame);
	struct stream *st = stream_at(s, seen->flow, seen->way);
	uint32_t first = SCENE_NONE;

	if (f->flags & FACTS_RST)
		return SCENE_NONE;
	if (f->flags & FACTS_SYN)
		return syn_again(st, frame, f->seq);
	if (f->payload_len)
		first = bytes_again(s, st, frame, f);
	if (!(f->flags & FACTS_FIN))
		return first;
	if (st->first_fin == SCENE_NONE)
		st->first_fin = frame;
	else if (!f->payload_len)
		first = st->first_fin;
	return first;
}
