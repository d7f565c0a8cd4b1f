/* player_wire: pages that are left out, where the lab has no wire. */
#include "base/buf.h"
#include "base/intl.h"
#include "lesson/replay.h"

/* A script is one page: there is no other to go to. */
bool wire_lacks(const struct player *p, const struct page *page)
{
	return p->no_wire && p->mine->pages > 1 && lesson_orders_wire(page);
}

void wire_skip(struct player *p)
{
	const struct page *page = player_page_now(p);

	for (size_t i = 0; i < page->blocks; i++)
		if (page->block[i].kind == BLOCK_PREDICTION)
			belief_record(p, i)->skipped = true;
	p->block = page->blocks;
	p->step = 0;
}

void player_no_wire(struct player *p, bool none)
{
	const struct page *page = player_page_now(p);

	if (p->no_wire == none)
		return;
	p->changes++;
	p->no_wire = none;
	if (!p->begun || !page || !lesson_orders_wire(page))
		return;
	if (p->asking)
		ask_question(p, p->asking);
	else
		player_turn(p, p->page);
}

bool player_left_out(const struct player *p)
{
	const struct page *page = player_page_now(p);

	return page && wire_lacks(p, page);
}

/* The first thing that it orders of the wire. */
static const char *first_order(const struct page *page)
{
	for (size_t i = 0; i < page->blocks; i++)
		for (size_t k = 0; k < page->block[i].steps; k++)
			if (page->block[i].step[k].line.kind == LINE_WIRE)
				return page->block[i].step[k].text;
	return "";
}

void player_left_out_text(const struct player *p, struct buf *b)
{
	const struct page *page = player_page_now(p);

	if (player_left_out(p))
		buf_printf(b, _("\1%s\1 would have shown what comes of "
			"\3%s\3, but this machine shows no frames, so the "
			"page is left out."),
			page->title ? page->title : p->l->title,
			first_order(page));
}

int player_pages_left_out(const struct player *p)
{
	int n = 0;

	for (size_t i = 0; p->mine && i < p->mine->pages; i++)
		n += wire_lacks(p, &p->mine->page[i]);
	return n;
}
