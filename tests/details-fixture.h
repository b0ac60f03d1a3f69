/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A window on a hall, what is held in it and who runs it; and words for what the details show. */

#include "window-fixture.h"

#include "sp-details.h"
#include "sp-store-documents.h"

#include <string.h>

/* Every member of an asset, each with words of its own. Single quotes stand for double ones. */
static const char details_hall[] =
  "{'type':'asset','schema':1,'kind':'place','name':'Harbour Hall','alternate_name':'The Net Loft','summary':'Two rooms by the sea',"
  "'description':'The big one holds a dance.','categories':['village-hall','warm-space'],'status':'temporarily closed',"
  "'notice':{'text':'The roof leaks','from':'2026-11-20','until':'2026-12-05'},'visible':{'from':'2026-01-02','until':'2027-06-07'},"
  "'availability':{'state':'waiting list','wait':'about 3 weeks','on':'2026-11-01'},"
  "'location':{'latitude':54.7150,'longitude':-3.4960,'accuracy':'postcode'},"
  "'address':{'line_1':'2 Sample Street','line_2':'Elizabeth Dock','city':'Maryport','county':'Cumbria','postal_code':'CA15 6AA','uprn':'100110000102'},"
  "'venue':'asset:estate','organisation':'asset:org','service_areas':['area:north','area:lost'],"
  "'contacts':[{'id':'c1','title':'Bookings','name':'The desk','phone':'01632 960 101','email':'desk@hall.example.org','visible_to':'public',"
  "'basis':{'kind':'consent','on':'2026-03-02','note':'Said so at the door'}},"
  "{'id':'c2','title':'Keyholder','phone':'01632 960 102','visible_to':'members'}],'url':'https://hall.example.org/',"
  "'schedules':[{'id':'s1','freq':'weekly','interval':1,'byday':'TU','opens_at':'10:00','closes_at':'12:00','dtstart':'2026-01-06',"
  "'valid_from':'2026-01-06','valid_to':'2027-12-28','term':'term','bank_holidays':'closed','booking':'drop-in','note':'Bring slippers'}],"
  "'schedule_exceptions':[{'id':'x1','from':'2026-12-22','until':'2026-12-29','closed':true,'note':'Holidays'},"
  "{'id':'x2','from':'2020-01-01','closed':true,'note':'Long ago'}],'schedule_words':'Tuesday mornings',"
  "'free':false,'costs':[{'id':'k1','option':'Big room','amount':18.5,'currency':'GBP','description':'an hour, heating extra'}],"
  "'eligibility':{'minimum_age':16,'maximum_age':99,'who':'anyone who is quiet','not_for':'bands','tags':['carers']},"
  "'referral':{'how':'ring first','detail':'Ask for the desk','url':'https://forms.example.org/hall'},"
  "'accessibility':{'tags':['step-free','hearing-loop'],'detail':'The ramp is steep'},'languages':['en','pl'],"
  "'translations':{'cy':{'summary':'Dwy ystafell','description':'Lle i ddawnsio'}},"
  "'building':{'capacity':120,'floor_area_m2':310,'kitchen':true,'parking':24,'wifi':true,'heating':'a new boiler','generator':false,"
  "'crisis_roles':['rest centre'],'keyholder':'Keyholder'},'volunteering':{'wanted':true,'roles':'Kitchen hands'},"
  "'funding':[{'id':'f1','source':'Coastal Trust','amount':18000,'currency':'GBP','from':'2025-04-01','until':'2027-03-31'}],"
  "'assurance':[{'id':'a1','what':'insurance','seen_on':'2026-04-01','by':'Committee'}],"
  "'known_by':[{'id':'w1','team':'Link workers, Maryport','visited_on':'2026-09-16'}],"
  "'checked':{'times':{'on':'2026-11-01','by':'Ann','how':'phone'},'place':{'on':'2026-11-01','by':'Bob','how':'visit'},"
  "'contact':{'on':'2025-10-01','by':'Cat','how':'owner'},'cost':{'on':'2020-11-01','by':'Dee','how':'imported'},"
  "'join':{'on':'2026-11-01','by':'Eve','how':'phone'},'building':{'on':'2026-11-01','by':'Fay','how':'phone'}},"
  "'source':{'feed':'https://feed.example.org/halls.csv','row':'row 17','retrieved':'2026-02-03',"
  "'original':{'Hall name':'HARBOUR HALL'},'hand_corrected':['url']},"
  "'created':{'on':'2026-01-04','by':'gus'},'modified':{'on':'2026-10-06T10:00:00Z','by':'hal'},'sauna':true}";

static const struct { const char *id; const char *json; } details_others[] = {
  { "asset:estate", "{'type':'asset','kind':'place','name':'The Dock Estate','location':{'latitude':54.7,'longitude':-3.5}}" },
  { "asset:org", "{'type':'asset','kind':'group','name':'Dock Trust'}" },
  { "asset:choir", "{'type':'asset','kind':'group','name':'Shanty Choir','venue':'asset:hall','free':true,"
                   "'schedules':[{'id':'s','freq':'weekly','byday':'MO','opens_at':'19:00','closes_at':'21:00'}]}" },
  { "asset:bare", "{'type':'asset','kind':'group','name':'Said Nothing'}" },
  { "area:north", "{'type':'area','kind':'drawn','name':'The north shore','geometry':{'type':'Polygon',"
                  "'coordinates':[[[-3,54],[-2,54],[-2,55],[-3,54]]]}}" },
};

static SpNode *
parse_quotes (const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GError) error = NULL;
  SpNode *node = sp_node_parse (text, -1, &error);

  g_assert_no_error (error);
  return node;
}

static void
put_document (SpDb *db, const char *id, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) body = parse_quotes (json);

  g_assert_true (sp_docs_put_new (db, id, body, NULL, &error));
  g_assert_no_error (error);
}

G_GNUC_UNUSED static void
set_up_details (WindowFixture *f, gconstpointer data)
{
  SpDb *db;

  set_up_path (f, NULL);
  db = sp_db_open (f->path, SP_DB_WRITE, NULL);
  put_document (db, "asset:hall", details_hall);
  for (guint i = 0; i < G_N_ELEMENTS (details_others); i++)
    put_document (db, details_others[i].id, details_others[i].json);
  sp_db_close (db);
  open_window (f);
}

/* ---- what is to be read ---- */

static gboolean
contains (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

/* A label on screen in which @text stands. */
G_GNUC_UNUSED static GtkWidget *
find_part (gpointer root, const char *text)
{
  return find_widget (GTK_WIDGET (root), contains, text);
}

static GtkWidget *
details_of (WindowFixture *f)
{
  return find_type (f->window, SP_TYPE_DETAILS);
}

static gboolean
is_entry (SpAsset *entry, const char *id)
{
  return entry != NULL && g_strcmp0 (sp_asset_get_id (entry), id) == 0;
}

/* Shows an entry and waits until it is there with its name, which the one before may have had among its links. */
G_GNUC_UNUSED static void
show_details (WindowFixture *f, const char *id, const char *name)
{
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.show", "s", id);
  WAIT (is_entry (sp_browser_get_entry (browser_of (f)), id) && details_of (f) != NULL && find_text (details_of (f), name) != NULL);
  spin ();
}

static gboolean
has_label (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_BUTTON (widget) && find_text (widget, text) != NULL;
}

/* Presses the button in which @text stands. */
G_GNUC_UNUSED static void
press (gpointer root, const char *text)
{
  GtkWidget *button = find_widget (GTK_WIDGET (root), has_label, text);

  if (button == NULL || !gtk_widget_is_sensitive (button))
    g_error ("“%s” cannot be pressed", text);
  g_signal_emit_by_name (button, "clicked");
}

/* The newest window of a type that stands before the main one. */
G_GNUC_UNUSED static GtkWindow *
find_window (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);
      if (g_type_is_a (G_OBJECT_TYPE (window), type))
        return window;
    }
  return NULL;
}
