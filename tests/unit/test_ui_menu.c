/* The menu's faults, as the orders that a lesson would contain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/diag.h"
#include "call/line.h"
#include "packet/facts.h"
#include "ui/menu.h"

static void order_is(const char *order, const struct menu_for *to,
	const char *expected)
{
	const struct menu_fault *f;
	struct buf b = { 0 };
	size_t i;

	for (i = 0; (f = menu_fault(i)) != NULL; i++)
		if (strcmp(f->order, order) == 0)
			break;
	assert_non_null(f);
	menu_order(&b, f, to);
	assert_string_equal(buf_str(&b), expected);
	buf_done(&b);
}

static void test_orders(void **state)
{
	static const struct menu_for nothing = { 0, "", "client" };
	static const struct menu_for held = { 5, "data from client", "client" };
	static const struct menu_for like = { 0, "syn from server", "server" };

	(void)state;
	order_is("delay 2s", &nothing, "wire: delay 2s next data");
	order_is("delay 2s", &held, "wire: delay 2s #5");
	order_is("delay 2s", &like, "wire: delay 2s next syn from server");
	order_is("loss 20% seed 1", &nothing, "wire: loss 20% seed 1");
	order_is("loss 20% seed 1", &held,
		"wire: loss 20% seed 1 data from client");
	order_is("reset", &like, "wire: reset server");
	order_is("cut", &held, "wire: cut");
}

/* Whatever is offered can be said: the notation reads it, as an order. */
static void test_every_order_can_be_said(void **state)
{
	static const struct menu_for to[] = {
		{ 0, "", "client" }, { 5, "data from client", "client" },
		{ 0, "tcp from server", "server" },
	};
	const struct menu_fault *f;

	(void)state;
	for (size_t i = 0; (f = menu_fault(i)) != NULL; i++)
		for (size_t k = 0; k < 3; k++) {
			struct diag d = { 0 };
			struct buf b = { 0 };
			struct line l;

			menu_order(&b, f, &to[k]);
			if (line_parse(&l, buf_str(&b), b.len, NULL, &d, NULL))
				fail_msg("%s: %s", buf_str(&b), d.msg);
			assert_int_equal(l.kind, LINE_WIRE);
			line_done(&l);
			buf_done(&b);
		}
}

static void like_is(const struct facts *f, const char *expected)
{
	struct buf b = { 0 };

	menu_like(&b, f, "client");
	assert_string_equal(buf_str(&b), expected);
	buf_done(&b);
}

static void test_like(void **state)
{
	struct facts f = { .version = 4, .protocol = 6, .flags = FACTS_ACK,
		.ethertype = 0x0800 };

	(void)state;
	like_is(&f, "tcp from client");
	f.payload_len = 6;
	like_is(&f, "data from client");
	f.flags |= FACTS_FIN;
	like_is(&f, "fin from client");
	f.flags |= FACTS_SYN;
	like_is(&f, "syn from client");
	f.protocol = 17; /* UDP */
	like_is(&f, "udp from client");
	f.protocol = 1;
	like_is(&f, "icmp from client");
	f.version = 6;
	like_is(&f, "icmp6 from client");
	f.version = 0;
	f.ethertype = 0x0806;
	like_is(&f, "arp from client");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_orders),
		cmocka_unit_test(test_every_order_can_be_said),
		cmocka_unit_test(test_like),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
