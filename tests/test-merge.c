/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The merge as a pure function: a table of cases, and what must hold for any leaves. */
#include "sp-merge.h"

#include <string.h>

static SpNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SpNode *node = sp_node_parse (text, -1, &error);

  if (node == NULL)
    g_error ("%s: %s", text, error->message);
  return node;
}

static void
assert_node (const SpNode *node, const char *expected, const char *what)
{
  g_autoptr (SpNode) wanted = parse (expected);
  g_autofree char *json = sp_node_to_canonical (node);
  g_autofree char *canonical = sp_node_to_canonical (wanted);

  if (strcmp (json, canonical) != 0)
    g_error ("%s: got %s, expected %s", what, json, canonical);
}

static GPtrArray *
new_leaves (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) sp_merge_leaf_free);
}

static void
add_leaf (GPtrArray *leaves, const char *rev, const char *body)
{
  g_autoptr (SpNode) node = parse (body);

  g_ptr_array_add (leaves, sp_merge_leaf_new (rev, node));
}

/* The base has generation 1, a is 2-b, the winner, b is 2-a. NULL base: it is not known. */
typedef struct
{
  const char *name;
  const char *base;
  const char *a;
  const char *b;
  const char *merged;     /* but for `edit` */
  const char *collisions; /* with spaces between */
} Case;

static const Case cases[] = {
  { "one side changed", "{\"name\":\"x\",\"url\":\"u\"}", "{\"name\":\"y\",\"url\":\"u\"}", "{\"name\":\"x\",\"url\":\"u\"}",
    "{\"name\":\"y\",\"url\":\"u\"}", "" },
  { "each side another member", "{\"name\":\"x\",\"url\":\"u\"}", "{\"name\":\"y\",\"url\":\"u\"}", "{\"name\":\"x\",\"url\":\"v\"}",
    "{\"name\":\"y\",\"url\":\"v\"}", "" },
  { "both alike", "{\"name\":\"x\"}", "{\"name\":\"y\"}", "{\"name\":\"y\"}", "{\"name\":\"y\"}", "" },
  { "both alike in other bytes", "{\"name\":\"x\",\"free\":1}", "{\"name\":\"x\",\"free\":2}", "{\"name\":\"x\",\"free\":2.0}",
    "{\"name\":\"x\",\"free\":2}", "" },
  { "text collides", "{\"name\":\"x\"}", "{\"name\":\"y\"}", "{\"name\":\"z\"}", "{\"name\":\"y\"}", "name" },
  { "two collide, one merges", "{\"name\":\"x\",\"url\":\"u\",\"kind\":\"k\"}", "{\"name\":\"y\",\"url\":\"v\",\"kind\":\"k\"}",
    "{\"name\":\"z\",\"url\":\"w\",\"kind\":\"l\"}", "{\"name\":\"y\",\"url\":\"v\",\"kind\":\"l\"}", "name url" },
  { "removed on one side", "{\"name\":\"x\",\"url\":\"u\"}", "{\"name\":\"x\"}", "{\"name\":\"x\",\"url\":\"u\"}", "{\"name\":\"x\"}", "" },
  { "added on one side", "{\"name\":\"x\"}", "{\"name\":\"x\"}", "{\"name\":\"x\",\"url\":\"u\"}", "{\"name\":\"x\",\"url\":\"u\"}", "" },
  { "removed and changed", "{\"url\":\"u\"}", "{}", "{\"url\":\"v\"}", "{}", "url" },
  { "removed on both", "{\"url\":\"u\",\"name\":\"x\"}", "{\"name\":\"x\"}", "{\"name\":\"x\"}", "{\"name\":\"x\"}", "" },
  { "added differently", "{}", "{\"url\":\"u\"}", "{\"url\":\"v\"}", "{\"url\":\"u\"}", "url" },
  { "roots that share nothing", "{}", "{\"name\":\"x\"}", "{\"url\":\"u\"}", "{\"name\":\"x\",\"url\":\"u\"}", "" },

  { "set: additions", "{\"categories\":[\"a\"]}", "{\"categories\":[\"a\",\"c\"]}", "{\"categories\":[\"a\",\"b\"]}",
    "{\"categories\":[\"a\",\"b\",\"c\"]}", "" },
  { "set: removals", "{\"categories\":[\"a\",\"b\",\"c\"]}", "{\"categories\":[\"a\",\"b\"]}", "{\"categories\":[\"b\",\"c\"]}",
    "{\"categories\":[\"b\"]}", "" },
  { "set: addition and removal", "{\"languages\":[\"en\",\"cy\"]}", "{\"languages\":[\"en\",\"cy\",\"pl\"]}", "{\"languages\":[\"en\"]}",
    "{\"languages\":[\"en\",\"pl\"]}", "" },
  { "set: sorted by bytes", "{\"categories\":[\"m\"]}", "{\"categories\":[\"z\",\"m\",\"é\"]}", "{\"categories\":[\"m\",\"B\",\"a\"]}",
    "{\"categories\":[\"B\",\"a\",\"m\",\"z\",\"é\"]}", "" },
  { "set: one side keeps its order", "{\"categories\":[\"a\"]}", "{\"categories\":[\"z\",\"a\"]}", "{\"categories\":[\"a\"]}",
    "{\"categories\":[\"z\",\"a\"]}", "" },
  { "set: nothing remains", "{\"categories\":[\"a\",\"b\"]}", "{\"categories\":[\"a\"]}", "{\"categories\":[\"b\"]}", "{}", "" },
  { "set: new on both sides", "{}", "{\"categories\":[\"b\",\"a\"]}", "{\"categories\":[\"c\",\"a\"]}", "{\"categories\":[\"a\",\"b\",\"c\"]}", "" },
  { "set: removed whole and added to", "{\"categories\":[\"a\"]}", "{}", "{\"categories\":[\"a\",\"b\"]}", "{\"categories\":[\"b\"]}", "" },
  { "set: not a set any more", "{\"categories\":[\"a\"]}", "{\"categories\":\"a\"}", "{\"categories\":[\"b\"]}", "{\"categories\":\"a\"}", "categories" },
  { "tags at the top", "{\"tags\":[\"a\"]}", "{\"tags\":[\"a\",\"b\"]}", "{\"tags\":[]}", "{\"tags\":[\"b\"]}", "" },
  { "service areas are one value", "{\"service_areas\":[\"a\"]}", "{\"service_areas\":[\"a\",\"b\"]}", "{\"service_areas\":[]}",
    "{\"service_areas\":[\"a\",\"b\"]}", "service_areas" },

  { "list: each side another item", "{\"contacts\":[{\"id\":\"c1\",\"phone\":\"1\"},{\"id\":\"c2\",\"phone\":\"2\"}]}",
    "{\"contacts\":[{\"id\":\"c1\",\"phone\":\"9\"},{\"id\":\"c2\",\"phone\":\"2\"}]}",
    "{\"contacts\":[{\"id\":\"c1\",\"phone\":\"1\"},{\"id\":\"c2\",\"phone\":\"8\"}]}",
    "{\"contacts\":[{\"id\":\"c1\",\"phone\":\"9\"},{\"id\":\"c2\",\"phone\":\"8\"}]}", "" },
  { "list: each side another member of one item", "{\"contacts\":[{\"id\":\"c1\",\"phone\":\"1\",\"email\":\"a\"}]}",
    "{\"contacts\":[{\"id\":\"c1\",\"phone\":\"2\",\"email\":\"a\"}]}", "{\"contacts\":[{\"id\":\"c1\",\"phone\":\"1\",\"email\":\"b\"}]}",
    "{\"contacts\":[{\"id\":\"c1\",\"phone\":\"2\",\"email\":\"b\"}]}", "" },
  { "list: one member differently", "{\"contacts\":[{\"id\":\"c1\",\"phone\":\"1\"}]}", "{\"contacts\":[{\"id\":\"c1\",\"phone\":\"2\"}]}",
    "{\"contacts\":[{\"id\":\"c1\",\"phone\":\"3\"}]}", "{\"contacts\":[{\"id\":\"c1\",\"phone\":\"2\"}]}", "contacts.c1.phone" },
  { "list: additions, sorted by id", "{\"costs\":[]}", "{\"costs\":[{\"id\":\"k2\"}]}", "{\"costs\":[{\"id\":\"k1\"}]}",
    "{\"costs\":[{\"id\":\"k1\"},{\"id\":\"k2\"}]}", "" },
  { "list: new on both sides", "{}", "{\"costs\":[{\"id\":\"k2\"}]}", "{\"costs\":[{\"id\":\"k1\"}]}", "{\"costs\":[{\"id\":\"k1\"},{\"id\":\"k2\"}]}", "" },
  { "list: removed and added", "{\"funding\":[{\"id\":\"f1\"}]}", "{\"funding\":[]}", "{\"funding\":[{\"id\":\"f1\"},{\"id\":\"f2\"}]}",
    "{\"funding\":[{\"id\":\"f2\"}]}", "" },
  { "list: removed and changed", "{\"funding\":[{\"id\":\"f1\",\"amount\":1}]}", "{\"funding\":[{\"id\":\"f2\"}]}", "{\"funding\":[{\"id\":\"f1\",\"amount\":2}]}",
    "{\"funding\":[{\"id\":\"f2\"}]}", "funding.f1" },
  { "list: changed and removed", "{\"funding\":[{\"id\":\"f1\",\"amount\":1}]}", "{\"funding\":[{\"id\":\"f1\",\"amount\":2}]}", "{\"funding\":[{\"id\":\"f2\"}]}",
    "{\"funding\":[{\"id\":\"f1\",\"amount\":2},{\"id\":\"f2\"}]}", "funding.f1" },
  { "list: one id added differently", "{}", "{\"costs\":[{\"id\":\"k1\",\"amount\":1}]}", "{\"costs\":[{\"id\":\"k1\",\"amount\":2,\"option\":\"o\"}]}",
    "{\"costs\":[{\"id\":\"k1\",\"amount\":1,\"option\":\"o\"}]}", "costs.k1.amount" },
  { "list: all removed", "{\"costs\":[{\"id\":\"k1\"},{\"id\":\"k2\"}]}", "{\"costs\":[{\"id\":\"k1\"}]}", "{\"costs\":[{\"id\":\"k2\"}]}", "{}", "" },
  { "list: items without id are one value", "{\"costs\":[{\"amount\":1}]}", "{\"costs\":[{\"amount\":2}]}", "{\"costs\":[{\"amount\":3}]}",
    "{\"costs\":[{\"amount\":2}]}", "costs" },
  { "list: an id twice is one value", "{\"costs\":[]}", "{\"costs\":[{\"id\":\"k\"},{\"id\":\"k\"}]}", "{\"costs\":[{\"id\":\"l\"}]}",
    "{\"costs\":[{\"id\":\"k\"},{\"id\":\"k\"}]}", "costs" },
  { "list: order changed and item added", "{\"costs\":[{\"id\":\"a\"},{\"id\":\"b\"}]}", "{\"costs\":[{\"id\":\"b\"},{\"id\":\"a\"}]}",
    "{\"costs\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}]}", "{\"costs\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}]}", "" },
  { "list: tags of an item", "{\"schedules\":[{\"id\":\"s\",\"tags\":[\"a\"]}]}", "{\"schedules\":[{\"id\":\"s\",\"tags\":[\"a\",\"b\"]}]}",
    "{\"schedules\":[{\"id\":\"s\",\"tags\":[\"c\"]}]}", "{\"schedules\":[{\"id\":\"s\",\"tags\":[\"b\",\"c\"]}]}", "" },
  { "list: an inner object is one value", "{\"contacts\":[{\"id\":\"c\",\"basis\":{\"kind\":\"k\",\"on\":\"1\"}}]}",
    "{\"contacts\":[{\"id\":\"c\",\"basis\":{\"kind\":\"l\",\"on\":\"1\"}}]}", "{\"contacts\":[{\"id\":\"c\",\"basis\":{\"kind\":\"k\",\"on\":\"2\"}}]}",
    "{\"contacts\":[{\"id\":\"c\",\"basis\":{\"kind\":\"l\",\"on\":\"1\"}}]}", "contacts.c.basis" },
  { "list: member removed and added", "{\"assurance\":[{\"id\":\"a\",\"by\":\"r\"}]}", "{\"assurance\":[{\"id\":\"a\"}]}",
    "{\"assurance\":[{\"id\":\"a\",\"by\":\"r\",\"seen_on\":\"d\"}]}", "{\"assurance\":[{\"id\":\"a\",\"seen_on\":\"d\"}]}", "" },

  { "object: each side another member", "{\"address\":{\"city\":\"c\"}}", "{\"address\":{\"city\":\"d\"}}",
    "{\"address\":{\"city\":\"c\",\"line_1\":\"l\"}}", "{\"address\":{\"city\":\"d\",\"line_1\":\"l\"}}", "" },
  { "object: one member differently", "{\"address\":{\"city\":\"c\"}}", "{\"address\":{\"city\":\"d\"}}", "{\"address\":{\"city\":\"e\",\"county\":\"k\"}}",
    "{\"address\":{\"city\":\"d\",\"county\":\"k\"}}", "address.city" },
  { "object: removed whole and added to", "{\"referral\":{\"how\":\"h\"}}", "{}", "{\"referral\":{\"how\":\"h\",\"url\":\"u\"}}", "{\"referral\":{\"url\":\"u\"}}", "" },
  { "object: tags", "{\"eligibility\":{\"tags\":[\"a\"],\"who\":\"w\"}}", "{\"eligibility\":{\"tags\":[\"a\",\"b\"],\"who\":\"w\"}}",
    "{\"eligibility\":{\"tags\":[\"a\",\"c\"],\"who\":\"v\"}}", "{\"eligibility\":{\"tags\":[\"a\",\"b\",\"c\"],\"who\":\"v\"}}", "" },
  { "object: translations by language", "{\"translations\":{\"cy\":{\"summary\":\"s\"}}}", "{\"translations\":{\"cy\":{\"summary\":\"t\"}}}",
    "{\"translations\":{\"cy\":{\"summary\":\"s\"},\"pl\":{\"summary\":\"p\"}}}", "{\"translations\":{\"cy\":{\"summary\":\"t\"},\"pl\":{\"summary\":\"p\"}}}", "" },
  { "object: not an object any more", "{\"building\":{\"capacity\":1}}", "{\"building\":{\"capacity\":2}}", "{\"building\":3}",
    "{\"building\":{\"capacity\":2}}", "building" },
  { "location is one value", "{\"location\":{\"latitude\":1,\"longitude\":2}}", "{\"location\":{\"latitude\":3,\"longitude\":2}}",
    "{\"location\":{\"latitude\":1,\"longitude\":4}}", "{\"location\":{\"latitude\":3,\"longitude\":2}}", "location" },
  { "notice is one value", "{\"notice\":{\"text\":\"t\"}}", "{\"notice\":{\"text\":\"u\"}}", "{\"notice\":{\"text\":\"t\",\"until\":\"d\"}}",
    "{\"notice\":{\"text\":\"u\"}}", "notice" },
  { "availability is one value", "{\"availability\":{\"state\":\"open\"}}", "{\"availability\":{\"state\":\"full\"}}",
    "{\"availability\":{\"state\":\"open\",\"wait\":\"w\"}}", "{\"availability\":{\"state\":\"full\"}}", "availability" },
  { "unknown members are one value", "{\"x\":{\"a\":1}}", "{\"x\":{\"a\":2}}", "{\"x\":{\"a\":1,\"b\":1}}", "{\"x\":{\"a\":2}}", "x" },
  { "unknown member changed on one side", "{\"x\":{\"a\":1}}", "{\"x\":{\"a\":1}}", "{\"x\":{\"a\":1,\"b\":1}}", "{\"x\":{\"a\":1,\"b\":1}}", "" },

  { "checked: the later clock", "{\"checked\":{\"times\":{\"on\":\"1\"}}}", "{\"checked\":{\"times\":{\"on\":\"2\"}}}", "{\"checked\":{\"times\":{\"on\":\"3\",\"by\":\"b\"}}}",
    "{\"checked\":{\"times\":{\"on\":\"3\",\"by\":\"b\"}}}", "" },
  { "checked: each side another clock", "{\"checked\":{\"times\":{\"on\":\"1\"}}}", "{\"checked\":{\"times\":{\"on\":\"2\"}}}",
    "{\"checked\":{\"times\":{\"on\":\"1\"},\"cost\":{\"on\":\"1\"}}}", "{\"checked\":{\"times\":{\"on\":\"2\"},\"cost\":{\"on\":\"1\"}}}", "" },
  { "checked: a tie by bytes", "{\"checked\":{}}", "{\"checked\":{\"times\":{\"on\":\"2\",\"by\":\"a\"}}}", "{\"checked\":{\"times\":{\"on\":\"2\",\"by\":\"b\"}}}",
    "{\"checked\":{\"times\":{\"on\":\"2\",\"by\":\"b\"}}}", "" },
  { "checked: removed and confirmed", "{\"checked\":{\"times\":{\"on\":\"1\"}}}", "{}", "{\"checked\":{\"times\":{\"on\":\"2\"}}}", "{\"checked\":{\"times\":{\"on\":\"2\"}}}", "" },
  { "created: the earlier", "{}", "{\"created\":{\"on\":\"2\",\"by\":\"a\"}}", "{\"created\":{\"on\":\"1\",\"by\":\"b\"}}", "{\"created\":{\"on\":\"1\",\"by\":\"b\"}}", "" },
  { "created: a tie by bytes", "{}", "{\"created\":{\"on\":\"1\",\"by\":\"a\"}}", "{\"created\":{\"on\":\"1\",\"by\":\"b\"}}", "{\"created\":{\"on\":\"1\",\"by\":\"b\"}}", "" },
  { "created: on one side", "{}", "{}", "{\"created\":{\"on\":\"1\"}}", "{\"created\":{\"on\":\"1\"}}", "" },
  { "modified: the later", "{}", "{\"modified\":{\"on\":\"1\",\"by\":\"z\"},\"x\":1}", "{\"modified\":{\"on\":\"2\",\"by\":\"a\"}}",
    "{\"modified\":{\"on\":\"2\",\"by\":\"a\"},\"x\":1}", "" },
  { "modified: then the greater account", "{}", "{\"modified\":{\"on\":\"1\",\"by\":\"a\",\"z\":1},\"x\":1}", "{\"modified\":{\"on\":\"1\",\"by\":\"b\"}}",
    "{\"modified\":{\"on\":\"1\",\"by\":\"b\"},\"x\":1}", "" },
  { "source: the later edition", "{\"source\":{\"feed\":\"f\",\"row\":\"1\",\"retrieved\":\"1\",\"original\":{\"a\":1}}}",
    "{\"source\":{\"feed\":\"f\",\"row\":\"1\",\"retrieved\":\"3\",\"original\":{\"a\":3}}}", "{\"source\":{\"feed\":\"g\",\"row\":\"2\",\"retrieved\":\"2\",\"original\":{\"a\":2}}}",
    "{\"source\":{\"feed\":\"f\",\"row\":\"1\",\"retrieved\":\"3\",\"original\":{\"a\":3}}}", "" },
  { "source: no original in the later edition", "{\"source\":{\"feed\":\"f\",\"retrieved\":\"1\",\"original\":{\"a\":1}}}",
    "{\"source\":{\"feed\":\"f\",\"retrieved\":\"3\"}}", "{\"source\":{\"feed\":\"f\",\"retrieved\":\"2\",\"original\":{\"a\":2}}}",
    "{\"source\":{\"feed\":\"f\",\"retrieved\":\"3\"}}", "" },
  { "source: edition on one side, correction on the other", "{\"source\":{\"feed\":\"f\",\"retrieved\":\"1\"}}",
    "{\"source\":{\"feed\":\"f\",\"retrieved\":\"2\"}}", "{\"source\":{\"feed\":\"f\",\"retrieved\":\"1\",\"hand_corrected\":[\"name\"]}}",
    "{\"source\":{\"feed\":\"f\",\"retrieved\":\"2\",\"hand_corrected\":[\"name\"]}}", "" },
  { "source: corrections of both", "{\"source\":{\"hand_corrected\":[\"a\"]}}", "{\"source\":{\"hand_corrected\":[\"a\",\"c\"]}}",
    "{\"source\":{\"hand_corrected\":[\"b\",\"a\"]}}", "{\"source\":{\"hand_corrected\":[\"a\",\"b\",\"c\"]}}", "" },
  { "source: other members are one value", "{\"source\":{\"x\":1}}", "{\"source\":{\"x\":2}}", "{\"source\":{\"x\":3}}", "{\"source\":{\"x\":2}}", "source.x" },

  { "no base: alike", NULL, "{\"name\":\"x\"}", "{\"name\":\"x\"}", "{\"name\":\"x\"}", "" },
  { "no base: what differs collides", NULL, "{\"name\":\"x\",\"categories\":[\"a\"],\"url\":\"u\"}", "{\"name\":\"y\",\"categories\":[\"b\"],\"url\":\"u\"}",
    "{\"name\":\"x\",\"categories\":[\"a\"],\"url\":\"u\"}", "name categories" },
  { "no base: created and modified need none", NULL, "{\"created\":{\"on\":\"2\"},\"modified\":{\"on\":\"3\"}}", "{\"created\":{\"on\":\"1\"},\"modified\":{\"on\":\"4\"}}",
    "{\"created\":{\"on\":\"1\"},\"modified\":{\"on\":\"4\"}}", "" },

#define ERASED "\"edit\":[{\"from\":\"1-r\",\"erased\":[\"contacts\"]}]"
  { "erased wins over a change", "{\"contacts\":[{\"id\":\"c\",\"phone\":\"1\"}]}", "{" ERASED "}", "{\"contacts\":[{\"id\":\"c\",\"phone\":\"2\"}]}", "{}", "" },
  { "erased wins on the other side too", "{\"contacts\":[{\"id\":\"c\",\"phone\":\"1\"}]}", "{\"contacts\":[{\"id\":\"c\",\"phone\":\"2\"}]}", "{" ERASED "}", "{}", "" },
  { "erased wins without a base", NULL, "{\"name\":\"x\",\"contacts\":[{\"id\":\"c\"}]}", "{\"name\":\"x\"," ERASED "}", "{\"name\":\"x\"}", "" },
  { "erased wins, without a base the rest collides", NULL, "{\"name\":\"x\",\"contacts\":[{\"id\":\"c\"}]}", "{\"name\":\"y\"," ERASED "}", "{\"name\":\"x\"}", "name" },
  { "erased and given anew", "{\"contacts\":[{\"id\":\"c\"}]}", "{\"contacts\":[{\"id\":\"d\"}]," ERASED "}", "{\"contacts\":[{\"id\":\"c\",\"phone\":\"2\"}]}",
    "{\"contacts\":[{\"id\":\"d\"}]}", "" },
  { "erased takes the imported row with it", NULL, "{\"source\":{\"feed\":\"f\",\"original\":{\"tel\":\"1\"}},\"contacts\":[]}", "{\"source\":{\"feed\":\"f\"}," ERASED "}",
    "{\"source\":{\"feed\":\"f\"}}", "" },
};

static char *
join (GPtrArray *strings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < strings->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (const char *) g_ptr_array_index (strings, i));
  return g_string_free (text, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GPtrArray) leaves = new_leaves ();
  g_autoptr (SpNode) base = c->base != NULL ? parse (c->base) : NULL;
  g_autoptr (SpMerge) merge = NULL;
  g_autofree char *collisions = NULL;

  add_leaf (leaves, "2-a", c->b); /* the winner comes last: the order given does not matter */
  add_leaf (leaves, "2-b", c->a);
  merge = sp_merge_run (base, leaves);
  collisions = join (merge->collisions);
  g_assert_cmpstr (collisions, ==, c->collisions);
  assert_node (merge->body, c->merged, c->name);
}

/* The same the other way round: what goes together does so whoever wins, and the same places collide. */
static void
test_case_swapped (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GPtrArray) leaves = new_leaves ();
  g_autoptr (SpNode) base = c->base != NULL ? parse (c->base) : NULL;
  g_autoptr (SpMerge) merge = NULL;
  g_autofree char *collisions = NULL;

  add_leaf (leaves, "2-a", c->a);
  add_leaf (leaves, "2-b", c->b);
  merge = sp_merge_run (base, leaves);
  collisions = join (merge->collisions);
  g_assert_cmpstr (collisions, ==, c->collisions);
  if (merge->collisions->len == 0)
    assert_node (merge->body, c->merged, c->name);
}

static void
test_step (void)
{
  g_autoptr (GPtrArray) leaves = new_leaves ();
  g_autoptr (SpNode) base = parse ("{\"name\":\"x\",\"url\":\"u\"}");
  g_autoptr (SpMerge) merge = NULL;
  g_autoptr (SpNode) merged = NULL;

  add_leaf (leaves, "2-a", "{\"name\":\"x\",\"url\":\"v\",\"free\":true,\"modified\":{\"on\":\"2\",\"by\":\"ann\"},\"edit\":[{\"from\":\"1-r\",\"was\":{\"url\":\"u\"}}]}");
  add_leaf (leaves, "2-b", "{\"name\":\"y\",\"url\":\"u\",\"modified\":{\"on\":\"1\",\"by\":\"bob\"},\"edit\":[{\"from\":\"1-r\",\"was\":{\"name\":\"x\"}}]}");
  merge = sp_merge_run (base, leaves);
  g_assert_false (merge->alike);
  merged = sp_merge_finish (merge, NULL, NULL);
  assert_node (merged,
               "{\"name\":\"y\",\"url\":\"v\",\"free\":true,\"modified\":{\"on\":\"2\",\"by\":\"ann\"},\"edit\":["
               "{\"from\":\"2-b\",\"merged\":[\"2-a\"],\"by\":\"ann\",\"on\":\"2\",\"was\":{\"url\":\"u\",\"free\":null}},"
               "{\"from\":\"1-r\",\"was\":{\"name\":\"x\"}}]}", "step");
}

/* A person's decision is signed by that person. */
static void
test_step_signed (void)
{
  g_autoptr (GPtrArray) leaves = new_leaves ();
  g_autoptr (SpMerge) merge = NULL;
  g_autoptr (SpNode) merged = NULL;

  add_leaf (leaves, "2-b", "{\"name\":\"y\"}");
  add_leaf (leaves, "2-a", "{\"name\":\"z\"}");
  merge = sp_merge_run (NULL, leaves);
  g_assert_cmpuint (merge->collisions->len, ==, 1);
  merged = sp_merge_finish (merge, "ann", "2026-11-01T10:00:00Z");
  assert_node (merged,
               "{\"name\":\"y\",\"modified\":{\"on\":\"2026-11-01T10:00:00Z\",\"by\":\"ann\"},\"edit\":["
               "{\"from\":\"2-b\",\"merged\":[\"2-a\"],\"by\":\"ann\",\"on\":\"2026-11-01T10:00:00Z\",\"was\":{}}]}", "signed");
}

/* What a loser erased is in no step of the result, and the result says that it was erased. */
static void
test_step_erased (void)
{
  g_autoptr (GPtrArray) leaves = new_leaves ();
  g_autoptr (SpNode) base = parse ("{}");
  g_autoptr (SpMerge) merge = NULL;
  g_autoptr (SpNode) merged = NULL;

  add_leaf (leaves, "3-b", "{\"contacts\":[{\"id\":\"c\",\"phone\":\"SECRET\"}],\"source\":{\"row\":\"1\",\"original\":\"SECRET\"},"
                           "\"edit\":[{\"from\":\"2-b\",\"was\":{\"contacts\":[{\"id\":\"c\",\"phone\":\"SECRET\"}],\"url\":null}},"
                           "{\"from\":\"1-r\",\"was\":{\"source\":{\"row\":\"1\",\"original\":\"SECRET\"}}}]}");
  add_leaf (leaves, "2-a", "{\"source\":{\"row\":\"1\"},\"edit\":[{\"from\":\"1-r\",\"by\":\"ann\",\"on\":\"1\",\"erased\":[\"contacts\"]}]}");
  merge = sp_merge_run (base, leaves);
  merged = sp_merge_finish (merge, NULL, NULL);
  assert_node (merged,
               "{\"source\":{\"row\":\"1\"},\"edit\":[{\"from\":\"3-b\",\"merged\":[\"2-a\"],\"was\":{\"source\":{\"row\":\"1\"}},\"erased\":[\"contacts\"]},"
               "{\"from\":\"2-b\",\"was\":{\"url\":null}},{\"from\":\"1-r\",\"was\":{\"source\":{\"row\":\"1\"}}},"
               "{\"from\":\"1-r\",\"by\":\"ann\",\"on\":\"1\",\"erased\":[\"contacts\"]}]}", "erased");
}

/* What all leaves know to be erased is settled: what was given anew since merges like anything else. */
static void
test_erased_known (void)
{
  g_autoptr (GPtrArray) leaves = new_leaves ();
  g_autoptr (SpNode) base = parse ("{\"contacts\":[{\"id\":\"c\"}]}");
  g_autoptr (SpMerge) merge = NULL;
  g_autoptr (SpMerge) since = NULL;

  add_leaf (leaves, "4-b", "{\"contacts\":[{\"id\":\"c\",\"phone\":\"1\"}],\"edit\":[{\"from\":\"3-r\",\"was\":{}},{\"from\":\"2-r\",\"erased\":[\"contacts\"]}]}");
  add_leaf (leaves, "4-a", "{\"contacts\":[{\"id\":\"c\",\"email\":\"e\"}],\"edit\":[{\"from\":\"3-r\",\"was\":{}},{\"from\":\"2-r\",\"erased\":[\"contacts\"]}]}");
  merge = sp_merge_run (base, leaves);
  g_assert_cmpuint (merge->erased->len, ==, 0);
  assert_node (merge->body, "{\"contacts\":[{\"id\":\"c\",\"phone\":\"1\",\"email\":\"e\"}]}", "known");
  add_leaf (leaves, "3-c", "{\"contacts\":[{\"id\":\"c\",\"email\":\"f\"}]}");
  since = sp_merge_run (base, leaves);
  g_assert_cmpuint (since->erased->len, ==, 1);
  assert_node (since->body, "{\"contacts\":[{\"id\":\"c\",\"phone\":\"1\",\"email\":\"e\"}]}", "since");
}

static void
test_alike (void)
{
  g_autoptr (GPtrArray) leaves = new_leaves ();
  g_autoptr (SpMerge) merge = NULL;
  g_autoptr (SpMerge) other = NULL;

  add_leaf (leaves, "2-b", "{\"name\":\"y\",\"modified\":{\"on\":\"1\"},\"edit\":[{\"from\":\"1-r\"}]}");
  add_leaf (leaves, "2-a", "{\"name\":\"y\",\"modified\":{\"on\":\"2\"}}");
  merge = sp_merge_run (NULL, leaves);
  g_assert_true (merge->alike);
  add_leaf (leaves, "1-c", "{\"name\":\"y\",\"created\":{\"on\":\"2\"}}");
  other = sp_merge_run (NULL, leaves);
  g_assert_false (other->alike);
}

/* The winner only removed what the loser erased: its list would still tell, so it is not the end. */
static void
test_alike_erased (void)
{
  g_autoptr (GPtrArray) leaves = new_leaves ();
  g_autoptr (SpMerge) merge = NULL;

  add_leaf (leaves, "2-b", "{\"name\":\"y\",\"edit\":[{\"from\":\"1-r\",\"was\":{\"contacts\":[]}}]}");
  add_leaf (leaves, "2-a", "{\"name\":\"y\",\"edit\":[{\"from\":\"1-r\",\"erased\":[\"contacts\"]}]}");
  merge = sp_merge_run (NULL, leaves);
  g_assert_false (merge->alike);
  g_assert_cmpuint (merge->collisions->len, ==, 0);
}

static void
test_three (void)
{
  g_autoptr (GPtrArray) leaves = new_leaves ();
  g_autoptr (SpNode) base = parse ("{\"name\":\"x\",\"categories\":[\"a\"]}");
  g_autoptr (SpMerge) merge = NULL;
  g_autoptr (SpNode) merged = NULL;

  add_leaf (leaves, "2-a", "{\"name\":\"x\",\"categories\":[\"a\",\"d\"],\"url\":\"u\"}");
  add_leaf (leaves, "3-a", "{\"name\":\"y\",\"categories\":[\"c\",\"a\"]}");
  add_leaf (leaves, "2-b", "{\"name\":\"x\",\"categories\":[]}");
  merge = sp_merge_run (base, leaves);
  g_assert_cmpuint (merge->collisions->len, ==, 0);
  merged = sp_merge_finish (merge, NULL, NULL);
  assert_node (merged,
               "{\"name\":\"y\",\"categories\":[\"c\",\"d\"],\"url\":\"u\",\"edit\":[{\"from\":\"3-a\",\"merged\":[\"2-b\",\"2-a\"],"
               "\"was\":{\"categories\":[\"c\",\"a\"],\"url\":null}}]}", "three");
}

/* --- what must hold for any leaves --- */

static const char * const words[] = { "a", "b", "c", "d" };

static const char *
pick (GRand *random)
{
  return words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))];
}

static SpNode *
random_set (GRand *random)
{
  SpNode *set = sp_node_new_array ();

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_rand_boolean (random))
      sp_node_append (set, sp_node_new_string (words[i]));
  return set;
}

static SpNode *
random_list (GRand *random)
{
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_rand_boolean (random))
      {
        SpNode *item = sp_node_new_object ();
        sp_node_set_text (item, "id", words[i]);
        if (g_rand_boolean (random))
          sp_node_set_text (item, "phone", pick (random));
        sp_node_append (list, item);
      }
  return list;
}

static SpNode *
random_stamp (GRand *random)
{
  SpNode *stamp = sp_node_new_object ();

  sp_node_set_text (stamp, "on", pick (random));
  sp_node_set_text (stamp, "by", pick (random));
  return stamp;
}

static void
change_member (SpNode *body, GRand *random)
{
  SpNode *inner = sp_node_new_object ();

  sp_node_set (inner, pick (random), random_stamp (random));
  switch (g_rand_int_range (random, 0, 9))
    {
    case 0: sp_node_set_text (body, "name", pick (random)); break;
    case 1: sp_node_set_text (body, "url", pick (random)); break;
    case 2: sp_node_set (body, "categories", random_set (random)); break;
    case 3: sp_node_set (body, "contacts", random_list (random)); break;
    case 4: sp_node_set (body, "checked", sp_node_ref (inner)); break;
    case 5: sp_node_set (body, "address", sp_node_ref (inner)); break;
    case 6: sp_node_set (body, "modified", random_stamp (random)); break;
    case 7: sp_node_remove (body, "contacts"); break;
    default: sp_node_set (body, "x-unknown", random_list (random)); break;
    }
  sp_node_unref (inner);
}

static SpNode *
random_body (const SpNode *from, GRand *random)
{
  SpNode *body = sp_node_copy (from);

  for (int n = g_rand_int_range (random, 0, 4); n > 0; n--)
    change_member (body, random);
  return body;
}

static void
shuffle (GPtrArray *array, GRand *random)
{
  for (guint i = array->len; i > 1; i--)
    {
      guint k = (guint) g_rand_int_range (random, 0, (gint32) i);
      gpointer kept = array->pdata[k];
      array->pdata[k] = array->pdata[i - 1];
      array->pdata[i - 1] = kept;
    }
}

static char *
describe (const SpMerge *merge)
{
  g_autoptr (SpNode) merged = sp_merge_finish (merge, NULL, NULL);
  g_autofree char *json = sp_node_to_json (merged);
  g_autofree char *collisions = join (merge->collisions);

  return g_strconcat (json, "\n", collisions, NULL);
}

/* Any order of arrival gives one result, byte for byte. */
static void
test_any_order (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (SpNode) empty = sp_node_new_object ();
      g_autoptr (SpNode) base = random_body (empty, random);
      g_autoptr (GPtrArray) leaves = new_leaves ();
      g_autofree char *first = NULL;

      for (int i = g_rand_int_range (random, 2, 6); i > 0; i--)
        {
          g_autoptr (SpNode) body = random_body (base, random);
          g_autofree char *rev = g_strdup_printf ("%d-%x", g_rand_int_range (random, 2, 4), g_rand_int (random));
          g_ptr_array_add (leaves, sp_merge_leaf_new (rev, body));
        }
      for (guint i = 0; i < 4; i++)
        {
          g_autoptr (SpMerge) merge = sp_merge_run (base, leaves);
          g_autofree char *text = describe (merge);

          if (first == NULL)
            first = g_strdup (text);
          g_assert_cmpstr (text, ==, first);
          shuffle (leaves, random);
        }
    }
}

static SpMerge *
run_two (const SpNode *base, SpNode *winner, SpNode *loser)
{
  g_autoptr (GPtrArray) leaves = new_leaves ();

  g_ptr_array_add (leaves, sp_merge_leaf_new ("2-b", winner));
  g_ptr_array_add (leaves, sp_merge_leaf_new ("2-a", loser));
  return sp_merge_run (base, leaves);
}

static gboolean
same_collisions (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!g_ptr_array_find_with_equal_func (b, g_ptr_array_index (a, i), g_str_equal, NULL))
      return FALSE;
  return TRUE;
}

/* Who wins does not matter: the same members result, or the same places collide. */
static void
test_commutative (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  guint merged = 0, collided = 0;

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (SpNode) empty = sp_node_new_object ();
      g_autoptr (SpNode) base = random_body (empty, random);
      g_autoptr (SpNode) a = random_body (base, random);
      g_autoptr (SpNode) b = random_body (base, random);
      g_autoptr (SpMerge) one = run_two (base, a, b);
      g_autoptr (SpMerge) other = run_two (base, b, a);

      g_assert_true (same_collisions (one->collisions, other->collisions));
      g_assert_cmpint (one->alike, ==, other->alike);
      collided += one->collisions->len > 0;
      merged += one->collisions->len == 0;
      if (one->collisions->len == 0)
        g_assert_true (sp_node_equal (one->body, other->body));
    }
  g_assert_cmpuint (merged, >, 200);
  g_assert_cmpuint (collided, >, 100);
}

/* merge (base, a, a) is a; merge (base, a, base) is a. */
static void
test_idempotent (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (13);

  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (SpNode) empty = sp_node_new_object ();
      g_autoptr (SpNode) base = random_body (empty, random);
      g_autoptr (SpNode) a = random_body (base, random);
      g_autoptr (SpMerge) same = run_two (base, a, a);
      g_autoptr (SpMerge) unchanged = run_two (base, a, base);

      g_assert_true (same->alike);
      g_assert_true (sp_node_equal (same->body, a));
      g_assert_cmpuint (unchanged->collisions->len, ==, 0);
      sp_node_remove (unchanged->body, "modified");
      sp_node_remove (a, "modified");
      g_assert_true (sp_node_equal (unchanged->body, a));
    }
}

/* Merging two and then the third gives the members that merging all at once gives. */
static void
test_step_by_step (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (17);
  guint compared = 0;

  for (guint round = 0; round < 4000; round++)
    {
      g_autoptr (SpNode) empty = sp_node_new_object ();
      g_autoptr (SpNode) base = random_body (empty, random);
      g_autoptr (SpNode) a = random_body (base, random);
      g_autoptr (SpNode) b = random_body (base, random);
      g_autoptr (SpNode) c = random_body (base, random);
      g_autoptr (GPtrArray) leaves = new_leaves ();
      g_autoptr (SpMerge) all = NULL;
      g_autoptr (SpMerge) two = run_two (base, a, b);
      g_autoptr (SpMerge) then = run_two (base, two->body, c);

      g_ptr_array_add (leaves, sp_merge_leaf_new ("2-c", a));
      g_ptr_array_add (leaves, sp_merge_leaf_new ("2-b", b));
      g_ptr_array_add (leaves, sp_merge_leaf_new ("2-a", c));
      all = sp_merge_run (base, leaves);
      if (all->collisions->len > 0 || two->collisions->len > 0 || then->collisions->len > 0)
        continue;
      g_assert_true (sp_node_equal (all->body, then->body));
      compared++;
    }
  g_assert_cmpuint (compared, >, 300);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (cases[i].name), " :,", '-');
      g_autofree char *path = g_strconcat ("/merge/case/", name, NULL);
      g_autofree char *swapped = g_strconcat ("/merge/case-swapped/", name, NULL);
      g_test_add_data_func (path, &cases[i], test_case);
      g_test_add_data_func (swapped, &cases[i], test_case_swapped);
    }
  g_test_add_func ("/merge/step", test_step);
  g_test_add_func ("/merge/step-signed", test_step_signed);
  g_test_add_func ("/merge/step-erased", test_step_erased);
  g_test_add_func ("/merge/erased-known", test_erased_known);
  g_test_add_func ("/merge/alike", test_alike);
  g_test_add_func ("/merge/alike-erased", test_alike_erased);
  g_test_add_func ("/merge/three", test_three);
  g_test_add_func ("/merge/any-order", test_any_order);
  g_test_add_func ("/merge/commutative", test_commutative);
  g_test_add_func ("/merge/idempotent", test_idempotent);
  g_test_add_func ("/merge/step-by-step", test_step_by_step);
  return g_test_run ();
}
