/* still: whether nothing has happened since the lab was still. */
#include "lesson/still.h"

#include <string.h>

#include "scene/scene.h"

static bool begins(const char *line, size_t n, const char *with)
{
	return n >= strlen(with) && !memcmp(line, with, strlen(with));
}

/* A line that tells nothing new of the world: a sample, a mark. */
static bool says_nothing(const char *line, size_t n)
{
	static const char *const marks[] = {
		"lab: play", "lab: step ", "lab: predict ", "lab: failed ",
		"lab: host ", "lab: page ", "lab: setup",
	};
	const char *lane;

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (begins(line, n, marks[i]))
			return true;
	/* a call's bytes may say the same: what counts is the first colon */
	lane = memchr(line, ':', n);
	n = lane ? (size_t)(line + n - lane) : 0;
	return n && (begins(lane, n, ": state ") ||
		begins(lane, n, ": options "));
}

bool still_now(struct scene *s)
{
	struct event e;

	for (uint32_t at = scene_now(s); at-- > 0;) {
		const char *line;

		if (!scene_event(s, at, &e) || e.kind != EVENT_LINE)
			return false;
		line = (const char *)e.data;
		if (begins(line, e.len, "lab: still") ||
				begins(line, e.len, "lab: built "))
			return true; /* just built, it rests */
		if (!says_nothing(line, e.len))
			return false;
	}
	return false;
}
