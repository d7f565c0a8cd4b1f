/*
 * terminal: taking the terminal over, and giving it back whatever happens.
 *
 * A signal that ends us (from outside, or a crash) first restores the
 * terminal, then ends us by the same signal. Signals that do not end us are
 * noted, and told through a descriptor that poll can wait for.
 */
#ifndef UI_TERMINAL_H
#define UI_TERMINAL_H

#include <stdbool.h>

/* Start curses on standard input and output. 0, or -ENOTTY. */
int terminal_begin(bool *ascii);

/* Give the terminal back. May be called twice. */
void terminal_end(void);

/* Readable when a signal was noted; terminal_signals empties it. */
int terminal_fd(void);

/* What was noted since it was last asked: the window's size changed (curses
 * knows the new one), or we were continued. Draw everything anew. */
bool terminal_signals(void);

/* Ctrl-Z: give the terminal back, stop this process alone, and take the
 * terminal over again when it is continued. */
void terminal_suspend(void);

/* Ask the terminal to take n bytes into its clipboard (OSC 52). False when it
 * is known not to. */
bool terminal_copy(const char *text, unsigned long n);

#endif
