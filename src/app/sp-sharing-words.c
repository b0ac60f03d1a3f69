/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a store is shared, in words: a few for the header, a sentence or two for who wants to know more. Pure functions of what is
 * known, but for the first. */
#include "sp-sharing-words.h"

#include "sp-clock.h"

#include <glib/gi18n.h>

/**
 * sp_sharing_look:
 * @sharing: a sharing that is set up
 * @look: (out): what there is to say; @problem belongs to the sync
 */
void
sp_sharing_look (SpSharing *sharing, SpSharingLook *look)
{
  g_auto (SpSharingAccount) account = { NULL };
  SpSync *sync = sp_sharing_get_sync (sharing);
  GPtrArray *refusals = sp_sharing_get_refusals (sharing);

  *look = (SpSharingLook){ .wants_password = sp_sharing_wants_password (sharing), .now = sp_clock_now (),
                           .refused = refusals != NULL ? refusals->len : 0, .problem = sp_sharing_get_problem (sharing) };
  sp_sharing_get_account (sharing, &account);
  look->nameless = *account.user == '\0';
  if (sync == NULL && look->problem != NULL)
    look->state = SP_SYNC_REFUSED;
  if (sync == NULL)
    return;
  look->state = sp_sync_get_state (sync);
  look->connected = sp_sync_is_connected (sync);
  look->pending = sp_sync_get_pending (sync);
  look->done = sp_sync_get_done (sync);
  look->total = sp_sync_get_total (sync);
  look->last_synced = sp_sync_get_last_synced (sync);
  look->offline_since = sp_sync_get_offline_since (sync);
}

/* A time of today, or a day. */
static char *
format_time (gint64 seconds, gint64 now)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (seconds);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now);

  if (then == NULL || today == NULL)
    return g_strdup ("");
  if (g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (today) && now - seconds < 24 * 60 * 60)
    return g_date_time_format (then, "%H:%M");
  return g_date_time_format (then, "%-e %B");
}

static char *
format_synced (const SpSharingLook *look)
{
  const gint64 minutes = MAX (look->now - look->last_synced, 0) / 60;
  g_autofree char *time = NULL;

  if (minutes < 1)
    return g_strdup (_("Synced just now"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("Synced %u minute ago", "Synced %u minutes ago", (gulong) minutes), (guint) minutes);
  time = format_time (look->last_synced, look->now);
  /* Translators: a time such as 09:14, or a day such as 20 November */
  return g_strdup_printf (_("Synced %s"), time);
}

static char *
format_waiting (guint count)
{
  return g_strdup_printf (ngettext ("%u change waiting", "%u changes waiting", count), count);
}

static const char *
get_reason (const SpSharingLook *look)
{
  const GError *problem = look->problem;

  switch (problem != NULL && problem->domain == SP_ERROR ? problem->code : SP_ERROR_FAILED)
    {
    case SP_ERROR_LOGIN:
      return look->nameless ? _("Name needed") : _("Wrong name or password");
    case SP_ERROR_DENIED:
      return _("No access to the list");
    case SP_ERROR_UNTRUSTED:
      return _("Certificate not trusted");
    case SP_ERROR_NOT_FOUND:
      return _("No such list");
    case SP_ERROR_FOREIGN:
      return _("Not a list to share");
    default:
      return _("Refused");
    }
}

static char *
format_first (const SpSharingLook *look)
{
  if (!look->connected)
    return g_strdup (_("Connecting…"));
  if (look->total == 0)
    return g_strdup (_("First sync…"));
  return g_strdup_printf (_("%'u of %'u"), (guint) MIN (look->done, look->total), (guint) look->total);
}

/**
 * sp_sharing_words_short:
 * @look: how it is
 *
 * Returns: (transfer full): a few words
 */
char *
sp_sharing_words_short (const SpSharingLook *look)
{
  g_autofree char *time = NULL;

  if (look->wants_password)
    return g_strdup (_("Password needed"));
  switch (look->state)
    {
    case SP_SYNC_FIRST:
      return format_first (look);
    case SP_SYNC_SYNCED:
      if (look->refused > 0)
        return g_strdup_printf (ngettext ("%u entry refused", "%u entries refused", look->refused), look->refused);
      return format_synced (look);
    case SP_SYNC_WAITING:
      return look->pending > 0 ? format_waiting (look->pending) : g_strdup (look->connected ? _("Syncing…") : _("Connecting…"));
    case SP_SYNC_OFFLINE:
      time = format_time (look->offline_since, look->now);
      return g_strdup_printf (_("Offline since %s"), time);
    case SP_SYNC_REFUSED:
      return g_strdup (get_reason (look));
    case SP_SYNC_IDLE:
    default:
      return g_strdup (_("Sync stopped"));
    }
}

/**
 * sp_sharing_words_problem:
 * @problem: (nullable): why something did not work
 *
 * Returns: (transfer none): a sentence that says what it means and what helps
 */
const char *
sp_sharing_words_problem (const GError *problem)
{
  switch (problem != NULL && problem->domain == SP_ERROR ? problem->code : SP_ERROR_FAILED)
    {
    case SP_ERROR_NO_HOST:
      return _("There is no server of that name, or no network.");
    case SP_ERROR_UNREACHABLE:
      return _("Nobody answers at that address. The server may be switched off, or the network may keep you from it.");
    case SP_ERROR_UNTRUSTED:
      return _("The server’s certificate is not to be trusted, so no password was sent. Ask whoever runs the server; it may have a certificate authority of its own.");
    case SP_ERROR_LOGIN:
      return _("Name or password is wrong.");
    case SP_ERROR_DENIED:
      return _("This account may not read the list. Whoever runs the server can change that.");
    case SP_ERROR_NOT_FOUND:
      return _("The server is there, but has no list of that name.");
    case SP_ERROR_FOREIGN:
      return _("That is no server for lists such as this one.");
    case SP_ERROR_SERVER:
      return _("The server is in trouble, or answers what makes no sense.");
    default:
      return problem != NULL ? problem->message : "";
    }
}

/* Whoever was let in before, and is not now, has hardly forgotten the password; that is only said when it stays so. Where there
 * is no name, no password helps. */
static const char *
explain (const SpSharingLook *look)
{
  const gboolean is_login = g_error_matches (look->problem, SP_ERROR, SP_ERROR_LOGIN);

  if (is_login && look->nameless)
    return _("The server lets in only those who have a name and a password. Give yours in the settings.");
  if (is_login && look->state == SP_SYNC_OFFLINE)
    return _("The server took name and password before, but not just now. It is tried again.");
  return sp_sharing_words_problem (look->problem);
}

static void
add_sentence (GString *out, char *sentence)
{
  if (out->len > 0)
    g_string_append_c (out, '\n');
  g_string_append (out, sentence);
  g_free (sentence);
}

/**
 * sp_sharing_words_more:
 * @look: how it is
 *
 * Returns: (transfer full): a line for each thing that is to be said, all that the short words leave out
 */
char *
sp_sharing_words_more (const SpSharingLook *look)
{
  GString *out = g_string_new (NULL);

  if (look->problem != NULL)
    add_sentence (out, g_strdup (explain (look)));
  if (look->state != SP_SYNC_SYNCED && look->last_synced > 0)
    add_sentence (out, format_synced (look));
  else if (look->state == SP_SYNC_SYNCED && look->refused > 0)
    add_sentence (out, format_synced (look));
  if (look->state != SP_SYNC_WAITING && look->state != SP_SYNC_FIRST && look->pending > 0)
    add_sentence (out, format_waiting (look->pending));
  if (look->state == SP_SYNC_SYNCED && look->refused == 0)
    add_sentence (out, g_strdup (_("Everybody who shares the list can see your changes.")));
  return g_string_free (out, FALSE);
}

/**
 * sp_sharing_words_icon:
 * @look: how it is
 *
 * Returns: name of an icon; each means another thing by its shape
 */
const char *
sp_sharing_words_icon (const SpSharingLook *look)
{
  if (look->wants_password || look->state == SP_SYNC_REFUSED)
    return "signpost-sync-refused-symbolic";
  if (look->state == SP_SYNC_SYNCED)
    return look->refused > 0 ? "signpost-sync-refused-symbolic" : "signpost-sync-done-symbolic";
  if (look->state == SP_SYNC_OFFLINE || look->state == SP_SYNC_IDLE)
    return "signpost-sync-offline-symbolic";
  return look->state == SP_SYNC_WAITING && look->pending > 0 ? "signpost-sync-waiting-symbolic" : "signpost-sync-busy-symbolic";
}
