/* SPDX-License-Identifier: GPL-2.0 */
/* What sparse 0.6.4 doesn't know and newer kernels use. Only sparse sees this. */
#define __typeof_unqual__	__typeof__
#define __builtin_strlen(s)	(sizeof(s) - 1)		/* MODULE_INFO() wants a constant */
