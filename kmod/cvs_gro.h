/* SPDX-License-Identifier: GPL-2.0 */
/* A network card's frames of one flow inside a tunnel become one frame. */
#ifndef CVS_GRO_H
#define CVS_GRO_H

struct list_head;
struct sk_buff;
struct sock;

struct sk_buff *cvs_gro_receive(struct sock *sk, struct list_head *head, struct sk_buff *skb);
int cvs_gro_complete(struct sock *sk, struct sk_buff *skb, int nhoff);

#endif /* CVS_GRO_H */
