/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For programs with so many types that GLib's table of quarks grows. GLib lets the first table lie, as somebody may be reading
 * it, and LeakSanitizer takes it for forgotten. What GLib points at in the beginning is kept here, so that it is not. */

#include <glib.h>

#ifdef __SANITIZE_ADDRESS__

#include <link.h>
#include <string.h>

static gpointer glib_pointed_at[8];

static int
keep_pointers_cb (struct dl_phdr_info *library, size_t size, void *data)
{
  guint count = 0;

  if (strstr (library->dlpi_name, "libglib-2.0.so") == NULL)
    return 0;
  for (guint i = 0; i < library->dlpi_phnum && count < G_N_ELEMENTS (glib_pointed_at); i++)
    {
      const ElfW (Phdr) *part = &library->dlpi_phdr[i];

      if (part->p_type == PT_LOAD && (part->p_flags & PF_W) != 0)
        glib_pointed_at[count++] = g_memdup2 ((gconstpointer) (library->dlpi_addr + part->p_vaddr), part->p_memsz);
    }
  return 1;
}

static void
keep_first_quarks (void)
{
  dl_iterate_phdr (keep_pointers_cb, NULL);
}

#else

static void
keep_first_quarks (void)
{
}

#endif
