/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Schedules: made from a seed, told to a person, and made shorter. */
#include "model.h"

/* How often each kind of step comes, in all. */
static const struct
{
  StepKind    kind;
  guint       weight;
  const char *words;
} kinds[] = {
  { STEP_EDIT, 34, "edit" },
  { STEP_SYNC, 30, "sync" },
  { STEP_DELETE, 4, "delete" },
  { STEP_ERASE, 2, "erase" },
  { STEP_ERASE_CONTACTS, 4, "erase the contacts of" },
  { STEP_RESOLVE, 5, "resolve" },
  { STEP_REOPEN, 2, "ask again about" },
  { STEP_CUT, 3, "cut the line" },
  { STEP_JOIN, 4, "mend the line" },
  { STEP_CRASH, 4, "crash" },
  { STEP_BACK_UP, 4, "back up" },
  { STEP_RESTORE, 3, "restore" },
  { STEP_COPY, 2, "copy the file" },
  { STEP_COMPACT, 3, "compact" },
  { STEP_EXPIRE, 3, "forget what was kept" },
  { STEP_MEET, 6, "meet all" },
};
G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == N_STEP_KINDS);

static const char *const field_names[N_FIELDS] = {
  "name", "url", "summary", "address.city", "address.line_1", "contacts.c1", "contacts.c2", "categories", "x_foreign",
};

/* The fields at or below a path, as a merge names it, or above it. */
guint
fields_at (const char *path)
{
  guint fields = 0;

  for (guint i = 0; i < N_FIELDS; i++)
    if (g_str_has_prefix (path, field_names[i]) || g_str_has_prefix (field_names[i], path))
      fields |= 1u << i;
  return fields;
}

static guint
pick (GRand *rand, guint count)
{
  return (guint) g_rand_int_range (rand, 0, (gint32) count);
}

static StepKind
pick_kind (GRand *rand)
{
  guint total = 0, at;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    total += kinds[i].weight;
  at = pick (rand, total);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (at < kinds[i].weight)
        return kinds[i].kind;
      at -= kinds[i].weight;
    }
  g_assert_not_reached ();
}

static Step
make_step (GRand *rand, const Schedule *schedule, guint number)
{
  Step step = { .kind = pick_kind (rand), .number = number };

  step.on = pick (rand, schedule->n_replicas);
  step.with = (step.on + 1 + pick (rand, schedule->n_replicas - 1)) % schedule->n_replicas;
  step.document = pick (rand, MODEL_N_DOCUMENTS);
  step.field = pick (rand, N_FIELDS);
  step.chance = g_rand_int (rand);
  return step;
}

/* Most clocks are good; some are minutes out, some years. */
static gint64
pick_clock (GRand *rand)
{
  static const gint64 wrong[] = { 0, 0, 300, -3600, 86400 * 400, -86400 * 4000 };

  return wrong[pick (rand, G_N_ELEMENTS (wrong))];
}

Schedule *
schedule_new (guint32 seed, guint n_steps)
{
  GRand *rand = g_rand_new_with_seed (seed);
  Schedule *schedule = g_new0 (Schedule, 1);

  schedule->seed = seed;
  schedule->n_replicas = 2 + pick (rand, MODEL_MAX_REPLICAS - 1);
  schedule->has_server = schedule->n_replicas > 2 && pick (rand, 2) == 0;
  schedule->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  for (guint i = 0; i < schedule->n_replicas; i++)
    schedule->clocks[i] = pick_clock (rand);
  for (guint i = 0; i < MIN (n_steps, MODEL_MAX_STEPS); i++)
    {
      Step step = make_step (rand, schedule, i);

      g_array_append_val (schedule->steps, step);
    }
  g_rand_free (rand);
  return schedule;
}

Schedule *
schedule_new_without (const Schedule *schedule, guint first, guint count)
{
  Schedule *copy = g_memdup2 (schedule, sizeof *schedule);

  copy->steps = g_array_copy (schedule->steps);
  g_array_remove_range (copy->steps, first, MIN (count, copy->steps->len - first));
  return copy;
}

void
schedule_free (Schedule *schedule)
{
  g_array_unref (schedule->steps);
  g_free (schedule);
}

static void
describe_step (GString *text, const Step *step)
{
  const char *words = "";

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == step->kind)
      words = kinds[i].words;
  g_string_append_printf (text, "  %2u  replica %u: %s", step->number, step->on, words);
  if (step->kind <= STEP_REOPEN)
    g_string_append_printf (text, " document %u", step->document);
  if (step->kind == STEP_EDIT || step->kind == STEP_CRASH)
    g_string_append_printf (text, ", %s", field_names[step->field]);
  if (step->kind == STEP_SYNC || step->kind == STEP_CUT || step->kind == STEP_JOIN || step->kind == STEP_COPY)
    g_string_append_printf (text, " with %u", step->with);
  g_string_append_printf (text, " (%08x)\n", step->chance);
}

char *
schedule_describe (const Schedule *schedule)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "seed %u: %u replicas%s\n", schedule->seed, schedule->n_replicas,
                          schedule->has_server ? ", the first is a server" : "");
  for (guint i = 0; i < schedule->n_replicas; i++)
    if (schedule->clocks[i] != 0)
      g_string_append_printf (text, "  the clock of replica %u is wrong by %" G_GINT64_FORMAT " s\n", i, schedule->clocks[i]);
  for (guint i = 0; i < schedule->steps->len; i++)
    describe_step (text, &g_array_index (schedule->steps, Step, i));
  return g_string_free (text, FALSE);
}
