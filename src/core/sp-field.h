/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpFieldType:
 * @SP_FIELD_TEXT: a line of text
 * @SP_FIELD_PROSE: text of several lines
 * @SP_FIELD_NUMBER: a number, not below 0 except for coordinates
 * @SP_FIELD_INTEGER: a whole number, not below 0
 * @SP_FIELD_BOOLEAN: true or false
 * @SP_FIELD_DATE: a civil date, `2026-11-22`, or an instant, `2026-11-22T10:00:00Z`
 * @SP_FIELD_TIME: a time of day, `10:00`
 * @SP_FIELD_CHOICE: one of the words in @choices
 * @SP_FIELD_SET: a list of words without order; one of @choices each, if there are any
 * @SP_FIELD_REFERENCE: the id of another document
 * @SP_FIELD_REFERENCES: a list of such ids, without order
 * @SP_FIELD_URL: a web address with its scheme
 * @SP_FIELD_EMAIL: an e-mail address
 * @SP_FIELD_PHONE: a telephone number
 * @SP_FIELD_OBJECT: an object with fields of its own
 * @SP_FIELD_LIST: a list of objects with ids, whose fields have `*` in their path
 * @SP_FIELD_JSON: anything; kept as it comes
 */
typedef enum
{
  SP_FIELD_TEXT,
  SP_FIELD_PROSE,
  SP_FIELD_NUMBER,
  SP_FIELD_INTEGER,
  SP_FIELD_BOOLEAN,
  SP_FIELD_DATE,
  SP_FIELD_TIME,
  SP_FIELD_CHOICE,
  SP_FIELD_SET,
  SP_FIELD_REFERENCE,
  SP_FIELD_REFERENCES,
  SP_FIELD_URL,
  SP_FIELD_EMAIL,
  SP_FIELD_PHONE,
  SP_FIELD_OBJECT,
  SP_FIELD_LIST,
  SP_FIELD_JSON,
} SpFieldType;

/**
 * SpField:
 * @path: names with dots between, `*` for any item of a list: `contacts.*.phone`
 * @type: what may stand there
 * @choices: (nullable): the words allowed, ended by %NULL
 * @label: what a person calls it, to be translated
 *
 * One member of an asset (HSDS / Open Referral UK names where it has a word).
 */
typedef struct
{
  const char         *path;
  SpFieldType         type;
  const char * const *choices;
  const char         *label;
} SpField;

const SpField *sp_field_get_all    (guint *n);
const SpField *sp_field_find       (const char *path);
SpNode        *sp_field_parse      (const SpField *field, const char *text, GError **error);
gboolean       sp_field_check      (const SpField *field, const SpNode *value, GError **error);
gboolean       sp_field_check_body (const SpNode *body, GError **error);
gboolean       sp_field_set        (SpNode *body, const char *path, SpNode *value, GError **error);
void           sp_field_give_ids   (SpNode *body, const char *member);
gboolean       sp_field_is_date    (const char *text);
gboolean       sp_field_is_time    (const char *text);

G_END_DECLS
