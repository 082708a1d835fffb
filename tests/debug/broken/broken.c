// SPDX-License-Identifier: GPL-2.0
/*
 * A module that makes one mistake, chosen by name, as it is loaded: to show
 * that a debug kernel, and the scripts that read its log, catch such a one.
 */
#include <linux/delay.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timer.h>

static char *mistake = "none";
module_param(mistake, charp, 0444);
MODULE_PARM_DESC(mistake, "which one");

/* So that the compiler can't see what is wrong. */
static u8 *hidden(u8 *p)
{
	OPTIMIZER_HIDE_VAR(p);
	return p;
}

static void none(void)
{
	kfree(kmalloc(8, GFP_KERNEL));
}

static void out_of_bounds(void)
{
	u8 *p = kzalloc(24, GFP_KERNEL);

	if (p)
		WRITE_ONCE(hidden(p)[24], 1);
	kfree(p);
}

static void stack_out_of_bounds(void)
{
	u8 array[16] = {};

	WRITE_ONCE(hidden(array)[16], 1);
}

static void use_after_free(void)
{
	u8 *p = kzalloc(24, GFP_KERNEL);

	kfree(p);
	if (p)
		WRITE_ONCE(hidden(p)[0], 1);
}

static void double_free(void)
{
	u8 *p = kzalloc(24, GFP_KERNEL);

	kfree(p);
	kfree(hidden(p));
}

static void shift(void)
{
	int n = 33;

	OPTIMIZER_HIDE_VAR(n);
	pr_info("%d\n", 1 << n);
}

static void lock_inversion(void)
{
	static DEFINE_MUTEX(lock);

	rtnl_lock();
	mutex_lock(&lock);
	mutex_unlock(&lock);
	rtnl_unlock();

	mutex_lock(&lock);
	rtnl_lock();
	rtnl_unlock();
	mutex_unlock(&lock);
}

static void leak(void)
{
	int i;

	/* Several, as the address of one may still be in a register. */
	for (i = 0; i < 16; i++)
		WRITE_ONCE(*hidden(kzalloc(200, GFP_KERNEL)), 1);
}

static void sleep_in_atomic(void)
{
	static DEFINE_SPINLOCK(lock);

	spin_lock(&lock);
	msleep(1);
	spin_unlock(&lock);
}

static void rcu_misuse(void)
{
	static void __rcu *pointer;

	/* Outside of a reader's section. */
	if (rcu_dereference(pointer))
		pr_info("there is something\n");
}

static void list_corruption(void)
{
	static LIST_HEAD(head);
	struct list_head node;

	list_add(&node, &head);
	head.next = &head;
	list_del(&node);
}

static void expired(struct timer_list *timer)
{
}

static void free_active_timer(void)
{
	struct timer_list *timer = kzalloc(sizeof(*timer), GFP_KERNEL);

	if (!timer)
		return;
	timer_setup(timer, expired, 0);
	mod_timer(timer, jiffies + 1000 * HZ);
	kfree(timer);
}

static void warning(void)
{
	WARN_ON(1);
}

static void hang(void)
{
	for (;;)
		cpu_relax();
}

#define MISTAKE(name) { #name, name }

static const struct {
	const char *name;
	void (*make)(void);
} mistakes[] = {
	MISTAKE(none),
	MISTAKE(out_of_bounds),
	MISTAKE(stack_out_of_bounds),
	MISTAKE(use_after_free),
	MISTAKE(double_free),
	MISTAKE(shift),
	MISTAKE(lock_inversion),
	MISTAKE(leak),
	MISTAKE(sleep_in_atomic),
	MISTAKE(rcu_misuse),
	MISTAKE(list_corruption),
	MISTAKE(free_active_timer),
	MISTAKE(warning),
	MISTAKE(hang),
};

static int __init broken_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(mistakes); i++) {
		if (!strcmp(mistakes[i].name, mistake)) {
			mistakes[i].make();
			return 0;
		}
	}
	return -EINVAL;
}

static void __exit broken_exit(void)
{
}

module_init(broken_init);
module_exit(broken_exit);
MODULE_DESCRIPTION("One mistake, to be caught");
MODULE_LICENSE("GPL");
