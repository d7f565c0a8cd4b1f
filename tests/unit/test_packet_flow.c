/* Both ways of a flow, ports used again, many flows. */
#include "packet/flow.h"

#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "packet/facts.h"
#include "packet_frames.h"

/* 10.0.0.1:from → 10.0.0.2:to */
static struct flow_key key(uint16_t from, uint16_t to)
{
	struct flow_key k = {
		.version = 4,
		.protocol = IPPROTO_TCP,
		.port = {from, to},
		.address = {{10, 0, 0, 1}, {10, 0, 0, 2}},
	};

	return k;
}

static struct flow_key turned(struct flow_key k)
{
	struct flow_key t = k;

	t.port[0] = k.port[1];
	t.port[1] = k.port[0];
	memcpy(t.address[0], k.address[1], 16);
	memcpy(t.address[1], k.address[0], 16);
	return t;
}

static void keys_of_frames(void **state)
{
	struct facts f = {
		.version = 4,
		.protocol = IPPROTO_UDP,
		.transport = 34,
		.source = {10, 0, 0, 1},
		.target = {10, 0, 0, 2},
		.source_port = 5000,
		.target_port = 53,
	};
	struct flow_key k, expected = key(5000, 53);

	(void)state;
	expected.protocol = IPPROTO_UDP;
	assert_true(flow_key_of(&k, &f));
	assert_memory_equal(&k, &expected, sizeof(k));
	f.protocol = IPPROTO_ICMP;
	assert_false(flow_key_of(&k, &f));
	f.protocol = IPPROTO_TCP;
	f.transport = 0;
	assert_false(flow_key_of(&k, &f));
	f.transport = 34;
	f.truncated = true;
	assert_false(flow_key_of(&k, &f));
}

static void both_ways(void **state)
{
	struct flow_table *t = flow_table_new();
	struct flow_key k = key(1000, 9999), back = turned(k), other = k;
	int way = 7;

	(void)state;
	assert_int_equal(flow_find(t, &k, &way), -1);
	assert_int_equal(flow_add(t, &k), 0);
	assert_int_equal(flow_find(t, &k, &way), 0);
	assert_int_equal(way, 0);
	assert_int_equal(flow_find(t, &back, &way), 0);
	assert_int_equal(way, 1);
	assert_memory_equal(flow_at(t, 0), &k, sizeof(k));
	other.protocol = IPPROTO_UDP;
	assert_int_equal(flow_find(t, &other, &way), -1);
	other = k;
	other.version = 6;
	assert_int_equal(flow_find(t, &other, &way), -1);
	/* the ports the other way round, the addresses not: another flow */
	other = key(9999, 1000);
	assert_int_equal(flow_find(t, &other, &way), -1);
	flow_table_free(t);
	flow_table_free(NULL);
}

/* Of IPv6 all 16 bytes of an address count. */
static void both_ways_of_ipv6(void **state)
{
	struct flow_table *t = flow_table_new();
	uint8_t other[sizeof(syn6)];
	struct flow_key k;
	struct facts f;
	int way;

	(void)state;
	facts_read_headers(&f, syn6, sizeof(syn6));
	assert_true(flow_key_of(&k, &f));
	assert_int_equal(flow_add(t, &k), 0);
	facts_read_headers(&f, data6, sizeof(data6));
	assert_true(flow_key_of(&k, &f));
	assert_int_equal(flow_find(t, &k, &way), 0);
	assert_int_equal(way, 1);
	memcpy(other, syn6, sizeof(other));
	other[14 + 8 + 15] = 3; /* from fd00::3 */
	facts_read_headers(&f, other, sizeof(other));
	assert_true(flow_key_of(&k, &f));
	assert_int_equal(flow_find(t, &k, &way), -1);
	flow_table_free(t);
}

static void a_port_used_again(void **state)
{
	struct flow_table *t = flow_table_new();
	struct flow_key k = key(1000, 9999), back = turned(k);
	int way;

	(void)state;
	assert_int_equal(flow_add(t, &k), 0);
	assert_int_equal(flow_add(t, &back), 1);
	assert_int_equal(flow_find(t, &k, &way), 1);
	assert_int_equal(way, 1);
	assert_int_equal(flow_find(t, &back, &way), 1);
	assert_int_equal(way, 0);
	assert_int_equal(flow_at(t, 0)->port[0], 1000);
	flow_table_free(t);
}

/* A socket connected to itself: both ends are one. */
static void to_itself(void **state)
{
	struct flow_table *t = flow_table_new();
	struct flow_key k = key(7, 7);
	int way;

	(void)state;
	memcpy(k.address[1], k.address[0], 16);
	assert_int_equal(flow_add(t, &k), 0);
	assert_int_equal(flow_find(t, &k, &way), 0);
	assert_int_equal(way, 0);
	flow_table_free(t);
}

static void many(void **state)
{
	struct flow_table *t = flow_table_new();
	int i, way, round;

	(void)state;
	for (i = 0; i < 50000; i++) {
		struct flow_key k = key((uint16_t)i, (uint16_t)(i % 7));

		assert_int_equal(flow_add(t, &k), i);
	}
	for (round = 0; round < 2; round++)
		for (i = 0; i < 50000; i++) {
			struct flow_key k = key((uint16_t)i,
				(uint16_t)(i % 7));

			if (round)
				k = turned(k);
			assert_int_equal(flow_find(t, &k, &way), i);
			assert_int_equal(way, round);
		}
	/* the same port again and again takes no further slot */
	for (i = 0; i < 50000; i++) {
		struct flow_key k = key(3, 3);

		assert_int_equal(flow_add(t, &k), 50000 + i);
	}
	flow_table_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_of_frames),
		cmocka_unit_test(both_ways),
		cmocka_unit_test(both_ways_of_ipv6),
		cmocka_unit_test(a_port_used_again),
		cmocka_unit_test(to_itself),
		cmocka_unit_test(many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
