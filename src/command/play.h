/* play: a lesson or a file, shown to a person. */
#ifndef COMMAND_PLAY_H
#define COMMAND_PLAY_H

struct command_options;

/*
 * Lessons of the course by their names, or files, n of them, one behind the
 * other as long as the person goes on (behind the last, at a screen and not
 * before a class, what follows in the course); the first from page (from 1). 0:
 * a lesson of the course is taken up where it was left, and opens with older
 * questions that are due when that is its beginning; a file begins. Before a
 * class all begin, and nothing is noted. Returns the exit status.
 */
int play(const struct command_options *o, char **name_or_file, int n, int page);

#endif
