/* nearest: the distance between words, letters of either case alike. */
#include "call/nearest.h"

#include <ctype.h>
#include <limits.h>
#include <stddef.h>
#include <string.h>

#include "base/text.h"

/* Longer words are not typing mistakes of ours. */
#define WORD 48

void nearest_init(struct nearest *n, const char *wanted)
{
	n->wanted = wanted;
	n->word = NULL;
	n->distance = INT_MAX;
}

static void upper(char out[WORD], const char *word)
{
	size_t i;

	for (i = 0; word[i] && i < WORD - 1; i++)
		out[i] = (char)toupper((unsigned char)word[i]);
	out[i] = '\0';
}

void nearest_try(struct nearest *n, const char *word)
{
	char a[WORD], b[WORD];
	int distance, most = (int)strlen(word) / 3;

	upper(a, n->wanted);
	upper(b, word);
	distance = text_distance(a, b);
	if (distance > (most ? most : 1) || distance >= n->distance)
		return;
	n->distance = distance;
	n->word = word;
}
