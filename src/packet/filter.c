/* filter: what translate.c made of the text, compiled and run by libpcap. */
#include "packet/filter.h"

#include <stdlib.h>
#include <string.h>

#include <pcap/pcap.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "packet/translate.h"

enum { FRAME_MAX = 65535 };

struct filter {
	bool all; /* the text was empty */
	struct bpf_program program;
};

int filter_compile(struct filter **out, const char *text,
	const struct filter_name *names, struct diag *d)
{
	struct filter *f = mem_zero(sizeof(*f));
	struct buf b = {0};
	pcap_t *dead = NULL;
	int rc = translate_filter(&b, text, names, d);

	if (rc)
		goto out;
	f->all = b.len == 0;
	if (f->all)
		goto out;
	dead = pcap_open_dead(DLT_EN10MB, FRAME_MAX);
	if (!dead || pcap_compile(dead, &f->program, buf_str(&b), 1,
			PCAP_NETMASK_UNKNOWN) < 0)
		rc = diag_set(d, 1, _("the filter cannot be compiled: %s"),
			dead ? pcap_geterr(dead) : "libpcap");
out:
	if (dead)
		pcap_close(dead);
	buf_done(&b);
	if (rc) {
		free(f);
		f = NULL;
	}
	*out = f;
	return rc;
}

bool filter_match(const struct filter *f, const uint8_t *frame, size_t len)
{
	struct pcap_pkthdr head = {
		.caplen = (bpf_u_int32)len,
		.len = (bpf_u_int32)len,
	};

	return f->all || pcap_offline_filter(&f->program, &head, frame) != 0;
}

void filter_free(struct filter *f)
{
	if (!f)
		return;
	if (!f->all)
		pcap_freecode(&f->program);
	free(f);
}
