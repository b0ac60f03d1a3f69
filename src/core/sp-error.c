/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpError: the one error domain, so that any room can pass an error up unbroken. */
#include "sp-error.h"

/**
 * sp_error_quark:
 *
 * Returns: the domain %SP_ERROR
 */
G_DEFINE_QUARK (sp-error-quark, sp_error)
