/* verb: the table of verbs, and what may follow each. */
#include "call/verb.h"

#include <errno.h>
#include <string.h>

#include "base/intl.h"
#include "call/line.h"
#include "call/nearest.h"
#include "call/scan.h"

static const struct verb verbs[] = {
	{"interrupt", false, false, VERB_NOTHING, NULL,
		N_("its waiting call returns EINTR")},
	{"kill", false, false, VERB_NOTHING, NULL,
		N_("end the process at once; its kernel says goodbye")},
	{"stop", false, false, VERB_NOTHING, NULL,
		N_("freeze the process; its kernel goes on")},
	{"cont", false, false, VERB_NOTHING, NULL,
		N_("let a stopped process go on")},
	{"run", false, false, VERB_TEXT, NULL,
		N_("start a program on the host, instead of calls")},
	{"starts", false, true, VERB_NOTHING, NULL, NULL},
	{"ended", false, true, VERB_TEXT, NULL, NULL},
	{"says", false, true, VERB_TEXT, NULL, NULL},
	{"state", false, true, VERB_TEXT, NULL, NULL},

	{"wait", true, false, VERB_TIME, NULL,
		N_("let so much time go by")},
	{"clocks", true, false, VERB_CHOICE, "slow|real",
		N_("how the kernel's clocks run; builds the lab anew")},
	{"mtu", true, false, VERB_COUNT, NULL,
		N_("the largest packet; builds the lab anew")},
	{"arp", true, false, VERB_CHOICE, "on|off",
		N_("whether hosts ask for hardware addresses; builds the lab "
		"anew")},
	{"rebuild", true, false, VERB_NOTHING, NULL,
		N_("fresh hosts, nothing has happened yet")},
	{"page", true, false, VERB_TEXT, NULL, NULL},
	{"setup", true, false, VERB_NOTHING, NULL, NULL},
	{"step", true, false, VERB_COUNT, NULL, NULL},
	{"play", true, false, VERB_NOTHING, NULL, NULL},
	{"predict", true, false, VERB_TEXT, NULL, NULL},
	{"built", true, true, VERB_TEXT, NULL, NULL},
	{"host", true, true, VERB_TEXT, NULL, NULL},
	{"still", true, true, VERB_NOTHING, NULL, NULL},
	{"failed", true, true, VERB_TEXT, NULL, NULL},
	{"note", true, true, VERB_TEXT, NULL, NULL},
	{"full", true, true, VERB_NOTHING, NULL, NULL},
};

#define VERBS (sizeof(verbs) / sizeof(verbs[0]))

const struct verb *verb_at(size_t i)
{
	return i < VERBS ? &verbs[i] : NULL;
}

const struct verb *verb_row(bool lab, const char *name)
{
	size_t i;

	for (i = 0; i < VERBS; i++)
		if (verbs[i].lab == lab && strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
	return NULL;
}

const char *verb_nearest(bool lab, const char *name)
{
	struct nearest near;
	size_t i;

	nearest_init(&near, name);
	for (i = 0; i < VERBS; i++)
		if (verbs[i].lab == lab && verbs[i].help)
			nearest_try(&near, verbs[i].name);
	return near.word;
}

/* Whether the n bytes at word are one of "slow|real". */
static bool is_choice(const char *choices, const char *word, size_t n)
{
	size_t k;

	for (;; choices += k + 1) {
		k = strcspn(choices, "|");
		if (n && k == n && memcmp(choices, word, n) == 0)
			return true;
		if (!choices[k])
			return false;
	}
}

static size_t word_size(const struct scan *s)
{
	size_t i = s->at;

	while (i < s->n && s->text[i] != ' ' && s->text[i] != '\t')
		i++;
	return i - s->at;
}

int verb_check_rest(struct scan *s, const struct verb *v)
{
	char seen[SCAN_SEEN];
	size_t n = word_size(s);
	int64_t number;

	switch (v->takes) {
	case VERB_TEXT:
		return 0;
	case VERB_NOTHING:
		break;
	case VERB_TIME:
		if (line_parse_time(s->text + s->at, n) < 0)
			return scan_fail(s, _("%s: a time, as in 2s, 500ms or "
				"10us, not %s"), v->name, scan_seen(s, seen));
		s->at += n;
		break;
	case VERB_COUNT:
		if (scan_number(s, v->name, 0, INT32_MAX, &number) < 0)
			return -EINVAL;
		break;
	case VERB_CHOICE:
		if (!is_choice(v->choices, s->text + s->at, n))
			return scan_fail(s, _("%s: %s, not %s"), v->name,
				v->choices, scan_seen(s, seen));
		s->at += n;
		break;
	}
	if (scan_end(s))
		return 0;
	return scan_fail(s, _("%s: nothing more is expected here, not %s"),
		v->name, scan_seen(s, seen));
}
