/* SPDX-License-Identifier: GPL-2.0 */
/* Frames that come in by a tunnel. */
#ifndef CVS_DECAP_H
#define CVS_DECAP_H

struct sk_buff;
struct sock;

int cvs_decap(struct sock *sk, struct sk_buff *skb);
int cvs_decap_error(struct sock *sk, struct sk_buff *skb);

#endif /* CVS_DECAP_H */
