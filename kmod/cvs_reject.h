/* SPDX-License-Identifier: GPL-2.0 */
/* Telling a sender that a rule rejects what he sends. */
#ifndef CVS_REJECT_H
#define CVS_REJECT_H

struct cvs_packet;

void cvs_reject(const struct cvs_packet *pkt);

#endif /* CVS_REJECT_H */
