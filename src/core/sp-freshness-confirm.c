/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Setting clocks: somebody says that facts are still right. Editing never does that; this alone does. */
#include "sp-freshness.h"

static SpNode *
make_clock (const char *by, const char *how, gint32 today)
{
  SpNode *clock = sp_node_new_object ();
  g_autofree char *on = sp_civil_format_date (today);

  sp_node_set_text (clock, "on", on);
  if (by != NULL && *by != '\0')
    sp_node_set_text (clock, "by", by);
  sp_node_set_text (clock, "how", how);
  return clock;
}

/**
 * sp_freshness_confirm:
 * @body: an asset
 * @group: name of a fact group, such as "times"; "" for all in which the asset says anything
 * @by: (nullable): who says so
 * @how: "owner", "phone", "visit" or "imported"
 * @today: a day's number
 *
 * What to save when facts are still right: `checked` with new clocks; those of other groups, and clocks that this
 * version does not know, stay.
 *
 * Returns: (transfer full) (nullable): changes for an edit; %NULL if there is no such group or nothing to confirm
 */
SpNode *
sp_freshness_confirm (const SpNode *body, const char *group, const char *by, const char *how, gint32 today)
{
  const SpNode *old = sp_node_get (body, "checked");
  SpNode *checked = sp_node_is_object (old) ? sp_node_copy (old) : sp_node_new_object ();
  SpNode *changes = NULL;
  gboolean any = FALSE;

  for (guint i = 0; i < SP_N_FACT_GROUPS; i++)
    {
      const char *name = sp_fact_group_get_name ((SpFactGroup) i);
      if (*group != '\0' ? g_str_equal (group, name) : sp_fact_group_is_present (body, (SpFactGroup) i))
        {
          sp_node_set (checked, name, make_clock (by, how, today));
          any = TRUE;
        }
    }
  if (any)
    {
      changes = sp_node_new_object ();
      sp_node_set (changes, "checked", sp_node_ref (checked));
    }
  sp_node_unref (checked);
  return changes;
}
