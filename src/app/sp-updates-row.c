/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of what came from others: what it is about, who, when and what, and which action a click activates. */
#include "sp-updates-row.h"

#include "sp-entry-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define ACTION "sp-updates-row-action"
#define ID "sp-updates-row-id"
#define MOST_LABELS 4 /* parts of an entry that are named */

/* @subtitle: (transfer full) */
static GtkWidget *
new_row (const char *title, char *subtitle, const char *action, const char *id)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title_markup = g_markup_escape_text (title != NULL ? title : _("An entry without a name"), -1);
  g_autofree char *markup = g_markup_escape_text (subtitle, -1);
  g_autofree char *words = g_strconcat (title != NULL ? title : _("An entry without a name"), ": ", subtitle, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY); /* the title alone, in libadwaita 1.7 */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data (G_OBJECT (row), ACTION, (gpointer) action);
  g_object_set_data_full (G_OBJECT (row), ID, g_strdup (id), g_free);
  g_free (subtitle);
  return row;
}

/* "Web address, Contacts", "… and more" */
static char *
join_labels (GPtrArray *paths)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint named = 0;

  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *label = sp_entry_words_label (g_ptr_array_index (paths, i));

      if (strstr (text->str, label) != NULL)
        continue; /* two items of one list */
      if (++named > MOST_LABELS)
        {
          g_string_append (text, "…");
          break;
        }
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", label);
    }
  return g_strdup (text->str);
}

/**
 * sp_updates_row_new_conflict:
 * @conflict: what collides in an entry
 *
 * Returns: (transfer floating): a row that tells it
 */
GtkWidget *
sp_updates_row_new_conflict (const SpConflict *conflict)
{
  const SpConflictSide *other = g_ptr_array_index (conflict->sides, 1);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autofree char *signature = sp_entry_words_signature (other->by, other->on);
  g_autofree char *labels = NULL;

  for (guint i = 0; i < conflict->collisions->len; i++)
    g_ptr_array_add (paths, ((const SpCollision *) g_ptr_array_index (conflict->collisions, i))->path);
  labels = join_labels (paths);
  return new_row (conflict->name, g_strdup_printf ("%s\n%s", labels, signature), "resolve", conflict->id);
}

static const char *
say_change (SpSubmissionChange change)
{
  switch (change)
    {
    case SP_SUBMISSION_ADD: return _("A new entry");
    case SP_SUBMISSION_CLOSE: return _("To be closed");
    case SP_SUBMISSION_REPORT: return _("Something is wrong");
    case SP_SUBMISSION_EDIT:
    default: return _("A change");
    }
}

/**
 * sp_updates_row_say_state:
 * @submission: a submission
 *
 * Returns: (transfer full): what became of it, such as "Waits for an editor", "Declined by ann: We have it already"
 */
char *
sp_updates_row_say_state (const SpSubmission *submission)
{
  const char *by = submission->decided_by != NULL ? submission->decided_by : _("somebody else");

  if (submission->state == SP_SUBMISSION_PROPOSED)
    return g_strdup (_("Waits for an editor"));
  if (submission->state == SP_SUBMISSION_ACCEPTED) /* Translators: who */
    return g_strdup_printf (_("Accepted by %s"), by);
  if (submission->reply == NULL) /* Translators: who */
    return g_strdup_printf (_("Declined by %s"), by);
  /* Translators: who, and why, in his words */
  return g_strdup_printf (_("Declined by %s: %s"), by, submission->reply);
}

/**
 * sp_updates_row_new_proposal:
 * @proposal: a submission
 * @own: whether the account itself made it
 *
 * Returns: (transfer floating): a row that tells it: of others' what is proposed, of one's own what became of it
 */
GtkWidget *
sp_updates_row_new_proposal (const SpProposal *proposal, gboolean own)
{
  const SpSubmission *submission = proposal->submission;
  g_autofree char *signature = sp_entry_words_signature (own ? NULL : submission->account, submission->proposed_on);
  g_autofree char *state = own ? sp_updates_row_say_state (submission) : NULL;
  char *text = state != NULL ? g_strdup_printf ("%s · %s\n%s", say_change (submission->change), signature, state)
                             : g_strdup_printf ("%s\n%s", say_change (submission->change), signature);

  return new_row (proposal->name, text, "submission", submission->id);
}

static char *
say_news (const SpNewsItem *item)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autofree char *labels = NULL;

  switch (item->kind)
    {
    case SP_NEWS_ADDED: return g_strdup (_("Added"));
    case SP_NEWS_CLOSED: return g_strdup (_("Closed"));
    case SP_NEWS_DELETED: return g_strdup (_("Deleted"));
    case SP_NEWS_KEPT:
      /* Translators: who deleted an entry, and who edited it */
      return g_strdup_printf (_("Deleted by %s and edited by %s, neither knowing of the other. It was kept."),
                              item->deleted_by != NULL ? item->deleted_by : _("somebody else"), item->by != NULL ? item->by : _("somebody else"));
    case SP_NEWS_CHANGED:
    default:
      for (guint i = 0; item->members[i] != NULL; i++)
        g_ptr_array_add (paths, item->members[i]);
      labels = join_labels (paths);
      /* Translators: parts of an entry, such as “Web address, Contacts” */
      return *labels != '\0' ? g_strdup_printf (_("Changed: %s"), labels) : g_strdup (_("Changed"));
    }
}

/**
 * sp_updates_row_new_news:
 * @item: what is new
 *
 * Returns: (transfer floating): a row that tells it; of a deleted entry a click shows the history
 */
GtkWidget *
sp_updates_row_new_news (const SpNewsItem *item)
{
  g_autofree char *what = say_news (item);
  g_autofree char *signature = sp_entry_words_signature (item->by, item->on);

  return new_row (item->name, g_strdup_printf ("%s\n%s", what, signature), item->kind == SP_NEWS_DELETED ? "history" : "show", item->id);
}

/**
 * sp_updates_row_get_action:
 * @row: one of these rows
 * @id: (out) (transfer none): document id, which the action takes
 *
 * Returns: (transfer none): name of the window's action that a click activates
 */
const char *
sp_updates_row_get_action (GtkListBoxRow *row, const char **id)
{
  *id = g_object_get_data (G_OBJECT (row), ID);
  return g_object_get_data (G_OBJECT (row), ACTION);
}
