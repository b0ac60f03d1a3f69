/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpConflictWindow: what several people changed differently in one entry, field by field. Nothing is chosen beforehand, and
 * it is saved only when all is. Or both are right, and become two entries. */
#include "sp-conflict-window.h"

#include "sp-difference-card.h"
#include "sp-entry-words.h"
#include "sp-form-label.h"
#include "sp-store-updates.h"
#include "sp-weak.h"
#include "sp-wrap-box.h"

#include <glib/gi18n.h>

struct _SpConflictWindow
{
  AdwWindow parent_instance;

  SpChanges    *changes;  /* owned */
  SpStore      *store;    /* owned */
  char         *id;       /* owned; document id */
  SpConflict   *conflict; /* owned, nullable until it is read */
  GCancellable *reading;  /* owned */
  gboolean      saving;   /* the store has been asked */

  /* of the template */
  GtkWidget     *save_button;
  GtkStack      *stack;
  GtkLabel      *intro;
  GtkWidget     *all_buttons;
  GtkWidget     *cards;
  GtkLabel      *left;
  GtkWidget     *split_button;
  AdwStatusPage *said_page;
};

G_DEFINE_FINAL_TYPE (SpConflictWindow, sp_conflict_window, ADW_TYPE_WINDOW)

static void read_again (SpConflictWindow *self);

static void
say (SpConflictWindow *self, const char *title, const char *sentence)
{
  adw_status_page_set_title (self->said_page, title);
  adw_status_page_set_description (self->said_page, sentence);
  gtk_stack_set_visible_child_name (self->stack, "said");
  gtk_widget_set_sensitive (self->save_button, FALSE);
}

static const SpConflictSide *
get_side (SpConflictWindow *self, guint index)
{
  return g_ptr_array_index (self->conflict->sides, index);
}

static const char *
get_name (SpConflictWindow *self)
{
  return self->conflict->name != NULL ? self->conflict->name : _("an entry without a name");
}

/* ---- what is left to choose ---- */

static guint
count_open (SpConflictWindow *self)
{
  guint open = 0;

  for (GtkWidget *card = gtk_widget_get_first_child (self->cards); card != NULL; card = gtk_widget_get_next_sibling (card))
    open += sp_difference_card_is_open (SP_DIFFERENCE_CARD (card)) ? 1 : 0;
  return open;
}

static void
show_left (SpConflictWindow *self)
{
  guint open = count_open (self);
  g_autofree char *text = g_strdup_printf (ngettext ("One is still to be chosen.", "%u are still to be chosen.", open), open);

  gtk_label_set_label (self->left, open > 0 ? text : _("All is chosen. The versions that give way stay in the history of the entry."));
  gtk_widget_set_sensitive (self->save_button, open == 0 && !self->saving);
  gtk_widget_set_sensitive (self->split_button, !self->saving);
  gtk_widget_set_sensitive (self->cards, !self->saving);
}

static void
choose_all_cb (SpConflictWindow *self, GtkWidget *button)
{
  int side = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "side"));

  for (GtkWidget *card = gtk_widget_get_first_child (self->cards); card != NULL; card = gtk_widget_get_next_sibling (card))
    sp_difference_card_choose (SP_DIFFERENCE_CARD (card), side);
}

/* ---- showing ---- */

/* Whose a version is, and of when. */
static char *
say_side (SpConflictWindow *self, guint index)
{
  const SpConflictSide *side = get_side (self, index);

  return sp_entry_words_signature (index == 0 && self->conflict->own ? _("Yours") : side->by, side->on);
}

static void
add_card (SpConflictWindow *self, const SpCollision *collision)
{
  SpDifferenceCard *card = sp_difference_card_new (collision->path);

  for (guint i = 0; i < collision->values->len; i++)
    {
      g_autofree char *whose = say_side (self, i);
      sp_difference_card_add_choice (card, whose, g_ptr_array_index (collision->values, i),
                                     g_ptr_array_index (collision->values, i == 0 ? 1 : 0));
    }
  sp_difference_card_end (card, TRUE);
  g_signal_connect_object (card, "chosen", G_CALLBACK (show_left), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->cards), GTK_WIDGET (card));
}

static void
add_all_button (SpConflictWindow *self, guint index)
{
  const char *by = get_side (self, index)->by;
  /* Translators: who */
  g_autofree char *text = g_strdup_printf (_("All by %s"), by != NULL ? by : _("somebody else"));
  GtkWidget *button = sp_form_button_new (index == 0 && self->conflict->own ? _("All of Yours") : text);

  g_object_set_data (G_OBJECT (button), "side", GUINT_TO_POINTER (index));
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_all_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (button, self->all_buttons);
}

static char *
make_intro (SpConflictWindow *self)
{
  const char *other = get_side (self, 1)->by;

  if (self->conflict->collisions->len == 0) /* Translators: name of an entry */
    return g_strdup_printf (_("The versions of “%s” go together. Saving puts them together."), get_name (self));
  if (self->conflict->own && self->conflict->sides->len == 2) /* Translators: who, and name of an entry */
    return g_strdup_printf (_("You and %s both changed “%s”, neither knowing of the other. Choose what shall stand. What only one of you "
                              "changed is kept anyway."), other != NULL ? other : _("somebody else"), get_name (self));
  /* Translators: name of an entry, and a number above 1 */
  return g_strdup_printf (_("“%s” has %u versions that stand against each other. Choose what shall stand. What only one of them "
                            "changed is kept anyway."), get_name (self), self->conflict->sides->len);
}

static void
clear (GtkWidget *parent)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (parent)) != NULL)
    if (GTK_IS_BOX (parent))
      gtk_box_remove (GTK_BOX (parent), child);
    else
      gtk_widget_unparent (child);
}

static void
show_conflict (SpConflictWindow *self)
{
  g_autofree char *intro = make_intro (self);

  clear (self->cards);
  clear (self->all_buttons);
  gtk_label_set_label (self->intro, intro);
  for (guint i = 0; i < self->conflict->collisions->len; i++)
    add_card (self, g_ptr_array_index (self->conflict->collisions, i));
  for (guint i = 0; i < self->conflict->sides->len && self->conflict->collisions->len > 1; i++)
    add_all_button (self, i);
  gtk_widget_set_visible (self->all_buttons, self->conflict->collisions->len > 1);
  show_left (self);
  gtk_stack_set_visible_child_name (self->stack, "main");
  gtk_widget_child_focus (self->cards, GTK_DIR_TAB_FORWARD);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpConflictWindow) self = sp_weak_take (data);
  g_autoptr (GError) error = NULL;
  SpConflict *conflict = sp_store_read_conflict_finish (SP_STORE (source), result, &error);

  if (self == NULL)
    {
      g_clear_pointer (&conflict, sp_conflict_free);
      return;
    }
  g_clear_pointer (&self->conflict, sp_conflict_free);
  self->conflict = conflict;
  if (conflict != NULL)
    show_conflict (self);
  else if (g_error_matches (error, SP_ERROR, SP_ERROR_INVALID))
    say (self, _("Nothing Left to Decide"), _("Somebody has decided this already, or the versions went together since."));
  else
    say (self, _("It Cannot Be Read"), error->message);
}

static void
read_again (SpConflictWindow *self)
{
  sp_store_read_conflict_async (self->store, self->id, self->reading, read_cb, sp_weak_new (self));
}

/* ---- writing ---- */

/* A decision on its way to the writer; owns all it points to. */
typedef struct
{
  char      *id;
  GPtrArray *choices; /* (element-type SpChoice) */
  GStrv      new_ids; /* nullable: both stay */
} Decision;

static void
decision_free (gpointer data)
{
  Decision *decision = data;

  g_free (decision->id);
  g_ptr_array_unref (decision->choices);
  g_strfreev (decision->new_ids);
  g_free (decision);
}

/* On the writer. */
static gboolean
decide_job (SpDb *db, const SpEditStamp *stamp, gpointer data, GError **error)
{
  const Decision *decision = data;

  return decision->new_ids != NULL ? sp_resolve_split (db, decision->id, (const char *const *) decision->new_ids, stamp, error)
                                   : sp_resolve_write (db, decision->id, decision->choices, stamp, NULL, error);
}

/* Another version may have come while a person chose: then what collides is shown anew. */
static void
decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpConflictWindow) self = sp_weak_take (data);
  g_autoptr (GError) error = NULL;
  gboolean done = sp_changes_run_finish (SP_CHANGES (source), result, &error);

  if (self == NULL)
    return;
  self->saving = FALSE;
  if (done)
    gtk_window_destroy (GTK_WINDOW (self));
  else if (g_error_matches (error, SP_ERROR, SP_ERROR_CONFLICT) || g_error_matches (error, SP_ERROR, SP_ERROR_NOT_FOUND)
           || g_error_matches (error, SP_ERROR, SP_ERROR_INVALID))
    read_again (self);
  else
    say (self, _("It Cannot Be Saved"), error->message);
}

/* What is not typed is named by its revision, so that nobody's later words slip in. */
static SpChoice *
make_choice (SpConflictWindow *self, SpDifferenceCard *card)
{
  int choice = sp_difference_card_get_choice (card);
  const char *path = sp_difference_card_get_path (card);

  return choice >= 0 ? sp_choice_new (path, SP_CHOICE_REV, get_side (self, (guint) choice)->rev, NULL)
                     : sp_choice_new (path, SP_CHOICE_VALUE, NULL, sp_difference_card_get_value (card));
}

static Decision *
new_decision (SpConflictWindow *self)
{
  Decision *decision = g_new0 (Decision, 1);

  decision->id = g_strdup (self->id);
  decision->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_choice_free);
  return decision;
}

static void
save_cb (SpConflictWindow *self, GtkButton *button)
{
  const char *const ids[] = { self->id, NULL };
  /* Translators: name of an entry; a person chose between its versions */
  g_autofree char *label = g_strdup_printf (_("“%s” decided"), get_name (self));
  Decision *decision = new_decision (self);

  for (GtkWidget *card = gtk_widget_get_first_child (self->cards); card != NULL; card = gtk_widget_get_next_sibling (card))
    g_ptr_array_add (decision->choices, make_choice (self, SP_DIFFERENCE_CARD (card)));
  self->saving = TRUE;
  show_left (self);
  sp_changes_run_async (self->changes, ids, label, decide_job, decision, decision_free, decided_cb, sp_weak_new (self));
}

static void
split_cb (SpConflictWindow *self, GtkButton *button)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new (), new_ids = g_strv_builder_new ();
  /* Translators: name of an entry of which two versions became two entries */
  g_autofree char *label = g_strdup_printf (_("“%s” kept as two entries"), get_name (self));
  g_auto (GStrv) ids = NULL;
  Decision *decision = new_decision (self);

  g_strv_builder_add (all, self->id);
  for (guint i = 1; i < self->conflict->sides->len; i++)
    {
      g_autofree char *uuid = g_uuid_string_random ();
      g_autofree char *id = g_strconcat ("asset:", uuid, NULL);
      g_strv_builder_add (all, id);
      g_strv_builder_add (new_ids, id);
    }
  ids = g_strv_builder_end (all);
  decision->new_ids = g_strv_builder_end (new_ids);
  self->saving = TRUE;
  show_left (self);
  sp_changes_run_async (self->changes, (const char *const *) ids, label, decide_job, decision, decision_free, decided_cb, sp_weak_new (self));
}

/* ---- the class ---- */

static void
sp_conflict_window_dispose (GObject *object)
{
  SpConflictWindow *self = SP_CONFLICT_WINDOW (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->changes);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (sp_conflict_window_parent_class)->dispose (object);
}

static void
sp_conflict_window_finalize (GObject *object)
{
  SpConflictWindow *self = SP_CONFLICT_WINDOW (object);

  g_object_unref (self->reading);
  g_clear_pointer (&self->conflict, sp_conflict_free);
  g_free (self->id);
  G_OBJECT_CLASS (sp_conflict_window_parent_class)->finalize (object);
}

static void
sp_conflict_window_class_init (SpConflictWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_conflict_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_conflict_window_finalize;
  g_type_ensure (SP_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-conflict-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SpConflictWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, SpConflictWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SpConflictWindow, intro);
  gtk_widget_class_bind_template_child (widget_class, SpConflictWindow, all_buttons);
  gtk_widget_class_bind_template_child (widget_class, SpConflictWindow, cards);
  gtk_widget_class_bind_template_child (widget_class, SpConflictWindow, left);
  gtk_widget_class_bind_template_child (widget_class, SpConflictWindow, split_button);
  gtk_widget_class_bind_template_child (widget_class, SpConflictWindow, said_page);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, split_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sp_conflict_window_init (SpConflictWindow *self)
{
  self->reading = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_conflict_window_new:
 * @parent: (nullable): the window it stands before
 * @store: the store
 * @changes: what writes the decision, so that it can be undone
 * @id: document id of an entry whose versions collide
 *
 * Returns: (transfer none): a window that reads what collides meanwhile
 */
SpConflictWindow *
sp_conflict_window_new (GtkWindow *parent, SpStore *store, SpChanges *changes, const char *id)
{
  SpConflictWindow *self = g_object_new (SP_TYPE_CONFLICT_WINDOW, "transient-for", parent, NULL);

  self->store = g_object_ref (store);
  self->changes = g_object_ref (changes);
  self->id = g_strdup (id);
  read_again (self);
  return self;
}
