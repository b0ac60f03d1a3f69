/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A model of a town: a few replicas that are edited, copied, cut off, restored and synced by a random schedule, and what
 * must be true of them in the end. A schedule follows from its seed alone. */

#include "sp-docs.h"
#include "sp-peer.h"
#include "sp-store.h"

#define MODEL_MAX_REPLICAS 5
#define MODEL_MAX_STEPS 64 /* a set of steps is one number of so many bits */
#define MODEL_N_DOCUMENTS 3

/* What can happen. */
typedef enum
{
  STEP_EDIT, /* creates a document that is not there, and brings back one that was deleted */
  STEP_DELETE,
  STEP_ERASE,
  STEP_ERASE_CONTACTS,
  STEP_RESOLVE,
  STEP_REOPEN,
  STEP_SYNC,
  STEP_CUT,
  STEP_JOIN,
  STEP_CRASH,
  STEP_BACK_UP,
  STEP_RESTORE,
  STEP_COPY,
  STEP_COMPACT,
  STEP_EXPIRE, /* what was kept of earlier versions goes */
  STEP_MEET,   /* everybody who can sends everything to everybody, and only then each merges */
  N_STEP_KINDS,
} StepKind;

/* Places of an asset that are merged by themselves. */
typedef enum
{
  FIELD_NAME,
  FIELD_URL,
  FIELD_SUMMARY,
  FIELD_CITY,
  FIELD_STREET,
  FIELD_FIRST_CONTACT,
  FIELD_SECOND_CONTACT,
  FIELD_CATEGORIES,
  FIELD_FOREIGN,
  N_FIELDS,
} Field;

#define ALL_FIELDS ((1u << N_FIELDS) - 1)
#define CONTACT_FIELDS ((1u << FIELD_FIRST_CONTACT) | (1u << FIELD_SECOND_CONTACT))

typedef struct
{
  StepKind kind;
  guint    number;   /* it is known by, also when others were left out */
  guint    on;       /* replica */
  guint    with;     /* another one */
  guint    document;
  Field    field;
  guint32  chance;   /* whatever else is left to it */
} Step;

typedef struct
{
  guint32  seed;
  guint    n_replicas;
  gboolean has_server; /* the first replica stores and never merges, and nobody edits there */
  gint64   clocks[MODEL_MAX_REPLICAS]; /* seconds by which they are wrong */
  GArray  *steps;      /* of Step */
} Schedule;

Schedule *schedule_new      (guint32 seed, guint n_steps);
Schedule *schedule_new_without (const Schedule *schedule, guint first, guint count);
void      schedule_free     (Schedule *schedule);
char     *schedule_describe (const Schedule *schedule);
guint     fields_at         (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Schedule, schedule_free)

/* What a step did to a document, as far as it matters for what must be true. */
typedef struct
{
  StepKind kind;
  gboolean happened;
  gboolean in_one;   /* in one of several versions, though the others were known */
  guint    document;
  guint    fields;   /* set of Field: those it touched */
  char     token[16]; /* what it wrote there, nowhere else; empty if nothing */
  Field    field;    /* where the token stands */
  guint64  past;     /* steps that its replica knew */
  guint64  may_past; /* steps that its replica may have known */
} Event;

typedef struct
{
  char    *path;
  SpStore *store;
  gboolean merges;
  guint64  knows;    /* steps */
  guint64  may_know; /* those too that came in a sync that broke off */
  char    *backup;   /* nullable */
  guint64  backup_knows;
  guint64  backup_may_know;
} Replica;

typedef struct
{
  const Schedule *schedule;
  char    *folder;
  Replica  replicas[MODEL_MAX_REPLICAS];
  gboolean cut[MODEL_MAX_REPLICAS][MODEL_MAX_REPLICAS];
  Event    events[MODEL_MAX_STEPS];
  guint64  lost;    /* steps that were known where a file was lost: their history may be gone with it */
  guint    n_files;
  GString *failure; /* what is not as it must be; empty if all is well */
} Town;

Town    *town_new        (const Schedule *schedule);
void     town_free       (Town *town);
void     town_take_step  (Town *town, const Step *step);
gboolean town_can_meet   (const Town *town, guint a, guint b);
guint    town_sync       (Town *town, guint a, guint b, guint32 chance);
guint    town_copy_changes (Town *town, guint from, guint to, guint32 chance, gboolean settles);
gint64   town_meet       (Town *town, guint island);
guint    town_find_island (const Town *town, guint from);
gpointer town_call       (Replica *replica, SpStoreFunc func, gpointer data, GError **error);
void     town_open       (Town *town, Replica *replica);
void     town_close      (Replica *replica);
void     town_fail       (Town *town, const char *format, ...) G_GNUC_PRINTF (2, 3);
char    *town_make_id    (guint document);

/* The parts of town_take_step(). */
void     town_write      (Town *town, const Step *step);
void     town_crash      (Town *town, const Step *step);
void     town_back_up    (Town *town, const Step *step);
void     town_restore    (Town *town, const Step *step);
void     town_copy       (Town *town, const Step *step);
void     town_expire     (Town *town, const Step *step);
gpointer town_edit_job   (SpDb *db, gpointer job, GCancellable *cancellable, GError **error);

/* A writing step on the thread of a store. */
typedef struct
{
  Town       *town;
  const Step *step;
  Event      *event;
} WriteJob;

void     town_check      (Town *town);
void     town_trace      (Town *town);

/* A peer that does what networks do to one that is good. */
typedef struct
{
  guint    calls;     /* after which it fails; G_MAXUINT for never */
  gboolean late;      /* fails after it did what was asked */
  gboolean reorders;
  gboolean repeats;
  guint    page;      /* documents in a page of changes at most */
} ModelFaults;

SpPeer  *model_peer_new  (SpPeer *peer, const ModelFaults *faults);
