// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>

#include <linux/cvswitch.h>

#include "filter.h"
#include "say.h"

static bool take_kind(struct args *args, struct filter *filter, const struct filter_table *table)
{
	filter->kind = args_one_of(args, table->kinds);
	return filter->kind >= 0;
}

void filter_args(struct args *args, struct filter *filter, const struct filter_table *table,
		 int take, const char *expected)
{
	*filter = (struct filter){ .kind = -1 };
	while (args_peek(args)) {
		const bool place = (take & FILTER_PORT) && !filter->port && !filter->remote.len;
		const bool kind = filter->kind < 0 && !filter->all;

		if (place && args_if(args, "port"))
			filter->port = args_device(args, "DEV");
		else if (place && args_if(args, "remote"))
			filter->remote = args_ip(args);
		else if ((take & FILTER_VLAN) && !filter->vid && args_if(args, "vlan"))
			filter->vid = args_vid(args);
		else if ((take & FILTER_ALL) && kind && args_if(args, "all"))
			filter->all = true;
		else if ((take & FILTER_STICKY) && args_if(args, "sticky"))
			filter->sticky = true;
		else if (!(take & FILTER_KIND) || !kind || !take_kind(args, filter, table))
			args_unexpected(args, expected);
	}
}

int filter_put(const struct filter *filter, const struct filter_table *table, struct req *req,
	       const char *switch_name)
{
	int status;

	status = put_device(req, table->sw, "switch", switch_name);
	if (!status && filter->port)
		status = put_port(req, table->port, switch_name, filter->port);
	if (filter->remote.len)
		req_ip(req, table->remote, &filter->remote);
	if (filter->vid)
		req_u32(req, table->vlan, filter->vid);
	if (filter->kind >= 0)
		req_u32(req, table->kind, filter->kind);
	return status;
}

int filter_check(const struct filter *filter, const struct filter_table *table,
		 const struct req *req, const struct obj *sw)
{
	struct obj obj;
	int status = EXIT_DONE;

	if (filter->port) {
		obj_parse(&obj, table->set, req->buf, req->len);
		status = check_port(switch_index(sw), obj_u32(&obj, table->port));
	}
	if (!status && filter->remote.len)
		status = check_remote(obj_str(sw, CVSWITCH_A_SWITCH_NAME), &filter->remote);
	return status;
}

static int flush_kind(const struct filter *filter, const struct filter_table *table,
		      const char *switch_name, uint64_t *count)
{
	struct reply reply;
	struct req req;
	int status;

	req_init(&req, table->flush, table->set, 0);
	status = filter_put(filter, table, &req, switch_name);
	if (!status)
		status = cvs_nl_do(&req, &reply, "switch %s", switch_name);
	if (!status)
		*count += obj_u32(&reply.obj, table->count);
	return status;
}

int filter_flush(struct args *args, const struct filter_table *table, const char *expected)
{
	const char *switch_name = args_device(args, "SWITCH");
	struct filter filter;
	uint64_t count = 0;
	int status;

	filter_args(args, &filter, table, FILTER_ANY | FILTER_ALL, expected);
	if (!args_end(args))
		return EXIT_USAGE;
	/* Without a kind the kernel removes what was learned; all is that and what was set. */
	status = flush_kind(&filter, table, switch_name, &count);
	if (!status && filter.all) {
		filter.kind = table->fixed;
		status = flush_kind(&filter, table, switch_name, &count);
	}
	if (!status)
		print_removed(switch_name, count, table->one, table->many);
	return status;
}
