// SPDX-License-Identifier: GPL-2.0
/*
 * frameprobe: send one frame and say who received it, and with which tags.
 *
 * frameprobe [-w MS] [-n COUNT] FROM [KEY=VALUE]... -- LABEL=[NETNS/]DEVICE...
 *
 * Prints the labels of the receivers in the order given: "h2 h3:10 h4:s100:10.5
 * h5*2". A tag is :VID or :VID.PRIORITY, with an s if it is an 802.1ad one;
 * *N is how many copies came if it wasn't COUNT. Prints "-" if nobody got it.
 */
#include "frame.h"
#include <poll.h>

#define MAGIC	0x43565350
#define RX_MAX	64

struct receiver {
	struct endpoint ep;
	unsigned int seen;
	char tags[64];
};

static struct receiver rxs[RX_MAX];
static unsigned int n_rx;
static uint32_t probe_id;

static void usage(void)
{
	errx(2, "usage: frameprobe [-w MS] [-n COUNT] FROM [KEY=VALUE]... -- LABEL=[NETNS/]DEVICE...");
}

static void print_tag(char *out, size_t size, uint16_t tpid, uint16_t tci)
{
	size_t at = strlen(out);

	at += snprintf(out + at, size - at, ":%s%u", tpid == ETH_P_8021AD ? "s" : "", tci & 0xfff);
	if (tci >> 13)
		snprintf(out + at, size - at, ".%u", tci >> 13);
}

/* The tag that the device carries out of band, as the socket tells it. */
static void outer_tag(struct msghdr *msg, char *out, size_t size)
{
	struct tpacket_auxdata aux;
	struct cmsghdr *c;

	for (c = CMSG_FIRSTHDR(msg); c; c = CMSG_NXTHDR(msg, c)) {
		if (c->cmsg_level != SOL_PACKET || c->cmsg_type != PACKET_AUXDATA)
			continue;
		memcpy(&aux, CMSG_DATA(c), sizeof(aux));
		if (aux.tp_status & TP_STATUS_VLAN_VALID)
			print_tag(out, size, aux.tp_status & TP_STATUS_VLAN_TPID_VALID ?
				  aux.tp_vlan_tpid : ETH_P_8021Q, aux.tp_vlan_tci);
	}
}

/* True if the buffer holds our probe; adds its in-band tags to out. */
static bool is_probe(const uint8_t *buf, size_t len, char *out, size_t size)
{
	const uint8_t *p = buf + 2 * ETH_ALEN;
	uint32_t word[2];

	while (p + 4 <= buf + len && (get16(p) == ETH_P_8021Q || get16(p) == ETH_P_8021AD)) {
		print_tag(out, size, get16(p), get16(p + 2));
		p += 4;
	}
	p += 2;
	if (p + sizeof(word) > buf + len)
		return false;
	memcpy(word, p, sizeof(word));
	return ntohl(word[0]) == MAGIC && word[1] == probe_id;
}

static bool receive(struct receiver *rx)
{
	static uint8_t buf[FRAME_MAX];
	char control[256], tags[64] = "";
	struct iovec iov = { buf, sizeof(buf) };
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control),
	};
	ssize_t len = recvmsg(rx->ep.fd, &msg, MSG_DONTWAIT);

	if (len < 0)
		return false;
	outer_tag(&msg, tags, sizeof(tags));
	if (!is_probe(buf, len, tags, sizeof(tags)))
		return true;
	if (rx->seen++ && strcmp(rx->tags, tags))
		strcpy(tags, ":differs");
	strcpy(rx->tags, tags);
	return true;
}

/* Read until nothing came for wait ms. */
static void collect(int wait)
{
	struct pollfd pfd[RX_MAX];
	unsigned int i;

	for (i = 0; i < n_rx; i++)
		pfd[i] = (struct pollfd){ .fd = rxs[i].ep.fd, .events = POLLIN };
	while (poll(pfd, n_rx, wait) > 0)
		for (i = 0; i < n_rx; i++)
			while (receive(&rxs[i]))
				;
}

static void report(unsigned int count)
{
	bool any = false;
	unsigned int i;

	for (i = 0; i < n_rx; i++) {
		if (!rxs[i].seen)
			continue;
		printf("%s%s%s", any ? " " : "", rxs[i].ep.label, rxs[i].tags);
		if (rxs[i].seen != count)
			printf("*%u", rxs[i].seen);
		any = true;
	}
	puts(any ? "" : "-");
}

int main(int argc, char **argv)
{
	static uint8_t buf[FRAME_MAX];
	unsigned int count = 1, i;
	struct endpoint from;
	uint32_t word[2];
	struct frame f;
	int opt, wait = 60;
	uint8_t *p;

	while ((opt = getopt(argc, argv, "+w:n:")) > 0) {
		if (opt == 'w')
			wait = atoi(optarg);
		else if (opt == 'n')
			count = atoi(optarg);
		else
			usage();
	}
	if (optind >= argc)
		usage();
	from = open_endpoint(argv[optind++], false);
	frame_init(&f);
	for (; optind < argc && strcmp(argv[optind], "--"); optind++)
		if (!frame_word(&f, argv[optind]))
			usage();
	for (optind++; optind < argc && n_rx < RX_MAX; optind++)
		rxs[n_rx++].ep = open_endpoint(argv[optind], true);

	probe_id = now_ms() * 2654435761u ^ getpid();
	p = frame_headers(&f, buf);
	word[0] = htonl(MAGIC);
	word[1] = probe_id;
	if (p + sizeof(word) <= buf + f.len)
		memcpy(p, word, sizeof(word));
	for (i = 0; i < count; i++)
		if (send(from.fd, buf, f.len, 0) != (ssize_t)f.len)
			err(1, "send");
	collect(wait);
	report(count);
	return 0;
}
