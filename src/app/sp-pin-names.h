/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-point.h"
#include "sp-store.h"

G_BEGIN_DECLS

/**
 * SpPinName:
 * @id: document id; %NULL if it is gone
 * @name: what it is called; %NULL if it is gone
 * @category: (nullable): its first category, as shown
 *
 * What a pin says of its entry.
 */
typedef struct
{
  char *id;
  char *name;
  char *category;
} SpPinName;

#define SP_TYPE_PIN_NAMES (sp_pin_names_get_type ())
G_DECLARE_FINAL_TYPE (SpPinNames, sp_pin_names, SP, PIN_NAMES, GObject)

SpPinNames      *sp_pin_names_new  (SpStore *store);
const SpPinName *sp_pin_names_get  (SpPinNames *self, gint64 doc);
char            *sp_pin_names_tell (SpPinNames *self, const SpPoint *point, const char *separator);

G_END_DECLS
