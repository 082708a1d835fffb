// SPDX-License-Identifier: GPL-2.0
/*
 * nlfuzz: netlink messages, right and wrong, for the module: all requests of the family, and those
 * of rtnetlink that end in the module.
 *
 * nlfuzz [OPTION...]
 * nlfuzz --replay FILE...
 *
 *	--seed N	where the messages come from; the same seed, the same messages
 *	--count N	datagrams to send at least
 *	--seconds N	how long to send at least
 *	--round N	begin with this round
 *	--threads N	who send at the same time (default 1)
 *	--traffic	containers send frames meanwhile
 *	--log FILE	write each datagram to FILE before it is sent
 *	--print		print the datagrams, send nothing
 *
 * A round is 500 datagrams in namespaces of its own, and begins with the same devices (world.h);
 * it depends on the seed and its number, and not on the rounds before. What is judged is said in
 * talk.h; besides, in a round of one thread without traffic, a request that was refused has
 * changed nothing, which is looked into now and then.
 *
 * Prints how many requests of each kind were accepted and refused. A run goes on, four times as long
 * if need be, until every kind was accepted once. Exit status 1: something was wrong with an answer,
 * or a kind of request was never accepted, so that it was not tested.
 */
#include <getopt.h>
#include <pthread.h>

#include "ask.h"
#include "message.h"
#include "objects.h"
#include "spec.h"
#include "talk.h"
#include "traffic.h"
#include "world.h"

#define ROUND		500
#define MEND		50	/* datagrams until the world is mended */
#define STATE		2	/* of so many requests one is looked into */
#define THREADS_MAX	8
#define FAILURES_MAX	10
#define ERRNOS		134

static struct {
	uint64_t seed, count;
	unsigned int seconds, round, threads;
	bool traffic, print, replay;
	FILE *log;
} options = { .threads = 1 };

static struct count {
	uint64_t outcome[3], error[ERRNOS];
} counts[ARRAY_LEN(kinds)];

static uint64_t datagrams, answers, notifications, looked_into, frames;
static unsigned int failures;
static pthread_mutex_t totals = PTHREAD_MUTEX_INITIALIZER;

/* One of those who send. */
struct sender {
	pthread_t thread;
	unsigned int number, round, sent;
	const struct world *world;
	uint64_t rng;
	struct talker talker;
	struct message message;
};

static void report(struct sender *s, const char *what)
{
	pthread_mutex_lock(&totals);
	failures++;
	printf("FAIL round %u, sender %u, datagram %u: %s\n", s->round, s->number, s->sent, what);
	message_print(&s->message, stdout);
	pthread_mutex_unlock(&totals);
	*s->talker.why = '\0';
}

static void account(const struct message *m, enum outcome outcome, int error)
{
	struct count *count = &counts[m->kind];

	pthread_mutex_lock(&totals);
	datagrams++;
	count->outcome[outcome]++;
	if (outcome == REFUSED)
		count->error[error < ERRNOS ? error : 0]++;
	pthread_mutex_unlock(&totals);
}

/* Sends what the sender holds. */
static void send_one(struct sender *s)
{
	const bool look = options.threads == 1 && !options.traffic && s->message.genl &&
			  kinds[s->message.kind].changes && s->sent % STATE == 0;
	uint64_t before = look ? ask_state(&s->talker) : 0;
	enum outcome outcome;
	int error;

	if (options.log)
		message_print(&s->message, options.log);
	outcome = talker_send(&s->talker, &s->message, &error);
	talker_listen(&s->talker);
	account(&s->message, outcome, error);
	/* Of several requests in one datagram, others may have been accepted. */
	if (look && outcome == REFUSED && !s->message.start) {
		looked_into++;
		if (ask_state(&s->talker) != before)
			report(s, "a request that was refused has changed something");
	}
	if (*s->talker.why)
		report(s, s->talker.why);
}

static void *send_all(void *arg)
{
	struct sender *s = arg;
	const unsigned int share = ROUND / options.threads;

	for (s->sent = 0; s->sent < share && failures < FAILURES_MAX; s->sent++) {
		message_make(&s->message, &s->rng);
		if (options.print) {
			message_print(&s->message, stdout);
			continue;
		}
		if (s->number == 0 && s->sent && s->sent % MEND == 0) {
			world_mend(s->world);
			objects_mend(&s->talker);
		}
		send_one(s);
	}
	return NULL;
}

static void end_senders(struct sender *senders)
{
	unsigned int i;

	ask_alive(&senders[0].talker);
	if (*senders[0].talker.why)
		report(&senders[0], senders[0].talker.why);
	for (i = 0; i < options.threads; i++) {
		answers += senders[i].talker.answers;
		notifications += senders[i].talker.notifications;
		talker_close(&senders[i].talker);
	}
}

static void run_round(struct sender *senders, unsigned int round)
{
	struct world world;
	unsigned int i;

	if (!options.print)
		world_enter(&world);
	for (i = 0; i < options.threads; i++) {
		senders[i].number = i;
		senders[i].round = round;
		senders[i].world = &world;
		senders[i].rng = rnd_seed((options.seed * 1000003 + round) * THREADS_MAX + i);
		if (!options.print)
			talker_open(&senders[i].talker, i == 0);
	}
	if (!options.print)
		objects_mend(&senders[0].talker);
	if (options.traffic)
		traffic_start(world.containers, options.seed + round);
	for (i = 1; i < options.threads; i++)
		if (pthread_create(&senders[i].thread, NULL, send_all, &senders[i]))
			errx(2, "pthread_create");
	send_all(&senders[0]);
	for (i = 1; i < options.threads; i++)
		pthread_join(senders[i].thread, NULL);
	if (options.traffic)
		frames += traffic_stop();
	if (options.print)
		return;
	end_senders(senders);
	world_leave(&world);
}

static void replay(struct sender *s, const char *name)
{
	FILE *file = fopen(name, "re");
	struct world world;
	char *line = NULL;
	size_t size = 0;

	if (!file)
		err(2, "%s", name);
	world_enter(&world);
	s->world = &world;
	talker_open(&s->talker, true);
	objects_mend(&s->talker);
	while (getline(&line, &size, file) >= 0) {
		if (*line == '#' || *line == '\n')
			continue;
		if (!message_parse(&s->message, line))
			errx(2, "%s: not a datagram: %.40s", name, line);
		s->sent++;
		send_one(s);
	}
	end_senders(s);
	world_leave(&world);
	free(line);
	fclose(file);
}

/* The errnos of a kind's refusals, most frequent first. */
static void print_errors(const struct count *count)
{
	uint64_t most, last = UINT64_MAX;
	unsigned int i, shown;

	for (shown = 0; shown < 6; ) {
		most = 0;
		for (i = 0; i < ERRNOS; i++)
			if (count->error[i] < last && count->error[i] > most)
				most = count->error[i];
		if (!most)
			return;
		for (i = 0; i < ERRNOS; i++)
			if (count->error[i] == most && shown++ < 6)
				printf(" %s %llu", strerrorname_np(i) ?: "other",
				       (unsigned long long)most);
		last = most;
	}
}

static unsigned int never_accepted(void)
{
	unsigned int i, never = 0;

	for (i = 0; i < kind_count; i++)
		never += !counts[i].outcome[ACCEPTED];
	return never;
}

static void print_counts(void)
{
	unsigned int i;

	printf("%-22s %9s %9s %9s\n", "request", "accepted", "refused", "no answer");
	for (i = 0; i < kind_count; i++) {
		const struct count *count = &counts[i];

		printf("%-22s %9llu %9llu %9llu ", kinds[i].name,
		       (unsigned long long)count->outcome[ACCEPTED],
		       (unsigned long long)count->outcome[REFUSED],
		       (unsigned long long)count->outcome[UNANSWERED]);
		print_errors(count);
		putchar('\n');
	}
}

/* After so many rounds, and this time, is it enough? */
static bool enough(unsigned int rounds, uint64_t ms)
{
	const unsigned int times = options.print || !never_accepted() ? 1 : 4;

	return failures >= FAILURES_MAX ||
	       (ms >= times * options.seconds * 1000ull &&
		(uint64_t)rounds * ROUND >= times * options.count);
}

static int run(void)
{
	static struct sender senders[THREADS_MAX];
	const uint64_t start = now_ms();
	unsigned int rounds = 0;

	do {
		run_round(senders, options.round + rounds++);
	} while (!enough(rounds, now_ms() - start));
	if (options.print)
		return 0;
	print_counts();
	printf("seed=%llu rounds=%u datagrams=%llu answers=%llu notifications=%llu looked-into=%llu frames=%llu failures=%u never-accepted=%u\n",
	       (unsigned long long)options.seed, rounds, (unsigned long long)datagrams,
	       (unsigned long long)answers, (unsigned long long)notifications,
	       (unsigned long long)looked_into, (unsigned long long)frames, failures,
	       never_accepted());
	return failures || never_accepted();
}

static void read_options(int argc, char **argv)
{
	static const struct option words[] = {
		{ "seed", required_argument, NULL, 's' }, { "count", required_argument, NULL, 'c' },
		{ "seconds", required_argument, NULL, 't' }, { "round", required_argument, NULL, 'r' },
		{ "threads", required_argument, NULL, 'n' }, { "traffic", no_argument, NULL, 'f' },
		{ "log", required_argument, NULL, 'l' }, { "print", no_argument, NULL, 'p' },
		{ "replay", no_argument, NULL, 'R' }, { NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", words, NULL)) != -1) {
		switch (option) {
		case 's': options.seed = strtoull(optarg, NULL, 0); break;
		case 'c': options.count = strtoull(optarg, NULL, 0); break;
		case 't': options.seconds = strtoul(optarg, NULL, 0); break;
		case 'r': options.round = strtoul(optarg, NULL, 0); break;
		case 'n': options.threads = strtoul(optarg, NULL, 0); break;
		case 'f': options.traffic = true; break;
		case 'l': options.log = fopen(optarg, "we"); break;
		case 'p': options.print = true; break;
		case 'R': options.replay = true; break;
		default: exit(2);
		}
		if (option == 'l' && !options.log)
			err(2, "%s", optarg);
	}
	if (options.threads < 1 || options.threads > THREADS_MAX)
		errx(2, "1 to %d threads", THREADS_MAX);
	if (options.replay != (optind < argc))
		errx(2, "files go with --replay");
}

int main(int argc, char **argv)
{
	static struct sender sender;

	read_options(argc, argv);
	kinds_init();
	if (!options.replay)
		return run();
	for (; optind < argc; optind++)
		replay(&sender, argv[optind]);
	printf("datagrams=%llu answers=%llu failures=%u\n", (unsigned long long)datagrams,
	       (unsigned long long)answers, failures);
	return failures || !datagrams;
}
