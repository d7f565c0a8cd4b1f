/*
 * export: the calls of a take, written down as programs: a server and a client
 * that a learner can read, run and keep.
 *
 * A *program* is what one process of the take did, from its first call to its
 * last. A process that was forked is a part of the program that forked it, and
 * a thread (`server/2`) a function of its process's. The programs make the same
 * calls with the same arguments in the same order; where the order between two
 * of them decides a result, and the call itself does not wait for the other's,
 * the program pauses (export/order.c); threads of one program hand over to each
 * other (export/order_thread.c). A signal that interrupted a call, or ended the
 * process in it, comes from a timer of the program's own. Calls that are made
 * again and again are a loop (export/repeat.c). Hosts' addresses are arguments;
 * left out, all of them are this machine.
 *
 * Refused, with the row: a lane that ran a program (`run`), for nobody told
 * what that calls; in Python, which tells its first thread alone of signals,
 * one that interrupted a call of another thread.
 *
 * More kinds of file (text, html, pcapng) will be functions of their own beside
 * export_write: they are one file, not programs.
 */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include <stddef.h>
#include <stdint.h>

struct scene;

enum export_language {
	EXPORT_PYTHON,
	EXPORT_C,
};

#define EXPORT_PROGRAMS 16

struct export_written {
	int n;
	char name[EXPORT_PROGRAMS][48]; /* "server.py": files of the folder, in
					   the order in which to start them */
};

/* The language of a name, "python" or "c": 0, or -EINVAL. */
int export_language(const char *name, enum export_language *out);

/* How many takes of the journal have calls; and a position inside of take
 * number (from 1; 0: the last one that has calls), SCENE_NONE when there is
 * none. Takes without a call are not counted. */
unsigned export_takes(const struct scene *s);
uint32_t export_take(const struct scene *s, unsigned number);

/*
 * Write the programs of the take that a position is in, all of it up to that
 * position, into a folder, which is made when it is not there. Files that are
 * there already are never written over. 0 with their names in out; or -errno
 * with one sentence in why: nothing was called, a row cannot be said in a
 * program (it names the row as the stage counts them), a file is there
 * already (-EEXIST). Then nothing was written.
 */
int export_write(struct scene *s, uint32_t position, enum export_language to,
	const char *folder, struct export_written *out, char *why,
	size_t size);

#endif
