/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-form-field.h"

G_BEGIN_DECLS

/**
 * SpFormOffer:
 * @code: as documents hold it
 * @label: as people say it
 * @detail: (nullable): more about it, on a line of its own
 * @leads_on: whether choosing it only shows more, and nothing is written
 *
 * Something that can be chosen.
 */
typedef struct
{
  char    *code;
  char    *label;
  char    *detail;
  gboolean leads_on;
} SpFormOffer;

SpFormOffer *sp_form_offer_new  (const char *code, const char *label, const char *detail, gboolean leads_on);
void         sp_form_offer_free (SpFormOffer *self);
GPtrArray   *sp_form_offers_new (void);

#define SP_TYPE_FORM_PICKER (sp_form_picker_get_type ())
G_DECLARE_DERIVABLE_TYPE (SpFormPicker, sp_form_picker, SP, FORM_PICKER, SpFormField)

/**
 * SpFormPickerClass:
 * @parent_class: the parent class
 * @search: something was typed, "" from the start; answers now or later with sp_form_picker_offer()
 * @lead_on: an offer that leads on was chosen
 * @name: what to call what is chosen; NULL if that is not known yet: then sp_form_picker_name() tells it later
 * @most: how many may be chosen; 0 for any number
 */
struct _SpFormPickerClass
{
  SpFormFieldClass parent_class;

  void  (*search)  (SpFormPicker *self, const char *text);
  void  (*lead_on) (SpFormPicker *self, const char *code);
  char *(*name)    (SpFormPicker *self, const char *code);
  guint most;
};

void sp_form_picker_offer  (SpFormPicker *self, GPtrArray *offers, const char *nothing);
void sp_form_picker_name   (SpFormPicker *self, const char *code, const char *name);
void sp_form_picker_choose (SpFormPicker *self, const char *code);
GtkWidget *sp_form_picker_add_button (SpFormPicker *self, const char *label);

G_END_DECLS
