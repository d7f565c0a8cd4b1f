/*
 * constant_sets: the names that stand for numbers, as data. Who asks for one
 * uses call/table.h.
 */
#ifndef CALL_CONSTANT_SETS_H
#define CALL_CONSTANT_SETS_H

#include <stdbool.h>
#include <stdint.h>

struct constant {
	const char *name;
	int64_t number;
};

/*
 * What one parameter may be, or one result. Members of a joining set are bits,
 * written with | between them; 0 stands for none of them. The bits of `base`
 * are no flags but one number: of SOCK_DGRAM | SOCK_NONBLOCK the first.
 */
struct constant_set {
	const char *name;
	bool joins;
	int64_t base;
	const struct constant *member; /* ends in one without a name; NULL: the
					  members are rows or errnos */
};

/* Ends in a set without a name. */
extern const struct constant_set constant_sets[];

/* An option's name implies its level: both are in its number. */
#define CONSTANT_OPTION(level, option) ((int64_t)(level) << 16 | (option))

/* What `signal` calls a function that does nothing; C has no name for it. */
#define SIG_HANDLER_NUMBER 2

#endif
