/* fuzz: any bytes as a frame. Facts stay inside it, fields cover it whole,
 * words can be said of both. */
#include <stdlib.h>

#include "base/buf.h"
#include "packet/facts.h"
#include "packet/fields.h"
#include "packet/flow.h"
#include "packet/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct field field[FIELDS_MAX];
	struct flow_key key;
	struct facts facts;
	struct buf b = {0};
	size_t n, i, reached = 0;

	if (size > 65535)
		return 0;
	facts_read(&facts, data, size);
	check((uint64_t)facts.payload + facts.payload_len <= size);
	check(facts.transport <= facts.payload);
	flow_key_of(&key, &facts);
	words_frame(&b, &facts, data, size, 24, size & 1);
	n = fields_read(field, FIELDS_MAX, data, size);
	check(n <= FIELDS_MAX);
	for (i = 0; i < n; i++) {
		check(field[i].offset <= size &&
			field[i].length <= size - field[i].offset);
		check(!i || field[i].offset >= field[i - 1].offset);
		words_field(&b, &field[i], data, size);
		if (field[i].kind == FIELD_LAYER)
			continue;
		check(field[i].offset <= reached); /* no byte left out */
		if (field[i].offset + field[i].length > reached)
			reached = field[i].offset + field[i].length;
	}
	check(reached == size);
	buf_done(&b);
	return 0;
}
