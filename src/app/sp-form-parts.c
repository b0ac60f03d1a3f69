/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the form that are nothing but their template, ui/sp-form-<part>.ui: sections, and items of lists. A new one
 * needs a template and two lines here. */
#include "sp-form.h"

#include "sp-form-categories.h"
#include "sp-form-choice.h"
#include "sp-form-columns.h"
#include "sp-form-days.h"
#include "sp-form-list.h"
#include "sp-form-part.h"
#include "sp-form-position.h"
#include "sp-form-prose.h"
#include "sp-form-public.h"
#include "sp-form-radio.h"
#include "sp-form-reference.h"
#include "sp-form-tags.h"
#include "sp-form-text.h"
#include "sp-form-time.h"
#include "sp-form-translations.h"
#include "sp-form-twins.h"
#include "sp-form-when.h"

#define DEFINE_PART(Name, name, template) \
  typedef SpFormPart Name; \
  typedef SpFormPartClass Name##Class; \
  static GType name##_get_type (void); \
  G_DEFINE_FINAL_TYPE (Name, name, SP_TYPE_FORM_PART) \
  static void name##_class_init (Name##Class *klass) \
  { \
    gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/org/signpost/Signpost/ui/" template); \
  } \
  static void name##_init (Name *self) \
  { \
    gtk_widget_init_template (GTK_WIDGET (self)); \
  }

/* sections */
DEFINE_PART (SpFormWhat, sp_form_what, "sp-form-what.ui")
DEFINE_PART (SpFormWhere, sp_form_where, "sp-form-where.ui")
DEFINE_PART (SpFormReach, sp_form_reach, "sp-form-reach.ui")
DEFINE_PART (SpFormCost, sp_form_cost, "sp-form-cost.ui")
DEFINE_PART (SpFormJoin, sp_form_join, "sp-form-join.ui")
DEFINE_PART (SpFormAccess, sp_form_access, "sp-form-access.ui")
DEFINE_PART (SpFormAbout, sp_form_about, "sp-form-about.ui")
DEFINE_PART (SpFormState, sp_form_state, "sp-form-state.ui")
DEFINE_PART (SpFormBuilding, sp_form_building, "sp-form-building.ui")
DEFINE_PART (SpFormTrust, sp_form_trust, "sp-form-trust.ui")
DEFINE_PART (SpFormClosing, sp_form_closing, "sp-form-closing.ui")

/* items */
DEFINE_PART (SpFormContact, sp_form_contact, "sp-form-contact.ui")
DEFINE_PART (SpFormFee, sp_form_fee, "sp-form-fee.ui")
DEFINE_PART (SpFormException, sp_form_exception, "sp-form-exception.ui")
DEFINE_PART (SpFormFunding, sp_form_funding, "sp-form-funding.ui")
DEFINE_PART (SpFormAssurance, sp_form_assurance, "sp-form-assurance.ui")
DEFINE_PART (SpFormVisit, sp_form_visit, "sp-form-visit.ui")

/**
 * sp_form_ensure_types:
 *
 * Makes the types known that templates of the form name.
 */
void
sp_form_ensure_types (void)
{
  const GType types[] = {
    SP_TYPE_FORM_CATEGORIES, SP_TYPE_FORM_CHOICE, SP_TYPE_FORM_COLUMNS, SP_TYPE_FORM_DAYS, SP_TYPE_FORM_LIST, SP_TYPE_FORM_POSITION,
    SP_TYPE_FORM_PROSE, SP_TYPE_FORM_PUBLIC, SP_TYPE_FORM_RADIO, SP_TYPE_FORM_REFERENCE, SP_TYPE_FORM_TAGS, SP_TYPE_FORM_TEXT,
    SP_TYPE_FORM_TIME, SP_TYPE_FORM_TRANSLATIONS, SP_TYPE_FORM_TWINS, SP_TYPE_FORM_WHEN,
    sp_form_what_get_type (), sp_form_where_get_type (), sp_form_reach_get_type (), sp_form_cost_get_type (),
    sp_form_join_get_type (), sp_form_access_get_type (), sp_form_about_get_type (), sp_form_state_get_type (),
    sp_form_building_get_type (), sp_form_trust_get_type (), sp_form_closing_get_type (),
    sp_form_contact_get_type (), sp_form_fee_get_type (), sp_form_exception_get_type (), sp_form_funding_get_type (),
    sp_form_assurance_get_type (), sp_form_visit_get_type (),
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_type_ensure (types[i]);
}
