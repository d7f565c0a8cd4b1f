/* menu_faults: the faults that the menu has, as orders. See menu.h. */
#include "ui/menu.h"

#include <netinet/in.h>

#include "base/buf.h"
#include "base/intl.h"
#include "packet/facts.h"

static const struct menu_fault faults[] = {
	{ N_("it does not arrive"), "drop", "drop", MENU_FRAME },
	{ N_("it arrives twice"), "duplicate", "duplicate",
		MENU_FRAME },
	{ N_("the one behind it goes first"), "swap", "swap",
		MENU_FRAME },
	{ N_("it arrives later"), "delay 2s",
		"delay TIME [jitter TIME [seed N]]", MENU_FRAME },
	{ N_("one byte, checksum left wrong"), "corrupt payload 0",
		"corrupt byte N | payload N [to N] [mended]", MENU_FRAME },
	{ N_("one byte, checksum made right"),
		"corrupt payload 0 mended",
		"corrupt byte N | payload N [to N] [mended]", MENU_FRAME },
	{ N_("one segment becomes two"), "split 3", "split N", MENU_FRAME },
	{ N_("some are lost, by chance"), "loss 20% seed 1",
		"loss P% [seed N]", MENU_RULE },
	{ N_("so many bits a second"), "rate 64kbit",
		"rate N bit | kbit | Mbit", MENU_RULE },
	{ N_("longer frames do not pass"), "mtu 576",
		"mtu N", MENU_RULE },
	{ N_("until they are passed"), "hold", "hold", MENU_RULE },
	{ N_("it gets a RST that nobody sent"), "reset",
		"reset HOST [FILTER]", MENU_HOST },
	{ N_("it is gone, without a word"), "vanish",
		"vanish HOST", MENU_HOST },
	{ N_("nothing arrives, both ways"), "cut", "cut", MENU_WIRE },
	{ N_("no rule, no cut, nobody vanished"), "mend",
		"mend", MENU_WIRE },
	{ N_("everything goes, held frames too"), "flow", "flow",
		MENU_WIRE },
};

const struct menu_fault *menu_fault(size_t i)
{
	return i < sizeof faults / sizeof faults[0] ? &faults[i] : NULL;
}

void menu_order(struct buf *b, const struct menu_fault *f,
	const struct menu_for *to)
{
	buf_printf(b, "wire: %s", f->order);
	switch (f->about) {
	case MENU_FRAME:
		if (to->held > 0)
			buf_printf(b, " #%u", to->held);
		else
			buf_printf(b, " next %s", to->like[0] != '\0' ?
				to->like : "data");
		return;
	case MENU_RULE:
		if (to->like[0] != '\0')
			buf_printf(b, " %s", to->like);
		return;
	case MENU_HOST:
		buf_printf(b, " %s", to->host);
		return;
	case MENU_WIRE:
		return;
	}
}

void menu_like(struct buf *b, const struct facts *facts, const char *host)
{
	const char *kind = "tcp";

	if (facts->version == 0)
		kind = facts->ethertype == 0x0806 ? "arp" : "ether";
	else if (facts->protocol == IPPROTO_UDP)
		kind = "udp";
	else if (facts->protocol != IPPROTO_TCP)
		kind = facts->version == 6 ? "icmp6" : "icmp";
	else if (facts->flags & FACTS_SYN)
		kind = "syn";
	else if (facts->flags & FACTS_RST)
		kind = "rst";
	else if (facts->flags & FACTS_FIN)
		kind = "fin";
	else if (facts->payload_len > 0)
		kind = "data";
	buf_printf(b, "%s from %s", kind, host);
}
