/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Included before each test program that is built with AddressSanitizer: GLib 2.74 never frees the folders that
 * G_TEST_OPTION_ISOLATE_DIRS sets (mended in later releases), and a suppression would need the slow unwinder. */
#pragma once

#include <glib.h>

#undef G_TEST_OPTION_ISOLATE_DIRS
#define G_TEST_OPTION_ISOLATE_DIRS NULL
