/*
 * Two TPACKET_V2 rings for each host: what it sends lies in the tap's, what it
 * shall get is put into the door's. A slot, in memory that the kernel shares
 * with us, belongs to the kernel or to us, as its status says; both go around
 * a ring in order. (V3 would keep a lone frame back until its block is full or
 * old.)
 *
 * Why a ring for sending: the receiver's kernel runs inside our system call,
 * and wakes who waits for the bytes. With a call for each frame it would take
 * our processor after each, for one segment. With a ring many frames go in one
 * call, and it wakes up to all of them.
 *
 * In front of each frame there lies the header of a virtual network card, for
 * one field of it: how much the kernel shall copy into its own buffer. What it
 * does not copy it would borrow from the ring, find out on the way to the host
 * that it may not, and copy into pages of its own, which costs more.
 *
 * Two sockets, because setting up a ring takes the kernel milliseconds, and
 * for two sockets it can be done at the same time.
 */
#include "wire/ports.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <pthread.h>
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
#define COPIED 3072      /* bytes of a frame that the kernel copies at once */
#define TAG 4            /* bytes of an 802.1Q tag */
#define ADDRESSES 12     /* bytes in front of it */

struct ring {
	int fd, kind;       /* PACKET_RX_RING, PACKET_TX_RING */
	uint8_t *map;
	size_t slot, slots;
	size_t at;          /* the slot whose turn it is */
	int error;
};

struct port {
	struct ring in, out;
	size_t longest;     /* that its device takes */
	bool waits;         /* something lies in out, not taken yet */
	uint32_t too_long;  /* frames that did not fit their slot */
	uint8_t *tagged;    /* a frame with its tag put back, or NULL */
};

static struct tpacket2_hdr *slot_at(const struct ring *r)
{
	return (struct tpacket2_hdr *)(r->map + r->at * r->slot);
}

static void go_on(struct ring *r)
{
	if (++r->at == r->slots)
		r->at = 0;
}

/* Whose a slot is; what lies in it was written before. */
static uint32_t status(const struct tpacket2_hdr *h)
{
	return __atomic_load_n(&h->tp_status, __ATOMIC_ACQUIRE);
}

static void hand_over(struct tpacket2_hdr *h, uint32_t to)
{
	__atomic_store_n(&h->tp_status, to, __ATOMIC_RELEASE);
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
	size_t need = TPACKET_ALIGN(TPACKET2_HDRLEN + 16) + TAG + mtu +
		sizeof(struct virtio_net_hdr);
	size_t size = SLOT_LEAST;

	while (size < need)
		size *= 2;
	return size;
}

static int map_ring(struct ring *r)
{
	size_t block = r->slot > BLOCK_LEAST ? r->slot : BLOCK_LEAST;
	size_t size = r->slots * r->slot;
	int version = TPACKET_V2, on = 1;
	struct tpacket_req q = {
		.tp_block_size = block,
		.tp_block_nr = size / block,
		.tp_frame_size = r->slot,
		.tp_frame_nr = r->slots,
	};
	void *map;

	if (setsockopt(r->fd, SOL_PACKET, PACKET_VERSION, &version,
		    sizeof(version)) ||
		(r->kind == PACKET_TX_RING &&
			setsockopt(r->fd, SOL_PACKET, PACKET_VNET_HDR, &on,
				sizeof(on))) ||
		setsockopt(r->fd, SOL_PACKET, r->kind, &q, sizeof(q)))
		return -errno;
	map = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, r->fd, 0);
	if (map == MAP_FAILED)
		return -errno;
	r->map = map;
	return 0;
}

static void *map_in_thread(void *arg)
{
	struct ring *r = arg;

	r->error = map_ring(r);
	return NULL;
}

/* Both rings, at the same time. */
static int map_rings(struct port *p)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, map_in_thread, &p->out)) {
		map_in_thread(&p->out);
		map_in_thread(&p->in);
	} else {
		map_in_thread(&p->in);
		pthread_join(thread, NULL);
	}
	return p->in.error ? p->in.error : p->out.error;
}

static void unmap_ring(struct ring *r)
{
	if (r->map)
		munmap(r->map, r->slots * r->slot);
}

int port_open(struct port **out, int tap, int door)
{
	int mtu = mtu_of(tap), r;
	struct port *p;
	size_t slot;

	*out = NULL;
	if (mtu < 0)
		return mtu;
	slot = slot_size(mtu);
	p = mem_zero(sizeof(*p));
	p->longest = mtu + ETHER_HDR_LEN;
	p->in = (struct ring){
		.fd = tap, .kind = PACKET_RX_RING, .slot = slot,
		.slots = RING / slot > SLOTS_LEAST ? RING / slot : SLOTS_LEAST,
	};
	p->out = (struct ring){
		.fd = door, .kind = PACKET_TX_RING, .slot = slot,
		.slots = SLOTS_LEAST,
	};
	r = map_rings(p);
	if (r) {
		unmap_ring(&p->in);
		unmap_ring(&p->out);
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
	unmap_ring(&p->in);
	unmap_ring(&p->out);
	close(p->in.fd);
	close(p->out.fd);
	free(p->tagged);
	free(p);
}

int port_fd(const struct port *p)
{
	return p->in.fd;
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
		p->tagged = mem_zero(p->in.slot + TAG);
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
		struct tpacket2_hdr *h = slot_at(&p->in);
		const uint8_t *frame;

		if (!(status(h) & TP_STATUS_USER))
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
	hand_over(slot_at(&p->in), TP_STATUS_KERNEL);
	go_on(&p->in);
	/* The next one was written by another processor: fetch it early. */
	__builtin_prefetch(slot_at(&p->in));
}

/* ---- sending ---- */

/* The slot before the one whose turn it is. */
static void step_back(struct ring *r)
{
	r->at = (r->at ? r->at : r->slots) - 1;
}

/* Whether the frame that was put last is still to be taken. */
static bool left_behind(struct ring *r)
{
	bool left;

	step_back(r);
	left = status(slot_at(r)) == TP_STATUS_SEND_REQUEST;
	go_on(r);
	return left;
}

static bool take_back(struct ring *r)
{
	if (!left_behind(r))
		return false;
	step_back(r);
	hand_over(slot_at(r), TP_STATUS_AVAILABLE);
	return true;
}

int port_push(struct port *p)
{
	ssize_t n;

	if (!p->waits)
		return 0;
	do
		n = send(p->out.fd, NULL, 0, MSG_DONTWAIT);
	while (n < 0 && errno == EINTR);
	/* It may have taken some, and tells how much, not what went wrong. */
	p->waits = left_behind(&p->out);
	if (!p->waits)
		return 0;
	return n < 0 ? -errno : -EAGAIN;
}

/* What the kernel would refuse, and so leave in everybody's way. */
static bool is_misfit(const struct port *p, const uint8_t *frame, size_t len)
{
	size_t longest = p->longest;

	if (len > ADDRESSES + 2 && frame[ADDRESSES] == ETHERTYPE_VLAN >> 8 &&
		frame[ADDRESSES + 1] == (ETHERTYPE_VLAN & 0xff))
		longest += TAG;
	return len < ETHER_HDR_LEN || len > longest;
}

int port_put(struct port *p, const uint8_t *frame, size_t len)
{
	struct tpacket2_hdr *h = slot_at(&p->out);
	uint8_t *data = (uint8_t *)h + TPACKET_ALIGN(sizeof(*h));
	struct virtio_net_hdr v = {.hdr_len = len < COPIED ? len : COPIED};

	if (is_misfit(p, frame, len))
		return -EMSGSIZE;
	if (status(h) != TP_STATUS_AVAILABLE)
		return -EAGAIN;
	memcpy(data, &v, sizeof(v));
	memcpy(data + sizeof(v), frame, len);
	h->tp_len = len + sizeof(v);
	hand_over(h, TP_STATUS_SEND_REQUEST);
	go_on(&p->out);
	p->waits = true;
	return 0;
}

int port_send(struct port *p, const uint8_t *frame, size_t len)
{
	int r = port_put(p, frame, len);

	if (r)
		return r;
	r = port_push(p);
	if (r && take_back(&p->out))
		p->waits = left_behind(&p->out);
	return r;
}

size_t port_forget(struct port *p)
{
	size_t n = 0;

	while (take_back(&p->out))
		n++;
	p->waits = false;
	return n;
}

uint32_t port_drops(struct port *p)
{
	struct tpacket_stats s;
	socklen_t len = sizeof(s);
	uint32_t n = p->too_long;

	p->too_long = 0;
	if (!getsockopt(p->in.fd, SOL_PACKET, PACKET_STATISTICS, &s, &len))
		n += s.tp_drops;
	return n;
}
