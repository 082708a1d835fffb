// SPDX-License-Identifier: GPL-2.0
/*
 * framefuzz: send whole and spoiled frames into a switch in every way there is,
 * as skbs of every shape, and count what was accepted and what came back.
 *
 * framefuzz -a MAC [-m MTU] LABEL=KIND:[NETNS/]DEVICE...
 *
 * MAC is the switch's own address. Kinds of ways:
 *	tap		a tap made here, for the switch's side: linear skbs
 *	gsotap		the same with GSO and checksum offload (virtio_net_hdr)
 *	fragtap		the same in fragments of random sizes (IFF_NAPI_FRAGS)
 *	packet		a packet socket
 *	cloned		a packet socket, while another one listens there: the skb is a
 *			clone, and the listener must see what was sent, byte by byte
 *	ring		a packet socket with PACKET_TX_RING: all but the header is in pages
 *	gso		a packet socket with GSO and checksum offload
 *	watch		nothing is sent; a listener that shares what the device receives;
 *			those come last
 * The number in LABEL is the way's station; without a number it is the host.
 *
 * Says "ready", then does what stdin says, line by line:
 *	round SEED FRAMES FLAGS
 * sends FRAMES by each way, or, with the flag s, one of each length from 0 to
 * more than the MTU: by each way where lengths matter, else by one after the
 * other. Flag g: GSO frames, right and wrong; flag c: tags that end
 * in the middle. "-" is no flag. Then it waits until nothing moves, and prints
 *	way LABEL sent=N refused=N eaten=N fragile=N received=N
 *	count NAME N
 *	done
 * where eaten are frames with half a tag, which the stack drops before any
 * switch sees them, and fragile those that it drops where they are received next.
 */
#include "corpus.h"
#include <linux/if_tun.h>
#include <linux/virtio_net.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/uio.h>

#ifndef TUN_F_USO4
#define TUN_F_USO4	0x20
#define TUN_F_USO6	0x40
#endif
#ifndef VIRTIO_NET_HDR_GSO_UDP_L4
#define VIRTIO_NET_HDR_GSO_UDP_L4 5
#endif

#define WAYS_MAX	16
#define COUNTS_MAX	160
#define FRAGS_MAX	17
#define SLOT_SIZE	4096u
#define SLOTS		16u
#define SLOT_DATA	TPACKET_ALIGN(sizeof(struct tpacket2_hdr))
#define SWEEP_BEYOND	40
#define PATIENCE_MS	5000

enum kind { K_TAP, K_GSOTAP, K_FRAGTAP, K_PACKET, K_CLONED, K_RING, K_GSO, K_WATCH, KINDS };

static const char * const kind_names[KINDS] = {
	"tap", "gsotap", "fragtap", "packet", "cloned", "ring", "gso", "watch",
};

struct way {
	enum kind kind;
	char *label;
	unsigned int me;	/* 0 is the host */
	int fd, counter;	/* counter: a packet socket, -1 for taps */
	uint8_t *ring;
	unsigned int slot;
	unsigned long sent, refused, eaten, fragile, received;
};

struct count {
	char name[40];
	unsigned long n;
};

static struct way ways[WAYS_MAX];
static struct count counts[COUNTS_MAX];
static unsigned int n_ways, n_senders, n_counts, mtu = 1500;
static uint64_t host, random_state;
static bool flag_gso, flag_cut, flag_sweep;

static void count_some(const char *what, const char *name, unsigned long n)
{
	char text[40];
	unsigned int i;

	snprintf(text, sizeof(text), "%s%s", what, name);
	for (i = 0; i < n_counts && strcmp(counts[i].name, text); i++)
		;
	if (i == COUNTS_MAX)
		errx(2, "too many counts");
	if (i == n_counts)
		strcpy(counts[n_counts++].name, text);
	counts[i].n += n;
}

static void count(const char *what, const char *name)
{
	count_some(what, name, 1);
}

static void expect_all(const char *what, const char * const *names, unsigned int n)
{
	while (n--)
		count_some(what, names[n], 0);
}

/* A count that is expected is printed even if it is 0. */
static void expect_counts(void)
{
	static const char * const shapes[] = { "linear", "fragments", "pages", "clone" };
	static const char * const lengths[] = { "0-63", "64-mtu", "mtu-tag", "beyond" };
	static const char * const gso[] = {
		"none", "checksum", "tcp4", "tcp6", "ufo", "uso", "ecn", "header-length",
		"checksum-start", "checksum-offset", "type", "flags",
	};

	expect_all("protocol-", protocol_names, PROTOCOLS);
	expect_all("tags-", tagging_names, TAGGINGS);
	expect_all("dst-", addressing_names, ADDRESSINGS);
	expect_all("src-", sourcing_names, SOURCINGS);
	expect_all("way-", kind_names, K_WATCH);
	expect_all("shape-", shapes, 4);
	expect_all("length-", lengths, 4);
	expect_all("gso-", gso, 12);
}

static bool is_tap(const struct way *w)
{
	return w->kind <= K_FRAGTAP;
}

static bool has_vnet_hdr(const struct way *w)
{
	return w->kind == K_GSOTAP || w->kind == K_FRAGTAP || w->kind == K_GSO;
}

/* ---- opening ------------------------------------------------------------------------------ */

static int open_tap(const char *spec, enum kind kind)
{
	unsigned int offload = TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 | TUN_F_TSO_ECN | TUN_F_UFO;
	struct ifreq ifr = { .ifr_flags = IFF_TAP | IFF_NO_PI };
	char *copy = strdup(spec), *slash = strchr(copy, '/');
	int fd;

	if (slash)
		*slash++ = 0;
	enter_netns(slash ? copy : "");
	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", slash ? slash : copy);
	if (kind != K_TAP)
		ifr.ifr_flags |= IFF_VNET_HDR;
	if (kind == K_FRAGTAP)
		ifr.ifr_flags |= IFF_NAPI | IFF_NAPI_FRAGS;
	fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 || ioctl(fd, TUNSETIFF, &ifr))
		err(2, "%s", spec);
	/* USO came with Linux 6.2. */
	if (kind != K_TAP && ioctl(fd, TUNSETOFFLOAD, offload | TUN_F_USO4 | TUN_F_USO6) &&
	    ioctl(fd, TUNSETOFFLOAD, offload))
		err(2, "%s: TUNSETOFFLOAD", spec);
	enter_netns("");
	free(copy);
	return fd;
}

/* Counts what the device receives, but keeps next to nothing of it. */
static int open_counter(const char *spec)
{
	struct sock_filter ret = BPF_STMT(BPF_RET | BPF_K, 1);
	struct sock_fprog prog = { 1, &ret };
	int fd = open_endpoint(spec, true).fd, little = 4096;

	if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &prog, sizeof(prog)) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &little, sizeof(little)))
		err(2, "%s", spec);
	return fd;
}

static int open_listener(const char *spec)
{
	int fd = open_endpoint(spec, true).fd, zero = 0;

	if (setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &zero, sizeof(zero)))
		err(2, "%s", spec);
	return fd;
}

static uint8_t *open_ring(int fd)
{
	struct tpacket_req req = {
		.tp_block_size = 4 * SLOT_SIZE, .tp_block_nr = SLOTS / 4,
		.tp_frame_size = SLOT_SIZE, .tp_frame_nr = SLOTS,
	};
	int version = TPACKET_V2;
	uint8_t *ring;

	if (setsockopt(fd, SOL_PACKET, PACKET_VERSION, &version, sizeof(version)) ||
	    setsockopt(fd, SOL_PACKET, PACKET_TX_RING, &req, sizeof(req)))
		err(2, "PACKET_TX_RING");
	ring = mmap(NULL, SLOTS * SLOT_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (ring == MAP_FAILED)
		err(2, "mmap");
	return ring;
}

static void open_way(char *spec)
{
	struct way *w = &ways[n_ways++];
	char *kind = strchr(spec, '='), *device = kind ? strchr(kind, ':') : NULL;
	int one = 1;

	if (!device)
		errx(2, "bad way '%s'", spec);
	*kind++ = 0;
	*device++ = 0;
	w->label = spec;
	if (sscanf(spec, "%*[a-z]%u", &w->me) != 1)
		w->me = 0;
	for (w->kind = 0; w->kind < KINDS && strcmp(kind, kind_names[w->kind]); w->kind++)
		;
	w->counter = -1;
	if (w->kind == KINDS)
		errx(2, "bad kind '%s'", kind);
	if (is_tap(w)) {
		w->fd = open_tap(device, w->kind);
		return;
	}
	if (w->kind == K_WATCH) {
		w->fd = open_listener(device);
		return;
	}
	w->fd = open_endpoint(device, false).fd;
	w->counter = w->kind == K_CLONED ? open_listener(device) : open_counter(device);
	if (w->kind == K_RING)
		w->ring = open_ring(w->fd);
	if (w->kind == K_GSO && setsockopt(w->fd, SOL_PACKET, PACKET_VNET_HDR, &one, sizeof(one)))
		err(2, "PACKET_VNET_HDR");
}

/* ---- what comes back ---------------------------------------------------------------------- */

static bool drain_tap(struct way *w)
{
	static uint8_t buf[SAMPLE_MAX];
	bool any = false;

	while (read(w->fd, buf, sizeof(buf)) > 0) {
		w->received++;
		any = true;
	}
	return any;
}

/*
 * What the listener of a "cloned" way hears: received frames count; the one just
 * sent, if there is one, must not have been changed by those who have it since.
 */
static bool drain_listener(struct way *w, int fd, const struct sample *sent)
{
	static uint8_t buf[SAMPLE_MAX];
	struct sockaddr_ll from;
	bool any = false, found = false;

	for (;;) {
		socklen_t len = sizeof(from);
		ssize_t n = recvfrom(fd, buf, sizeof(buf), MSG_DONTWAIT | MSG_TRUNC,
				     (struct sockaddr *)&from, &len);

		if (n < 0)
			break;
		any = true;
		if (from.sll_pkttype != PACKET_OUTGOING) {
			w->received++;
			continue;
		}
		if (!sent || found)
			continue;
		found = true;
		if ((unsigned int)n == sent->len && !memcmp(buf, sent->buf, n))
			count("clone-", "intact");
		else
			count("clone-", "altered");
	}
	return any;
}

static bool drain_counter(struct way *w)
{
	struct tpacket_stats st;
	socklen_t len = sizeof(st);

	if (getsockopt(w->counter, SOL_PACKET, PACKET_STATISTICS, &st, &len))
		err(2, "PACKET_STATISTICS");
	w->received += st.tp_packets;
	return st.tp_packets;
}

static bool drain_taps(void)
{
	bool any = false;
	unsigned int i;

	for (i = 0; i < n_ways; i++) {
		if (is_tap(&ways[i]))
			any |= drain_tap(&ways[i]);
		else if (ways[i].kind == K_WATCH)
			drain_listener(&ways[i], ways[i].fd, NULL);
	}
	return any;
}

static bool drain_all(void)
{
	bool any = drain_taps();
	unsigned int i;

	for (i = 0; i < n_ways; i++) {
		if (ways[i].kind == K_CLONED)
			any |= drain_listener(&ways[i], ways[i].counter, NULL);
		else if (ways[i].counter >= 0)
			any |= drain_counter(&ways[i]);
	}
	return any;
}

static void wait_for_rest(void)
{
	uint64_t now = now_ms(), limit = now + PATIENCE_MS, last = now;

	for (; now < limit && now < last + 100; now = now_ms()) {
		if (drain_all())
			last = now;
		usleep(5000);
	}
}

/* ---- sending: each returns 0 or an errno ---------------------------------------------------- */

static int send_buffers(struct way *w, struct iovec *iov, int n)
{
	struct msghdr msg = { .msg_iov = iov, .msg_iovlen = n };

	ssize_t done;

	errno = ENODATA;	/* a tap isn't even asked to take nothing */
	done = is_tap(w) ? writev(w->fd, iov, n) : sendmsg(w->fd, &msg, 0);
	return done > 0 ? 0 : errno;
}

static int send_fragments(struct way *w, struct sample *s, struct virtio_net_hdr *hdr)
{
	static const unsigned int heads[] = { 1, 13, 14, 15, 16, 18, 20, 34, 54, 60, 128 };
	struct iovec iov[FRAGS_MAX + 2] = { { hdr, sizeof(*hdr) } };
	unsigned int at = 0, n = 1, most;
	int error;

	while (at < s->len && n < FRAGS_MAX + 1) {
		most = s->len - at < 4096 ? s->len - at : 4096;
		if (n == 1)
			iov[n].iov_len = heads[below(&random_state, 11)];
		else if (n == FRAGS_MAX || one_in(&random_state, 2))
			iov[n].iov_len = most;
		else
			iov[n].iov_len = 1 + below(&random_state, most);
		if (iov[n].iov_len > most)
			iov[n].iov_len = most;
		iov[n].iov_base = s->buf + at;
		at += iov[n++].iov_len;
	}
	set_length(s, at);
	error = send_buffers(w, iov, n);
	if (!error)
		count("shape-", n > 2 ? "fragments" : "linear");
	return error;
}

static int send_ring(struct way *w, const struct sample *s)
{
	struct tpacket2_hdr *hdr = (void *)(w->ring + w->slot * SLOT_SIZE);
	uint64_t limit = now_ms() + PATIENCE_MS;

	if (s->len > SLOT_SIZE - SLOT_DATA)
		return EMSGSIZE;
	/* Somebody may still hold the frame whose pages these are. */
	while (__atomic_load_n(&hdr->tp_status, __ATOMIC_ACQUIRE) != TP_STATUS_AVAILABLE) {
		drain_all();
		if (now_ms() > limit)
			errx(1, "%s: a frame of the ring was never freed", w->label);
	}
	memcpy((uint8_t *)hdr + SLOT_DATA, s->buf, s->len);
	hdr->tp_len = s->len;
	__atomic_store_n(&hdr->tp_status, TP_STATUS_SEND_REQUEST, __ATOMIC_RELEASE);
	if (send(w->fd, NULL, 0, MSG_DONTWAIT) < 0) {
		/* The ring stands still at a frame that was refused. */
		int error = errno;

		__atomic_store_n(&hdr->tp_status, TP_STATUS_AVAILABLE, __ATOMIC_RELEASE);
		return error;
	}
	w->slot = (w->slot + 1) % SLOTS;
	count("shape-", "pages");
	return 0;
}

static int send_sample(struct way *w, struct sample *s, struct virtio_net_hdr *hdr)
{
	struct iovec iov[2] = { { hdr, sizeof(*hdr) }, { s->buf, s->len } };
	int error;

	switch (w->kind) {
	case K_FRAGTAP:
		return send_fragments(w, s, hdr);
	case K_RING:
		return send_ring(w, s);
	case K_GSOTAP:
	case K_GSO:
		return send_buffers(w, iov, 2);
	case K_CLONED:
		drain_listener(w, w->counter, NULL);
		error = send_buffers(w, iov + 1, 1);
		drain_listener(w, w->counter, error ? NULL : s);
		if (!error)
			count("shape-", "clone");
		return error;
	default:
		return send_buffers(w, iov + 1, 1);
	}
}

/* ---- GSO ---------------------------------------------------------------------------------- */

/* As an honest sender fills it in. Returns its name. */
static const char *honest_header(struct virtio_net_hdr *hdr, const struct sample *s,
				 uint64_t *random)
{
	bool tcp = s->l4_proto == IPPROTO_TCP, uso = one_in(random, 2);
	unsigned int payload = s->len - s->l4 - (tcp ? 20 : 8);

	hdr->flags = VIRTIO_NET_HDR_F_NEEDS_CSUM;
	hdr->csum_start = s->l4;
	hdr->csum_offset = tcp ? 16 : 6;
	hdr->hdr_len = s->l4 + (tcp ? 20 : 8);
	hdr->gso_size = 536 + below(random, 900);
	if (!tcp && !uso)
		hdr->gso_size &= ~7;	/* fragments begin at multiples of 8 */
	if (payload <= hdr->gso_size) {
		hdr->gso_size = 0;
		return "checksum";
	}
	if (tcp) {
		hdr->gso_type = s->ip6 ? VIRTIO_NET_HDR_GSO_TCPV6 : VIRTIO_NET_HDR_GSO_TCPV4;
		return s->ip6 ? "tcp6" : "tcp4";
	}
	hdr->gso_type = uso ? VIRTIO_NET_HDR_GSO_UDP_L4 : VIRTIO_NET_HDR_GSO_UDP;
	return uso ? "uso" : "ufo";
}

/* One of the values where a check may be off by one. */
static unsigned int edge_of(const struct sample *s, uint64_t *random)
{
	const unsigned int edges[] = {
		0, 1, 13, 14, 18, 33, 34, s->l4, s->l4 + 1, s->len - 2, s->len - 1, s->len,
		s->len + 1, 65535,
	};

	return edges[below(random, sizeof(edges) / sizeof(*edges))];
}

static const char *dishonest_header(struct virtio_net_hdr *hdr, const struct sample *s,
				    uint64_t *random)
{
	static const uint8_t types[] = { 0, 1, 2, 3, 4, 5, 0x80, 0x83, 0x85, 0xff };

	switch (below(random, 5)) {
	case 0:
		hdr->hdr_len = edge_of(s, random);
		return "header-length";
	case 1:
		hdr->csum_start = edge_of(s, random);
		return "checksum-start";
	case 2:
		hdr->csum_offset = edge_of(s, random) - (one_in(random, 2) ? hdr->csum_start : 0);
		return "checksum-offset";
	case 3:
		hdr->gso_type = types[below(random, sizeof(types))];
		/* Thousands of segments would only fill queues. */
		hdr->gso_size = s->len < 600 ? 1 + below(random, 64) : 65535 - below(random, 2);
		return "type";
	default:
		hdr->flags = below(random, 8);
		return "flags";
	}
}

static const char *make_header(struct virtio_net_hdr *hdr, const struct sample *s,
			       uint64_t *random)
{
	const char *name;

	if (!s->l4 || s->len < s->l4 + 20 ||
	    (s->l4_proto != IPPROTO_TCP && s->l4_proto != IPPROTO_UDP)) {
		if (one_in(random, 2))
			return "none";
		return dishonest_header(hdr, s, random);
	}
	name = honest_header(hdr, s, random);
	if (one_in(random, 3))
		return dishonest_header(hdr, s, random);
	if (s->l4_proto == IPPROTO_TCP && hdr->gso_type && one_in(random, 4)) {
		hdr->gso_type |= VIRTIO_NET_HDR_GSO_ECN;
		return "ecn";
	}
	return name;
}

/* ---- a round ------------------------------------------------------------------------------ */

static unsigned int choose_payload(const struct way *w, uint64_t *random)
{
	unsigned int r = below(random, 16);

	if (flag_gso && has_vnet_hdr(w) && r < 10)
		return r ? 1500 + below(random, 8000) : 20000 + below(random, 40000);
	if (is_tap(w) && r == 15)
		return below(random, 10000);
	return r < 8 ? below(random, 64) : below(random, mtu);
}

static enum protocol choose_protocol(const struct way *w, uint64_t *random)
{
	static const enum protocol segmented[] = { P_IP4_UDP, P_IP4_TCP, P_IP6_UDP, P_IP6_TCP };

	if (flag_gso && has_vnet_hdr(w) && !one_in(random, 4))
		return segmented[below(random, 4)];
	return below(random, PROTOCOLS);
}

static void note_sent(const struct way *w, const struct sample *s)
{
	count("protocol-", protocol_names[s->protocol]);
	count("tags-", tagging_names[s->tagging]);
	count("dst-", addressing_names[s->dst]);
	count("src-", sourcing_names[s->src]);
	count("way-", kind_names[w->kind]);
	if (flag_sweep)
		count("length-", s->len < 64 ? "0-63" : s->len <= mtu + ETH_HLEN ? "64-mtu" :
		      s->len <= mtu + ETH_HLEN + TAG_LEN ? "mtu-tag" : "beyond");
}

static void send_one(struct way *w, int len)
{
	static uint8_t buf[SAMPLE_MAX];
	struct sample s = { .buf = buf };
	struct virtio_net_hdr hdr = {};
	const char *gso = NULL;
	unsigned int need;
	int error;

	make_sample(&s, &random_state, w->me, host, choose_protocol(w, &random_state),
		    choose_payload(w, &random_state));
	if (!w->me && s.src == S_OWN)
		mac_from_u64(s.buf + ETH_ALEN, host);
	if (flag_gso && has_vnet_hdr(w))
		gso = make_header(&hdr, &s, &random_state);
	if (len >= 0)
		set_length(&s, len);
	else if (!gso || one_in(&random_state, 4))
		mutate(&s, &random_state, mtu);
	need = tags_need(s.buf, s.len);
	if (!flag_cut && s.len >= ETH_HLEN && s.len < need)
		set_length(&s, need);

	error = send_sample(w, &s, &hdr);
	if (error) {
		w->refused++;
		count("refused-", strerrorname_np(error));
		return;
	}
	w->sent++;
	note_sent(w, &s);
	if (gso)
		count("gso-", gso);
	need = tags_need(s.buf, s.len);
	if (s.len >= need)
		return;
	if (w->me && s.len < ETH_HLEN + TAG_LEN + 2)
		w->eaten++;
	else
		w->fragile++;
}

/* Lengths where headers end, and those about the MTU, are tried by every way. */
static bool has_turn(unsigned int way, unsigned long n)
{
	return !flag_sweep || n < 132 || n + 8 > mtu + ETH_HLEN || n % n_senders == way;
}

static void do_round(unsigned long frames)
{
	unsigned long n, rounds = flag_sweep ? mtu + ETH_HLEN + SWEEP_BEYOND + 1 : frames;
	unsigned int i;

	drain_all();	/* what came since the last round is not of this one */
	for (i = 0; i < n_ways; i++)
		ways[i].received = 0;
	for (n = 0; n < rounds; n++) {
		for (i = 0; i < n_senders; i++)
			if (has_turn(i, n))
				send_one(&ways[i], flag_sweep ? (int)n : -1);
		drain_taps();
	}
	wait_for_rest();
}

static void report(void)
{
	unsigned int i;

	for (i = 0; i < n_ways; i++) {
		struct way *w = &ways[i];

		if (w->kind == K_WATCH)
			continue;
		printf("way %s sent=%lu refused=%lu eaten=%lu fragile=%lu received=%lu\n",
		       w->label, w->sent, w->refused, w->eaten, w->fragile, w->received);
		w->sent = w->refused = w->eaten = w->fragile = 0;
	}
	for (i = 0; i < n_counts; i++) {
		printf("count %s %lu\n", counts[i].name, counts[i].n);
		counts[i].n = 0;
	}
	puts("done");
	fflush(stdout);
}

int main(int argc, char **argv)
{
	unsigned long seed, frames;
	char line[256], flags[16];
	uint8_t mac[ETH_ALEN];
	int opt;

	while ((opt = getopt(argc, argv, "+a:m:")) > 0) {
		if (opt == 'a') {
			parse_mac(mac, optarg);
			host = mac_to_u64(mac);
		} else if (opt == 'm') {
			mtu = strtoul(optarg, NULL, 0);
		} else {
			optind = argc;
		}
	}
	if (optind >= argc || argc - optind > WAYS_MAX || !host || mtu > 9000)
		errx(2, "usage: framefuzz -a MAC [-m MTU] LABEL=KIND:[NETNS/]DEVICE...");
	for (; optind < argc; optind++)
		open_way(argv[optind]);
	while (n_senders < n_ways && ways[n_senders].kind != K_WATCH)
		n_senders++;
	expect_counts();
	puts("ready");
	fflush(stdout);

	while (fgets(line, sizeof(line), stdin)) {
		if (sscanf(line, "round %lu %lu %15s", &seed, &frames, flags) != 3)
			errx(2, "bad line '%s'", line);
		flag_gso = strchr(flags, 'g');
		flag_cut = strchr(flags, 'c');
		flag_sweep = strchr(flags, 's');
		random_state = rnd_seed(seed);
		do_round(frames);
		report();
	}
	return 0;
}
