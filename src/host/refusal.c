/*
 * Why this machine does not let us build, and the one command that would.
 *
 * The errno alone does not tell: what forbids is looked up in /proc. Nothing
 * here advises to open the whole machine where a grant for tomada is enough.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/intl.h"
#include "host/build.h"

#define PROFILE "/etc/apparmor.d/tomada"

/* What we were about to do. */
static const char *const doing[STEP_COUNT] = {
	[STEP_CLONE] = N_("make a user namespace"),
	[STEP_IDS] = N_("enter your id in the user namespace"),
	[STEP_MOUNTS] = N_("make mounts of its own"),
	[STEP_NAMESPACE] = N_("make the namespaces of a host"),
	[STEP_VETH] = N_("make the cable of a host"),
	[STEP_ADDRESS] = N_("give a host its addresses"),
	[STEP_PACKET] = N_("open a packet socket"),
	[STEP_DIAG] = N_("open a sock_diag socket"),
};

/* The number in a file of /proc, or -1 when it is not there. */
static long number(const char *path)
{
	char text[32] = "";
	FILE *f = fopen(path, "re");
	long v = -1;

	if (f && fgets(text, sizeof(text), f))
		v = strtol(text, NULL, 10);
	if (f)
		fclose(f);
	return v;
}

static bool allowed_no_more(int error)
{
	switch (error) {
	case EPERM:
	case EACCES:
	case EROFS:
	case ENOSPC:       /* a limit of user_namespaces(7) */
	case EUSERS:
	case ENOSYS:       /* a seccomp filter, or not in the kernel */
	case EINVAL:
	case EOPNOTSUPP:   /* no veth */
	case EAFNOSUPPORT: /* no packet sockets */
	case EPROTONOSUPPORT:
		return true;
	default:
		return false;
	}
}

/* A limit of user_namespaces(7) that is 0, without its folder, or NULL. */
static const char *limit_of_none(void)
{
	static const char *const limit[] = {
		"max_user_namespaces", "max_pid_namespaces",
		"max_net_namespaces", "max_mnt_namespaces",
		"max_uts_namespaces",
	};
	char path[64];

	for (size_t i = 0; i < sizeof(limit) / sizeof(*limit); i++) {
		snprintf(path, sizeof(path), "/proc/sys/user/%s", limit[i]);
		if (number(path) == 0)
			return limit[i];
	}
	return NULL;
}

/* The Seccomp line of /proc/self/status: 2 when calls are filtered. */
static bool is_filtered(void)
{
	char line[128];
	int mode = 0;
	FILE *f = fopen("/proc/self/status", "re");

	while (f && !mode && fgets(line, sizeof(line), f))
		sscanf(line, "Seccomp: %d", &mode);
	if (f)
		fclose(f);
	return mode == 2;
}

static bool in_container(void)
{
	return getenv("container") || !access("/.dockerenv", F_OK) ||
		!access("/run/.containerenv", F_OK) || is_filtered();
}

/* What is missing and the command that grants it, behind the first clause. */
static void remedy(enum build_step step, int error, char *out, size_t size)
{
	const char *limit = limit_of_none();

	if (limit)
		snprintf(out, size,
			_("the limit user.%s is 0; sudo sysctl "
			  "user.%s=15000 raises it"),
			limit, limit);
	else if (number("/proc/sys/kernel/unprivileged_userns_clone") == 0)
		snprintf(out, size, "%s",
			_("only root may make user namespaces here; sudo "
			  "sysctl kernel.unprivileged_userns_clone=1 lets "
			  "users make them"));
	else if (number("/proc/sys/kernel/apparmor_restrict_unprivileged_"
			"userns") == 1)
		snprintf(out, size,
			_("AppArmor allows it only to programs with a "
			  "profile; %s loads ours"),
			access(PROFILE, F_OK)
				? "sudo make install"
				: "sudo apparmor_parser -r " PROFILE);
	else if (error == ENOSPC || error == EUSERS)
		snprintf(out, size, "%s",
			_("there are as many namespaces as this machine "
			  "allows; sudo sysctl user.max_user_namespaces=100000 "
			  "allows more"));
	else if (error == EOPNOTSUPP && step == STEP_VETH)
		snprintf(out, size, "%s",
			_("the kernel has no veth devices; sudo modprobe veth "
			  "loads them"));
	else if (in_container())
		snprintf(out, size, "%s",
			_("this container forbids it; start it with "
			  "--security-opt seccomp=unconfined "
			  "--security-opt apparmor=unconfined"));
	else
		snprintf(out, size, _("the kernel says: %s"),
			strerror(error));
}

int refusal_explain(enum build_step step, int error, char *why, size_t size)
{
	char rest[256];

	if (!allowed_no_more(error)) {
		snprintf(why, size, _("tomada could not %s: %s."),
			_(doing[step]), strerror(error));
		return -error;
	}
	remedy(step, error, rest, sizeof(rest));
	/* TRANSLATORS: what it may not do, then why and what would help. */
	snprintf(why, size, _("tomada may not %s: %s."), _(doing[step]), rest);
	return -EPERM;
}
