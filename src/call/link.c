/* link: bytes to the lab queue here; its answers are parsed when they are
 * asked for. */
#include "call/link.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/lines.h"
#include "base/mem.h"
#include "call/line.h"

struct link {
	int fd;
	struct buf out;
	size_t written;   /* bytes of out that went already */
	struct lines in;
	uint64_t last_id;
	bool ended;       /* nothing more comes */
	int why;          /* errno that ended it, or 0 */
	bool told;        /* ANSWER_ENDED was handed out */
};

struct link *link_new(int fd)
{
	struct link *l = mem_zero(sizeof(*l));

	l->fd = fd;
	lines_init(&l->in, LINE_MAX_BYTES + 64);
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	return l;
}

void link_free(struct link *l)
{
	if (!l)
		return;
	close(l->fd);
	buf_done(&l->out);
	lines_done(&l->in);
	free(l);
}

int link_fd(const struct link *l)
{
	return l->fd;
}

bool link_wants_out(const struct link *l)
{
	return !l->ended && l->written < l->out.len;
}

uint64_t link_send(struct link *l, const char *line)
{
	size_t n = strcspn(line, "\n");

	buf_printf(&l->out, "%" PRIu64 " ", ++l->last_id);
	buf_add(&l->out, line, n);
	buf_char(&l->out, '\n');
	return l->last_id;
}

/* It is over: answers that came before are still handed out. */
static int end(struct link *l, int error)
{
	if (!l->ended)
		l->why = error;
	l->ended = true;
	return -error;
}

static int write_out(struct link *l)
{
	while (link_wants_out(l)) {
		ssize_t n = send(l->fd, l->out.data + l->written,
			l->out.len - l->written, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return 0;
		if (n < 0)
			return -errno;
		l->written += n;
	}
	buf_clear(&l->out);
	l->written = 0;
	return 0;
}

/* All that is there: a poller may be told of it only once. */
static int read_in(struct link *l)
{
	long n;

	do {
		n = lines_fill(&l->in, l->fd);
	} while (n > 0 || n == -EINTR);
	if (n == -EAGAIN)
		return 0;
	return end(l, (int)-n);
}

/*
 * What the lab said before it went is read even when it no longer listens:
 * a failed write ends the link only behind it.
 */
int link_pump(struct link *l)
{
	int written, error;

	if (l->ended)
		return -l->why;
	written = write_out(l);
	error = read_in(l);
	if (written < 0)
		return end(l, -written);
	return error;
}

static void set_text(struct answer *a, const char *text, size_t n)
{
	if (n >= sizeof(a->text)) {
		n = sizeof(a->text) - 1;
		while (n && ((uint8_t)text[n] & 0xc0) == 0x80)
			n--; /* whole letters */
	}
	memcpy(a->text, text, n);
	a->text[n] = '\0';
}

/* The blank-separated word at *p, which moves behind it and its blank. */
static bool take_word(const char **p, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*p, word, n) != 0 || ((*p)[n] != ' ' && (*p)[n]))
		return false;
	*p += n + ((*p)[n] == ' ');
	return true;
}

static bool take_number(const char **p, uint64_t *number)
{
	char *behind;

	if (**p < '0' || **p > '9')
		return false;
	errno = 0;
	*number = strtoull(*p, &behind, 10);
	if (errno || (*behind != ' ' && *behind))
		return false;
	*p = behind + (*behind == ' ');
	return true;
}

/* One line of the lab. False when it is not of this language. */
static bool parse(struct answer *a, const char *text, size_t n)
{
	const char *p = text;
	uint64_t column;

	memset(a, 0, sizeof(*a));
	a->kind = ANSWER_GREW;
	if (n == 1 && *p == '+')
		return true;
	if (!take_number(&p, &a->id) || !a->id)
		return false;
	if (take_word(&p, "ok")) {
		a->kind = ANSWER_OK;
	} else if (take_word(&p, "failed")) {
		a->kind = ANSWER_FAILED;
	} else if (take_word(&p, "error")) {
		a->kind = ANSWER_ERROR;
		if (!take_number(&p, &column) || column > INT32_MAX)
			return false;
		a->column = (int)column;
	} else {
		return false;
	}
	set_text(a, p, n - (p - text));
	return true;
}

/* An unfinished last line of a lab that was killed is no answer. */
static bool next_line(struct link *l, struct answer *out)
{
	int error;
	size_t n;
	char *text = lines_next(&l->in, &n, &error);

	if (text && parse(out, text, n))
		return true;
	if (text)
		end(l, EPROTO);
	if (error)
		end(l, -error);
	return false;
}

bool link_next(struct link *l, struct answer *out)
{
	if (!l->told && next_line(l, out))
		return true;
	if (!l->ended)
		return false;
	l->told = true;
	memset(out, 0, sizeof(*out));
	out->kind = ANSWER_ENDED;
	if (l->why)
		set_text(out, strerror(l->why), strlen(strerror(l->why)));
	return true;
}

bool link_wait(struct link *l, struct answer *out, int64_t timeout)
{
	int64_t deadline = timeout < 0 ? 0 : clock_mono() + timeout;

	for (;;) {
		struct pollfd p = {.fd = l->fd, .events = POLLIN};
		int ms = -1;

		link_pump(l);
		if (link_next(l, out))
			return true;
		if (timeout >= 0) {
			int64_t left = deadline - clock_mono();

			if (left <= 0)
				return false;
			if (left > CLOCK_S * 3600)
				left = CLOCK_S * 3600;
			ms = (int)((left + CLOCK_MS - 1) / CLOCK_MS);
		}
		if (link_wants_out(l))
			p.events |= POLLOUT;
		poll(&p, 1, ms);
	}
}
