/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `_security`: who may open a database, in CouchDB's words. There is one truth, the accounts: this tells them so, and what is
 * written here changes their roles in that database. */
#include "sp-security.h"

#include <string.h>

static const char *const admin_roles[] = { "_admin", "admin", NULL };
static const char *const member_roles[] = { "viewer", "contributor", "editor", NULL };

/* What is asked for. */
typedef struct
{
  char *database;
  GStrv admins;  /* accounts */
  GStrv members; /* accounts */
} SpSecurity;

static void
free_security (SpSecurity *self)
{
  g_free (self->database);
  g_strfreev (self->admins);
  g_strfreev (self->members);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpSecurity, free_security)

/* ── What is written ── */

/* The texts of a list; a list that is not there is empty. */
static GStrv
read_list (const SpNode *security, const char *part, const char *member, GError **error)
{
  const SpNode *list = sp_node_get (sp_node_get (security, part), member);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean good = list == NULL || sp_node_is_array (list);

  for (guint i = 0; good && i < sp_node_get_length (list); i++)
    {
      const char *text = sp_node_get_string (sp_node_get_element (list, i));

      good = text != NULL;
      if (good)
        g_strv_builder_add (builder, text);
    }
  if (good)
    return g_strv_builder_end (builder);
  g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s.%s must be a JSON list of strings", part, member);
  return NULL;
}

/* Roles of other servers would mean nothing here, and must not seem to. */
static gboolean
check_roles (const SpNode *security, const char *part, const char *const *known, GError **error)
{
  g_auto (GStrv) roles = read_list (security, part, "roles", error);

  for (guint i = 0; roles != NULL && roles[i] != NULL; i++)
    if (!g_strv_contains (known, roles[i]))
      {
        g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s.roles: there is no role “%s” here; name accounts instead", part, roles[i]);
        return FALSE;
      }
  return roles != NULL;
}

static SpSecurity *
read_security (const SpRequest *request, GError **error)
{
  g_autoptr (SpNode) node = sp_request_parse (request, error);
  g_autoptr (SpSecurity) self = g_new0 (SpSecurity, 1);

  if (node == NULL || !check_roles (node, "admins", admin_roles, error) || !check_roles (node, "members", member_roles, error))
    return NULL;
  self->database = g_strdup (request->database);
  self->admins = read_list (node, "admins", "names", error);
  self->members = self->admins != NULL ? read_list (node, "members", "names", error) : NULL;
  return self->members != NULL ? g_steal_pointer (&self) : NULL;
}

static gboolean
check_accounts (SpAccounts *accounts, GStrv names, GError **error)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *hash = sp_accounts_get_password (accounts, names[i]);

      if (hash != NULL)
        continue;
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "There is no account “%s”; “signpost-server user add” makes one", names[i]);
      return FALSE;
    }
  return TRUE;
}

/* Who was a member stays what it was; who becomes one may read and write, as on CouchDB. */
static void
set_member (SpAccounts *accounts, const char *name, const char *database)
{
  static const char *const editor[] = { "editor", NULL };
  g_auto (GStrv) roles = sp_accounts_get_roles (accounts, name, database);
  const SpRole role = sp_rights_get_role ((const char *const *) roles);

  if (role == SP_ROLE_NONE || role >= SP_ROLE_ADMIN)
    sp_accounts_set_roles (accounts, name, database, editor);
}

/**
 * sp_security_apply:
 * @accounts: accounts
 * @request: an #SpRequest: `PUT /db/_security`
 * @error: %SP_ERROR_PARSE; %SP_ERROR_INVALID, also if an account is not there; then nothing is changed
 *
 * An #SpLoginChange. Gives roles in the database to those who are named, and takes them from all others. Roles in the whole server stay.
 *
 * Returns: whether it was done
 */
gboolean
sp_security_apply (SpAccounts *accounts, gpointer request, GError **error)
{
  static const char *const admin[] = { "admin", NULL }, *const none[] = { NULL };
  g_autoptr (SpSecurity) security = sp_request_unpack (request, error) ? read_security (request, error) : NULL;
  g_auto (GStrv) names = sp_accounts_list (accounts);

  if (security == NULL || !check_accounts (accounts, security->admins, error) || !check_accounts (accounts, security->members, error))
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) security->admins, names[i]))
      sp_accounts_set_roles (accounts, names[i], security->database, admin);
    else if (g_strv_contains ((const char *const *) security->members, names[i]))
      set_member (accounts, names[i], security->database);
    else
      sp_accounts_set_roles (accounts, names[i], security->database, none);
  return TRUE;
}

/* ── What is told ── */

static void
add_texts (GString *out, const char *const *texts)
{
  for (guint i = 0; texts[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      sp_json_append_text (out, texts[i]);
    }
}

static void
add_part (GString *out, const char *part, GPtrArray *names, const char *const *roles)
{
  g_ptr_array_add (names, NULL);
  g_string_append_printf (out, "\"%s\":{\"names\":[", part);
  add_texts (out, (const char *const *) names->pdata);
  g_string_append (out, "],\"roles\":[");
  add_texts (out, roles);
  g_string_append (out, "]}");
}

/**
 * sp_security_describe:
 * @accounts: accounts
 * @request: `GET /db/_security`
 *
 * Returns: (transfer full): the roles that open the database; for its admins also who has them there
 */
SpAnswer *
sp_security_describe (SpAccounts *accounts, const SpRequest *request)
{
  g_auto (GStrv) names = sp_accounts_list (accounts);
  g_autoptr (GPtrArray) admins = g_ptr_array_new ();
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  GString *out = g_string_new ("{");

  for (guint i = 0; names[i] != NULL && request->role >= SP_ROLE_ADMIN; i++)
    {
      g_auto (GStrv) roles = sp_accounts_get_roles (accounts, names[i], request->database);
      const SpRole role = sp_rights_get_role ((const char *const *) roles);

      if (role != SP_ROLE_NONE)
        g_ptr_array_add (role >= SP_ROLE_ADMIN ? admins : members, names[i]);
    }
  add_part (out, "admins", admins, admin_roles);
  g_string_append_c (out, ',');
  add_part (out, "members", members, member_roles);
  g_string_append (out, "}\n");
  return sp_answer_take (200, out);
}
