/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The section of a menu that lists the drafts: "Go on with …", one for each; empty while there are none. */
#include "sp-window-entries.h"

#include <glib/gi18n.h>

#define MOST_DRAFTS 5

static void
fill (GMenu *menu, SpDraftList *drafts)
{
  g_menu_remove_all (menu);
  for (guint i = 0; i < MIN (sp_draft_list_get_size (drafts), MOST_DRAFTS); i++)
    {
      const SpDraft *draft = sp_draft_list_get (drafts, i);
      const char *name = sp_node_get_text (draft->body, "name");
      /* Translators: name of an entry that was begun and not saved */
      g_autofree char *label = g_strdup_printf (_("Go On with “%s”"), name != NULL ? name : _("an entry without a name"));
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.go-on", "s", draft->id);
      g_menu_append_item (menu, item);
    }
}

static void
changed_cb (GMenu *menu, SpDraftList *drafts)
{
  fill (menu, drafts);
}

/**
 * sp_draft_menu_new:
 * @drafts: the drafts of a store
 *
 * Returns: (transfer full): a section for a menu, which follows @drafts
 */
GMenuModel *
sp_draft_menu_new (SpDraftList *drafts)
{
  GMenu *menu = g_menu_new ();

  fill (menu, drafts);
  g_signal_connect_object (drafts, "changed", G_CALLBACK (changed_cb), menu, G_CONNECT_SWAPPED);
  return G_MENU_MODEL (menu);
}
