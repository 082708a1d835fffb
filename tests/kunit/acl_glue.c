// SPDX-License-Identifier: GPL-2.0
#include "acl_glue.h"

#include <linux/if_vlan.h>
#include <linux/rtnetlink.h>

#include "cvs_key.h"
#include "cvs_match.h"

/* Fields and references that are asked for alike. */
static const struct {
	u32 asked;
	u32 field;
} fields[] = {
	{ MODEL_ASK_SRC_MAC, CVS_MATCH_SRC_MAC },
	{ MODEL_ASK_DST_MAC, CVS_MATCH_DST_MAC },
	{ MODEL_ASK_ETHERTYPE, CVS_MATCH_ETHERTYPE },
	{ MODEL_ASK_VLAN, CVS_MATCH_VLAN },
	{ MODEL_ASK_SRC, CVS_MATCH_SRC },
	{ MODEL_ASK_DST, CVS_MATCH_DST },
	{ MODEL_ASK_PROTOCOL, CVS_MATCH_PROTOCOL },
	{ MODEL_ASK_SPORT, CVS_MATCH_SPORT },
	{ MODEL_ASK_DPORT, CVS_MATCH_DPORT },
	{ MODEL_ASK_TCP_FLAGS, CVS_MATCH_TCP_FLAGS },
	{ MODEL_ASK_ICMP_TYPE, CVS_MATCH_ICMP_TYPE },
	{ MODEL_ASK_ICMP_CODE, CVS_MATCH_ICMP_CODE },
	{ MODEL_ASK_FRAGMENT, CVS_MATCH_FRAGMENT },
	{ MODEL_ASK_ARP_OP, CVS_MATCH_ARP_OP },
	{ MODEL_ASK_SENDER_MAC, CVS_MATCH_SENDER_MAC },
	{ MODEL_ASK_TARGET_MAC, CVS_MATCH_TARGET_MAC },
	{ MODEL_ASK_ND_TARGET, CVS_MATCH_ND_TARGET },
}, refs[] = {
	{ MODEL_ASK_SRC_GROUP, CVS_REF_SRC },
	{ MODEL_ASK_DST_GROUP, CVS_REF_DST },
	{ MODEL_ASK_SPORT_GROUP, CVS_REF_SPORT },
	{ MODEL_ASK_DPORT_GROUP, CVS_REF_DPORT },
	{ MODEL_ASK_SRC_MAC_GROUP, CVS_REF_SRC_MAC },
	{ MODEL_ASK_DST_MAC_GROUP, CVS_REF_DST_MAC },
};

static struct cvs_addr addr_of(const u8 *bytes, bool v6)
{
	__be32 v4;

	if (v6)
		return cvs_addr_from(bytes);
	memcpy(&v4, bytes, sizeof(v4));
	return cvs_addr_from_v4(v4);
}

static u8 put_prefix(struct cvs_addr *to, const struct model_prefix *prefix)
{
	*to = addr_of(prefix->addr, prefix->v6);
	return prefix->len + (prefix->v6 ? 0 : 96);
}

static void put_ether(const struct model_rule *rule, struct cvs_match *match)
{
	if (rule->asked & MODEL_ASK_SRC_MAC) {
		match->src_mac = cvs_mac_from(rule->src_mac);
		match->src_mac_mask = cvs_mac_from(rule->src_mac_mask);
	}
	if (rule->asked & MODEL_ASK_DST_MAC) {
		match->dst_mac = cvs_mac_from(rule->dst_mac);
		match->dst_mac_mask = cvs_mac_from(rule->dst_mac_mask);
	}
	if (rule->asked & MODEL_ASK_ETHERTYPE) {
		match->ethertype_first = rule->ethertype;
		match->ethertype_last = rule->ethertype;
	}
	if (rule->asked & MODEL_ASK_VLAN) {
		match->vid_first = rule->vlan;
		match->vid_last = rule->vlan;
	}
}

static void put_ip(const struct model_rule *rule, struct cvs_match *match)
{
	if (rule->asked & MODEL_ASK_SRC)
		match->src_len = put_prefix(&match->src, &rule->src);
	if (rule->asked & MODEL_ASK_DST)
		match->dst_len = put_prefix(&match->dst, &rule->dst);
	if (rule->asked & MODEL_ASK_PROTOCOL) {
		match->protocol_first = rule->protocol;
		match->protocol_last = rule->protocol;
	}
	if (rule->asked & MODEL_ASK_FRAGMENT)
		match->fragment = rule->fragment;
}

static void put_l4(const struct model_rule *rule, struct cvs_match *match)
{
	if (rule->asked & MODEL_ASK_SPORT) {
		match->sport_first = rule->sport.first;
		match->sport_last = rule->sport.last;
	}
	if (rule->asked & MODEL_ASK_DPORT) {
		match->dport_first = rule->dport.first;
		match->dport_last = rule->dport.last;
	}
	if (rule->asked & MODEL_ASK_TCP_FLAGS) {
		match->tcp_flags = rule->tcp_flags;
		match->tcp_mask = rule->tcp_mask;
	}
	if (rule->asked & MODEL_ASK_ICMP_TYPE) {
		match->sport_first = rule->icmp_type;
		match->sport_last = rule->icmp_type;
	}
	if (rule->asked & MODEL_ASK_ICMP_CODE) {
		match->dport_first = rule->icmp_code;
		match->dport_last = rule->icmp_code;
	}
	if (rule->asked & MODEL_ASK_ARP_OP) {
		match->sport_first = rule->arp_op;
		match->sport_last = rule->arp_op;
	}
}

static void put_neighbour(const struct model_rule *rule, struct cvs_match *match)
{
	if (rule->asked & MODEL_ASK_SENDER_MAC)
		match->sender_mac = cvs_mac_from(rule->sender_mac);
	if (rule->asked & MODEL_ASK_TARGET_MAC)
		match->target_mac = cvs_mac_from(rule->target_mac);
	if (rule->asked & MODEL_ASK_ND_TARGET)
		match->nd_target_len = put_prefix(&match->nd_target, &rule->nd_target);
}

/**
 * acl_glue_match() - what a rule asks for, finished
 * @rule: the rule
 * @match: where to
 *
 * Return: what cvs_match_finish() has against it, or NULL.
 */
const char *acl_glue_match(const struct model_rule *rule, struct cvs_match *match)
{
	unsigned int i;

	*match = cvs_match_all;
	for (i = 0; i < ARRAY_SIZE(fields); i++)
		if (rule->asked & fields[i].asked)
			match->fields |= BIT(fields[i].field);
	for (i = 0; i < ARRAY_SIZE(refs); i++)
		if (rule->asked & refs[i].asked)
			match->refs |= BIT(refs[i].field);
	put_ether(rule, match);
	put_ip(rule, match);
	put_l4(rule, match);
	put_neighbour(rule, match);
	return cvs_match_finish(match);
}

static void put_groups(const struct acl_glue *glue, const struct model_rule *rule,
		       struct cvs_rule *to)
{
	const u8 indices[CVS_REFS] = {
		[CVS_REF_SRC] = rule->src_group,
		[CVS_REF_DST] = rule->dst_group,
		[CVS_REF_SPORT] = rule->sport_group,
		[CVS_REF_DPORT] = rule->dport_group,
		[CVS_REF_SRC_MAC] = rule->src_mac_group,
		[CVS_REF_DST_MAC] = rule->dst_mac_group,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(refs); i++)
		if (rule->asked & refs[i].asked)
			to->groups[refs[i].field] = glue->groups[indices[refs[i].field]];
}

static struct cvs_member *make_member(struct kunit *test, enum cvswitch_group_type type,
				      const union model_member *from)
{
	struct cvs_member *member = cvs_member_alloc();

	KUNIT_ASSERT_NOT_NULL(test, member);
	switch (type) {
	case CVSWITCH_GROUP_TYPE_IP:
		member->key.len = put_prefix(&member->key.addr, &from->ip);
		break;
	case CVSWITCH_GROUP_TYPE_MAC:
		member->key.addr.hi = cvs_mac_from(from->mac);
		break;
	case CVSWITCH_GROUP_TYPE_PORT:
		member->first = from->port.first;
		member->last = from->port.last;
		break;
	}
	KUNIT_ASSERT_NULL(test, cvs_member_check(type, member));
	return member;
}

/* Context: RTNL. */
static struct cvs_group *make_group(struct kunit *test, struct acl_glue *glue,
				    const struct model_group *from, u32 index)
{
	struct cvs_group *group;
	LIST_HEAD(batch);
	char name[8];
	u32 i;

	snprintf(name, sizeof(name), "g%u", index);
	group = cvs_group_add(&glue->table, name, from->type, NULL);
	KUNIT_ASSERT_FALSE(test, IS_ERR(group));
	for (i = 0; i < from->n; i++)
		list_add_tail(&make_member(test, from->type, &from->members[i])->batch, &batch);
	KUNIT_ASSERT_EQ(test, 0, cvs_member_add(group, &batch, NULL));
	cvs_member_free_batch(&batch);
	return group;
}

/**
 * acl_glue_open() - make rules and groups as the model has them
 * @test: the case, which ends if it can't be done
 * @glue: where to
 * @set: the model's
 */
void acl_glue_open(struct kunit *test, struct acl_glue *glue, const struct model_set *set)
{
	const char *wrong;
	u32 i;

	memset(glue, 0, sizeof(*glue));
	KUNIT_ASSERT_EQ(test, 0, cvs_group_table_init(&glue->table));
	rtnl_lock();
	for (i = 0; i < set->n_groups; i++)
		glue->groups[i] = make_group(test, glue, &set->groups[i], i);
	rtnl_unlock();
	glue->n_groups = set->n_groups;
	glue->set = cvs_ruleset_alloc(set->n, 0);
	KUNIT_ASSERT_NOT_NULL(test, glue->set);
	for (i = 0; i < set->n; i++) {
		struct cvs_rule *rule = cvs_rule_alloc();

		KUNIT_ASSERT_NOT_NULL(test, rule);
		glue->set->lists[0]->rules[i] = rule;
		wrong = acl_glue_match(&set->rules[i], &rule->match);
		KUNIT_ASSERT_NULL_MSG(test, wrong, "rule %u, which asks %#x: %s", i,
				      set->rules[i].asked, wrong);
		put_groups(glue, &set->rules[i], rule);
		rule->verdict = set->rules[i].verdict;
	}
	KUNIT_ASSERT_EQ(test, 0, (cvs_ruleset_build(glue->set) ?: cvs_ruleset_finish(glue->set)));
}

void acl_glue_close(struct acl_glue *glue)
{
	cvs_ruleset_free(glue->set);
	cvs_group_table_destroy(&glue->table);
}

/**
 * acl_glue_skb() - a frame on its walk, in memory that ends where it does
 * @test: the case
 * @frame: the frame
 * @linear: so much of what is behind its Ethernet header can be read by a pointer
 *
 * Return: the frame, freed by the caller.
 */
struct sk_buff *acl_glue_skb(struct kunit *test, const struct model_frame *frame, u32 linear)
{
	u32 rest = frame->len - ETH_HLEN, at = min(linear, rest), half;
	struct sk_buff *skb = alloc_skb(ETH_HLEN + at, GFP_KERNEL);
	u16 type = frame->data[12] << 8 | frame->data[13];
	struct page *page;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, skb);
	skb_put_data(skb, frame->data, ETH_HLEN + at);
	skb_reset_mac_header(skb);
	__skb_pull(skb, ETH_HLEN);
	for (i = 0; at < rest; i++) {
		half = i ? rest - at : (rest - at + 1) / 2;
		page = alloc_page(GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, page);
		memcpy(page_address(page), frame->data + ETH_HLEN + at, half);
		skb_add_rx_frag(skb, i, page, 0, half, PAGE_SIZE);
		at += half;
	}
	skb->protocol = htons(type < ETH_P_802_3_MIN ? ETH_P_802_2 : type);
	if (frame->tagged)
		__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q), frame->tci);
	if (frame->gso) {
		skb_shinfo(skb)->gso_size = 1000;
		skb_shinfo(skb)->gso_segs = 2;
		skb_shinfo(skb)->gso_type = SKB_GSO_TCPV4;
	}
	return skb;
}

bool acl_glue_extract(struct cvs_flow *flow, const struct model_frame *frame,
		      const struct sk_buff *skb, bool vlan_aware, u16 vid)
{
	struct cvs_key key = {
		.dst = cvs_mac_from(frame->data),
		.src = cvs_mac_from(frame->data + ETH_ALEN),
		.vid = vlan_aware ? vid : 0,
	};

	return cvs_flow_extract(flow, &key, skb, vlan_aware);
}

/**
 * acl_glue_flow() - what a flow has to be
 * @flow: where to
 * @headers: what the model has read
 */
void acl_glue_flow(struct cvs_flow *flow, const struct model_headers *headers)
{
	memset(flow, 0, sizeof(*flow));
	if (headers->has_ip || headers->has_arp) {
		flow->src = addr_of(headers->src, headers->v6);
		flow->dst = addr_of(headers->dst, headers->v6);
	}
	if (headers->has_icmp) {
		flow->sport = headers->icmp_type;
		flow->dport = headers->icmp_code;
	} else {
		flow->sport = headers->has_arp ? headers->arp_op : headers->sport;
		flow->dport = headers->dport;
	}
	flow->ethertype = headers->ethertype;
	flow->vid = headers->vid;
	flow->protocol = headers->protocol;
	flow->fragment = headers->fragment;
	flow->tcp_flags = headers->tcp_flags;
	flow->has = headers->has_ip << CVS_FLOW_IP | headers->has_ports << CVS_FLOW_PORTS |
		    headers->has_tcp << CVS_FLOW_TCP | headers->has_icmp << CVS_FLOW_ICMP |
		    headers->has_arp << CVS_FLOW_ARP |
		    headers->has_nd_target << CVS_FLOW_ND_TARGET |
		    headers->has_sender_mac << CVS_FLOW_SENDER_MAC |
		    headers->has_target_mac << CVS_FLOW_TARGET_MAC;
	flow->src_mac = cvs_mac_from(headers->src_mac);
	flow->dst_mac = cvs_mac_from(headers->dst_mac);
	flow->sender_mac = cvs_mac_from(headers->sender_mac);
	flow->target_mac = cvs_mac_from(headers->target_mac);
	flow->nd_target = cvs_addr_from(headers->nd_target);
}

/* What of @got is not as in @want? */
const char *acl_glue_difference(const struct cvs_flow *want, const struct cvs_flow *got)
{
	if (got->has != want->has)
		return "has";
	if (got->ethertype != want->ethertype)
		return "ethertype";
	if (got->vid != want->vid)
		return "vid";
	if (memcmp(&got->src, &want->src, 16))
		return "src";
	if (memcmp(&got->dst, &want->dst, 16))
		return "dst";
	if (got->protocol != want->protocol)
		return "protocol";
	if (got->fragment != want->fragment)
		return "fragment";
	if (got->sport != want->sport)
		return "sport";
	if (got->dport != want->dport)
		return "dport";
	if (got->tcp_flags != want->tcp_flags)
		return "tcp_flags";
	if (got->src_mac != want->src_mac || got->dst_mac != want->dst_mac)
		return "MAC addresses";
	if (got->sender_mac != want->sender_mac)
		return "sender_mac";
	if (got->target_mac != want->target_mac)
		return "target_mac";
	if (memcmp(&got->nd_target, &want->nd_target, 16))
		return "nd_target";
	return NULL;
}
