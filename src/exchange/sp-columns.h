/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

G_BEGIN_DECLS

/**
 * SpColumnField:
 *
 * What a column of a list can be. Beside members of the asset there are columns that only content can take apart
 * (a contact, an address, a pair of coordinates), and those that name a row.
 */
typedef enum
{
  SP_COLUMN_NONE, /* kept in the original row only */
  SP_COLUMN_ID,
  SP_COLUMN_ROW,
  SP_COLUMN_PARENT,
  SP_COLUMN_NAME,
  SP_COLUMN_ALTERNATE_NAME,
  SP_COLUMN_ORGANISATION,
  SP_COLUMN_VENUE,
  SP_COLUMN_SUMMARY,
  SP_COLUMN_DESCRIPTION,
  SP_COLUMN_KIND,
  SP_COLUMN_CATEGORIES,
  SP_COLUMN_STATUS,
  SP_COLUMN_CLOSED,
  SP_COLUMN_VISIBLE,
  SP_COLUMN_VISIBLE_FROM,
  SP_COLUMN_VISIBLE_UNTIL,
  SP_COLUMN_MASKED,
  SP_COLUMN_LATITUDE,
  SP_COLUMN_LONGITUDE,
  SP_COLUMN_EASTING,
  SP_COLUMN_NORTHING,
  SP_COLUMN_COORDINATES,
  SP_COLUMN_ADDRESS,
  SP_COLUMN_LINE_1,
  SP_COLUMN_LINE_2,
  SP_COLUMN_LINE_3,
  SP_COLUMN_CITY,
  SP_COLUMN_COUNTY,
  SP_COLUMN_POSTAL_CODE,
  SP_COLUMN_UPRN,
  SP_COLUMN_AREA,
  SP_COLUMN_CONTACT,
  SP_COLUMN_CONTACT_TITLE,
  SP_COLUMN_CONTACT_NAME,
  SP_COLUMN_CONTACT_VISIBLE,
  SP_COLUMN_PHONE,
  SP_COLUMN_EMAIL,
  SP_COLUMN_URL,
  SP_COLUMN_LINK,
  SP_COLUMN_LINK_LABEL,
  SP_COLUMN_WORDS,
  SP_COLUMN_WEEKDAY,
  SP_COLUMN_OPENS,
  SP_COLUMN_CLOSES,
  SP_COLUMN_MONDAY,
  SP_COLUMN_SUNDAY = SP_COLUMN_MONDAY + 6,
  SP_COLUMN_FREE,
  SP_COLUMN_COST,
  SP_COLUMN_COST_OPTION,
  SP_COLUMN_COST_TYPE,
  SP_COLUMN_MINIMUM_AGE,
  SP_COLUMN_MAXIMUM_AGE,
  SP_COLUMN_WHO,
  SP_COLUMN_NOT_FOR,
  SP_COLUMN_REFERRAL,
  SP_COLUMN_NEEDS_REFERRAL,
  SP_COLUMN_REFERRAL_URL,
  SP_COLUMN_ACCESSIBILITY,
  SP_COLUMN_LANGUAGES,
  SP_COLUMN_CAPACITY,
  SP_COLUMN_FLOOR_AREA,
  SP_COLUMN_KITCHEN,
  SP_COLUMN_PARKING,
  SP_COLUMN_WIFI,
  SP_COLUMN_HEATING,
  SP_COLUMN_GENERATOR,
  SP_COLUMN_VOLUNTEERING,
  SP_COLUMN_CHECKED,
  SP_N_COLUMN_FIELDS,
} SpColumnField;

/**
 * SpNamesRule:
 * @SP_NAMES_AUTO: columns with names of people are left out where a list looks like a register of trustees
 * @SP_NAMES_KEEP: they are read
 * @SP_NAMES_LEAVE: they are left out
 *
 * What becomes of columns with the names of people.
 */
typedef enum
{
  SP_NAMES_AUTO,
  SP_NAMES_KEEP,
  SP_NAMES_LEAVE,
} SpNamesRule;

/**
 * SpColumn:
 * @header: as the file writes it; made unique, and never empty
 * @field: what it was recognised as
 * @personal: whether it has the names of people
 * @left_out: whether it is not even kept with the original row
 * @next: the next column of the same field, or -1
 *
 * One column of a list.
 */
typedef struct
{
  char         *header;
  SpColumnField field;
  gboolean      personal;
  gboolean      left_out;
  int           next;
} SpColumn;

/**
 * SpColumns:
 *
 * The columns of a list, and what each was recognised as. First they are added, then settled, then asked.
 */
typedef struct _SpColumns SpColumns;

SpColumns      *sp_columns_new        (const char * const *maps, GError **error);
void            sp_columns_free       (SpColumns *self);
guint           sp_columns_add        (SpColumns *self, const char *header);
int             sp_columns_find       (const SpColumns *self, const char *header);
void            sp_columns_guess      (SpColumns *self, GPtrArray *rows);
gboolean        sp_columns_leave_names (SpColumns *self, SpNamesRule rule);
gboolean        sp_columns_settle     (SpColumns *self, GError **error);
gboolean        sp_columns_check_maps (const SpColumns *self, GError **error);
guint           sp_columns_get_length (const SpColumns *self);
const SpColumn *sp_columns_get        (const SpColumns *self, guint index);
int             sp_columns_first      (const SpColumns *self, SpColumnField field);
char           *sp_columns_get_feed   (const SpColumns *self, const char *url);

SpColumnField   sp_column_recognise   (const char *header, guint *rank);
SpColumnField   sp_column_field_from_path (const char *path);
const char     *sp_column_field_get_path  (SpColumnField field);
gboolean        sp_column_field_repeats   (SpColumnField field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpColumns, sp_columns_free)

G_END_DECLS
