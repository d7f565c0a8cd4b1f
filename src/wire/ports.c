/*
 * A TPACKET_V2 ring: slots in memory that the kernel shares with us. A slot
 * belongs to the kernel or to us, as its status says; both go around it in
 * order. (V3 would keep a lone frame back until its block is full or old.)
 */
#include "wire/ports.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"

#define RING (4u << 20)  /* bytes, while that gives SLOTS_LEAST */
#define SLOTS_LEAST 128
#define SLOT_LEAST 2048
#define BLOCK_LEAST 32768
#define TAG 4            /* bytes of an 802.1Q tag */
#define ADDRESSES 12     /* bytes in front of it */

struct port {
	int fd;
	uint8_t *ring;
	size_t size, slot, slots;
	size_t at;          /* the slot whose turn it is */
	uint32_t too_long;  /* frames that did not fit their slot */
	uint8_t *tagged;    /* a frame with its tag put back, or NULL */
};

static struct tpacket2_hdr *slot_at(const struct port *p)
{
	return (struct tpacket2_hdr *)(p->ring + p->at * p->slot);
}

/* The MTU of the device that a tap is bound to. */
static int mtu_of(int tap)
{
	struct sockaddr_ll at;
	socklen_t len = sizeof(at);
	struct ifreq r;

	if (getsockname(tap, (struct sockaddr *)&at, &len))
		return -errno;
	memset(&r, 0, sizeof(r));
	r.ifr_ifindex = at.sll_ifindex;
	if (ioctl(tap, SIOCGIFNAME, &r) || ioctl(tap, SIOCGIFMTU, &r))
		return -errno;
	return r.ifr_mtu;
}

/* A slot that takes the longest frame, so that none is cut. */
static size_t slot_size(int mtu)
{
	size_t need = TPACKET_ALIGN(TPACKET2_HDRLEN + 16) + TAG + mtu;
	size_t size = SLOT_LEAST;

	while (size < need)
		size *= 2;
	return size;
}

static int map_ring(struct port *p, int mtu)
{
	int version = TPACKET_V2;
	size_t block;
	struct tpacket_req r;

	p->slot = slot_size(mtu);
	p->size = RING;
	while (p->size / p->slot < SLOTS_LEAST)
		p->size *= 2;
	p->slots = p->size / p->slot;
	block = p->slot > BLOCK_LEAST ? p->slot : BLOCK_LEAST;
	r = (struct tpacket_req){
		.tp_block_size = block,
		.tp_block_nr = p->size / block,
		.tp_frame_size = p->slot,
		.tp_frame_nr = p->slots,
	};
	if (setsockopt(p->fd, SOL_PACKET, PACKET_VERSION, &version,
		    sizeof(version)) ||
		setsockopt(p->fd, SOL_PACKET, PACKET_RX_RING, &r, sizeof(r)))
		return -errno;
	p->ring = mmap(NULL, p->size, PROT_READ | PROT_WRITE, MAP_SHARED,
		p->fd, 0);
	if (p->ring != MAP_FAILED)
		return 0;
	p->ring = NULL;
	return -errno;
}

int port_open(struct port **out, int tap)
{
	int mtu = mtu_of(tap), r;
	struct port *p;

	*out = NULL;
	if (mtu < 0)
		return mtu;
	p = mem_zero(sizeof(*p));
	p->fd = tap;
	r = map_ring(p, mtu);
	if (r) {
		free(p);
		return r;
	}
	*out = p;
	return 0;
}

void port_close(struct port *p)
{
	if (!p)
		return;
	munmap(p->ring, p->size);
	close(p->fd);
	free(p->tagged);
	free(p);
}

int port_fd(const struct port *p)
{
	return p->fd;
}

/* The kernel keeps a frame's VLAN tag beside the frame: put it back. */
static const uint8_t *with_tag(struct port *p, const struct tpacket2_hdr *h,
	const uint8_t *frame, size_t *len)
{
	uint16_t type = h->tp_status & TP_STATUS_VLAN_TPID_VALID
		? h->tp_vlan_tpid
		: ETHERTYPE_VLAN;
	uint16_t tag[2] = {htons(type), htons(h->tp_vlan_tci)};

	if (!p->tagged)
		p->tagged = mem_zero(p->slot + TAG);
	memcpy(p->tagged, frame, ADDRESSES);
	memcpy(p->tagged + ADDRESSES, tag, TAG);
	memcpy(p->tagged + ADDRESSES + TAG, frame + ADDRESSES,
		*len - ADDRESSES);
	*len += TAG;
	return p->tagged;
}

const uint8_t *port_next(struct port *p, size_t *len)
{
	for (;; port_release(p)) {
		struct tpacket2_hdr *h = slot_at(p);
		const uint8_t *frame;

		/* The frame was written before its status. */
		if (!(__atomic_load_n(&h->tp_status, __ATOMIC_ACQUIRE) &
			    TP_STATUS_USER))
			return NULL;
		if (h->tp_snaplen < h->tp_len) {
			p->too_long++;
			continue;
		}
		frame = (uint8_t *)h + h->tp_mac;
		*len = h->tp_snaplen;
		if (h->tp_status & TP_STATUS_VLAN_VALID && *len >= ADDRESSES)
			return with_tag(p, h, frame, len);
		return frame;
	}
}

void port_release(struct port *p)
{
	__atomic_store_n(&slot_at(p)->tp_status, TP_STATUS_KERNEL,
		__ATOMIC_RELEASE);
	if (++p->at == p->slots)
		p->at = 0;
}

int port_send(struct port *p, const uint8_t *frame, size_t len)
{
	ssize_t n;

	do
		n = send(p->fd, frame, len, MSG_DONTWAIT);
	while (n < 0 && errno == EINTR);
	return n < 0 ? -errno : 0;
}

uint32_t port_drops(struct port *p)
{
	struct tpacket_stats s;
	socklen_t len = sizeof(s);
	uint32_t n = p->too_long;

	p->too_long = 0;
	if (!getsockopt(p->fd, SOL_PACKET, PACKET_STATISTICS, &s, &len))
		n += s.tp_drops;
	return n;
}
