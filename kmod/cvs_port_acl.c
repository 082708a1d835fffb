// SPDX-License-Identifier: GPL-2.0
#include "cvs_port_acl.h"

#include <linux/err.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

#include "cvs_port.h"
#include "cvs_profile.h"
#include "cvs_switch.h"

/* Of a port without profiles in a closed switch. */
static const struct cvs_port_acl closed;

/* Context: RTNL or RCU. Return: the port's profile of a tier, or NULL. */
struct cvs_profile *cvs_port_profile(const struct cvs_port *port, enum cvswitch_tier tier)
{
	const struct cvs_port_acl *acl = rcu_dereference_rtnl(port->acl);

	return acl ? acl->profiles[tier] : NULL;
}

/**
 * cvs_port_acl_alloc() - prepare to give a port profiles
 * @profiles: by tier, or NULL
 *
 * Context: may sleep.
 * Return: what cvs_port_acl_set() takes, which is NULL if there are none; or
 * -ENOMEM.
 */
struct cvs_port_acl *cvs_port_acl_alloc(struct cvs_profile *const profiles[CVS_TIERS])
{
	struct cvs_port_acl *acl;
	int i, n = 0;

	for (i = 0; i < CVS_TIERS && !profiles[i]; i++)
		;
	if (i == CVS_TIERS)
		return NULL;
	acl = kzalloc(sizeof(*acl), GFP_KERNEL_ACCOUNT);
	if (!acl)
		return ERR_PTR(-ENOMEM);
	for (i = 0; i < CVS_TIERS; i++) {
		acl->profiles[i] = profiles[i];
		if (profiles[i])
			acl->asked[n++] = profiles[i];
	}
	return acl;
}

/* Free what was never set, or what nobody can reach any more. */
void cvs_port_acl_free(const struct cvs_port_acl *acl)
{
	if (acl != &closed)
		kfree(acl);
}

static void count(const struct cvs_port_acl *acl, int n)
{
	int i;

	for (i = 0; acl && i < CVS_TIERS; i++)
		if (acl->profiles[i])
			acl->profiles[i]->ports += n;
}

/* What stands for no profiles at a port: the host's is always open. */
static const struct cvs_port_acl *none(const struct cvs_port *port)
{
	bool open = !test_bit(CVS_SWITCH_CLOSED, &port->sw->flags) || port->dev == port->sw->dev;

	return open ? NULL : &closed;
}

/* Give a port that nobody has seen yet its profiles. Context: RTNL. */
void cvs_port_acl_init(struct cvs_port *port, struct cvs_port_acl *acl)
{
	count(acl, 1);
	RCU_INIT_POINTER(port->acl, acl ?: none(port));
}

/**
 * cvs_port_acl_set() - change a port's profiles
 * @port: the port
 * @acl: all of its profiles; the port's
 *
 * Context: RTNL.
 */
void cvs_port_acl_set(struct cvs_port *port, struct cvs_port_acl *acl)
{
	const struct cvs_port_acl *old = rtnl_dereference(port->acl);

	ASSERT_RTNL();
	count(acl, 1);
	rcu_assign_pointer(port->acl, acl ?: none(port));
	count(old, -1);
	if (old && old != &closed)
		kfree_rcu((struct cvs_port_acl *)old, rcu);
}

/* The port goes; frames that are on their way still meet its profiles. Context: RTNL. */
void cvs_port_acl_detach(struct cvs_port *port)
{
	count(rtnl_dereference(port->acl), -1);
}

/* The switch was closed or opened. Context: RTNL. */
void cvs_port_acl_update(struct cvs_port *port)
{
	const struct cvs_port_acl *acl = rtnl_dereference(port->acl);

	if (!acl || acl == &closed)
		rcu_assign_pointer(port->acl, none(port));
}
