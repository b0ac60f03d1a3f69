/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpSubmissionWindow: what a contributor proposes beside what the entry says now. An editor accepts it, changes it first,
 * or declines it with words; who proposed it sees what became of it, and may take it back while it waits. */
#include "sp-submission-window.h"

#include "sp-asset.h"
#include "sp-difference-card.h"
#include "sp-entry-words.h"
#include "sp-form-label.h"
#include "sp-path.h"
#include "sp-store-updates.h"
#include "sp-updates-row.h"
#include "sp-weak.h"
#include "sp-wrap-box.h"

#include <glib/gi18n.h>

struct _SpSubmissionWindow
{
  AdwWindow parent_instance;

  SpChanges    *changes;  /* owned */
  SpStore      *store;    /* owned */
  char         *id;       /* owned; document id */
  SpProposal   *proposal; /* owned, nullable until it is read */
  GCancellable *reading;  /* owned */
  gboolean      saving;   /* the store has been asked */

  /* of the template */
  GtkWidget     *accept_button;
  GtkStack      *stack;
  GtkLabel      *intro;
  GtkLabel      *note;
  GtkLabel      *state;
  GtkWidget     *cards;
  GtkLabel      *left;
  GtkWidget     *edit_box;
  GtkWidget     *edit_button;
  GtkWidget     *decline_box;
  GtkEditable   *reply;
  GtkWidget     *decline_button;
  GtkWidget     *withdraw_button;
  AdwStatusPage *said_page;
};

G_DEFINE_FINAL_TYPE (SpSubmissionWindow, sp_submission_window, ADW_TYPE_WINDOW)

enum { EDIT, N_SIGNALS };
static guint signals[N_SIGNALS];

enum { NOW, PROPOSED }; /* the columns of a card */

static void read_again (SpSubmissionWindow *self);

static void
say (SpSubmissionWindow *self, const char *title, const char *sentence)
{
  adw_status_page_set_title (self->said_page, title);
  adw_status_page_set_description (self->said_page, sentence);
  gtk_stack_set_visible_child_name (self->stack, "said");
  gtk_widget_set_visible (self->accept_button, FALSE);
}

static gboolean
can_decide (SpSubmissionWindow *self)
{
  return sp_changes_get_submits (self->changes) == NULL && self->proposal->submission->state == SP_SUBMISSION_PROPOSED;
}

/* An entry that is gone cannot be changed any more. */
static gboolean
can_accept (SpSubmissionWindow *self)
{
  SpSubmissionChange change = self->proposal->submission->change;

  return can_decide (self) && (self->proposal->now != NULL || change == SP_SUBMISSION_ADD || change == SP_SUBMISSION_REPORT);
}

static const char *
get_name (SpSubmissionWindow *self)
{
  return self->proposal->name != NULL ? self->proposal->name : _("an entry without a name");
}

/* ---- showing ---- */

static SpDifferenceCard *
next_card (GtkWidget *card)
{
  while (card != NULL && !SP_IS_DIFFERENCE_CARD (card))
    card = gtk_widget_get_next_sibling (card);
  return card != NULL ? SP_DIFFERENCE_CARD (card) : NULL;
}

#define EACH_CARD(self, card) \
  (SpDifferenceCard *card = next_card (gtk_widget_get_first_child ((self)->cards)); card != NULL; \
   card = next_card (gtk_widget_get_next_sibling (GTK_WIDGET (card))))

static guint
count_open (SpSubmissionWindow *self)
{
  guint open = 0;

  for EACH_CARD (self, card)
    open += sp_difference_card_is_open (card) ? 1 : 0;
  return open;
}

static void
fit_buttons (SpSubmissionWindow *self)
{
  guint open = can_accept (self) ? count_open (self) : 0;
  g_autofree char *text = g_strdup_printf (ngettext ("One is still to be chosen: the entry has changed there since.",
                                                     "%u are still to be chosen: the entry has changed there since.", open), open);

  gtk_label_set_label (self->left, text);
  gtk_widget_set_visible (GTK_WIDGET (self->left), open > 0);
  gtk_widget_set_sensitive (self->accept_button, open == 0 && !self->saving);
  gtk_widget_set_sensitive (self->edit_button, open == 0 && !self->saving);
  gtk_widget_set_sensitive (self->decline_button, *gtk_editable_get_text (self->reply) != '\0' && !self->saving);
  gtk_widget_set_sensitive (self->withdraw_button, !self->saving);
}

static void
add_card (SpSubmissionWindow *self, const SpDifference *difference)
{
  SpDifferenceCard *card = sp_difference_card_new (difference->path);

  sp_difference_card_add_choice (card, _("Now"), difference->now, difference->proposed);
  sp_difference_card_add_choice (card, _("Proposed"), difference->proposed, difference->now);
  sp_difference_card_end (card, can_accept (self));
  if (!difference->contested)
    sp_difference_card_choose (card, PROPOSED);
  g_signal_connect_object (card, "chosen", G_CALLBACK (fit_buttons), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->cards), GTK_WIDGET (card));
}

/* A new entry, or what was decided on: there is nothing to choose, all of it is told. */
static void
add_members (SpSubmissionWindow *self, const SpNode *body)
{
  static const char *const not_told[] = { "type", "schema", "created", "modified", "edit", "source", NULL };

  for (guint i = 0; i < sp_node_get_length (body); i++)
    {
      const char *name = sp_node_get_name (body, i);
      SpNode *value = sp_node_get_element (body, i);
      g_autofree char *label = NULL, *words = NULL;
      GtkWidget *row;

      if (g_strv_contains (not_told, name))
        continue;
      label = sp_entry_words_label (name);
      words = sp_entry_words_whole (name, sp_node_get_kind (value) != SP_JSON_NULL ? value : NULL, NULL);
      row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
      gtk_box_append (GTK_BOX (row), sp_form_label_new (label, "heading"));
      gtk_box_append (GTK_BOX (row), sp_form_label_new (words != NULL ? words : _("Nothing"), NULL));
      gtk_box_append (GTK_BOX (self->cards), row);
    }
}

static char *
make_intro (SpSubmissionWindow *self)
{
  const SpSubmission *submission = self->proposal->submission;

  switch (submission->change)
    {
    case SP_SUBMISSION_ADD: /* Translators: who, and name of an entry */
      return g_strdup_printf (_("%s proposes a new entry, “%s”."), submission->account, get_name (self));
    case SP_SUBMISSION_CLOSE: /* Translators: who, and name of an entry */
      return g_strdup_printf (_("%s proposes to close “%s”."), submission->account, get_name (self));
    case SP_SUBMISSION_REPORT: /* Translators: who, and name of an entry */
      return g_strdup_printf (_("%s says that something is wrong with “%s”."), submission->account, get_name (self));
    case SP_SUBMISSION_EDIT:
    default: /* Translators: who, and name of an entry */
      return g_strdup_printf (_("%s proposes to change “%s”."), submission->account, get_name (self));
    }
}

static void
show_head (SpSubmissionWindow *self)
{
  const SpSubmission *submission = self->proposal->submission;
  gboolean gone = can_decide (self) && !can_accept (self);
  g_autofree char *intro = make_intro (self), *state = sp_updates_row_say_state (submission);
  g_autofree char *when = sp_entry_words_instant (submission->proposed_on);
  g_autofree char *line = g_strdup_printf ("%s · %s", when, gone ? _("The entry was deleted since") : state);
  /* Translators: what somebody wrote */
  g_autofree char *note = submission->note != NULL ? g_strdup_printf (_("“%s”"), submission->note) : NULL;

  gtk_label_set_label (self->intro, intro);
  gtk_label_set_label (self->state, line);
  gtk_label_set_label (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
}

static void
show_proposal (SpSubmissionWindow *self)
{
  const SpSubmission *submission = self->proposal->submission;
  const char *account = sp_changes_get_submits (self->changes);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->cards)) != NULL)
    gtk_box_remove (GTK_BOX (self->cards), child);
  show_head (self);
  if (can_accept (self) && self->proposal->now != NULL)
    for (guint i = 0; i < self->proposal->differences->len; i++)
      add_card (self, g_ptr_array_index (self->proposal->differences, i));
  else
    add_members (self, submission->body);
  gtk_widget_set_visible (self->accept_button, can_accept (self));
  gtk_widget_set_visible (self->edit_box, can_accept (self) && submission->change != SP_SUBMISSION_REPORT);
  gtk_widget_set_visible (self->decline_box, can_decide (self));
  gtk_widget_set_visible (self->withdraw_button, submission->state == SP_SUBMISSION_PROPOSED && g_strcmp0 (account, submission->account) == 0);
  fit_buttons (self);
  gtk_stack_set_visible_child_name (self->stack, "main");
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpSubmissionWindow) self = sp_weak_take (data);
  g_autoptr (GError) error = NULL;
  SpProposal *proposal = sp_store_read_proposal_finish (SP_STORE (source), result, &error);

  if (self == NULL)
    {
      g_clear_pointer (&proposal, sp_proposal_free);
      return;
    }
  g_clear_pointer (&self->proposal, sp_proposal_free);
  self->proposal = proposal;
  if (proposal != NULL)
    show_proposal (self);
  else
    say (self, _("It Cannot Be Read"), error->message);
}

static void
read_again (SpSubmissionWindow *self)
{
  sp_store_read_proposal_async (self->store, self->id, self->reading, read_cb, sp_weak_new (self));
}

/* ---- deciding ---- */

/* A decision on its way to the writer; owns all it points to. */
typedef struct
{
  char      *id;
  GPtrArray *choices; /* (element-type SpChoice); NULL to decline */
  char      *reply;   /* nullable */
} Decision;

static void
decision_free (gpointer data)
{
  Decision *decision = data;

  g_free (decision->id);
  g_clear_pointer (&decision->choices, g_ptr_array_unref);
  g_free (decision->reply);
  g_free (decision);
}

/* On the writer. */
static gboolean
decide_job (SpDb *db, const SpEditStamp *stamp, gpointer data, GError **error)
{
  const Decision *decision = data;

  return decision->choices != NULL ? sp_submissions_accept (db, decision->id, decision->choices, stamp, error)
                                   : sp_submissions_decide (db, decision->id, SP_SUBMISSION_DECLINED, decision->reply, stamp, error);
}

/* Somebody may have changed the entry while a person chose: then what differs is shown anew. */
static void
decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpSubmissionWindow) self = sp_weak_take (data);
  g_autoptr (GError) error = NULL;
  gboolean done = sp_changes_run_finish (SP_CHANGES (source), result, &error);

  if (self == NULL)
    return;
  self->saving = FALSE;
  if (done)
    gtk_window_destroy (GTK_WINDOW (self));
  else if (g_error_matches (error, SP_ERROR, SP_ERROR_CONFLICT))
    read_again (self);
  else
    say (self, _("It Cannot Be Saved"), error->message);
}

/* @choices: (nullable) (transfer full): %NULL to decline */
static void
decide (SpSubmissionWindow *self, GPtrArray *choices, const char *label)
{
  const char *ids[] = { self->proposal->submission->target, self->id, NULL };
  Decision *decision = g_new0 (Decision, 1);

  *decision = (Decision){ g_strdup (self->id), choices, choices == NULL ? g_strdup (gtk_editable_get_text (self->reply)) : NULL };
  self->saving = TRUE;
  fit_buttons (self);
  sp_changes_run_async (self->changes, ids, label, decide_job, decision, decision_free, decided_cb, sp_weak_new (self));
}

static SpChoice *
make_choice (SpDifferenceCard *card)
{
  const char *path = sp_difference_card_get_path (card);

  switch (sp_difference_card_get_choice (card))
    {
    case NOW: return sp_choice_new (path, SP_CHOICE_MINE, NULL, NULL);
    case PROPOSED: return sp_choice_new (path, SP_CHOICE_THEIRS, NULL, NULL);
    default: return sp_choice_new (path, SP_CHOICE_VALUE, NULL, sp_difference_card_get_value (card));
    }
}

static void
accept_cb (SpSubmissionWindow *self, GtkButton *button)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_choice_free);
  /* Translators: name of an entry */
  g_autofree char *label = g_strdup_printf (_("Proposal for “%s” accepted"), get_name (self));

  for EACH_CARD (self, card)
    g_ptr_array_add (choices, make_choice (card));
  decide (self, choices, label);
}

static void
decline_cb (SpSubmissionWindow *self, GtkButton *button)
{
  /* Translators: name of an entry */
  g_autofree char *label = g_strdup_printf (_("Proposal for “%s” declined"), get_name (self));

  decide (self, NULL, label);
}

static void
reply_changed_cb (SpSubmissionWindow *self, GtkEditable *reply)
{
  if (self->proposal != NULL)
    fit_buttons (self);
}

static void
edit_cb (SpSubmissionWindow *self, GtkButton *button)
{
  g_autoptr (SpNode) result = sp_node_copy (self->proposal->result);

  for EACH_CARD (self, card)
    {
      g_autoptr (SpNode) value = sp_difference_card_get_value (card);
      sp_path_set (result, sp_difference_card_get_path (card), value);
    }
  g_signal_emit (self, signals[EDIT], 0, self->proposal, result);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpSubmissionWindow) self = sp_weak_take (data);
  g_autoptr (GError) error = NULL;
  gboolean done = sp_changes_delete_finish (SP_CHANGES (source), result, &error);

  if (self == NULL)
    return;
  self->saving = FALSE;
  if (done)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    read_again (self); /* it was decided on in this moment: that is shown */
}

static void
withdraw_cb (SpSubmissionWindow *self, GtkButton *button)
{
  /* Translators: name of an entry */
  g_autofree char *label = g_strdup_printf (_("Proposal for “%s” taken back"), get_name (self));

  self->saving = TRUE;
  fit_buttons (self);
  sp_changes_delete_async (self->changes, self->id, self->proposal->submission->rev, label, withdrawn_cb, sp_weak_new (self));
}

/* ---- the class ---- */

static void
sp_submission_window_dispose (GObject *object)
{
  SpSubmissionWindow *self = SP_SUBMISSION_WINDOW (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->changes);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (sp_submission_window_parent_class)->dispose (object);
}

static void
sp_submission_window_finalize (GObject *object)
{
  SpSubmissionWindow *self = SP_SUBMISSION_WINDOW (object);

  g_object_unref (self->reading);
  g_clear_pointer (&self->proposal, sp_proposal_free);
  g_free (self->id);
  G_OBJECT_CLASS (sp_submission_window_parent_class)->finalize (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, SpSubmissionWindow, child)

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-submission-window.ui");
  BIND (accept_button);
  BIND (stack);
  BIND (intro);
  BIND (note);
  BIND (state);
  BIND (cards);
  BIND (left);
  BIND (edit_box);
  BIND (edit_button);
  BIND (decline_box);
  BIND (reply);
  BIND (decline_button);
  BIND (withdraw_button);
  BIND (said_page);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
  gtk_widget_class_bind_template_callback (widget_class, decline_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, reply_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, withdraw_cb);
}

static void
sp_submission_window_class_init (SpSubmissionWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_submission_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_submission_window_finalize;
  g_type_ensure (SP_TYPE_WRAP_BOX);
  bind_template (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  /**
   * SpSubmissionWindow::edit:
   * @self: the window
   * @proposal: (type gpointer): the #SpProposal, borrowed
   * @result: (type gpointer): the entry as it was chosen to be, an #SpNode, borrowed
   *
   * What is proposed shall be changed before it is accepted.
   */
  signals[EDIT] = g_signal_new ("edit", SP_TYPE_SUBMISSION_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_POINTER, G_TYPE_POINTER);
}

static void
sp_submission_window_init (SpSubmissionWindow *self)
{
  self->reading = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_submission_window_new:
 * @parent: (nullable): the window it stands before
 * @store: the store
 * @changes: what writes the decision, so that it can be undone
 * @id: document id of a submission
 *
 * Returns: (transfer none): a window that reads the submission meanwhile
 */
SpSubmissionWindow *
sp_submission_window_new (GtkWindow *parent, SpStore *store, SpChanges *changes, const char *id)
{
  SpSubmissionWindow *self = g_object_new (SP_TYPE_SUBMISSION_WINDOW, "transient-for", parent, NULL);

  self->store = g_object_ref (store);
  self->changes = g_object_ref (changes);
  self->id = g_strdup (id);
  read_again (self);
  return self;
}
