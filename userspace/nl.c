// SPDX-License-Identifier: GPL-2.0
#include "nl.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/cvswitch.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>

#include "bulk.h"
#include "module.h"
#include "say.h"
#include "util.h"

#define DUMP_TRIES	5
#define REQUEST_BUFFER	(64 * 1024)		/* a dump comes in messages of 32 KiB */
#define EVENT_BUFFER	(4 * 1024 * 1024)
#define SEND_BUFFER	(32 * 1024)		/* what libnl asks for, before it is doubled */
#define SEND_OVERHEAD	256
#define ERRNO_MAX	4095			/* the kernel's own limit */

static struct nl_sock *requests, *events;
static int family;

static const struct attr ext_ack_attr[] = {
	[NLMSGERR_ATTR_MSG] = { .name = "message", .type = ATTR_STRING },
	[NLMSGERR_ATTR_OFFS] = { .name = "offset", .type = ATTR_U32 },
	[NLMSGERR_ATTR_MISS_TYPE] = { .name = "missing type", .type = ATTR_U32 },
};

static const struct attr_set ext_ack_attrs = {
	"extended ACK", ext_ack_attr, ARRAY_SIZE(ext_ack_attr),
};

/* One request under way. */
struct exchange {
	const struct req *req;
	struct reply *reply;
	struct table *table;
	bool pending;
	bool interrupted;	/* the dump is not of one moment */
	struct refusal no;
};

static void read_ext_ack(struct exchange *ex, const void *tlvs, size_t len)
{
	const size_t head = NLMSG_HDRLEN + GENL_HDRLEN;
	struct obj ack;
	uint32_t id;

	obj_parse(&ack, &ext_ack_attrs, tlvs, len);
	snprintf(ex->no.why, sizeof(ex->no.why), "%s", obj_str(&ack, NLMSGERR_ATTR_MSG));
	if (obj_has(&ack, NLMSGERR_ATTR_OFFS)) {
		ex->no.offset = obj_u32(&ack, NLMSGERR_ATTR_OFFS) - head;
		ex->no.at = req_attr_name(ex->req, ex->no.offset);
	}
	id = obj_u32(&ack, NLMSGERR_ATTR_MISS_TYPE);
	if (id && id < ex->req->set->count && !*ex->no.why)
		snprintf(ex->no.why, sizeof(ex->no.why), "The attribute %s is missing",
			 ex->req->set->attr[id].name);
}

/* The kernel's word for success or failure: 0 or -errno. */
static int reported(int error)
{
	return error <= 0 && error >= -ERRNO_MAX ? error : -EPROTO;
}

static int on_error(struct sockaddr_nl *from, struct nlmsgerr *error, void *arg)
{
	const struct nlmsghdr *hdr = (const struct nlmsghdr *)error - 1;
	size_t len = NLMSG_HDRLEN + sizeof(*error);
	struct exchange *ex = arg;

	(void)from;
	ex->pending = false;
	ex->no.err = reported(error->error);
	/* libnl 3.7 doesn't know extended ACKs. The request is echoed before them, or cut off. */
	if (!(hdr->nlmsg_flags & NLM_F_CAPPED))
		len += NLMSG_ALIGN(error->msg.nlmsg_len) - sizeof(error->msg);
	if ((hdr->nlmsg_flags & NLM_F_ACK_TLVS) && len < hdr->nlmsg_len)
		read_ext_ack(ex, (const char *)hdr + len, hdr->nlmsg_len - len);
	return NL_STOP;
}

static int on_ack(struct nl_msg *msg, void *arg)
{
	struct exchange *ex = arg;

	(void)msg;
	ex->pending = false;
	return NL_STOP;
}

static int on_finish(struct nl_msg *msg, void *arg)
{
	const struct nlmsghdr *hdr = nlmsg_hdr(msg);
	struct exchange *ex = arg;
	int err;

	ex->pending = false;
	if (hdr->nlmsg_len < NLMSG_LENGTH(sizeof(err)))
		return NL_STOP;
	memcpy(&err, nlmsg_data(hdr), sizeof(err));
	ex->no.err = reported(err);
	if (ex->no.err < 0 && (hdr->nlmsg_flags & NLM_F_ACK_TLVS))
		read_ext_ack(ex, (const char *)hdr + NLMSG_SPACE(sizeof(err)),
			     hdr->nlmsg_len - NLMSG_SPACE(sizeof(err)));
	return NL_STOP;
}

static int on_interrupt(struct nl_msg *msg, void *arg)
{
	struct exchange *ex = arg;

	(void)msg;
	ex->interrupted = true;
	return NL_OK;
}

static int on_valid(struct nl_msg *msg, void *arg)
{
	const struct genlmsghdr *genl = genlmsg_hdr(nlmsg_hdr(msg));
	const void *attrs = genlmsg_attrdata(genl, 0);
	size_t len = genlmsg_attrlen(genl, 0);
	struct exchange *ex = arg;

	if (!genlmsg_valid_hdr(nlmsg_hdr(msg), 0))
		return NL_SKIP;
	if (ex->table && table_add(ex->table, attrs, len))
		ex->no.err = -ENOMEM;
	if (ex->reply && len > sizeof(ex->reply->buf)) {
		ex->no.err = -EMSGSIZE;
	} else if (ex->reply) {
		memcpy(ex->reply->buf, attrs, len);
		obj_parse(&ex->reply->obj, ex->req->set, ex->reply->buf, len);
	}
	return NL_OK;
}

/* The kernel takes no message that is longer than its sender's buffer, which it doubles. */
static void make_room(size_t len)
{
	const int size = len < INT_MAX / 2 ? len : INT_MAX / 2;
	const int fd = nl_socket_get_fd(requests);

	if (len > SEND_BUFFER &&
	    setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size)))
		setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
}

static int send_request(const struct req *req, int flags)
{
	const size_t more = req->bulk ? req->bulk->len : 0;
	const size_t len = req->len + more + SEND_OVERHEAD;
	struct nl_msg *msg = nlmsg_alloc_size(len);
	int err = -NLE_NOMEM;
	char *attrs;

	if (msg && genlmsg_put(msg, NL_AUTO_PORT, NL_AUTO_SEQ, family, 0, flags, req->cmd,
			       CVSWITCH_GENL_VERSION)) {
		attrs = nlmsg_reserve(msg, req->len + more, NLMSG_ALIGNTO);
		if (attrs) {
			memcpy(attrs, req->buf, req->len);
			if (more)
				memcpy(attrs + req->len, req->bulk->buf, more);
			make_room(len);
			err = nl_send_auto(requests, msg);
		}
	}
	nlmsg_free(msg);
	if (err == -NLE_MSGSIZE)
		return -EMSGSIZE;
	return err < 0 ? -EIO : 0;
}

/* The request was sent, but there is no knowing what the kernel said. */
static void unanswered(struct exchange *ex, int err)
{
	bool lost = err == -NLE_NOMEM;	/* libnl's word for ENOBUFS */

	snprintf(ex->no.why, sizeof(ex->no.why), "%s", lost ?
		 "The kernel had no memory for its answer, look whether it was done" :
		 nl_geterror(err));
	ex->no.err = lost ? -ENOBUFS : -EIO;
}

static void exchange(struct exchange *ex, int flags)
{
	struct nl_cb *cb = nl_cb_alloc(NL_CB_DEFAULT);

	/* An object that is not sent has no attributes. */
	if (ex->reply)
		obj_parse(&ex->reply->obj, ex->req->set, ex->reply->buf, 0);
	ex->pending = true;
	ex->no = (struct refusal){ .offset = SIZE_MAX };
	ex->no.err = cb ? send_request(ex->req, flags) : -ENOMEM;
	if (ex->no.err == -EMSGSIZE)
		snprintf(ex->no.why, sizeof(ex->no.why), "%s",
			 "It is more than one may send at once here; see net.core.wmem_max");
	if (!ex->no.err) {
		nl_cb_err(cb, NL_CB_CUSTOM, on_error, ex);
		nl_cb_set(cb, NL_CB_ACK, NL_CB_CUSTOM, on_ack, ex);
		nl_cb_set(cb, NL_CB_FINISH, NL_CB_CUSTOM, on_finish, ex);
		nl_cb_set(cb, NL_CB_VALID, NL_CB_CUSTOM, on_valid, ex);
		nl_cb_set(cb, NL_CB_DUMP_INTR, NL_CB_CUSTOM, on_interrupt, ex);
		while (ex->pending && !ex->no.err) {
			int err = nl_recvmsgs(requests, cb);

			/* An error that on_error() has seen is returned once more. */
			if (err < 0 && ex->pending)
				unanswered(ex, err);
		}
	}
	nl_cb_put(cb);
}

char *cvs_nl_sentence(char *buf, size_t size, const struct refusal *refusal, bool at)
{
	const char *name = strerrorname_np(-refusal->err);
	const char *why = refusal->why;
	bool name_it;

	if (!*why && refusal->err == -EPERM)
		why = "Operation not permitted; it needs CAP_NET_ADMIN in this network namespace";
	else if (!*why)
		why = strerror(-refusal->err);
	/* The module's own sentences say which attribute they mean, netlink's don't. */
	name_it = at && refusal->at && (islower((unsigned char)*why) || strstr(why, "ttribute"));
	snprintf(buf, size, "%s (%s%s%s)", why, name ? name : "unknown error",
		 name_it ? ", at " : "", name_it ? refusal->at : "");
	return buf;
}

static int refused(const struct exchange *ex, const char *fmt, va_list ap)
{
	char about[256], sentence[512];

	vsnprintf(about, sizeof(about), fmt, ap);
	complain("%s: %s", about, cvs_nl_sentence(sentence, sizeof(sentence), &ex->no, true));
	return EXIT_REFUSED;
}

int cvs_nl_ask(const struct req *req, struct reply *reply, struct refusal *refusal)
{
	struct exchange ex = { .req = req, .reply = reply };
	int status;

	refusal->err = 0;
	status = cvs_nl_open();
	if (status)
		return status;
	exchange(&ex, NLM_F_REQUEST | NLM_F_ACK | req->flags);
	*refusal = ex.no;
	return ex.no.err ? EXIT_REFUSED : EXIT_DONE;
}

int cvs_nl_try(const struct req *req, struct reply *reply)
{
	struct exchange ex = { .req = req, .reply = reply };

	if (cvs_nl_open())
		return -ENOTCONN;
	exchange(&ex, NLM_F_REQUEST | NLM_F_ACK | req->flags);
	return ex.no.err;
}

int cvs_nl_do(const struct req *req, struct reply *reply, const char *fmt, ...)
{
	struct exchange ex = { .req = req, .reply = reply };
	va_list ap;
	int status;

	status = cvs_nl_open();
	if (status)
		return status;
	exchange(&ex, NLM_F_REQUEST | NLM_F_ACK | req->flags);
	if (!ex.no.err)
		return EXIT_DONE;
	va_start(ap, fmt);
	status = refused(&ex, fmt, ap);
	va_end(ap);
	return status;
}

int cvs_nl_dump(const struct req *req, struct table *table, const char *fmt, ...)
{
	struct exchange ex = { .req = req, .table = table };
	const size_t count = table->count, len = table->len;
	int status, tries;
	va_list ap;

	status = cvs_nl_open();
	if (status)
		return status;
	for (tries = 0; tries < DUMP_TRIES; tries++) {
		ex.interrupted = false;
		exchange(&ex, NLM_F_REQUEST | NLM_F_ACK | NLM_F_DUMP | req->flags);
		if (ex.no.err || !ex.interrupted)
			break;
		if (tries < DUMP_TRIES - 1) {
			table->count = count;
			table->len = len;
		}
	}
	va_start(ap, fmt);
	if (ex.no.err)
		status = refused(&ex, fmt, ap);
	va_end(ap);
	if (!ex.no.err && ex.interrupted)
		complain("warning: the table changed all %d times it was read; %s", DUMP_TRIES,
			 "some of what is shown may be old, missing or there twice");
	return status;
}

static struct nl_sock *connect_socket(const int buffer)
{
	struct nl_sock *sk = nl_socket_alloc();
	const int on = 1;

	if (!sk || genl_connect(sk)) {
		complain_errno(errno, "can't open a netlink socket");
		nl_socket_free(sk);
		return NULL;
	}
	nl_socket_set_msg_buf_size(sk, REQUEST_BUFFER);
	/* Beyond the usual limit where that is allowed. */
	nl_socket_set_buffer_size(sk, buffer, 0);
	setsockopt(nl_socket_get_fd(sk), SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof(buffer));
	setsockopt(nl_socket_get_fd(sk), SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
	setsockopt(nl_socket_get_fd(sk), SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on));
	return sk;
}

int cvs_nl_connect(char *why, size_t size)
{
	*why = '\0';
	if (requests)
		return EXIT_DONE;
	requests = connect_socket(REQUEST_BUFFER);
	if (!requests)
		return EXIT_REFUSED;
	/* Asking makes the kernel load the module, where the caller may do that. */
	family = genl_ctrl_resolve(requests, CVSWITCH_GENL_NAME);
	if (family < 0 && module_load(why, size))
		family = genl_ctrl_resolve(requests, CVSWITCH_GENL_NAME);
	if (family >= 0 && module_fits("", why, size))
		return EXIT_DONE;
	cvs_nl_close();
	return EXIT_REFUSED;
}

int cvs_nl_open(void)
{
	char why[MODULE_WHY_MAX];
	int status = cvs_nl_connect(why, sizeof(why));

	if (*why && status)
		complain("%s", why);
	return status;
}

void cvs_nl_close(void)
{
	nl_socket_free(requests);
	nl_socket_free(events);
	requests = NULL;
	events = NULL;
}

int cvs_nl_join(const char *group)
{
	int id, err;

	if (cvs_nl_open())
		return EXIT_REFUSED;
	if (!events) {
		events = connect_socket(EVENT_BUFFER);
		if (!events)
			return EXIT_REFUSED;
		nl_socket_disable_seq_check(events);
	}
	id = genl_ctrl_resolve_grp(requests, CVSWITCH_GENL_NAME, group);
	err = id < 0 ? id : nl_socket_add_membership(events, id);
	if (err < 0) {
		complain("monitor %s: %s", group, nl_geterror(err));
		return EXIT_REFUSED;
	}
	return EXIT_DONE;
}

static int on_event(struct nl_msg *msg, void *arg)
{
	const struct genlmsghdr *genl = genlmsg_hdr(nlmsg_hdr(msg));
	const struct listener *listener = arg;

	if (!genlmsg_valid_hdr(nlmsg_hdr(msg), 0))
		return NL_SKIP;
	listener->event(genl->cmd, genlmsg_attrdata(genl, 0), genlmsg_attrlen(genl, 0));
	return NL_OK;
}

int cvs_nl_listen(const struct listener *listener)
{
	int err;

	nl_socket_modify_cb(events, NL_CB_VALID, NL_CB_CUSTOM, on_event, (void *)listener);
	/* Until whoever reads it is gone: main() says so. */
	while (say_flush()) {
		err = nl_recvmsgs_default(events);
		if (err == -NLE_NOMEM) {	/* libnl's word for ENOBUFS */
			listener->lost();
		} else if (err < 0 && err != -NLE_INTR) {
			complain("monitor: %s", nl_geterror(err));
			break;
		}
	}
	return EXIT_REFUSED;
}
