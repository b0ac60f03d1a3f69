/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an answer is given to if it is still there: a window that waits for one must not be held by it, or it would outlive
 * the window it stands before. */
#include "sp-weak.h"

/**
 * sp_weak_new:
 * @object: (type GObject): who waits for an answer
 *
 * Returns: (transfer full): what to give as the callback's data; exactly one call of sp_weak_take() frees it
 */
gpointer
sp_weak_new (gpointer object)
{
  GWeakRef *weak = g_new (GWeakRef, 1);

  g_weak_ref_init (weak, object);
  return weak;
}

/**
 * sp_weak_take:
 * @weak: (transfer full): what sp_weak_new() gave
 *
 * Returns: (transfer full) (nullable): the object; %NULL if it is gone
 */
gpointer
sp_weak_take (gpointer weak)
{
  gpointer object = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);
  return object;
}
