// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>
#include <linux/rtnetlink.h>

#include "cvs_fdb.h"
#include "cvs_genl.h"
#include "cvs_netdev.h"
#include "cvs_notifier.h"
#include "cvs_rtnl.h"
#include "cvs_switch.h"

#define CREATE_TRACE_POINTS
#include "cvs_tracepoint.h"

/* The family comes last and goes first: no request meets half a module. */
static int __init cvs_init(void)
{
	int err;

	err = cvs_fdb_cache_init();
	if (err)
		return err;
	err = cvs_net_init();
	if (err)
		goto err_cache;
	err = cvs_notifier_init();
	if (err)
		goto err_net;
	err = rtnl_link_register(&cvs_link_ops);
	if (err)
		goto err_notifier;
	err = cvs_genl_init();
	if (err)
		goto err_link;
	return 0;

err_link:
	rtnl_link_unregister(&cvs_link_ops);
err_notifier:
	cvs_notifier_exit();
err_net:
	cvs_net_exit();
err_cache:
	cvs_fdb_cache_exit();
	return err;
}

static void __exit cvs_exit(void)
{
	cvs_genl_exit();
	/* Deletes all switches, and with them all ports. */
	rtnl_link_unregister(&cvs_link_ops);
	cvs_notifier_exit();
	cvs_net_exit();
	cvs_fdb_cache_exit();
}

module_init(cvs_init);
module_exit(cvs_exit);

MODULE_DESCRIPTION("Container switch");
MODULE_LICENSE("GPL");
MODULE_VERSION(CVS_VERSION);
MODULE_ALIAS_RTNL_LINK("cvswitch");
MODULE_ALIAS_GENL_FAMILY(CVSWITCH_GENL_NAME);
