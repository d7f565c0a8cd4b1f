/* fuzz: any bytes as a capture file. What a block lends lies inside it. */
#include <stdlib.h>

#include "packet/pcapng.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_inside(const struct pcapng_block *b, const uint8_t *file,
	const void *part, size_t n)
{
	const uint8_t *p = part, *start = file + b->offset;

	if (p && (p < start || n > b->length ||
			p > start + (b->length - n)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pcapng_block b;
	bool swapped = false;
	uint64_t at = 0;

	while (pcapng_read(&b, data, size, at, &swapped) == 1) {
		if (b.offset != at || b.length < 12 || b.length > size - at)
			abort();
		check_inside(&b, data, b.name, b.name_len);
		check_inside(&b, data, b.data, b.len);
		check_inside(&b, data, b.comment, b.comment_len);
		if (b.type == PCAPNG_INTERFACE && b.units == 0)
			abort();
		at += b.length;
	}
	return 0;
}
