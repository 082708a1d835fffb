// SPDX-License-Identifier: GPL-2.0
/*
 * framegen: send many frames, the same ones for the same seed, and say how many
 * the devices took.
 *
 * framegen [-n COUNT] [-s SEED] [-b BATCH] [-r FRAMES_PER_SECOND] FROM... [-- WORD...]
 *
 * COUNT frames from each FROM = [LABEL=][NETNS/]DEVICE, in turns of BATCH. Words:
 *	dst= src= type= len= vlan= svlan=	as in frame.h, the same in all frames
 *	srcs=N dsts=N		count the address up through N values, then begin again
 *	mix=WHAT,...		a random mix instead: unicast unknown broadcast multicast
 *				badsrc linklocal oversize vlan qinq; stations=N says how
 *				many stations there are, host=MAC the switch's own address,
 *				max=LEN the longest frame
 * Prints one line for each FROM: LABEL sent=N failed=N bytes=N tagged=N, where
 * tagged are the frames with one or more tags.
 */
#include "frame.h"

#define BATCH_MAX	64
#define FROM_MAX	1024

enum {
	MIX_UNICAST, MIX_UNKNOWN, MIX_BROADCAST, MIX_MULTICAST, MIX_BADSRC,
	MIX_LINKLOCAL, MIX_OVERSIZE, MIX_VLAN, MIX_QINQ, MIX_KINDS
};

static const char * const mix_names[MIX_KINDS] = {
	"unicast", "unknown", "broadcast", "multicast", "badsrc",
	"linklocal", "oversize", "vlan", "qinq",
};

struct sender {
	struct endpoint ep;
	unsigned int number;		/* station number in a mix */
	uint64_t random;
	unsigned long sent, failed, bytes, tagged, made;
};

static struct sender senders[FROM_MAX];
static unsigned int n_senders;
static struct frame base;
static unsigned int srcs = 1, dsts = 1, stations = 16, max_len = 1514, n_mix;
static uint8_t mix[64], host[ETH_ALEN];

static void usage(void)
{
	errx(2, "usage: framegen [-n COUNT] [-s SEED] [-b BATCH] [-r RATE] FROM... [-- WORD...]");
}

static void parse_mix(char *list)
{
	char *word;
	unsigned int i;

	for (word = strtok(list, ","); word; word = strtok(NULL, ",")) {
		for (i = 0; i < MIX_KINDS && strcmp(word, mix_names[i]); i++)
			;
		if (i == MIX_KINDS || n_mix == sizeof(mix))
			errx(2, "bad mix '%s'", word);
		mix[n_mix++] = i;
	}
}

static void parse_word(char *w)
{
	if (!strncmp(w, "srcs=", 5))
		srcs = strtoul(w + 5, NULL, 0);
	else if (!strncmp(w, "dsts=", 5))
		dsts = strtoul(w + 5, NULL, 0);
	else if (!strncmp(w, "stations=", 9))
		stations = strtoul(w + 9, NULL, 0);
	else if (!strncmp(w, "max=", 4))
		max_len = strtoul(w + 4, NULL, 0);
	else if (!strncmp(w, "host=", 5))
		parse_mac(host, w + 5);
	else if (!strncmp(w, "mix=", 4))
		parse_mix(w + 4);
	else if (!frame_word(&base, w))
		usage();
}

static void mac_add(uint8_t *mac, unsigned long n)
{
	mac_from_u64(mac, mac_to_u64(mac) + n);
}

/* Header and payload of IPv4, IPv6, ARP or of nothing known. */
static void fill_payload(struct sender *s, struct frame *f, uint8_t *p, unsigned int len)
{
	static const uint16_t types[] = { ETH_P_IP, ETH_P_IPV6, ETH_P_ARP, 0x88b5, 0x0042 };
	unsigned int i;

	f->type = types[rnd(&s->random) % 5];
	for (i = 0; i < len; i++)
		p[i] = i;
	if (f->type == ETH_P_IP && len >= 20)
		memcpy(p, "\x45\x00\x00\x14\x00\x01\x00\x00\x40\xfd", 10);
	else if (f->type == ETH_P_IPV6 && len >= 40)
		memcpy(p, "\x60\x00\x00\x00\x00\x00\x3b\x40", 8);
	else if (f->type == ETH_P_ARP && len >= 28)
		memcpy(p, "\x00\x01\x08\x00\x06\x04\x00\x01", 8);
}

static void mix_addresses(struct sender *s, struct frame *f, unsigned int kind)
{
	uint64_t r = rnd(&s->random);

	mac_from_u64(f->src, STATION + s->number);
	mac_from_u64(f->dst, STATION + 1 + r % stations);
	if (mac_to_u64(host) && r % 8 == 0)
		memcpy(f->dst, host, ETH_ALEN);
	if (kind == MIX_UNKNOWN)
		mac_from_u64(f->dst, STATION + 0x1000000 + (r & 0xffff));
	else if (kind == MIX_BROADCAST)
		memset(f->dst, 0xff, ETH_ALEN);
	else if (kind == MIX_MULTICAST)
		mac_from_u64(f->dst, 0x01005e000000 + (r & 0xff));
	else if (kind == MIX_LINKLOCAL)
		mac_from_u64(f->dst, 0x0180c2000000 + (r & 0xf));
	else if (kind == MIX_BADSRC)
		mac_from_u64(f->src, r & 1 ? 0 : 0x01005e000001 + (r & 0xf0));
}

static void mix_tags(struct sender *s, struct frame *f, unsigned int kind)
{
	uint32_t r = rnd(&s->random);

	if (kind == MIX_QINQ)
		f->tag[f->tags++] = (struct tag){ ETH_P_8021AD, 100 + r % 3 };
	if (kind == MIX_QINQ || kind == MIX_VLAN)	/* VLAN 0 is a priority tag */
		f->tag[f->tags++] = (struct tag){ ETH_P_8021Q, (r >> 8 & 7) << 13 | (r >> 16) % 12 };
}

static unsigned int make_mix(struct sender *s, uint8_t *buf)
{
	unsigned int kind = mix[rnd(&s->random) % n_mix];
	struct frame f = base;
	uint8_t *p;

	mix_addresses(s, &f, kind);
	mix_tags(s, &f, kind);
	f.len = 60 + rnd(&s->random) % (1514 - 60 + 1);
	if (kind == MIX_OVERSIZE && max_len > 1600)
		f.len = 1600 + rnd(&s->random) % (max_len - 1600 + 1);
	p = frame_headers(&f, buf);
	fill_payload(s, &f, p, f.len - (p - buf));
	put16(p - 2, f.type);
	return f.len;
}

static unsigned int make_frame(struct sender *s, uint8_t *buf)
{
	struct frame f = base;

	if (n_mix)
		return make_mix(s, buf);
	mac_add(f.src, s->made % srcs);
	mac_add(f.dst, s->made % dsts);
	s->made++;
	frame_headers(&f, buf);
	return f.len;
}

static bool is_tagged(const uint8_t *frame)
{
	uint16_t type = get16(frame + 2 * ETH_ALEN);

	return type == ETH_P_8021Q || type == ETH_P_8021AD;
}

/*
 * Send n frames. sendmmsg() stops at a frame that the device refuses; it is
 * counted and the rest goes on.
 */
static void send_batch(struct sender *s, unsigned int n)
{
	static uint8_t buf[BATCH_MAX][10240];
	struct mmsghdr msg[BATCH_MAX] = {};
	struct iovec iov[BATCH_MAX];
	unsigned int i, at = 0;

	for (i = 0; i < n; i++) {
		iov[i] = (struct iovec){ buf[i], make_frame(s, buf[i]) };
		msg[i].msg_hdr.msg_iov = &iov[i];
		msg[i].msg_hdr.msg_iovlen = 1;
	}
	while (at < n) {
		int done = sendmmsg(s->ep.fd, msg + at, n - at, 0);

		if (done <= 0) {
			if (!s->failed++)
				warn("%s", s->ep.label);
			at++;
			continue;
		}
		for (i = 0; i < (unsigned int)done; i++) {
			s->bytes += iov[at + i].iov_len;
			s->tagged += is_tagged(buf[at + i]);
		}
		s->sent += done;
		at += done;
	}
}

static void pace(uint64_t start, unsigned long frames, unsigned long rate)
{
	uint64_t due = start + frames * 1000 / rate, now = now_ms();

	if (due > now)
		usleep((due - now) * 1000);
}

int main(int argc, char **argv)
{
	unsigned long count = 1, batch = 32, rate = 0, seed = 1, done, n;
	uint64_t start = now_ms();
	unsigned int i;
	int opt;

	while ((opt = getopt(argc, argv, "+n:s:b:r:")) > 0) {
		switch (opt) {
		case 'n': count = strtoul(optarg, NULL, 0); break;
		case 's': seed = strtoul(optarg, NULL, 0); break;
		case 'b': batch = strtoul(optarg, NULL, 0); break;
		case 'r': rate = strtoul(optarg, NULL, 0); break;
		default: usage();
		}
	}
	frame_init(&base);
	for (; optind < argc && strcmp(argv[optind], "--") && n_senders < FROM_MAX; optind++) {
		senders[n_senders].ep = open_endpoint(argv[optind], false);
		if (sscanf(senders[n_senders].ep.label, "h%u", &senders[n_senders].number) != 1)
			senders[n_senders].number = n_senders + 1;
		senders[n_senders].random = rnd_seed(seed * 1000 + senders[n_senders].number);
		n_senders++;
	}
	for (optind++; optind < argc; optind++)
		parse_word(argv[optind]);
	if (!n_senders || !batch || batch > BATCH_MAX || base.len > 10240 || max_len > 10240)
		usage();

	for (done = 0; done < count; done += n) {
		n = count - done < batch ? count - done : batch;
		for (i = 0; i < n_senders; i++)
			send_batch(&senders[i], n);
		if (rate)
			pace(start, done + n, rate);
	}
	for (i = 0; i < n_senders; i++)
		printf("%s sent=%lu failed=%lu bytes=%lu tagged=%lu\n", senders[i].ep.label,
		       senders[i].sent, senders[i].failed, senders[i].bytes, senders[i].tagged);
	return 0;
}
