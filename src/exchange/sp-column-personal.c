/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns with the names of people: lists of charities and clubs come with those of trustees, chairs and secretaries, which
 * nobody needs for signposting. */
#include "sp-column-personal.h"

#include "sp-import-id.h"

#include <string.h>

/* A header that has one of these words is about a person. */
static const char * const roles[] = {
  "trustee", "trustees", "chair", "chairman", "chairperson", "chairwoman", "secretary", "treasurer", "director", "directors",
  "president", "leader", "coordinator", "correspondent", "forename", "forenames", "surname", "firstname", "lastname", "keyholder", NULL,
};
/* Unless one of these says that it is about something else. */
static const char * const things[] = { "email", "mail", "phone", "tel", "telephone", "mobile", "number", "url", "website", "count", NULL };

static const char * const phrases[] = {
  "first name", "last name", "family name", "given name", "date of birth", "dob", "home address", "contact name", "contact person",
  "named contact", "key contact", "lead contact", "name of contact", NULL,
};

/**
 * sp_column_is_personal:
 * @header: what stands above a column
 * @field: what it was recognised as
 *
 * Returns: whether there are names of people in it, or other things about one person
 */
gboolean
sp_column_is_personal (const char *header, SpColumnField field)
{
  g_autofree char *plain = sp_import_id_normalise (header);
  g_auto (GStrv) words = g_strsplit (plain, " ", -1);
  gboolean about = field == SP_COLUMN_CONTACT_NAME;

  for (guint i = 0; phrases[i] != NULL; i++)
    about = about || strstr (plain, phrases[i]) != NULL;
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_strv_contains (things, words[i]))
        return FALSE;
      about = about || g_strv_contains (roles, words[i]);
    }
  return about;
}

/**
 * sp_column_is_of_register:
 * @header: what stands above a column
 *
 * Returns: whether only a register of charities or of their trustees has such a column
 */
gboolean
sp_column_is_of_register (const char *header)
{
  static const char * const words[] = { "trustee", "registered charity number", "charity number", "charity registration",
                                        "company number", "date of appointment" };
  g_autofree char *plain = sp_import_id_normalise (header);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (plain, words[i]) != NULL)
      return TRUE;
  return FALSE;
}
