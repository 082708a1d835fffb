// SPDX-License-Identifier: GPL-2.0
#include "rtnl.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

#include <netlink/msg.h>
#include <netlink/netlink.h>

#define BUFFER	(64 * 1024)	/* a dump comes in messages of 32 KiB */

static struct nl_sock *sock;

struct question {
	rtnl_fn fn;
	void *arg;
	bool pending;
	int err;
};

static int on_valid(struct nl_msg *msg, void *arg)
{
	struct question *question = arg;

	question->fn(nlmsg_hdr(msg), question->arg);
	return NL_OK;
}

static int on_end(struct nl_msg *msg, void *arg)
{
	struct question *question = arg;

	(void)msg;
	question->pending = false;
	return NL_STOP;
}

static int on_error(struct sockaddr_nl *from, struct nlmsgerr *error, void *arg)
{
	struct question *question = arg;

	(void)from;
	question->pending = false;
	question->err = error->error < 0 ? error->error : -EPROTO;
	return NL_STOP;
}

static int open_socket(void)
{
	const int on = 1;

	if (sock)
		return 0;
	sock = nl_socket_alloc();
	if (!sock || nl_connect(sock, NETLINK_ROUTE)) {
		rtnl_close();
		return -EIO;
	}
	nl_socket_set_msg_buf_size(sock, BUFFER);
	setsockopt(nl_socket_get_fd(sock), SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, sizeof(on));
	return 0;
}

static int send_question(uint16_t type, uint16_t flags, const void *body, size_t len)
{
	struct nl_msg *msg = nlmsg_alloc_simple(type, NLM_F_REQUEST | NLM_F_ACK | flags);
	int err = -1;

	if (msg && !nlmsg_append(msg, (void *)body, len, NLMSG_ALIGNTO))
		err = nl_send_auto(sock, msg);
	nlmsg_free(msg);
	return err < 0 ? -EIO : 0;
}

int rtnl_ask(uint16_t type, uint16_t flags, const void *body, size_t len, rtnl_fn fn, void *arg)
{
	struct question question = { .fn = fn, .arg = arg, .pending = true };
	struct nl_cb *cb = nl_cb_alloc(NL_CB_DEFAULT);

	question.err = cb ? open_socket() : -ENOMEM;
	if (!question.err)
		question.err = send_question(type, flags, body, len);
	if (!question.err) {
		nl_cb_err(cb, NL_CB_CUSTOM, on_error, &question);
		nl_cb_set(cb, NL_CB_ACK, NL_CB_CUSTOM, on_end, &question);
		nl_cb_set(cb, NL_CB_FINISH, NL_CB_CUSTOM, on_end, &question);
		nl_cb_set(cb, NL_CB_VALID, NL_CB_CUSTOM, on_valid, &question);
		while (question.pending && !question.err) {
			if (nl_recvmsgs(sock, cb) < 0 && question.pending)
				question.err = -EIO;
		}
	}
	nl_cb_put(cb);
	/* What is left of the answer must not be taken for the next one's. */
	if (question.err == -EIO)
		rtnl_close();
	return question.err;
}

void rtnl_close(void)
{
	nl_socket_free(sock);
	sock = NULL;
}
