/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server refused, in the window: proposing it to an editor instead, with one click. */
#include "sp-window-actions.h"

#include "sp-refusals.h"
#include "sp-submission.h"
#include "sp-weak.h"
#include "sp-window-private.h"

#include <glib/gi18n.h>

/* A proposal on its way to the writer; owns both. */
typedef struct
{
  char *id;
  char *submission;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->id);
  g_free (wish->submission);
  g_free (wish);
}

/* On the writer. If the change stays here, the list of what was refused says so. */
static gboolean
propose_job (SpDb *db, const SpEditStamp *stamp, gpointer data, GError **error)
{
  const Wish *wish = data;
  gboolean stays;

  return sp_refusals_propose (db, wish->id, wish->submission, stamp, &stays, error);
}

static void
proposed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpWindow) self = sp_weak_take (data);
  g_autoptr (GError) error = NULL;
  gboolean done = sp_changes_run_finish (SP_CHANGES (source), result, &error);

  if (self == NULL)
    return;
  if (!done)
    sp_window_toast (self, error->message, NULL, NULL);
  sp_sharing_read_refusals (self->sharing);
}

static const char *
find_name (SpWindow *self, const char *id)
{
  GPtrArray *refusals = sp_sharing_get_refusals (self->sharing);

  for (guint i = 0; refusals != NULL && i < refusals->len; i++)
    {
      const SpRefusal *refusal = g_ptr_array_index (refusals, i);

      if (g_str_equal (refusal->id, id) && refusal->name != NULL)
        return refusal->name;
    }
  return _("an entry without a name");
}

static void
propose_refused_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  SpWindow *self = window;
  const char *id = g_variant_get_string (parameter, NULL);
  g_autofree char *account = sp_sharing_get_proposer (self->sharing);
  g_autoptr (GError) error = NULL;
  g_autofree char *submission = account != NULL ? sp_submission_new_id (account, &error) : NULL;
  const char *const ids[] = { id, submission, NULL };
  g_autofree char *label = NULL;
  Wish *wish;

  if (submission == NULL)
    {
      if (error != NULL)
        sp_window_toast (self, error->message, NULL, NULL);
      return;
    }
  wish = g_new (Wish, 1);
  *wish = (Wish){ g_strdup (id), g_strdup (submission) };
  /* Translators: name of an entry; what the server refused became a proposal to an editor */
  label = g_strdup_printf (_("Proposed instead: “%s”"), find_name (self, id));
  sp_changes_run_async (self->changes, ids, label, propose_job, wish, wish_free, proposed_cb, sp_weak_new (self));
}

/**
 * sp_window_add_refused_actions:
 * @self: a window with a store
 *
 * Adds win.propose-refused(id of an entry).
 */
void
sp_window_add_refused_actions (SpWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "propose-refused", .activate = propose_refused_action, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
