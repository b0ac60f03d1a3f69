/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an entry is and whether it goes on: the words of documents, and the numbers that stand for them. */
#include "sp-kind.h"

#include "sp-error.h"

static const char * const kinds[] = { "other", "place", "service", "group" };
static const char * const statuses[] = { "active", "temporarily closed", "inactive", "defunct", "other" };

static int
find (const char * const *list, guint length, const char *text)
{
  for (guint i = 0; text != NULL && i < length; i++)
    if (g_ascii_strcasecmp (list[i], text) == 0)
      return (int) i;
  return -1;
}

/**
 * sp_kind_from_text:
 * @text: (nullable): a document's `kind`
 *
 * Returns: the kind; %SP_KIND_OTHER for a word we do not know
 */
SpKind
sp_kind_from_text (const char *text)
{
  int index = find (kinds, G_N_ELEMENTS (kinds), text);

  return index < 0 ? SP_KIND_OTHER : (SpKind) index;
}

/**
 * sp_kind_to_text:
 * @kind: a kind
 *
 * Returns: (transfer none): the word for it in documents; "other" for %SP_KIND_OTHER
 */
const char *sp_kind_to_text (SpKind kind) { return kinds[kind]; }

/**
 * sp_status_from_text:
 * @text: (nullable): a document's `status`
 *
 * Returns: the status; active if the document says nothing
 */
SpStatus
sp_status_from_text (const char *text)
{
  int index = find (statuses, G_N_ELEMENTS (statuses), text);

  if (text == NULL)
    return SP_STATUS_ACTIVE;
  return index < 0 ? SP_STATUS_OTHER : (SpStatus) index;
}

/**
 * sp_status_to_text:
 * @status: a status
 *
 * Returns: (transfer none): the word for it in documents; "other" for %SP_STATUS_OTHER
 */
const char *sp_status_to_text (SpStatus status) { return statuses[status]; }

static gboolean
set_bit (guint *bits, const char * const *list, guint length, const char *value, const char *what, GError **error)
{
  int index = find (list, length, value);

  if (index < 0)
    {
      g_autofree char *known = NULL;
      g_auto (GStrv) names = g_new0 (char *, length + 1);
      for (guint i = 0; i < length; i++)
        names[i] = g_strdup (list[i]);
      known = g_strjoinv (", ", names);
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "“%s” is not a %s: it is one of %s", value, what, known);
      return FALSE;
    }
  *bits |= 1u << index;
  return TRUE;
}

/**
 * sp_kind_add_bit:
 * @bits: (inout): bits 1 << SpKind, of which one more is set
 * @text: what a person wrote
 * @error: %SP_ERROR_INVALID with the words that there are
 *
 * Returns: whether it is a kind; if not, @bits is as before
 */
gboolean
sp_kind_add_bit (guint *bits, const char *text, GError **error)
{
  guint known = 0; /* without the first, which no person asks for */

  if (!set_bit (&known, kinds + 1, G_N_ELEMENTS (kinds) - 1, text, "kind", error))
    return FALSE;
  *bits |= known << 1;
  return TRUE;
}

/**
 * sp_status_add_bit:
 * @bits: (inout): bits 1 << SpStatus, of which one more is set
 * @text: what a person wrote
 * @error: %SP_ERROR_INVALID with the words that there are
 *
 * Returns: whether it is a status; if not, @bits is as before
 */
gboolean
sp_status_add_bit (guint *bits, const char *text, GError **error)
{
  return set_bit (bits, statuses, G_N_ELEMENTS (statuses) - 1, text, "status", error);
}
