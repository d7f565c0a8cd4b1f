/* play: a lesson or a file, shown to a person. */
#ifndef COMMAND_PLAY_H
#define COMMAND_PLAY_H

struct command_options;

/*
 * A lesson of the course by its name, or a file, from page (from 1). page 0:
 * a lesson of the course is taken up where it was left, and opens with older
 * questions that are due when that is its beginning; a file begins. Returns the
 * exit status.
 */
int play(const struct command_options *o, const char *name_or_file, int page);

#endif
