/* fuzz: any text as a filter: translated, or refused with a sentence and a
 * column. libpcap itself is not asked: its parser is not ours to fuzz. */
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/mem.h"
#include "packet/filter.h"
#include "packet/translate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct filter_name names[] = {
		{"client", "10.0.0.1", "fd00::1", "02:00:00:00:00:01"},
		{"server", "10.0.0.2", NULL, NULL},
		{NULL, NULL, NULL, NULL},
	};
	char *text = mem_dup(data, size);
	struct diag d = {.msg = ""};
	struct buf b = {0};

	if (translate_filter(&b, text, names, &d) != 0 &&
		(!d.msg[0] || d.column < 1))
		abort();
	buf_done(&b);
	free(text);
	return 0;
}
