// SPDX-License-Identifier: GPL-2.0
/*
 * aclcheck run SEED FRAMES INGRESS EGRESS SENDER RECEIVER
 *
 * Send FRAMES frames at SENDER's device, and look at what RECEIVER's device gets: those
 * that the model lets pass, as they were, and no others. INGRESS and EGRESS are how
 * many rules of SEED the sender's port and the receiver's have; "-" is no profile.
 * Prints what each rule has to have counted: "counter DIRECTION INDEX FRAMES BYTES
 * BYTES", where bytes are without and with tags that a device takes out of frames, and
 * a line of sums. Status 1 if anything else arrived, or something didn't.
 */
#include "frame.h"

#include <poll.h>

#include "aclcheck.h"

/* Frames between two looks at the receiver, and ms of silence that end it. */
#define BATCH	32
#define SILENCE	300

/* Of what is wrong, only so much is told. */
#define TOLD	5

struct direction {
	const char *name;
	struct model_set *set;
	u8 *counted;
	u32 *frames;
	u64 *low;
	u64 *high;
};

struct run {
	struct acl_random random;
	struct direction in;
	struct direction out;
	struct endpoint sender;
	struct endpoint receiver;
	u64 *wanted;
	u32 n_wanted;
	u64 *got;
	u32 n_got;
	u32 max;
	u32 sent;
	u32 malformed;
	u32 decided;
};

/* Of FNV-1a; of so few frames no two will have the same. */
static u64 hash_of(const u8 *data, u32 len)
{
	u64 hash = 0xcbf29ce484222325ULL;

	while (len--)
		hash = (hash ^ *data++) * 0x100000001b3ULL;
	return hash;
}

static void put_hex(const u8 *data, u32 len)
{
	while (len--)
		fprintf(stderr, "%02x", *data++);
	fputc('\n', stderr);
}

static bool begins_with_tag(const u8 *data)
{
	u16 type = get16(data + 12);

	return type == MODEL_TYPE_VLAN || type == MODEL_TYPE_SVLAN;
}

static void direction_init(struct direction *direction, const char *name, u32 which, u64 seed,
			   const char *word)
{
	u32 n = strcmp(word, "-") ? aclcheck_number(word) : 0;

	direction->name = name;
	if (!strcmp(word, "-"))
		return;
	direction->set = aclcheck_set(seed, n, ACL_USE_SWITCH, which);
	direction->counted = aclcheck_alloc(n + 1, 1);
	direction->frames = aclcheck_alloc(n + 1, sizeof(u32));
	direction->low = aclcheck_alloc(n + 1, sizeof(u64));
	direction->high = aclcheck_alloc(n + 1, sizeof(u64));
}

/* Does the frame pass what the model has for this direction? */
static bool passes(struct run *run, struct direction *direction, const struct model_frame *frame)
{
	struct model_outcome outcome;
	u32 i;

	if (!direction->set)
		return true;
	model_judge(direction->set, frame, false, 0, &outcome, direction->counted);
	run->malformed += outcome.rule == MODEL_MALFORMED;
	run->decided += outcome.rule >= 0;
	for (i = 0; i < direction->set->n; i++) {
		if (!direction->counted[i])
			continue;
		direction->frames[i]++;
		direction->low[i] += frame->len - (begins_with_tag(frame->data) ? 4 : 0);
		direction->high[i] += frame->len;
	}
	return outcome.verdict == CVSWITCH_VERDICT_ACCEPT ||
	       outcome.verdict == CVSWITCH_VERDICT_NEXT;
}

/* Half a tag is lost before anything else looks at the frame. */
static bool is_lost(const struct model_frame *frame)
{
	return begins_with_tag(frame->data) && frame->len < 20;
}

static void send_one(struct run *run)
{
	const struct model_set *aim = run->in.set;
	struct model_frame frame;
	u8 data[ACL_FRAME_MAX];

	if (!aim || (run->out.set && acl_random_one_in(&run->random, 3)))
		aim = run->out.set;
	do {
		acl_random_frame(&run->random, aim, data, &frame);
	} while (is_lost(&frame));
	while (send(run->sender.fd, data, frame.len, 0) < 0) {
		if (errno != ENOBUFS && errno != EAGAIN)
			err(2, "send of %u bytes", frame.len);
		usleep(1000);
	}
	run->sent++;
	if (passes(run, &run->in, &frame) && passes(run, &run->out, &frame))
		run->wanted[run->n_wanted++] = hash_of(data, frame.len);
}

/* Put a tag that a device took out back to where it was. */
static u32 put_tag_back(struct msghdr *msg, u8 *data, u32 len)
{
	struct tpacket_auxdata aux;
	struct cmsghdr *c;

	for (c = CMSG_FIRSTHDR(msg); c; c = CMSG_NXTHDR(msg, c)) {
		if (c->cmsg_level != SOL_PACKET || c->cmsg_type != PACKET_AUXDATA)
			continue;
		memcpy(&aux, CMSG_DATA(c), sizeof(aux));
		if (!(aux.tp_status & TP_STATUS_VLAN_VALID))
			continue;
		memmove(data + 16, data + 12, len - 12);
		put16(data + 12, aux.tp_status & TP_STATUS_VLAN_TPID_VALID ?
		      aux.tp_vlan_tpid : ETH_P_8021Q);
		put16(data + 14, aux.tp_vlan_tci);
		return len + 4;
	}
	return len;
}

/* Return: false if there is nothing to receive. */
static bool receive_one(struct run *run)
{
	u8 data[2 * ACL_FRAME_MAX];
	char control[256];
	struct iovec iov = { data, sizeof(data) - 4 };
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control),
	};
	ssize_t len = recvmsg(run->receiver.fd, &msg, MSG_DONTWAIT);

	if (len < 0)
		return false;
	/* Only what comes from the sender's stations. */
	if (len < ETH_HLEN || data[6] != 0x02 || (data[10] & 0xf) != 1)
		return true;
	if (run->n_got == run->max)
		errx(1, "more than %u frames arrived", run->max);
	run->got[run->n_got++] = hash_of(data, put_tag_back(&msg, data, len));
	return true;
}

static void receive_all(struct run *run, int silence)
{
	struct pollfd pfd = { .fd = run->receiver.fd, .events = POLLIN };

	while (poll(&pfd, 1, silence) > 0)
		while (receive_one(run))
			;
}

static int compare(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return x < y ? -1 : x > y;
}

/* Send the same again, without sending it, until there is one of this hash. */
static void tell_frame(struct run *run, u64 seed, u64 hash, const char *what)
{
	struct run again = *run;
	struct model_frame frame;
	u8 data[ACL_FRAME_MAX];
	u32 i;

	acl_random_init(&again.random, seed * 8, ACL_USE_SWITCH);
	for (i = 0; i < run->sent; i++) {
		const struct model_set *aim = run->in.set;

		if (!aim || (run->out.set && acl_random_one_in(&again.random, 3)))
			aim = run->out.set;
		do {
			acl_random_frame(&again.random, aim, data, &frame);
		} while (is_lost(&frame));
		if (hash_of(data, frame.len) == hash) {
			fprintf(stderr, "%s: frame %u: ", what, i);
			put_hex(data, frame.len);
			return;
		}
	}
	fprintf(stderr, "%s: a frame that was not sent\n", what);
}

/* Return: how many frames are among one, but not among the other. */
static u32 differences(struct run *run, u64 seed)
{
	u32 i = 0, k = 0, n = 0;

	qsort(run->wanted, run->n_wanted, sizeof(u64), compare);
	qsort(run->got, run->n_got, sizeof(u64), compare);
	while (i < run->n_wanted || k < run->n_got) {
		if (i < run->n_wanted && k < run->n_got && run->wanted[i] == run->got[k]) {
			i++;
			k++;
		} else if (k == run->n_got ||
			   (i < run->n_wanted && run->wanted[i] < run->got[k])) {
			if (n++ < TOLD)
				tell_frame(run, seed, run->wanted[i], "missing");
			i++;
		} else {
			if (n++ < TOLD)
				tell_frame(run, seed, run->got[k], "not to pass");
			k++;
		}
	}
	return n;
}

static void print_counters(const struct direction *direction)
{
	u32 i;

	for (i = 0; direction->set && i < direction->set->n; i++)
		printf("counter %s %u %u %llu %llu\n", direction->name, i + 1,
		       direction->frames[i], (unsigned long long)direction->low[i],
		       (unsigned long long)direction->high[i]);
}

int aclcheck_run(int argc, char **argv)
{
	struct run run = {};
	u32 i, wrong;
	u64 seed;

	if (argc != 6)
		errx(2, "usage: aclcheck run SEED FRAMES INGRESS EGRESS SENDER RECEIVER");
	seed = aclcheck_number(argv[0]);
	run.max = aclcheck_number(argv[1]);
	direction_init(&run.in, "ingress", CVSWITCH_DIRECTION_INGRESS, seed, argv[2]);
	direction_init(&run.out, "egress", CVSWITCH_DIRECTION_EGRESS, seed, argv[3]);
	if (!run.in.set && !run.out.set)
		errx(2, "nothing to check");
	run.sender = open_endpoint(argv[4], false);
	run.receiver = open_endpoint(argv[5], true);
	run.wanted = aclcheck_alloc(run.max, sizeof(u64));
	run.got = aclcheck_alloc(run.max, sizeof(u64));
	acl_random_init(&run.random, seed * 8, ACL_USE_SWITCH);
	for (i = 0; i < run.max; i++) {
		send_one(&run);
		if (i % BATCH == BATCH - 1)
			receive_all(&run, 0);
	}
	receive_all(&run, SILENCE);
	wrong = differences(&run, seed);
	print_counters(&run.in);
	print_counters(&run.out);
	printf("sent=%u passed=%u received=%u malformed=%u decided=%u wrong=%u\n", run.sent,
	       run.n_wanted, run.n_got, run.malformed, run.decided, wrong);
	return wrong != 0;
}
