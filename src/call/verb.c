/* verb: the table of verbs, and what may follow each. */
#include "call/verb.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "base/intl.h"
#include "call/line.h"
#include "call/nearest.h"
#include "call/scan.h"
#include "call/table.h"

static const struct verb verbs[] = {
	{"interrupt", false, VERB_NOTHING, NULL,
		N_("its waiting call returns EINTR")},
	{"kill", false, VERB_SIGNAL, NULL,
		N_("send the process a signal; SIGKILL, when none is named, "
		"ends it at once and its kernel says goodbye")},
	{"stop", false, VERB_NOTHING, NULL,
		N_("freeze the process; its kernel goes on")},
	{"cont", false, VERB_NOTHING, NULL,
		N_("let a stopped process go on")},
	{"run", false, VERB_TEXT, NULL,
		N_("start a program on the host, instead of calls")},
	{"ends", false, VERB_ENDS, NULL,
		N_("expect the process to end, as in ends -> SIGPIPE")},
	{"starts", false, VERB_NOTHING, NULL, NULL},
	{"forked", false, VERB_TEXT, NULL, NULL},
	{"ended", false, VERB_TEXT, NULL, NULL},
	{"says", false, VERB_TEXT, NULL, NULL},
	{"state", false, VERB_TEXT, NULL, NULL},
	{"options", false, VERB_TEXT, NULL, NULL},

	{"wait", true, VERB_TIME, NULL,
		N_("let so much time go by")},
	{"clocks", true, VERB_CHOICE, "slow|real",
		N_("how the kernel's clocks run; builds the lab anew")},
	{"mtu", true, VERB_COUNT, NULL,
		N_("the largest packet; builds the lab anew")},
	{"arp", true, VERB_CHOICE, "on|off",
		N_("whether hosts ask for hardware addresses; builds the lab "
		"anew")},
	{"host", true, VERB_HOST, NULL,
		N_("one more host on the wire, as in host eve 10.0.0.3; builds "
		"the lab anew")},
	{"dns", true, VERB_NOTHING, NULL,
		N_("a host that knows the others' names; builds the lab "
		"anew")},
	{"set", true, VERB_SETTING, NULL,
		N_("one more setting of the hosts' kernels, as sysctl(8) names "
		"it; builds the lab anew")},
	{"needs", true, VERB_NEEDS, NULL,
		N_("skip what follows where the machine does not have it, as "
		"in needs kernel 6.5")},
	{"rebuild", true, VERB_NOTHING, NULL,
		N_("fresh hosts, nothing has happened yet")},
	{"page", true, VERB_TEXT, NULL, NULL},
	{"setup", true, VERB_NOTHING, NULL, NULL},
	{"step", true, VERB_COUNT, NULL, NULL},
	{"play", true, VERB_NOTHING, NULL, NULL},
	{"predict", true, VERB_TEXT, NULL, NULL},
	{"built", true, VERB_TEXT, NULL, NULL},
	{"still", true, VERB_NOTHING, NULL, NULL},
	{"failed", true, VERB_TEXT, NULL, NULL},
	{"note", true, VERB_TEXT, NULL, NULL},
	{"full", true, VERB_NOTHING, NULL, NULL},
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

/* The name of a signal, and nothing else. */
static int check_signal(struct scan *s, const struct verb *v)
{
	char word[LINE_NAME], seen[SCAN_SEEN];
	size_t n = word_size(s);
	const char *near;
	int64_t number;

	scan_copy(s, n, word, sizeof(word));
	if (constant_number("signal", word, &number)) {
		s->at += n;
		return 0;
	}
	near = constant_nearest("signal", word);
	if (!near)
		return scan_fail(s, _("%s: a signal's name, as in SIGTERM, not "
			"%s"), v->name, scan_seen(s, seen));
	scan_offer_word(s, n, near);
	return scan_fail(s, _("%s: there is no %s; did you mean %s?"), v->name,
		word, near);
}

/* net.ipv4.tcp_rmem 4096 8192 8192: only the kernel knows what it takes. */
static int check_setting(struct scan *s, const struct verb *v)
{
	char seen[SCAN_SEEN];
	size_t n = word_size(s), i;
	bool dots = false;

	for (i = 0; i < n; i++) {
		char c = s->text[s->at + i];

		dots |= c == '.' && i && i + 1 < n;
		if (!scan_is_name(c) && c != '.' && c != '-')
			break;
	}
	if (!dots || i < n)
		return scan_fail(s, _("%s: a setting and its value, as in "
			"net.ipv4.tcp_sack 0, not %s"), v->name,
			scan_seen(s, seen));
	s->at += n;
	if (scan_end(s))
		return scan_fail(s, _("%s: a value behind the setting's name"),
			v->name);
	while (!scan_end(s))
		s->at += word_size(s);
	return 0;
}

/* 6.5: two numbers of a kernel's version, more do not tell what it can. */
static int check_version(struct scan *s, const struct verb *v)
{
	int64_t number;

	scan_blank(s);
	if (scan_number(s, "kernel", 0, INT32_MAX, &number) < 0)
		return -EINVAL;
	if (scan_peek(s) != '.')
		return scan_fail(s, _("%s: a version has two numbers, as in "
			"kernel 6.5"), v->name);
	s->at++;
	return scan_number(s, "kernel", 0, INT32_MAX, &number);
}

static int check_needs(struct scan *s, const struct verb *v)
{
	char seen[SCAN_SEEN];
	int64_t number;

	if (scan_word(s, "kernel"))
		return check_version(s, v);
	if (!scan_word(s, "cores"))
		return scan_fail(s, _("%s: kernel and a version, or cores and "
			"how many, not %s"), v->name, scan_seen(s, seen));
	scan_blank(s);
	return scan_number(s, "cores", 1, INT32_MAX, &number);
}

static int check_ends(struct scan *s, const struct verb *v)
{
	char seen[SCAN_SEEN];
	int64_t number;

	if (scan_end(s))
		return 0;
	if (s->n - s->at < 2 || memcmp(s->text + s->at, "->", 2) != 0)
		return scan_fail(s, _("%s: -> and a signal or exit N, as in "
			"-> SIGPIPE, not %s"), v->name, scan_seen(s, seen));
	s->at += 2;
	scan_blank(s);
	if (!scan_word(s, "exit"))
		return check_signal(s, v);
	scan_blank(s);
	return scan_number(s, "exit", 0, UINT8_MAX, &number);
}

/* Names that mean something else already: as a lane, or in an address. */
static bool is_reserved(const char *name)
{
	static const char *const words[] = {"wire", "lab", "any", "none",
		"unix", "localhost"};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], name) == 0)
			return true;
	return false;
}

static int check_host_name(struct scan *s)
{
	char name[LINE_LANE], seen[SCAN_SEEN];
	size_t n = word_size(s);

	scan_copy(s, n, name, sizeof(name));
	if (!n || scan_name(s) != n || n >= sizeof(name))
		return scan_fail(s, _("host: a name and an IPv4 address, as in "
			"host eve 10.0.0.3, not %s"), scan_seen(s, seen));
	if (is_reserved(name))
		return scan_fail(s, _("%s cannot be a host's name; it stands "
			"for something already"), name);
	if (scan_is_digit(name[n - 1]))
		return scan_fail(s, _("a host's name ends in no digit: %s "
			"would be a further process on a host"), name);
	s->at += n;
	return 0;
}

/* The journal tells the IPv6 address as well. It need not be said, for it goes
 * with the other one, and nothing else can be. */
static int check_host_second(struct scan *s, const char *address)
{
	static const char net[] = "10.0.0.";
	char goes[32];
	size_t n;

	if (scan_end(s))
		return 0;
	n = word_size(s);
	if (strncmp(address, net, strlen(net)) == 0) {
		snprintf(goes, sizeof(goes), "fd00::%s", address + strlen(net));
		if (strlen(goes) != n || memcmp(goes, s->text + s->at, n) != 0)
			return scan_fail(s, _("host: with %s goes %s, it need "
				"not be said"), address, goes);
	}
	s->at += n;
	return 0;
}

static int check_host(struct scan *s)
{
	uint8_t bytes[sizeof(struct in_addr)];
	char address[INET_ADDRSTRLEN], seen[SCAN_SEEN];
	size_t n;

	if (check_host_name(s) < 0)
		return -EINVAL;
	scan_blank(s);
	n = word_size(s);
	scan_copy(s, n, address, sizeof(address));
	if (n >= sizeof(address) || inet_pton(AF_INET, address, bytes) != 1)
		return scan_fail(s, _("host: an IPv4 address, four numbers "
			"from 0 to 255, as in 10.0.0.3, not %s"),
			scan_seen(s, seen));
	s->at += n;
	return check_host_second(s, address);
}

static int check_time(struct scan *s, const struct verb *v)
{
	char seen[SCAN_SEEN];
	size_t n = word_size(s);

	if (line_parse_time(s->text + s->at, n) < 0)
		return scan_fail(s, _("%s: a time, as in 2s, 500ms or 10us, "
			"not %s"), v->name, scan_seen(s, seen));
	s->at += n;
	return 0;
}

static int check_choice(struct scan *s, const struct verb *v)
{
	char seen[SCAN_SEEN];
	size_t n = word_size(s);

	if (!is_choice(v->choices, s->text + s->at, n))
		return scan_fail(s, _("%s: %s, not %s"), v->name, v->choices,
			scan_seen(s, seen));
	s->at += n;
	return 0;
}

static int check_one(struct scan *s, const struct verb *v)
{
	int64_t number;

	switch (v->takes) {
	case VERB_TEXT:
	case VERB_NOTHING:
		return 0;
	case VERB_TIME:
		return check_time(s, v);
	case VERB_COUNT:
		return scan_number(s, v->name, 0, INT32_MAX, &number);
	case VERB_CHOICE:
		return check_choice(s, v);
	case VERB_SIGNAL:
		return scan_end(s) ? 0 : check_signal(s, v);
	case VERB_SETTING:
		return check_setting(s, v);
	case VERB_NEEDS:
		return check_needs(s, v);
	case VERB_ENDS:
		return check_ends(s, v);
	case VERB_HOST:
		return check_host(s);
	}
	return 0;
}

int verb_check_rest(struct scan *s, const struct verb *v)
{
	char seen[SCAN_SEEN];

	if (check_one(s, v) < 0)
		return -EINVAL;
	if (v->takes == VERB_TEXT || scan_end(s))
		return 0;
	return scan_fail(s, _("%s: nothing more is expected here, not %s"),
		v->name, scan_seen(s, seen));
}
