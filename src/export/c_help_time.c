/*
 * c_help_time: helpers of programs in C about when things happen: signals, the
 * clock, threads that hand over to each other.
 */
#include "base/intl.h"
#include "export/c.h"

/* The end of both ways to have a signal come later. */
#define SET_TIMER \
"	struct itimerspec time = {\n" \
"		.it_value.tv_sec = (time_t)seconds,\n" \
"		.it_value.tv_nsec = (long)((seconds - (time_t)seconds) * 1e9),\n" \
"	};\n" \
"	timer_t timer;\n" \
"\n" \
"	if (timer_create(CLOCK_MONOTONIC, &event, &timer) < 0 ||\n" \
"			timer_settime(timer, 0, &time, NULL) < 0)\n" \
"		die(\"timer_create\");\n" \
"}\n"

const struct c_helper c_helpers_time[] = {
	{HELP_HANDLE, 0, C_SIGNAL,
N_("A signal came: nothing is to be done, but a waiting call ends."),
"static void handle(int number)\n"
"{\n"
"	(void)number;\n"
"}\n"},
	{HELP_CATCH, HELP_DIE | HELP_HANDLE, C_SIGNAL,
N_("From now on the signal ends only the call that waits: no SA_RESTART."),
"static void catch(int number)\n"
"{\n"
"	struct sigaction action = {.sa_handler = handle};\n"
"\n"
"	if (sigaction(number, &action, NULL) < 0)\n"
"		die(\"sigaction\");\n"
"}\n"},
	{HELP_SIGNAL, HELP_DIE, C_SIGNAL | C_TIME,
N_("In so many seconds a signal comes to this program."),
"static void signal_in(double seconds, int number)\n"
"{\n"
"	struct sigevent event = {\n"
"		.sigev_notify = SIGEV_SIGNAL,\n"
"		.sigev_signo = number,\n"
"	};\n"
SET_TIMER},
	{HELP_SIGNAL_THREAD, HELP_DIE, C_SIGNAL | C_TIME | C_UNISTD,
N_("In so many seconds a signal comes to this thread, and to no other."),
"#ifndef sigev_notify_thread_id\n"
"#define sigev_notify_thread_id _sigev_un._tid /* glibc has no name for it */\n"
"#endif\n"
"static void signal_in(double seconds, int number)\n"
"{\n"
"	struct sigevent event = {\n"
"		.sigev_notify = SIGEV_THREAD_ID,\n"
"		.sigev_signo = number,\n"
"		.sigev_notify_thread_id = gettid(),\n"
"	};\n"
SET_TIMER},
	{HELP_CLOCK, 0, C_TIME,
N_("Seconds; and those at which the pauses begin to count."),
"static double start;\n"
"\n"
"static double now(void)\n"
"{\n"
"	struct timespec t;\n"
"\n"
"	clock_gettime(CLOCK_MONOTONIC, &t);\n"
"	return t.tv_sec + t.tv_nsec / 1e9;\n"
"}\n"},
	{HELP_PAUSE, HELP_CLOCK, C_UNISTD,
N_("Give the other program time for its part."),
"static void pause_until(double seconds)\n"
"{\n"
"	double left = start + seconds - now();\n"
"\n"
"	if (left > 0)\n"
"		usleep((useconds_t)(left * 1e6));\n"
"}\n"},
	{HELP_HAND, HELP_DIE, C_ERRNO | C_SEMAPHORE,
N_("One thread hands over; the other goes on when it has."),
"static void hand_over(sem_t *turn)\n"
"{\n"
"	if (sem_post(turn) < 0)\n"
"		die(\"sem_post\");\n"
"}\n"
"\n"
"static void take_over(sem_t *turn)\n"
"{\n"
"	while (sem_wait(turn) < 0)\n"
"		if (errno != EINTR)\n"
"			die(\"sem_wait\");\n"
"}\n"},
	{0, 0, 0, NULL, NULL},
};
