/*
 * offer: a line written as Python or C people write it, in our notation.
 *
 * `s.send(b"x")`, `int s = socket(AF_INET, SOCK_STREAM, 0);`,
 * `s.connect(("server", 9999))`: what they mean is clear, so the human is
 * offered the translation instead of a lecture. Nothing is offered that does
 * not parse.
 */
#ifndef CALL_OFFER_H
#define CALL_OFFER_H

#include <stddef.h>

/*
 * Put the translation of a line that did not parse into *offer, which holds
 * NULL or an offer made while parsing; that one stays when no translation is
 * found. lane as for line_parse.
 */
void offer_translation(const char *text, size_t n, const char *lane,
	char **offer);

#endif
