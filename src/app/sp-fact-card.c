/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFactCard: one group of facts in the details, with a heading. Where the group has a clock, it tells in words and by a
 * shape how old the facts are, and has a button to say that they are still right. It stays while the entry changes, so
 * that the keyboard focus does; its rows are made anew. */
#include "sp-fact-card.h"

#include "sp-row-words.h"
#include "sp-words.h"

#include <glib/gi18n.h>

struct _SpFactCard
{
  GtkWidget parent_instance;

  char       *group; /* owned, nullable: name of the fact group whose clock it shows */
  SpFactGroup fact_group; /* the same as a number */
  char       *id;    /* owned, nullable: document id of the entry */
  guint       n_rows;

  GtkMenuButton *confirm; /* in the heading; NULL until there is something to confirm: most cards are never seen */

  /* of the template */
  GtkWidget     *box;
  GtkBox        *heading;
  GtkLabel      *title;
  GtkWidget     *clock;
  GtkImage      *clock_icon;
  GtkLabel      *clock_words;
  GtkBox        *rows;
};

G_DEFINE_FINAL_TYPE (SpFactCard, sp_fact_card, GTK_TYPE_WIDGET)

typedef enum { PROP_TITLE = 1, PROP_GROUP } SpFactCardProperty;
static GParamSpec *properties[PROP_GROUP + 1];

static void
set_title (SpFactCard *self, const char *title)
{
  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
set_group (SpFactCard *self, const char *group)
{
  g_free (self->group);
  self->group = sp_fact_group_from_name (group, &self->fact_group) ? g_strdup (group) : NULL;
}

static void
sp_fact_card_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch ((SpFactCardProperty) prop_id)
    {
    case PROP_TITLE:
      set_title (SP_FACT_CARD (object), g_value_get_string (value));
      break;
    case PROP_GROUP:
      set_group (SP_FACT_CARD (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sp_fact_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SP_TYPE_FACT_CARD);
  G_OBJECT_CLASS (sp_fact_card_parent_class)->dispose (object);
}

static void
sp_fact_card_finalize (GObject *object)
{
  g_free (SP_FACT_CARD (object)->group);
  g_free (SP_FACT_CARD (object)->id);
  G_OBJECT_CLASS (sp_fact_card_parent_class)->finalize (object);
}

static void
sp_fact_card_class_init (SpFactCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_WRITABLE;

  object_class->set_property = sp_fact_card_set_property;
  object_class->dispose = sp_fact_card_dispose;
  object_class->finalize = sp_fact_card_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_GROUP] = g_param_spec_string ("group", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "factcard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-fact-card.ui");
  gtk_widget_class_bind_template_child (widget_class, SpFactCard, box);
  gtk_widget_class_bind_template_child (widget_class, SpFactCard, title);
  gtk_widget_class_bind_template_child (widget_class, SpFactCard, heading);
  gtk_widget_class_bind_template_child (widget_class, SpFactCard, clock);
  gtk_widget_class_bind_template_child (widget_class, SpFactCard, clock_icon);
  gtk_widget_class_bind_template_child (widget_class, SpFactCard, clock_words);
  gtk_widget_class_bind_template_child (widget_class, SpFactCard, rows);
}

static void
sp_fact_card_init (SpFactCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- the clock ---- */

/* "Checked 7 months ago by phone, Jo · due for 1 month" */
static char *
get_clock_words (const SpFactCard *self, const SpFacts *facts, const SpFreshness *clock)
{
  const SpNode *item = sp_node_get (sp_node_get (facts->body, "checked"), self->group);
  const char *by = sp_node_get_text (item, "by");
  g_autofree char *age = sp_freshness_get_words (clock, facts->now.day);
  g_autofree char *words = sp_words_capitalise (age);
  g_autofree char *due = NULL;
  GString *text = g_string_new (words);

  if (by != NULL && clock->state != SP_FRESHNESS_NEVER)
    g_string_append_printf (text, " · %s", by);
  if (clock->state == SP_FRESHNESS_DUE || clock->state == SP_FRESHNESS_OVERDUE)
    {
      due = sp_words_due (clock, facts->now.day);
      g_string_append_printf (text, " · %s", due);
    }
  return g_string_free (text, FALSE);
}

static void
show_clock (SpFactCard *self, const SpFacts *facts)
{
  static const char *const classes[] = { "fresh", "due", "overdue", "never" };
  gboolean shown = self->group != NULL && sp_fact_group_is_present (facts->body, self->fact_group);
  SpFreshness clock;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->clock, shown);
  if (!shown)
    return;
  sp_freshness_read (&facts->rules, facts->body, self->fact_group, facts->now.day, &clock);
  words = get_clock_words (self, facts, &clock);
  gtk_label_set_label (self->clock_words, words);
  gtk_image_set_from_icon_name (self->clock_icon, sp_row_freshness_icon (clock.state));
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (i == clock.state)
      gtk_widget_add_css_class (self->clock, classes[i]);
    else
      gtk_widget_remove_css_class (self->clock, classes[i]);
}

/**
 * sp_fact_card_make_confirm_menu:
 * @id: document id
 * @group: name of a fact group; "" for all
 *
 * Returns: (transfer full): a menu that asks who says that the facts are still right
 */
GMenuModel *
sp_fact_card_make_confirm_menu (const char *id, const char *group)
{
  static const struct { const char *how; const char *label; } answers[] = {
    { "owner", N_("_Those Who Run It Said So") }, { "phone", N_("I _Rang") }, { "visit", N_("I _Was There") },
  };
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(answers[i].label), NULL);
      g_menu_item_set_action_and_target (item, "win.confirm-how", "(sss)", id, group, answers[i].how);
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, _("How Do You Know?"), G_MENU_MODEL (section));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/* A menu takes longer to make than all rows of its card, and few are ever opened. */
static void
confirm_cb (GtkMenuButton *button, gpointer data)
{
  SpFactCard *self = data;
  g_autoptr (GMenuModel) menu = sp_fact_card_make_confirm_menu (self->id, self->group);

  gtk_menu_button_set_menu_model (button, menu);
}

static GtkMenuButton *
make_confirm (SpFactCard *self)
{
  g_autofree char *label = g_strdup_printf (_("%s: Still Right"), gtk_label_get_label (self->title)); /* Translators: %s is a group of facts, "When" */
  GtkMenuButton *confirm = GTK_MENU_BUTTON (gtk_menu_button_new ());

  gtk_menu_button_set_label (confirm, _("Still Right"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (confirm), _("Say that this is still right"));
  gtk_widget_set_valign (GTK_WIDGET (confirm), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (confirm), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (confirm), "confirm");
  gtk_menu_button_set_create_popup_func (confirm, confirm_cb, self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (confirm), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_append (self->heading, GTK_WIDGET (confirm));
  return confirm;
}

static void
show_confirm (SpFactCard *self, const SpFacts *facts)
{
  gboolean shown = self->group != NULL && sp_fact_group_is_present (facts->body, self->fact_group);

  g_free (self->id);
  self->id = g_strdup (sp_asset_get_id (facts->asset));
  if (shown && self->confirm == NULL)
    self->confirm = make_confirm (self);
  if (self->confirm != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->confirm), shown);
}

/* ---- the rows ---- */

/**
 * sp_fact_card_begin:
 * @self: a card
 * @facts: the facts of an entry
 *
 * Empties the card and shows its clock. Rows may be added until sp_fact_card_end().
 */
void
sp_fact_card_begin (SpFactCard *self, const SpFacts *facts)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_box_remove (self->rows, row);
  self->n_rows = 0;
  show_clock (self, facts);
  show_confirm (self, facts);
}

/**
 * sp_fact_card_end:
 * @self: a card
 *
 * Shows the card if it has rows.
 */
void
sp_fact_card_end (SpFactCard *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), self->n_rows > 0);
}

/**
 * sp_fact_card_add_widget:
 * @self: a card
 * @widget: (transfer floating): a row of whatever kind
 */
void
sp_fact_card_add_widget (SpFactCard *self, GtkWidget *widget)
{
  gtk_box_append (self->rows, widget);
  self->n_rows++;
}

/**
 * sp_fact_card_add:
 * @self: a card
 * @caption: (nullable): what it is
 * @text: (nullable): what is known; nothing is added without
 *
 * Returns: (transfer none) (nullable): the row
 */
SpFactRow *
sp_fact_card_add (SpFactCard *self, const char *caption, const char *text)
{
  SpFactRow *row;

  if (text == NULL || *text == '\0')
    return NULL;
  row = sp_fact_row_new (caption, text);
  sp_fact_card_add_widget (self, GTK_WIDGET (row));
  return row;
}

/**
 * sp_fact_card_add_words:
 * @self: a card
 * @caption: (nullable): what it is
 * @words: (element-type utf8): what is known; nothing is added if there are none
 *
 * Adds a row for several words, "a, b and c".
 *
 * Returns: (transfer none) (nullable): the row
 */
SpFactRow *
sp_fact_card_add_words (SpFactCard *self, const char *caption, GPtrArray *words)
{
  g_autofree char *text = words->len > 0 ? sp_words_join (words) : NULL;

  return sp_fact_card_add (self, caption, text);
}

/**
 * sp_fact_card_add_missing:
 * @self: a card
 * @caption: (nullable): what it is
 * @text: that it is not known
 *
 * Adds a row for what nobody said, though it matters.
 */
void
sp_fact_card_add_missing (SpFactCard *self, const char *caption, const char *text)
{
  sp_fact_row_set_missing (sp_fact_card_add (self, caption, text));
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_lines (const char *caption, const char *name, const char *subtitle)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *const texts[] = { caption, name, subtitle };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL)
      {
        GtkWidget *label = make_label (texts[i], texts[i] == name ? NULL : "caption");
        if (texts[i] != name)
          gtk_widget_add_css_class (label, "dim-label");
        gtk_box_append (GTK_BOX (lines), label);
      }
  gtk_widget_set_hexpand (lines, TRUE);
  return lines;
}

static void
add_action_row (SpFactCard *self, GtkWidget *content, const char *icon, const char *label, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  gtk_box_append (GTK_BOX (box), content);
  gtk_box_append (GTK_BOX (box), image);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "link-row");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  sp_fact_card_add_widget (self, button);
}

/**
 * sp_fact_card_add_link:
 * @self: a card
 * @caption: (nullable): what it is to this entry, "Run by"
 * @asset: another entry
 * @subtitle: (nullable): a line about it
 *
 * Adds a row that shows another entry when it is activated.
 */
void
sp_fact_card_add_link (SpFactCard *self, const char *caption, SpAsset *asset, const char *subtitle)
{
  const char *name = sp_asset_get_name (asset) != NULL ? sp_asset_get_name (asset) : _("An entry without a name");
  g_autofree char *label = caption != NULL ? g_strdup_printf ("%s: %s", caption, name)
                           : subtitle != NULL ? g_strdup_printf ("%s, %s", name, subtitle) : g_strdup (name);

  add_action_row (self, make_lines (caption, name, subtitle), "go-next-symbolic", label, "win.show", sp_asset_get_id (asset));
}

/**
 * sp_fact_card_add_button:
 * @self: a card
 * @icon: name of an icon
 * @label: what it does, "Show the Week"
 * @action: name of an action of the window that takes a string
 * @target: for that action
 *
 * Adds a row that does something when it is activated.
 */
void
sp_fact_card_add_button (SpFactCard *self, const char *icon, const char *label, const char *action, const char *target)
{
  add_action_row (self, make_lines (NULL, label, NULL), icon, label, action, target);
}

/* ---- the keyboard ---- */

/**
 * sp_fact_card_get_focus_row:
 * @self: a card
 *
 * Returns: which of its rows has the keyboard, the first being 0; -1 if none has
 */
int
sp_fact_card_get_focus_row (SpFactCard *self)
{
  GtkWidget *focused;
  int row = 0;

  g_return_val_if_fail (SP_IS_FACT_CARD (self), -1);
  focused = gtk_widget_get_focus_child (GTK_WIDGET (self->rows));
  if (focused == NULL)
    return -1;
  while ((focused = gtk_widget_get_prev_sibling (focused)) != NULL)
    row++;
  return row;
}

/**
 * sp_fact_card_focus_row:
 * @self: a card
 * @row: one of its rows, the first being 0
 *
 * Returns: whether there is such a row and it took the keyboard
 */
gboolean
sp_fact_card_focus_row (SpFactCard *self, guint row)
{
  GtkWidget *child;

  g_return_val_if_fail (SP_IS_FACT_CARD (self), FALSE);
  child = gtk_widget_get_first_child (GTK_WIDGET (self->rows));
  for (; child != NULL && row > 0; row--)
    child = gtk_widget_get_next_sibling (child);
  return child != NULL && gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
}
