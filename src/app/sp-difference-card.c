/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpDifferenceCard: one thing that versions of an entry say differently, each in a column with whose it is, and a column
 * with the result. What is one text can be put otherwise there. Where there is no room the columns stand one below the
 * other. */
#include "sp-difference-card.h"

#include "sp-clock.h"
#include "sp-entry-words.h"
#include "sp-form-columns.h"
#include "sp-form-label.h"
#include "sp-typed.h"

#include <glib/gi18n.h>
#include <string.h>

#define LEAST 12 /* characters that a column is wide at least */

struct _SpDifferenceCard
{
  GtkWidget parent_instance;

  char           *path;    /* owned */
  const SpField  *field;   /* nullable: this version does not know it */
  GPtrArray      *values;  /* (element-type SpNode) what there is to choose from; NULL for nothing */
  GPtrArray      *buttons; /* (element-type GtkCheckButton) not owned: one for each */
  GPtrArray      *texts;   /* (element-type utf8) each in words; NULL for nothing */
  int             choice;  /* index in these, or SP_DIFFERENCE_… */
  GtkLabel       *result;  /* not owned, nullable: what is chosen, in words */
  GtkEditable    *entry;   /* not owned, nullable: the same, to be typed over */
  GtkLabel       *problem; /* not owned, nullable: what is wrong with what was typed */
  gboolean        filling; /* the entry is being filled, not typed into */

  /* of the template */
  GtkWidget      *box;
  GtkLabel       *title;
  GtkWidget      *columns;
};

G_DEFINE_FINAL_TYPE (SpDifferenceCard, sp_difference_card, GTK_TYPE_WIDGET)

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Whether it is written as one line of text. */
static gboolean
is_line (const SpField *field)
{
  switch (field != NULL ? (int) field->type : -1)
    {
    case SP_FIELD_TEXT:
    case SP_FIELD_PROSE:
    case SP_FIELD_NUMBER:
    case SP_FIELD_INTEGER:
    case SP_FIELD_DATE:
    case SP_FIELD_TIME:
    case SP_FIELD_URL:
    case SP_FIELD_EMAIL:
    case SP_FIELD_PHONE:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Only what is a line on every side can be typed: where a whole item stands against nothing it cannot. */
static gboolean
can_type (SpDifferenceCard *self)
{
  gboolean line = is_line (self->field);

  for (guint i = 0; i < self->values->len; i++)
    {
      const SpNode *value = g_ptr_array_index (self->values, i);
      line = line && (value == NULL || (!sp_node_is_array (value) && !sp_node_is_object (value)))
             && (sp_node_get_string (value) == NULL || strchr (sp_node_get_string (value), '\n') == NULL);
    }
  return line;
}

/* ---- what is chosen ---- */

static void
complain (SpDifferenceCard *self, const char *sentence)
{
  gtk_label_set_label (self->problem, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), sentence != NULL);
}

static void
show_result (SpDifferenceCard *self)
{
  const char *text = self->choice >= 0 ? g_ptr_array_index (self->texts, self->choice) : NULL;

  if (self->entry != NULL)
    {
      g_autofree char *typed = self->choice >= 0 ? sp_typed_show (self->field, g_ptr_array_index (self->values, self->choice)) : NULL;
      self->filling = TRUE;
      gtk_editable_set_text (self->entry, typed != NULL ? typed : "");
      self->filling = FALSE;
      gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), self->choice == SP_DIFFERENCE_OPEN ? _("Not chosen yet") : _("Nothing"));
      complain (self, NULL);
    }
  else if (self->result != NULL)
    gtk_label_set_label (self->result, self->choice == SP_DIFFERENCE_OPEN ? _("Not chosen yet") : text != NULL ? text : _("Nothing"));
}

static void
toggled_cb (SpDifferenceCard *self, GtkCheckButton *button)
{
  guint index;

  if (!gtk_check_button_get_active (button) || !g_ptr_array_find (self->buttons, button, &index))
    return;
  self->choice = (int) index;
  show_result (self);
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* What is typed is a choice of its own, none of the versions. */
static void
typed_cb (SpDifferenceCard *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) value = NULL;

  if (self->filling)
    return;
  self->choice = SP_DIFFERENCE_TYPED;
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (self->buttons, i), FALSE);
  value = sp_typed_parse (self->field, gtk_editable_get_text (self->entry), sp_clock_today (), &error);
  complain (self, error != NULL ? error->message : NULL);
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* ---- columns ---- */

static GtkWidget *
add_column (SpDifferenceCard *self, const char *heading)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3), *label = sp_form_label_new (heading, "caption");

  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (column), label);
  gtk_widget_set_parent (column, self->columns);
  return column;
}

static void
add_entry (SpDifferenceCard *self, GtkWidget *column)
{
  /* Translators: for a screen reader; a part of an entry, such as Web address */
  g_autofree char *name = g_strdup_printf (_("Result: %s"), gtk_label_get_label (self->title));

  self->entry = GTK_EDITABLE (gtk_entry_new ());
  self->problem = GTK_LABEL (sp_form_label_new (NULL, "error"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_editable_set_width_chars (self->entry, 8);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (typed_cb), self);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->problem));
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
}

/* ---- the class ---- */

static void
sp_difference_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SP_TYPE_DIFFERENCE_CARD);
  G_OBJECT_CLASS (sp_difference_card_parent_class)->dispose (object);
}

static void
sp_difference_card_finalize (GObject *object)
{
  SpDifferenceCard *self = SP_DIFFERENCE_CARD (object);

  g_free (self->path);
  g_ptr_array_unref (self->values);
  g_ptr_array_unref (self->texts);
  g_ptr_array_unref (self->buttons);
  G_OBJECT_CLASS (sp_difference_card_parent_class)->finalize (object);
}

static void
sp_difference_card_class_init (SpDifferenceCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_difference_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_difference_card_finalize;
  g_type_ensure (SP_TYPE_FORM_COLUMNS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-difference-card.ui");
  gtk_widget_class_bind_template_child (widget_class, SpDifferenceCard, box);
  gtk_widget_class_bind_template_child (widget_class, SpDifferenceCard, title);
  gtk_widget_class_bind_template_child (widget_class, SpDifferenceCard, columns);

  /**
   * SpDifferenceCard::chosen:
   * @self: the card
   *
   * Something else was chosen, or typed.
   */
  signals[CHOSEN] = g_signal_new ("chosen", SP_TYPE_DIFFERENCE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
unref_node (gpointer node)
{
  if (node != NULL)
    sp_node_unref (node);
}

static void
sp_difference_card_init (SpDifferenceCard *self)
{
  self->choice = SP_DIFFERENCE_OPEN;
  self->values = g_ptr_array_new_with_free_func (unref_node);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->buttons = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_difference_card_new:
 * @path: a member, a part of one, or an item of a list by its id
 *
 * Returns: (transfer floating): a card without columns; sp_difference_card_add_choice() adds them
 */
SpDifferenceCard *
sp_difference_card_new (const char *path)
{
  SpDifferenceCard *self = g_object_new (SP_TYPE_DIFFERENCE_CARD, NULL);
  g_autofree char *label = sp_entry_words_label (path);

  self->path = g_strdup (path);
  self->field = sp_field_find (path);
  gtk_label_set_label (self->title, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return self;
}

/**
 * sp_difference_card_add_choice:
 * @self: a card
 * @whose: whose version it is, and of when
 * @value: (nullable): what it says; a reference is taken. %NULL for nothing
 * @other: (nullable): what it is set against
 *
 * Adds a column; nothing is chosen by that.
 */
void
sp_difference_card_add_choice (SpDifferenceCard *self, const char *whose, SpNode *value, SpNode *other)
{
  GtkWidget *column = add_column (self, whose);
  char *text = sp_entry_words_whole (self->path, value, other);
  GtkWidget *button = sp_form_check_new (text != NULL ? text : _("Nothing"));
  GtkWidget *label = gtk_check_button_get_child (GTK_CHECK_BUTTON (button));
  /* Translators: for a screen reader; a part of an entry, whose version, what it says */
  g_autofree char *name = g_strdup_printf (_("%s, %s: %s"), gtk_label_get_label (self->title), whose, text != NULL ? text : _("Nothing"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_label_set_width_chars (GTK_LABEL (label), LEAST); /* large text has the columns one below the other */
  if (self->buttons->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), g_ptr_array_index (self->buttons, 0));
  g_ptr_array_add (self->values, value != NULL ? sp_node_ref (value) : NULL);
  g_ptr_array_add (self->texts, text);
  g_ptr_array_add (self->buttons, button);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_box_append (GTK_BOX (column), button);
}

/**
 * sp_difference_card_end:
 * @self: a card with all its choices
 * @can_choose: whether a person decides here, and not only looks
 *
 * Adds the column with the result.
 */
void
sp_difference_card_end (SpDifferenceCard *self, gboolean can_choose)
{
  GtkWidget *column;

  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_set_sensitive (g_ptr_array_index (self->buttons, i), can_choose);
  if (!can_choose)
    return;
  column = add_column (self, _("Result"));
  if (can_type (self))
    add_entry (self, column);
  else
    {
      self->result = GTK_LABEL (sp_form_label_new (NULL, NULL));
      gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->result));
    }
  show_result (self);
}

/**
 * sp_difference_card_choose:
 * @self: a card
 * @choice: index of a choice
 *
 * Chooses, as a click does.
 */
void
sp_difference_card_choose (SpDifferenceCard *self, int choice)
{
  g_return_if_fail (choice >= 0 && (guint) choice < self->buttons->len);
  gtk_check_button_set_active (g_ptr_array_index (self->buttons, choice), TRUE);
}

/**
 * sp_difference_card_get_path:
 * @self: a card
 *
 * Returns: (transfer none): what it is about
 */
const char *sp_difference_card_get_path (SpDifferenceCard *self) { return self->path; }

/**
 * sp_difference_card_get_choice:
 * @self: a card
 *
 * Returns: index of what is chosen; %SP_DIFFERENCE_OPEN or %SP_DIFFERENCE_TYPED
 */
int sp_difference_card_get_choice (SpDifferenceCard *self) { return self->choice; }

/**
 * sp_difference_card_is_open:
 * @self: a card
 *
 * Returns: whether nothing is chosen yet, or what was typed does not fit
 */
gboolean
sp_difference_card_is_open (SpDifferenceCard *self)
{
  return self->choice == SP_DIFFERENCE_OPEN
         || (self->choice == SP_DIFFERENCE_TYPED && gtk_widget_get_visible (GTK_WIDGET (self->problem)));
}

/**
 * sp_difference_card_get_value:
 * @self: a card that is not open
 *
 * Returns: (transfer full) (nullable): what shall stand there; %NULL for nothing
 */
SpNode *
sp_difference_card_get_value (SpDifferenceCard *self)
{
  if (self->choice == SP_DIFFERENCE_TYPED)
    return sp_typed_parse (self->field, gtk_editable_get_text (self->entry), sp_clock_today (), NULL);
  return self->choice >= 0 ? sp_node_copy (g_ptr_array_index (self->values, self->choice)) : NULL;
}
