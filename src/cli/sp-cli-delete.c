/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost delete: an entry goes, or personal data goes and leaves no trace. */
#include "sp-cli.h"

#include "sp-cli-document.h"
#include "sp-cli-output.h"
#include "sp-clock.h"
#include "sp-erase.h"
#include "sp-field.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  gboolean erase;
  GStrv    members; /* owned, nullable: the whole entry */
} Erasure;

static gboolean
erase_cb (const char *option, const char *value, gpointer data, GError **error)
{
  Erasure *erasure = data;

  erasure->erase = TRUE;
  g_strfreev (erasure->members);
  erasure->members = value != NULL && *value != '\0' ? g_strsplit (value, ",", -1) : NULL;
  return TRUE;
}

/* GLib would take the id after a bare --erase for its value. */
static void
end_bare_option (GStrv argv)
{
  for (guint i = 0; argv[i] != NULL && strcmp (argv[i], "--") != 0; i++)
    if (strcmp (argv[i], "--erase") == 0)
      {
        g_free (argv[i]);
        argv[i] = g_strdup ("--erase=");
      }
}

/* What an entry cannot be without is not erased; the whole entry can be. */
static gboolean
check_members (GStrv members, GError **error)
{
  static const char * const needed[] = { "type", "schema", "name", "edit", "created", "modified", NULL };

  for (guint i = 0; members != NULL && members[i] != NULL; i++)
    {
      if (g_strv_contains (needed, members[i]))
        return sp_cli_usage (error, _("--erase: an entry cannot be without “%s”"), members[i]);
      if (strchr (members[i], '.') != NULL || sp_field_find (members[i]) == NULL)
        return sp_cli_usage (error, _("--erase: “%s” is not a member at the top of an entry, such as contacts"),
                             members[i]);
    }
  return TRUE;
}

static gboolean
erase (SpDb *db, const char *id, GStrv members, const SpEditStamp *stamp, GError **error)
{
  gboolean done;

  if (members != NULL)
    done = sp_erase_members (db, id, (const char * const *) members, stamp, error);
  else
    done = sp_erase_document (db, id, error);
  if (done && (done = sp_erase_clean (db, error)))
    sp_cli_tell (_("Erased here, and wherever this store is synchronised to. Backups made before still hold it.\n"));
  return done;
}

static gboolean
delete (SpCliCall *call, const Erasure *erasure, GError **error)
{
  g_autofree char *now = sp_clock_now_text ();
  const SpEditStamp stamp = { sp_cli_who (), now, SP_EDIT_BY_PERSON };
  g_autoptr (SpDb) db = sp_cli_open (call, SP_CLI_WRITE, error);
  g_autoptr (SpDoc) doc = NULL;

  if (db == NULL)
    return FALSE;
  if (erasure->erase && erasure->members == NULL) /* what was only deleted is still in its history */
    doc = sp_cli_document_get_any (db, call->rest[0], error);
  else
    doc = sp_cli_document_get (db, call->rest[0], error);
  if (doc == NULL)
    return FALSE;
  if (erasure->erase)
    return erase (db, doc->id, erasure->members, &stamp, error);
  return sp_edit_delete (db, doc->id, doc->rev, &stamp, NULL, error);
}

/**
 * sp_cli_delete:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Deletes an entry, or erases personal data.
 *
 * Returns: whether it was done
 */
gboolean
sp_cli_delete (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error)
{
  Erasure erasure = { FALSE, NULL };
  const GOptionEntry entries[] = {
    { "erase", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, erase_cb,
      N_("so that nothing is left of it, or of these members"), N_("MEMBER,…") },
    G_OPTION_ENTRY_NULL
  };
  GOptionGroup *group = g_option_group_new ("delete", NULL, NULL, &erasure, NULL);
  gboolean done;

  g_option_group_add_entries (group, entries);
  g_option_context_set_main_group (context, group);
  end_bare_option (*argv);
  done = sp_cli_parse (call, context, argv, 1, 1, error) && check_members (erasure.members, error)
         && delete (call, &erasure, error);
  g_strfreev (erasure.members);
  return done;
}
