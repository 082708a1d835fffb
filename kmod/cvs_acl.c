// SPDX-License-Identifier: GPL-2.0
#include "cvs_acl.h"

#include <linux/skbuff.h>

#include "cvs_event.h"
#include "cvs_identity.h"
#include "cvs_port_acl.h"
#include "cvs_profile.h"
#include "cvs_switch.h"

/* Read the frame's headers. Return: whether rules can ask about them. */
static __always_inline bool read_flow(struct cvs_packet *pkt)
{
	bool ok = cvs_flow_extract(&pkt->flow, &pkt->key, pkt->skb,
				   pkt->flags & BIT(CVS_SWITCH_VLAN_AWARE));

	pkt->flow_state = ok ? CVS_PACKET_READ : CVS_PACKET_MALFORMED;
	pkt->answered = 0;
	return ok;
}

/* As read_flow(), where somebody may have read them before. */
static __always_inline bool have_flow(struct cvs_packet *pkt)
{
	return likely(pkt->flow_state == CVS_PACKET_READ) ||
	       (pkt->flow_state == CVS_PACKET_UNREAD && read_flow(pkt));
}

/*
 * The first rule that matches. A flooded frame asks for each of its receivers, and
 * they often have the same profile.
 */
static __always_inline u32 first_rule(struct cvs_packet *pkt, const struct cvs_rule_list *list,
				      u8 tier, enum cvswitch_direction direction)
{
	struct cvs_answer *answer = &pkt->answers[tier];
	u32 at;

	if (direction == CVSWITCH_DIRECTION_INGRESS)
		return cvs_ruleset_find(list, &pkt->flow, 0);
	if (pkt->answered & BIT(tier) && answer->list == list)
		return answer->at;
	at = cvs_ruleset_find(list, &pkt->flow, 0);
	answer->list = list;
	answer->at = at;
	pkt->answered |= BIT(tier);
	return at;
}

/*
 * Ask one profile. Return: &enum cvswitch_verdict, never "continue"; @rule is the rule
 * whose it is, or NULL for the profile's default.
 */
static __always_inline u8 ask(struct cvs_packet *pkt, struct cvs_port *port,
			      const struct cvs_profile *profile,
			      enum cvswitch_direction direction,
			      const struct cvs_rule **rule)
{
	const struct cvs_rule_list *list = rcu_dereference(profile->rules)->lists[direction];
	u32 at;

	for (at = first_rule(pkt, list, profile->tier, direction); at < list->count;
	     at = cvs_ruleset_find(list, &pkt->flow, at + 1)) {
		*rule = list->rules[at];
		cvs_rule_count(*rule, pkt->skb->len + ETH_HLEN);
		if (unlikely((*rule)->log))
			cvs_event_acl(port, pkt->in, profile, *rule, pkt->skb, pkt->flow.vid);
		if (likely((*rule)->verdict != CVSWITCH_VERDICT_CONTINUE))
			return (*rule)->verdict;
	}
	*rule = NULL;
	return READ_ONCE(profile->defaults[direction]);
}

static enum cvswitch_drop_reason drop_reason(const struct cvs_rule *rule,
					     enum cvswitch_direction direction)
{
	if (!rule)
		return CVSWITCH_DROP_REASON_ACL_DEFAULT;
	return direction == CVSWITCH_DIRECTION_INGRESS ? CVSWITCH_DROP_REASON_ACL_INGRESS :
							 CVSWITCH_DROP_REASON_ACL_EGRESS;
}

/* Ask a port's profiles, tier by tier, until one decides. Return: as cvs_acl_egress(). */
static __always_inline int judge(struct cvs_packet *pkt, struct cvs_port *port,
				 const struct cvs_port_acl *acl,
				 enum cvswitch_direction direction)
{
	struct cvs_profile *const *profile;
	const struct cvs_rule *rule;
	u8 verdict;

	for (profile = acl->asked; *profile; profile++) {
		if (unlikely(!have_flow(pkt)))
			return CVSWITCH_DROP_REASON_ACL_MALFORMED;
		verdict = ask(pkt, port, *profile, direction, &rule);
		if (likely(verdict == CVSWITCH_VERDICT_ACCEPT))
			return -1;
		if (verdict == CVSWITCH_VERDICT_DROP)
			return drop_reason(rule, direction);
		if (verdict == CVSWITCH_VERDICT_REJECT)
			return CVSWITCH_DROP_REASON_ACL_REJECT;
	}
	if (pkt->flags & BIT(CVS_SWITCH_CLOSED) && port != pkt->sw->host)
		return CVSWITCH_DROP_REASON_ACL_CLOSED;
	return -1;
}

/* As cvs_acl_ingress(), at a port that has an identity or profiles; either may be NULL. */
int cvs_acl_admit(struct cvs_packet *pkt, const struct cvs_identity *identity,
		  const struct cvs_port_acl *acl)
{
	int reason;

	if (identity && identity->enforced) {
		if (unlikely(!read_flow(pkt)))
			return CVSWITCH_DROP_REASON_ACL_MALFORMED;
		reason = cvs_identity_check(identity, &pkt->flow);
		if (unlikely(reason >= 0))
			return reason;
	}
	return acl ? judge(pkt, pkt->in, acl, CVSWITCH_DIRECTION_INGRESS) : -1;
}

/* As cvs_acl_egress(), at a port that has profiles, or none in a closed switch. */
int cvs_acl_release(struct cvs_packet *pkt, struct cvs_port *out, const struct cvs_port_acl *acl)
{
	return judge(pkt, out, acl, CVSWITCH_DIRECTION_EGRESS);
}
