/*
 * export_programs: the programs of a journal that is written by hand, in a
 * folder of their own.
 */
#ifndef EXPORT_PROGRAMS_H
#define EXPORT_PROGRAMS_H

#include <errno.h>
#include <unistd.h>

#include "export/export.h"
#include "scene_script.h"

struct programs {
	struct script script;
	char folder[64];
	struct export_written out;
	char why[512];
	int result;
};

static inline void programs_write(struct programs *p, const char *const *line,
	size_t n, enum export_language to)
{
	struct scene *s = script_play(&p->script, line, n);

	strcpy(p->folder, "/tmp/tomada-export-XXXXXX");
	if (!mkdtemp(p->folder))
		abort();
	p->result = export_write(s, scene_now(s), to, p->folder, &p->out,
		p->why, sizeof(p->why));
}

/* The text of a program of it, into out. */
static inline const char *programs_text(const struct programs *p,
	const char *name, char *out, size_t size)
{
	char path[128];
	size_t n = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", p->folder, name);
	f = fopen(path, "r");
	if (f) {
		n = fread(out, 1, size - 1, f);
		fclose(f);
	}
	out[n] = '\0';
	return out;
}

static inline void programs_done(struct programs *p)
{
	char path[128];

	for (int i = 0; i < p->out.n; i++) {
		snprintf(path, sizeof(path), "%s/%s", p->folder,
			p->out.name[i]);
		unlink(path);
	}
	rmdir(p->folder);
	script_done(&p->script);
}

#endif
