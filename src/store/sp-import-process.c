/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which program does an import, so that another one can tell an import under way from one that a crash cut off. A process
 * number alone comes round again; with the moment it started (proc(5), field 22 of stat) and the boot it does not. */
#include "sp-import-process.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *
start_of (long pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%ld/stat", pid);
  g_autofree char *stat = NULL;
  const char *p;

  if (!g_file_get_contents (path, &stat, NULL, NULL) || (p = strrchr (stat, ')')) == NULL)
    return NULL;
  for (int field = 2; field < 22 && p != NULL; field++)
    p = strchr (p + 1, ' ');
  return p != NULL ? g_strndup (p + 1, strcspn (p + 1, " ")) : NULL;
}

static char *
name_of (long pid)
{
  g_autofree char *boot = NULL;
  g_autofree char *start = start_of (pid);

  if (start == NULL || !g_file_get_contents ("/proc/sys/kernel/random/boot_id", &boot, NULL, NULL))
    return NULL;
  return g_strdup_printf ("%ld %s %s", pid, start, g_strstrip (boot));
}

/**
 * sp_import_process_name:
 *
 * Returns: (transfer full): a name of this process that no other ever has; "?" where the system does not tell
 */
char *
sp_import_process_name (void)
{
  char *name = name_of ((long) getpid ());

  return name != NULL ? name : g_strdup ("?");
}

/**
 * sp_import_process_is_alive:
 * @name: what sp_import_process_name() gave, maybe in another process
 *
 * Returns: whether that process still runs on this machine
 */
gboolean
sp_import_process_is_alive (const char *name)
{
  g_autofree char *now = name_of (strtol (name, NULL, 10));

  return g_strcmp0 (now, name) == 0;
}
