/* SPDX-License-Identifier: GPL-2.0 */
/* The profiles that a port has. */
#ifndef CVS_PORT_ACL_H
#define CVS_PORT_ACL_H

#include <linux/cvswitch.h>
#include <linux/rcupdate.h>
#include <linux/types.h>

struct cvs_port;
struct cvs_profile;

#define CVS_TIERS		(CVSWITCH_TIER_DEFAULT + 1)

/**
 * struct cvs_port_acl - the profiles of a port, never changed once published
 * @asked: the profiles in the order in which they are asked, and NULL behind them
 * @profiles: by &enum cvswitch_tier, or NULL
 * @rcu: for freeing
 *
 * A port that has none of them has no such thing, unless its switch is closed.
 */
struct cvs_port_acl {
	struct cvs_profile *asked[CVS_TIERS + 1];
	struct cvs_profile *profiles[CVS_TIERS];
	struct rcu_head rcu;
};

struct cvs_profile *cvs_port_profile(const struct cvs_port *port, enum cvswitch_tier tier);
struct cvs_port_acl *cvs_port_acl_alloc(struct cvs_profile *const profiles[CVS_TIERS]);
void cvs_port_acl_free(const struct cvs_port_acl *acl);
void cvs_port_acl_init(struct cvs_port *port, struct cvs_port_acl *acl);
void cvs_port_acl_set(struct cvs_port *port, struct cvs_port_acl *acl);
void cvs_port_acl_detach(struct cvs_port *port);
void cvs_port_acl_update(struct cvs_port *port);

#endif /* CVS_PORT_ACL_H */
