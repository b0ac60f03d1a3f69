/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SpKind:
 * @SP_KIND_OTHER: a word that this version does not know
 * @SP_KIND_PLACE: a place
 * @SP_KIND_SERVICE: a service
 * @SP_KIND_GROUP: a group
 *
 * What an entry is. The store keeps these numbers, and 1 << SpKind are the bits of SpFilters.kinds.
 */
typedef enum
{
  SP_KIND_OTHER,
  SP_KIND_PLACE,
  SP_KIND_SERVICE,
  SP_KIND_GROUP,
} SpKind;

/**
 * SpStatus:
 * @SP_STATUS_ACTIVE: it goes on; also where the document says nothing
 * @SP_STATUS_CLOSED_FOR_NOW: "temporarily closed"
 * @SP_STATUS_INACTIVE: "inactive"
 * @SP_STATUS_DEFUNCT: it is no more
 * @SP_STATUS_OTHER: a word that this version does not know
 *
 * Whether an entry goes on. The store keeps these numbers, and 1 << SpStatus are the bits of SpFilters.statuses.
 */
typedef enum
{
  SP_STATUS_ACTIVE,
  SP_STATUS_CLOSED_FOR_NOW,
  SP_STATUS_INACTIVE,
  SP_STATUS_DEFUNCT,
  SP_STATUS_OTHER,
} SpStatus;

SpKind      sp_kind_from_text   (const char *text);
const char *sp_kind_to_text     (SpKind kind);
gboolean    sp_kind_add_bit     (guint *bits, const char *text, GError **error);

SpStatus    sp_status_from_text (const char *text);
const char *sp_status_to_text   (SpStatus status);
gboolean    sp_status_add_bit   (guint *bits, const char *text, GError **error);

G_END_DECLS
