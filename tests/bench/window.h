/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Two functions that the linker puts at addresses known to the profiler: it counts what is
 * executed between a call of the one and of the other.
 */
#ifndef WINDOW_H
#define WINDOW_H

__attribute__((noinline, section(".window_open"))) void window_open(void);
__attribute__((noinline, section(".window_close"))) void window_close(void);

void window_open(void) { asm volatile("nop"); }
void window_close(void) { asm volatile("nop"); }

#endif /* WINDOW_H */
