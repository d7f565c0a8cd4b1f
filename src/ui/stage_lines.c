/* stage_lines: which lines and columns the stage has. See stage.h. */
#include "ui/stage.h"

#include <string.h>

#include "base/intl.h"
#include "ui/app.h"

void stage_span(const struct app *a, struct stage_span *out)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	uint32_t low, high, mid;
	struct scene_row row;

	memset(out, 0, sizeof *out);
	out->end = scene_rows(a->scene, a->position);
	out->first = take != NULL ? take->first_row : 0;
	if (out->first > out->end)
		out->first = out->end;
	/* the rows of the setup come first: find where they end */
	for (low = out->first, high = out->end; low < high; ) {
		mid = low + (high - low) / 2;
		scene_row(a->scene, mid, a->position, &row);
		if (row.setup)
			low = mid + 1;
		else
			high = mid;
	}
	out->body = low;
	out->folded = !a->setup_unfolded && out->body > out->first + 1;
	out->lines = out->folded ? out->end - out->body + 1 :
		out->end - out->first;
}

int stage_rows(const struct app *a, int most)
{
	struct stage_span s;

	stage_span(a, &s);
	return s.lines + 1 < (uint32_t)most ? (int)s.lines + 1 : most;
}

uint32_t stage_line_of(const struct stage_span *s, uint32_t row)
{
	if (row < s->first)
		return 0;
	if (!s->folded)
		return row - s->first;
	return row < s->body ? 0 : row - s->body + 1;
}

uint32_t stage_row_of(const struct stage_span *s, uint32_t line)
{
	if (!s->folded)
		return s->first + line;
	return line == 0 ? s->first : s->body + line - 1;
}

bool stage_is_fold(const struct stage_span *s, uint32_t line)
{
	return s->folded && line == 0;
}

int stage_columns(const struct app *a)
{
	int hosts = scene_hosts(a->scene);

	return (hosts < 2 ? 2 : hosts) + 1;
}

int stage_host_of(int column)
{
	return column == 0 ? 0 : column == 1 ? STAGE_WIRE : column - 1;
}

int stage_column_of(int host)
{
	return host == STAGE_WIRE ? 1 : host == 0 ? 0 : host + 1;
}

const char *stage_column_name(const struct app *a, int column)
{
	int host = stage_host_of(column);

	if (host == STAGE_WIRE)
		return _("wire");
	if (host < scene_hosts(a->scene))
		return scene_host(a->scene, host);
	return host == 0 ? "client" : "server";
}

int stage_telling(const struct app *a, int host)
{
	const char *name = scene_host(a->scene, host);
	int hosts = scene_hosts(a->scene), most = 1, i, n;

	for (i = 0; i < hosts; i++) {
		const char *other = scene_host(a->scene, i);

		if (i == host)
			continue;
		for (n = 0; name[n] != '\0' && name[n] == other[n]; n++)
			;
		if (n + 1 > most)
			most = n + 1;
	}
	return most;
}
