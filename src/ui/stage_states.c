/* stage_states: see stage_states.h. */
#include "ui/stage_states.h"

#include <netinet/tcp.h>

#include "base/intl.h"
#include "scene/scene.h"
#include "ui/ink.h"


static void write_state(struct ink *k, const struct scene_state *s, bool now)
{
	const char *name = scene_state_name(s->state);

	if (now)
		ink_printf(k, THEME_STRONG, "[%s]", name);
	else if (s->inferred)
		ink_printf(k, THEME_DIM, "(%s)", name);
	else
		ink_text(k, THEME_DIM, name);
}

/* The states from `first` on; more: with a sign that there were older ones. */
static void write_strip(struct ink *k, const struct scene_state *state,
	size_t first, size_t n, bool gone, bool more)
{
	size_t i;

	if (more)
		ink_printf(k, THEME_DIM, "%s%s ", theme_sign(SIGN_MORE),
			theme_sign(SIGN_STEP));
	for (i = first; i < n; i++) {
		if (i > first)
			ink_printf(k, THEME_DIM, " %s ", theme_sign(SIGN_STEP));
		write_state(k, &state[i], i + 1 == n && !gone);
	}
	if (gone) {
		if (n > first)
			ink_printf(k, THEME_DIM, " %s ", theme_sign(SIGN_STEP));
		ink_text(k, THEME_STRONG, _("(socket gone)"));
	}
}

/* As many states as fit, the newest; where only the sign does not, without. */
static void fit_strip(struct ink *k, const struct scene_state *state, size_t n,
	bool gone, int width)
{
	for (size_t first = 0; first < n + gone; first++)
		for (int more = first > 0; more >= 0; more--) {
			ink_clear(k);
			write_strip(k, state, first, n, gone, more);
			if (ink_cells(k) <= width)
				return;
		}
}

void stage_states(struct ink *out, const struct scene_state *state, size_t n,
	bool gone, int width)
{
	struct ink k = { 0 };

	if (n > 1 && state->state == TCP_CLOSE) {
		state++; /* what every socket begins with */
		n--;
	}
	if (n > 1 || gone)
		fit_strip(&k, state, n, gone, width);
	if (n > 0 && !gone && (n == 1 || ink_cells(&k) > width)) {
		/* a state alone needs no brackets */
		ink_clear(&k);
		ink_text(&k, THEME_STRONG, scene_state_name(
			state[n - 1].state));
	}
	ink_cut(&k, width);
	ink_append(out, &k);
	ink_done(&k);
}
