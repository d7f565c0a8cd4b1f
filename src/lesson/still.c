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

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (begins(line, n, marks[i]))
			return true;
	return memmem(line, n, ": state ", 8) ||
		memmem(line, n, ": options ", 10);
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
