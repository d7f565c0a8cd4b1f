/*
 * intl: the words people see, in their language (GNU gettext).
 *
 * Messages are whole sentences in English; N_ marks one that is translated
 * later, where it is shown.
 */
#ifndef BASE_INTL_H
#define BASE_INTL_H

#include <libintl.h>

#define _(s) gettext(s)
#define N_(s) (s)

#endif
