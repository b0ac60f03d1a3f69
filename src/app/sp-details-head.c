/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpDetailsHead: the top of the details: what the entry is, what one must know before all else, and what it is about in
 * words. */
#include "sp-details-head.h"

#include "sp-details-cards.h"
#include "sp-disclosure.h"
#include "sp-row-words.h"
#include "sp-shape.h"
#include "sp-taxonomy.h"
#include "sp-words.h"

#include <glib/gi18n.h>
#include <math.h>

struct _SpDetailsHead
{
  GtkWidget parent_instance;

  /* of the template */
  GtkWidget *box;
  GtkImage  *shape;
  GtkLabel  *name;
  GtkLabel  *other_name;
  GtkLabel  *kind;
  GtkLabel  *next;
  GtkBox    *banners;
  GtkLabel  *summary;
  GtkLabel  *description;
};

G_DEFINE_FINAL_TYPE (SpDetailsHead, sp_details_head, GTK_TYPE_WIDGET)

static void
sp_details_head_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SP_TYPE_DETAILS_HEAD);
  G_OBJECT_CLASS (sp_details_head_parent_class)->dispose (object);
}

static void
sp_details_head_class_init (SpDetailsHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_details_head_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "detailshead");
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-details-head.ui");
  gtk_widget_class_bind_template_child (widget_class, SpDetailsHead, box);
  gtk_widget_class_bind_template_child (widget_class, SpDetailsHead, shape);
  gtk_widget_class_bind_template_child (widget_class, SpDetailsHead, name);
  gtk_widget_class_bind_template_child (widget_class, SpDetailsHead, other_name);
  gtk_widget_class_bind_template_child (widget_class, SpDetailsHead, kind);
  gtk_widget_class_bind_template_child (widget_class, SpDetailsHead, next);
  gtk_widget_class_bind_template_child (widget_class, SpDetailsHead, banners);
  gtk_widget_class_bind_template_child (widget_class, SpDetailsHead, summary);
  gtk_widget_class_bind_template_child (widget_class, SpDetailsHead, description);
}

static void
sp_details_head_init (SpDetailsHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- what it is ---- */

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* "Group · Men’s shed · Repair café" */
static char *
name_kind (const SpFacts *facts)
{
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();
  const char *kind = sp_node_get_text (facts->body, "kind");
  g_auto (GStrv) codes = sp_asset_get_words (facts->asset, "categories");
  g_autofree char *word = kind != NULL ? sp_words_value ("kind", kind) : NULL;
  GString *text = g_string_new (word);

  for (guint i = 0; codes[i] != NULL; i++)
    {
      const SpCategory *category = sp_taxonomy_lookup (taxonomy, codes[i]);
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", category != NULL ? sp_category_get_local_name (category) : codes[i]);
    }
  return g_string_free (text, FALSE);
}

static void
show_shape (SpDetailsHead *self, const SpFacts *facts)
{
  g_auto (GStrv) codes = sp_asset_get_words (facts->asset, "categories");

  sp_shape_show (self->shape, codes[0]);
}

/* "Next: tomorrow, 10 to 12 · ¼ mile" */
static char *
get_glance (const SpFacts *facts)
{
  double distance = sp_facts_get_distance (facts);
  g_autofree char *next = sp_details_get_next_words (facts);
  g_autofree char *far = isnan (distance) ? NULL : sp_words_distance (distance, facts->miles);

  return sp_details_join (" · ", next, far);
}

/* ---- what one must know first ---- */

static GtkWidget *
add_banner (SpDetailsHead *self, const char *icon, const char *style, const char *text)
{
  GtkWidget *banner = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *image = gtk_image_new_from_icon_name (icon), *label = gtk_label_new (text);

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (banner), image);
  gtk_box_append (GTK_BOX (banner), label);
  gtk_widget_add_css_class (banner, "entry-notice");
  gtk_widget_add_css_class (banner, style);
  gtk_box_append (self->banners, banner);
  return banner;
}

static void
add_dispute (SpDetailsHead *self, const SpFacts *facts)
{
  GtkWidget *banner, *button;

  if (!facts->disputed)
    return;
  banner = add_banner (self, "dialog-warning-symbolic", "warning",
                       _("Conflict: two versions of this entry stand against each other and need a decision"));
  button = gtk_button_new_with_mnemonic (_("_Decide…"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", sp_asset_get_id (facts->asset));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.resolve");
  gtk_box_append (GTK_BOX (banner), button);
}

/* The words of a notice with its days; NULL if it is over or there is none. */
static char *
get_notice (const SpFacts *facts)
{
  const SpNode *node = sp_node_get (facts->body, "notice");
  SpNotice notice;
  g_autofree char *span = NULL;

  sp_notice_read (node, &notice);
  if (notice.text == NULL || sp_details_is_over (node, facts->now.day))
    return NULL;
  span = sp_details_span (notice.from, notice.until);
  return sp_details_join (", ", notice.text, span);
}

static void
add_status (SpDetailsHead *self, const SpFacts *facts)
{
  const char *status = sp_node_get_text (facts->body, "status");
  g_autofree char *notice = get_notice (facts);
  g_autofree char *word = NULL, *text = NULL;

  if (status != NULL && sp_status_from_text (status) != SP_STATUS_ACTIVE)
    word = sp_words_value ("status", status);
  text = sp_details_join (": ", word, notice);
  if (text != NULL)
    add_banner (self, word != NULL ? "signpost-overdue-symbolic" : "dialog-information-symbolic", word != NULL ? "error" : "info", text);
}

static void
add_availability (SpDetailsHead *self, const SpFacts *facts)
{
  SpAvailability availability;
  g_autofree char *state = NULL, *text = NULL;

  sp_availability_read (sp_node_get (facts->body, "availability"), &availability);
  if (availability.state == NULL || g_str_equal (availability.state, "open"))
    return;
  state = sp_words_value ("availability.state", availability.state);
  text = sp_details_join (": ", state, availability.wait);
  add_banner (self, "dialog-information-symbolic", "warning", text);
}

static void
add_visible (SpDetailsHead *self, const SpFacts *facts)
{
  const SpNode *visible = sp_node_get (facts->body, "visible");
  const gboolean never = g_strcmp0 (sp_node_get_text (visible, "until"), SP_DISCLOSURE_NEVER) == 0;
  g_autofree char *span = sp_details_span (sp_node_get_text (visible, "from"), sp_node_get_text (visible, "until"));
  g_autofree char *text = never          ? g_strdup (_("Not in public lists"))
                          : span != NULL ? g_strdup_printf (_("In public lists: %s"), span) /* Translators: %s is days, "from …" or "… to …" */
                                         : NULL;

  if (text != NULL)
    add_banner (self, "dialog-information-symbolic", "info", text);
}

static void
add_staleness (SpDetailsHead *self, const SpFacts *facts)
{
  SpFreshnessState worst = sp_freshness_worst (&facts->rules, facts->body, facts->now.day);

  if (worst == SP_FRESHNESS_OVERDUE)
    add_banner (self, sp_row_freshness_icon (worst), "error", _("Some of this was not checked for a long time: ask before you send anybody"));
  else if (worst == SP_FRESHNESS_NEVER)
    add_banner (self, sp_row_freshness_icon (worst), "warning", _("Some of this was never checked: ask before you send anybody"));
}

static void
fill_banners (SpDetailsHead *self, const SpFacts *facts)
{
  GtkWidget *banner;

  while ((banner = gtk_widget_get_first_child (GTK_WIDGET (self->banners))) != NULL)
    gtk_box_remove (self->banners, banner);
  add_dispute (self, facts);
  add_status (self, facts);
  add_availability (self, facts);
  add_visible (self, facts);
  add_staleness (self, facts);
  gtk_widget_set_visible (GTK_WIDGET (self->banners), gtk_widget_get_first_child (GTK_WIDGET (self->banners)) != NULL);
}

/**
 * sp_details_head_fill:
 * @self: the top of the details
 * @facts: the facts of an entry
 *
 * Shows `name`, `alternate_name`, `kind`, `categories`, `status`, `notice`, `visible`, `summary` and `description`.
 */
void
sp_details_head_fill (SpDetailsHead *self, const SpFacts *facts)
{
  const char *name = sp_asset_get_name (facts->asset), *other = sp_asset_get_text (facts->asset, "alternate_name");
  g_autofree char *also = other != NULL ? g_strdup_printf (_("Also called %s"), other) : NULL;
  g_autofree char *kind = name_kind (facts), *glance = get_glance (facts);

  show_shape (self, facts);
  gtk_label_set_label (self->name, name != NULL ? name : _("An entry without a name"));
  set_text (self->other_name, also);
  set_text (self->kind, kind);
  set_text (self->next, glance);
  fill_banners (self, facts);
  set_text (self->summary, sp_facts_get_translated (facts, "summary"));
  set_text (self->description, sp_facts_get_translated (facts, "description"));
}
