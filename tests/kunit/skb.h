/* SPDX-License-Identifier: GPL-2.0 */
/* Frames for what reads them: part of each in a page, where it can't be read by a pointer. */
#ifndef CVS_TEST_SKB_H
#define CVS_TEST_SKB_H

#include <kunit/test.h>
#include <linux/skbuff.h>

/**
 * cvs_test_skb() - a frame as it is on its walk
 * @test: the case
 * @data: what is behind its Ethernet header
 * @len: its length, less than a page
 * @linear: so much of it stands where it can be read by a pointer
 *
 * Return: the frame, freed by the caller.
 */
static inline struct sk_buff *cvs_test_skb(struct kunit *test, const u8 *data, unsigned int len,
					   unsigned int linear)
{
	struct sk_buff *skb = alloc_skb(linear, GFP_KERNEL);
	struct page *page;

	KUNIT_ASSERT_NOT_NULL(test, skb);
	skb_put_data(skb, data, linear);
	if (len == linear)
		return skb;
	page = alloc_page(GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, page);
	memcpy(page_address(page), data + linear, len - linear);
	skb_add_rx_frag(skb, 0, page, 0, len - linear, PAGE_SIZE);
	return skb;
}

#endif /* CVS_TEST_SKB_H */
