/* SPDX-License-Identifier: GPL-2.0 */
/* What the rules of a port say about a frame. */
#ifndef CVS_ACL_H
#define CVS_ACL_H

#include <linux/cvswitch.h>
#include <linux/rcupdate.h>

#include "cvs_datapath.h"
#include "cvs_port.h"

int cvs_acl_admit(struct cvs_packet *pkt, const struct cvs_identity *identity,
		  const struct cvs_port_acl *acl);
int cvs_acl_release(struct cvs_packet *pkt, struct cvs_port *out,
		    const struct cvs_port_acl *acl);

/**
 * cvs_acl_ingress() - may a frame come in?
 * @pkt: the frame
 *
 * Is it from whom it says it is, and what do the rules of its port say?
 *
 * Context: RCU, BH off.
 * Return: &enum cvswitch_drop_reason, or -1 if it may.
 */
static __always_inline int cvs_acl_ingress(struct cvs_packet *pkt)
{
	const struct cvs_identity *identity = rcu_dereference(pkt->in->identity);
	const struct cvs_port_acl *acl = rcu_dereference(pkt->in->acl);

	return likely(!identity && !acl) ? -1 : cvs_acl_admit(pkt, identity, acl);
}

/**
 * cvs_acl_egress() - may a frame leave by a port, for all that its rules say?
 * @pkt: the frame
 * @out: the port
 *
 * Context: RCU, BH off.
 * Return: &enum cvswitch_drop_reason, or -1 if it may.
 */
static __always_inline int cvs_acl_egress(struct cvs_packet *pkt, struct cvs_port *out)
{
	const struct cvs_port_acl *acl = rcu_dereference(out->acl);

	return likely(!acl) ? -1 : cvs_acl_release(pkt, out, acl);
}

#endif /* CVS_ACL_H */
