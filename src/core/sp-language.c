/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language of the session, as documents name it: whole in a file's header, its code alone among translations. */
#include "sp-language.h"

#include <string.h>

/**
 * sp_language_get_tag:
 *
 * Returns: (transfer full): its tag by BCP 47: "en-GB" of "en_GB.UTF-8"; British English where no language is set
 */
char *
sp_language_get_tag (void)
{
  const char *name = g_get_language_names ()[0];
  char *language = g_strndup (name, strcspn (name, ".@"));

  if (strlen (language) < 2 || g_ascii_strcasecmp (language, "POSIX") == 0)
    {
      g_free (language);
      return g_strdup ("en-GB");
    }
  return g_strdelimit (language, "_", '-');
}

/**
 * sp_language_get_code:
 *
 * Returns: (transfer full): the first part of its tag, under which an entry has its translations: "cy" of "cy_GB.UTF-8"
 */
char *
sp_language_get_code (void)
{
  const char *name = g_get_language_names ()[0];

  return g_strndup (name, strcspn (name, "_.@-"));
}
