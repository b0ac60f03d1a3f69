/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpSharingPage: the page of the preferences on which one says whom the store is shared with, tries whether it works, and is
 * told what does not. */
#include "sp-sharing-page.h"

#include "sp-compat.h"
#include "sp-couch-probe.h"
#include "sp-sharing-words.h"

#include <glib/gi18n.h>

struct _SpSharingPage
{
  GtkWidget parent_instance;

  SpSharing    *sharing;     /* owned, nullable */
  char         *authority;   /* owned; path, empty for none */
  GCancellable *cancellable; /* nullable: of the test under way */

  /* of the template */
  GtkWidget    *page;
  GtkEditable  *address;
  GtkEditable  *user;
  GtkEditable  *password;
  AdwActionRow *authority_row;
  GtkWidget    *clear;
  GtkWidget    *result_group;
  GtkWidget    *result;
  GtkImage     *result_icon;
  GtkWidget    *test;
  GtkWidget    *join;
  GtkWidget    *leave;
  GtkLabel     *note;
};

G_DEFINE_FINAL_TYPE (SpSharingPage, sp_sharing_page, GTK_TYPE_WIDGET)

/* ── What a test found ── */

static void
show_result (SpSharingPage *self, gboolean good, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->result), markup);
  gtk_image_set_from_icon_name (self->result_icon, good ? "signpost-sync-done-symbolic" : "signpost-sync-refused-symbolic");
  gtk_widget_set_visible (self->result_group, TRUE);
}

static const char *
get_role_words (SpRole role)
{
  switch (role)
    {
    case SP_ROLE_VIEWER:
      return _("You may look at the list.");
    case SP_ROLE_CONTRIBUTOR:
      return _("You may propose changes, which an editor accepts.");
    case SP_ROLE_EDITOR:
      return _("You may change the list.");
    case SP_ROLE_ADMIN:
      return _("You may change everything.");
    case SP_ROLE_NONE:
    default:
      return "";
    }
}

static void
show_found (SpSharingPage *self, const SpCouchProbe *probe)
{
  g_autofree char *count = g_strdup_printf (ngettext ("It works: %'u document is there.", "It works: %'u documents are there.",
                                                      (gulong) probe->n_documents), (guint) probe->n_documents);
  g_autofree char *text = g_strdup_printf ("%s %s", count, get_role_words (probe->role));

  show_result (self, TRUE, g_strchomp (text));
}

/* What is short in our words is long in those of the one who knows more. */
static void
show_problem (SpSharingPage *self, const GError *error)
{
  const char *words = sp_sharing_words_problem (error);
  g_autofree char *text = g_str_equal (words, error->message) ? g_strdup (words) : g_strdup_printf ("%s (%s)", words, error->message);

  show_result (self, FALSE, text);
}

static void
set_busy (SpSharingPage *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->test, !busy);
  gtk_button_set_label (GTK_BUTTON (self->test), busy ? _("Testing…") : _("_Test"));
}

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpSharingPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree SpCouchProbe *probe = sp_couch_probe_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->sharing == NULL)
    return;
  set_busy (self, FALSE);
  if (probe != NULL)
    show_found (self, probe);
  else
    show_problem (self, error);
}

/* ── What was typed ── */

/* @account: (out): what the fields say. Whether that can be an account. */
static gboolean
read_fields (SpSharingPage *self, SpSharingAccount *account)
{
  g_autoptr (GError) error = NULL;

  account->address = sp_sharing_read_address (gtk_editable_get_text (self->address), &error);
  account->user = g_strstrip (g_strdup (gtk_editable_get_text (self->user)));
  account->authority = g_strdup (self->authority);
  if (account->address != NULL)
    return TRUE;
  show_result (self, FALSE, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
  return FALSE;
}

/* What was typed; if nothing was, what is known already of the same account. */
static const char *
get_password (SpSharingPage *self, const SpSharingAccount *account)
{
  const char *typed = gtk_editable_get_text (self->password);
  const char *known = *typed == '\0' ? sp_sharing_find_password (self->sharing, account) : NULL;

  return known != NULL ? known : typed;
}

static void
test_cb (SpSharingPage *self)
{
  g_auto (SpSharingAccount) account = { NULL };
  g_autoptr (SpCouchClient) client = NULL;
  g_autoptr (GError) error = NULL;

  sp_sharing_page_cancel (self);
  if (!read_fields (self, &account))
    return;
  client = sp_sharing_make_client (&account, get_password (self, &account), &error);
  if (client == NULL)
    {
      show_problem (self, error);
      return;
    }
  self->cancellable = g_cancellable_new ();
  set_busy (self, TRUE);
  sp_couch_probe_async (client, self->cancellable, probed_cb, g_object_ref (self));
}

static void
connect_cb (SpSharingPage *self)
{
  g_auto (SpSharingAccount) account = { NULL };

  sp_sharing_page_cancel (self);
  if (!read_fields (self, &account))
    return;
  sp_sharing_connect (self->sharing, &account, get_password (self, &account));
  gtk_widget_activate_action (GTK_WIDGET (self), "window.close", NULL);
}

static void
leave_cb (const char *response, gpointer data)
{
  g_autoptr (SpSharingPage) self = data;

  if (g_str_equal (response, "cancel") || self->sharing == NULL)
    return;
  sp_sharing_disconnect (self->sharing);
  gtk_editable_set_text (self->password, "");
  gtk_widget_set_visible (self->result_group, FALSE);
}

static void
disconnect_cb (SpSharingPage *self)
{
  sp_compat_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Disconnect from the Server?"),
                 _("The list stays on this computer, and on the server. Changes no longer travel between the two, and the password is forgotten."),
                 "disconnect", _("_Disconnect"), TRUE, leave_cb, g_object_ref (self));
}

/* ── The authority ── */

/* What a test finds is true of what was tested. */
static void
edited_cb (SpSharingPage *self)
{
  sp_sharing_page_cancel (self);
  gtk_widget_set_visible (self->result_group, FALSE);
}

static void
show_authority (SpSharingPage *self)
{
  g_autofree char *name = *self->authority != '\0' ? g_filename_display_basename (self->authority) : NULL;
  g_autofree char *markup = name != NULL ? g_markup_escape_text (name, -1) : NULL;

  adw_action_row_set_subtitle (self->authority_row, markup != NULL ? markup : _("The system’s own"));
  gtk_widget_set_visible (self->clear, markup != NULL);
}

static void
set_authority (SpSharingPage *self, const char *path)
{
  char *copy = g_strdup (path);

  g_free (self->authority);
  self->authority = copy;
  show_authority (self);
  edited_cb (self);
}

static void
authority_chosen_cb (GListModel *files, gpointer data)
{
  g_autoptr (SpSharingPage) self = data;
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (file != NULL && g_file_peek_path (file) != NULL && self->sharing != NULL)
    set_authority (self, g_file_peek_path (file));
}

static void
choose_authority_cb (SpSharingPage *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Certificates (PEM)"));
  gtk_file_filter_add_suffix (filter, "pem");
  gtk_file_filter_add_suffix (filter, "crt");
  sp_compat_open_files (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Choose a Certificate Authority"), filter, FALSE,
                        authority_chosen_cb, g_object_ref (self));
}

static void
clear_authority_cb (SpSharingPage *self)
{
  set_authority (self, "");
}

/* ── The page ── */

static void
changed_cb (SpSharingPage *self)
{
  gtk_widget_set_visible (self->leave, sp_sharing_is_set_up (self->sharing));
  gtk_label_set_label (self->note, sp_sharing_keeps_password (self->sharing)
                                     ? _("The password is kept where this computer keeps passwords.")
                                     : _("This computer keeps no passwords, so it is asked for each time."));
}

static void
show_account (SpSharingPage *self)
{
  g_auto (SpSharingAccount) account = { NULL };

  sp_sharing_get_account (self->sharing, &account);
  gtk_editable_set_text (self->address, account.address);
  gtk_editable_set_text (self->user, account.user);
  set_authority (self, account.authority);
}

static void
sp_sharing_page_dispose (GObject *object)
{
  SpSharingPage *self = SP_SHARING_PAGE (object);

  sp_sharing_page_cancel (self);
  if (self->sharing != NULL)
    g_signal_handlers_disconnect_by_data (self->sharing, self);
  g_clear_object (&self->sharing);
  gtk_widget_dispose_template (GTK_WIDGET (self), SP_TYPE_SHARING_PAGE);
  G_OBJECT_CLASS (sp_sharing_page_parent_class)->dispose (object);
}

static void
sp_sharing_page_finalize (GObject *object)
{
  g_free (SP_SHARING_PAGE (object)->authority);
  G_OBJECT_CLASS (sp_sharing_page_parent_class)->finalize (object);
}

static void
sp_sharing_page_class_init (SpSharingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_sharing_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_sharing_page_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-sharing-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SpSharingPage, page);
  gtk_widget_class_bind_template_child (widget_class, SpSharingPage, address);
  gtk_widget_class_bind_template_child (widget_class, SpSharingPage, user);
  gtk_widget_class_bind_template_child (widget_class, SpSharingPage, password);
  gtk_widget_class_bind_template_child_full (widget_class, "authority", FALSE, G_STRUCT_OFFSET (SpSharingPage, authority_row));
  gtk_widget_class_bind_template_child (widget_class, SpSharingPage, clear);
  gtk_widget_class_bind_template_child (widget_class, SpSharingPage, result_group);
  gtk_widget_class_bind_template_child (widget_class, SpSharingPage, result);
  gtk_widget_class_bind_template_child (widget_class, SpSharingPage, result_icon);
  gtk_widget_class_bind_template_child (widget_class, SpSharingPage, test);
  gtk_widget_class_bind_template_child (widget_class, SpSharingPage, join);
  gtk_widget_class_bind_template_child (widget_class, SpSharingPage, leave);
  gtk_widget_class_bind_template_child (widget_class, SpSharingPage, note);
  gtk_widget_class_bind_template_callback (widget_class, choose_authority_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_authority_cb);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
  gtk_widget_class_bind_template_callback (widget_class, disconnect_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_cb);
}

static void
sp_sharing_page_init (SpSharingPage *self)
{
  self->authority = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_sharing_page_set_sharing:
 * @self: a page that shows nothing yet
 * @sharing: whose account it shows and sets
 */
void
sp_sharing_page_set_sharing (SpSharingPage *self, SpSharing *sharing)
{
  g_return_if_fail (self->sharing == NULL);

  self->sharing = g_object_ref (sharing);
  g_signal_connect_swapped (sharing, "changed", G_CALLBACK (changed_cb), self);
  show_account (self);
  changed_cb (self);
}

/**
 * sp_sharing_page_cancel:
 * @self: a page
 *
 * Gives up the test that is under way.
 */
void
sp_sharing_page_cancel (SpSharingPage *self)
{
  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  set_busy (self, FALSE);
}
