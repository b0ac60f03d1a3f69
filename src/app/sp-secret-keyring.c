/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpSecretKeyring: the Secret Service, which GNOME, KDE and others have. Without one nothing is kept, and whoever asks is
 * told so. */
#include "sp-secret-keyring.h"

#include <libsecret/secret.h>

struct _SpSecretKeyring
{
  GObject parent_instance;
};

static void sp_secret_keyring_keyring_init (SpKeyringInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SpSecretKeyring, sp_secret_keyring, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SP_TYPE_KEYRING, sp_secret_keyring_keyring_init))

static const SecretSchema schema = {
  "org.signpost.Signpost.Server", SECRET_SCHEMA_NONE,
  { { "server", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "user", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

/* @task: (transfer full). Whatever keeps the service from answering, nothing is kept. @error: (transfer full) */
static void
fail (GTask *task, GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, error);
  else
    {
      g_task_return_new_error (task, SP_ERROR, SP_ERROR_UNSUPPORTED, "This computer keeps no passwords: %s", error->message);
      g_error_free (error);
    }
  g_object_unref (task);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;
  char *secret = secret_password_lookup_finish (result, &error);

  if (error != NULL)
    {
      fail (task, error);
      return;
    }
  if (secret != NULL)
    g_task_return_pointer (task, g_strdup (secret), g_free);
  else
    g_task_return_new_error (task, SP_ERROR, SP_ERROR_NOT_FOUND, "There is no password for that server yet");
  g_object_unref (task);
  secret_password_free (secret);
}

static void
sp_secret_keyring_look_up (SpKeyring *self, const char *server, const char *user, GTask *task)
{
  secret_password_lookup (&schema, g_task_get_cancellable (task), looked_up_cb, task, "server", server, "user", user, NULL);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (!secret_password_store_finish (result, &error))
    {
      fail (task, error);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    {
      fail (task, error);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
sp_secret_keyring_save (SpKeyring *self, const char *server, const char *user, const char *password, GTask *task)
{
  g_autofree char *label = g_strdup_printf ("Signpost: %s, %s", user, server);

  if (password != NULL)
    secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, password, g_task_get_cancellable (task), saved_cb, task,
                           "server", server, "user", user, NULL);
  else
    secret_password_clear (&schema, g_task_get_cancellable (task), cleared_cb, task, "server", server, "user", user, NULL);
}

static void
sp_secret_keyring_keyring_init (SpKeyringInterface *iface)
{
  iface->look_up = sp_secret_keyring_look_up;
  iface->save = sp_secret_keyring_save;
}

static void
sp_secret_keyring_class_init (SpSecretKeyringClass *klass)
{
}

static void
sp_secret_keyring_init (SpSecretKeyring *self)
{
}

/**
 * sp_secret_keyring_new:
 *
 * Returns: (transfer full): the keyring of the desktop
 */
SpKeyring *
sp_secret_keyring_new (void)
{
  return g_object_new (SP_TYPE_SECRET_KEYRING, NULL);
}
