/*
 * fuzz_dns: a message to the name server. An answer fits UDP, has the number
 * of the question, says that it is an answer, and is itself not answered.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "actor/dns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct dns_zone z = {0};
	uint8_t out[DNS_MOST], again[DNS_MOST];
	size_t n;

	dns_add(&z, "client=10.0.0.1,fd00::1");
	dns_add(&z, "server=10.0.0.2");
	n = dns_answer(&z, data, size, out);
	assert(n <= DNS_MOST);
	if (!n)
		return 0;
	assert(n >= 12 && memcmp(out, data, 2) == 0 && out[2] & 0x80);
	assert(dns_answer(&z, out, n, again) == 0);
	return 0;
}
