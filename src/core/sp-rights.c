/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may write what: one table. A server enforces it, and prints the same table as CouchDB's validate_doc_update, so
 * that both refuse the same documents. The rules look only at the account, its role, the id and the new body, never at
 * the revision before: a forged history must not open a door. */
#include "sp-rights.h"

#include <string.h>

#define MAX_ACCOUNT 64 /* bytes */

static const char *const role_names[] = { "", "viewer", "contributor", "editor", "admin" };

typedef struct
{
  const char *prefix; /* of the id */
  const char *type;   /* member `type` that goes with it */
  SpRole      any;    /* who may write any of these */
  SpRole      own;    /* who may write those with its account in the id, in the state `proposed` */
} Rule;

/* What no row names is for admins. */
static const Rule rules[] = {
  { "asset:", "asset", SP_ROLE_EDITOR, SP_ROLE_EDITOR },
  { "area:", "area", SP_ROLE_EDITOR, SP_ROLE_EDITOR },
  { "taxonomy:", "taxonomy", SP_ROLE_EDITOR, SP_ROLE_EDITOR },
  { "term-calendar:", "term-calendar", SP_ROLE_EDITOR, SP_ROLE_EDITOR },
  { "submission:", "submission", SP_ROLE_EDITOR, SP_ROLE_CONTRIBUTOR },
};

/* The same rules for CouchDB. RULES stands for the table, each row [prefix, type, any, own]. */
static const char validate[] =
  "function (doc, old, user, security) {\n"
  "  var ranks = { viewer: 1, contributor: 2, editor: 3, admin: 4, _admin: 4 };\n"
  "  var rules = RULES;\n"
  "  var role = 0, i, rule = null;\n"
  "  for (i = 0; i < user.roles.length; i++)\n"
  "    if (ranks.hasOwnProperty(user.roles[i])) role = Math.max(role, ranks[user.roles[i]]);\n"
  "  if (doc._attachments) throw({ forbidden: 'Attachments are not kept: put the file elsewhere and its address in the entry' });\n"
  "  if (role >= 4) return;\n"
  "  for (i = 0; i < rules.length; i++)\n"
  "    if (doc._id.indexOf(rules[i][0]) === 0) rule = rules[i];\n"
  "  if (!rule) throw({ forbidden: doc._id + ': only an admin may write this' });\n"
  "  if (doc._deleted && doc.type === undefined ? false : doc.type !== rule[1])\n"
  "    throw({ forbidden: doc._id + ': its type must be ' + rule[1] });\n"
  "  if (role >= rule[2]) return;\n"
  "  if (role < rule[3]) throw({ forbidden: doc._id + ': your role does not allow to write this' });\n"
  "  if (doc._id.indexOf(rule[0] + user.name + ':') !== 0)\n"
  "    throw({ forbidden: doc._id + ': this belongs to somebody else' });\n"
  "  if (doc.state !== 'proposed') throw({ forbidden: doc._id + ': only an editor may decide on this' });\n"
  "}";

/**
 * sp_role_from_name:
 * @name: the name of a role, as accounts and sessions give it
 *
 * Returns: the role; %SP_ROLE_NONE if it is none of ours
 */
SpRole
sp_role_from_name (const char *name)
{
  if (strcmp (name, "_admin") == 0)
    return SP_ROLE_ADMIN;
  for (guint i = SP_ROLE_VIEWER; i < G_N_ELEMENTS (role_names); i++)
    if (strcmp (name, role_names[i]) == 0)
      return i;
  return SP_ROLE_NONE;
}

/**
 * sp_role_get_name:
 * @role: a role
 *
 * Returns: (transfer none): its name; empty for %SP_ROLE_NONE
 */
const char *
sp_role_get_name (SpRole role)
{
  return role_names[role];
}

/**
 * sp_rights_get_role:
 * @roles: (nullable) (array zero-terminated=1): names of roles, also such as `group:…`
 *
 * Returns: the greatest of them
 */
SpRole
sp_rights_get_role (const char *const *roles)
{
  SpRole greatest = SP_ROLE_NONE;

  for (guint i = 0; roles != NULL && roles[i] != NULL; i++)
    greatest = MAX (greatest, sp_role_from_name (roles[i]));
  return greatest;
}

/**
 * sp_rights_check_account:
 * @account: what shall be the name of an account
 * @error: %SP_ERROR_INVALID
 *
 * Names stand in ids between colons, so there is none in them.
 *
 * Returns: whether it may be one
 */
gboolean
sp_rights_check_account (const char *account, GError **error)
{
  gsize length = strlen (account);

  if (length > 0 && length <= MAX_ACCOUNT && account[0] != '_'
      && strspn (account, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_@+") == length)
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "“%s” cannot be the name of an account: 1 to %d letters, digits or . - _ @ +", account, MAX_ACCOUNT);
  return FALSE;
}

static gboolean
deny (const char *id, const char *why, GError **error)
{
  g_set_error (error, SP_ERROR, SP_ERROR_DENIED, "%s: %s", id, why);
  return FALSE;
}

static const Rule *
find_rule (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_has_prefix (id, rules[i].prefix))
      return &rules[i];
  return NULL;
}

/* A tombstone may be without a type: other programs write such. */
static gboolean
fits_type (const Rule *rule, const SpRightsDocument *document)
{
  if (document->deleted && !document->has_type)
    return TRUE;
  return g_strcmp0 (document->type, rule->type) == 0;
}

static gboolean
is_own (const Rule *rule, const char *account, const char *id)
{
  const char *rest = id + strlen (rule->prefix);

  return g_str_has_prefix (rest, account) && rest[strlen (account)] == ':';
}

/**
 * sp_rights_read:
 * @id: id of a document
 * @deleted: whether it is a tombstone
 * @body: its new body
 *
 * Returns: what the rules look at; good as long as @id and @body
 */
SpRightsDocument
sp_rights_read (const char *id, gboolean deleted, const SpNode *body)
{
  return (SpRightsDocument){ id, deleted, sp_node_get (body, "type") != NULL, sp_node_get_text (body, "type"), sp_node_get_text (body, "state") };
}

/**
 * sp_rights_check_write:
 * @account: who writes
 * @role: what that account may do in the database
 * @document: what is written
 * @error: %SP_ERROR_DENIED, with a sentence that says what is not allowed
 *
 * Returns: whether the document may be written
 */
gboolean
sp_rights_check_write (const char *account, SpRole role, const SpRightsDocument *document, GError **error)
{
  const char *id = document->id;
  const Rule *rule = find_rule (id);

  if (role >= SP_ROLE_ADMIN)
    return TRUE;
  if (rule == NULL)
    return deny (id, "only an admin may write this", error);
  if (!fits_type (rule, document))
    {
      g_set_error (error, SP_ERROR, SP_ERROR_DENIED, "%s: its type must be %s", id, rule->type);
      return FALSE;
    }
  if (role >= rule->any)
    return TRUE;
  if (role < rule->own)
    return deny (id, "your role does not allow to write this", error);
  if (!is_own (rule, account, id))
    return deny (id, "this belongs to somebody else", error);
  if (g_strcmp0 (document->state, "proposed") != 0)
    return deny (id, "only an editor may decide on this", error);
  return TRUE;
}

static char *
print_rules (void)
{
  GString *out = g_string_new ("[");

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    g_string_append_printf (out, "%s['%s', '%s', %d, %d]", i > 0 ? ", " : "", rules[i].prefix, rules[i].type, rules[i].any, rules[i].own);
  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}

/**
 * sp_rights_print_design_document:
 *
 * Returns: (transfer full): `_design/signpost` as JSON, on one line: the mark of a database with rules, and the same
 *   rules for a CouchDB
 */
char *
sp_rights_print_design_document (void)
{
  g_autoptr (SpNode) document = sp_node_new_object ();
  g_autoptr (GString) source = g_string_new (validate);
  g_autofree char *table = print_rules ();

  g_string_replace (source, "RULES", table, 1);
  sp_node_set_text (document, "_id", "_design/signpost");
  sp_node_set_text (document, "language", "javascript");
  sp_node_set_text (document, "validate_doc_update", source->str);
  return sp_node_to_json (document);
}
