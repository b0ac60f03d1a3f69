/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three short lists of words for sp-person.c, all sorted by bytes: titles, given names that are common in the United
 * Kingdom, and words that names of lists are made of. Given names that are words or places too ("Grace", "Mark",
 * "Douglas") are left out: alone they mean nothing, and with a surname they are found without the list. */
#include "sp-person-words.h"

#include <stdlib.h>
#include <string.h>

static const char *const titles[] = {
  "dr", "father", "lady", "lord", "master", "miss", "mr", "mrs", "ms", "mx", "prof", "professor", "rev", "reverend",
  "sir", "sister",
};

static const char *const given_names[] = {
  "aaron", "abdul", "abdullah", "abigail", "adam", "adrian", "agnes", "ahmed", "aidan", "aileen", "aisha", "alan",
  "albert", "alec", "alex", "alexander", "alfie", "alfred", "ali", "alice", "alicja", "alison", "alistair",
  "amanda", "amber", "amelia", "amina", "amir", "amy", "ana", "andrea", "andreea", "andrew", "andrzej", "andy",
  "angela", "angharad", "angus", "anita", "anjali", "ann", "anna", "anne", "annie", "anthony", "antonio", "archie",
  "arjun", "arnold", "arthur", "asif", "audrey", "ava", "ayesha", "barbara", "barry", "bartosz", "bashir", "beata",
  "beatrice", "becky", "ben", "benjamin", "bernard", "beryl", "bethan", "bethany", "betty", "beverley", "bill",
  "billy", "bogdan", "brenda", "brendan", "brian", "bridget", "bronwen", "bryan", "callum", "cameron", "carl",
  "carla", "carol", "caroline", "carolyn", "carys", "cath", "catherine", "cathy", "catrin", "cecilia", "ceri",
  "charles", "charlie", "charlotte", "chloe", "chris", "christina", "christine", "christopher", "ciaran", "claire",
  "clare", "clive", "colin", "connor", "craig", "cristina", "cynthia", "daisy", "daniel", "danielle", "danny",
  "darren", "dave", "david", "dawn", "dean", "debbie", "deborah", "declan", "denise", "dennis", "derek", "dewi",
  "diana", "diane", "dilys", "donald", "donna", "dora", "doreen", "doris", "dorothy", "duncan", "dylan", "ebony",
  "eddie", "edith", "edna", "edward", "edwin", "eileen", "elaine", "eleanor", "eleri", "elizabeth", "ella", "ellen",
  "ellie", "elsie", "emily", "emlyn", "emma", "emrys", "enid", "eric", "erin", "ernest", "ethan", "ethel", "eugene",
  "eva", "evan", "evelyn", "farah", "fatima", "fatma", "fiona", "flora", "frances", "francis", "frank", "fred",
  "frederick", "freya", "gareth", "gary", "gavin", "gemma", "geoff", "geoffrey", "george", "georgia", "georgina",
  "gerald", "geraldine", "gerard", "gertrude", "gillian", "gina", "gladys", "glenys", "glyn", "gordon", "graham",
  "greg", "gregory", "gurpreet", "gwen", "gwyneth", "hamza", "hannah", "harjit", "harold", "harriet", "harry",
  "hassan", "hayley", "heather", "helen", "helena", "henry", "hilary", "hilda", "hugh", "hussein", "huw", "iain",
  "ian", "ibrahim", "idris", "ieuan", "imran", "ingrid", "ioan", "irena", "irene", "iris", "isaac", "isabel",
  "isabella", "isla", "ivan", "ivy", "jack", "jackie", "jacob", "jacqueline", "jake", "jakub", "james", "jamie",
  "jan", "jane", "janet", "janice", "jasmine", "jason", "jean", "jeffrey", "jennifer", "jenny", "jeremy", "jerzy",
  "jess", "jesse", "jessica", "jessie", "jill", "jim", "jimmy", "jo", "joan", "joanna", "joanne", "joe", "joel",
  "john", "johnny", "jon", "jonathan", "jordan", "jose", "joseph", "josephine", "josh", "joshua", "joyce", "juan",
  "judith", "judy", "julia", "julian", "julie", "justin", "kamila", "karen", "karl", "karolina", "kate",
  "katherine", "kathleen", "kathryn", "kathy", "katie", "katy", "kay", "keith", "kelly", "kenneth", "kerry",
  "kevin", "khadija", "kieran", "kim", "kirsty", "krystyna", "krzysztof", "kulwinder", "kyle", "lakshmi", "laura",
  "lauren", "lawrence", "layla", "leah", "leanne", "lee", "len", "leonard", "leslie", "lewis", "liam", "lilian",
  "lillian", "linda", "lindsay", "lisa", "lloyd", "logan", "lois", "lorna", "lorraine", "louis", "louise", "lucas",
  "lucy", "luke", "lydia", "lynn", "lynne", "mabel", "maciej", "madeleine", "malcolm", "malgorzata", "marcin",
  "margaret", "maria", "marian", "marie", "marilyn", "marion", "marjorie", "marlene", "martha", "martin", "mary",
  "maryam", "mateusz", "matt", "matthew", "maud", "maureen", "maurice", "mavis", "max", "megan", "mehmet", "mel",
  "melanie", "melissa", "mia", "michael", "michal", "michelle", "mick", "miguel", "mike", "mildred", "milly",
  "miriam", "mohamed", "mohammad", "mohammed", "moira", "molly", "monica", "morag", "moses", "muhammad", "muriel",
  "myra", "nadia", "nancy", "naomi", "nasreen", "natalie", "natasha", "nathan", "neil", "nerys", "niamh",
  "nicholas", "nick", "nicky", "nicola", "nicole", "nigel", "noah", "noel", "nora", "norah", "noreen", "norma",
  "norman", "oleksandr", "olena", "olga", "olive", "oliver", "olivia", "olwen", "omar", "oscar", "osian", "owen",
  "pamela", "pat", "patricia", "patrick", "paul", "paula", "pauline", "pawel", "peggy", "penelope", "penny",
  "percy", "peter", "petra", "phil", "philip", "philippa", "phoebe", "phyllis", "piotr", "poppy", "priya", "rachel",
  "raj", "rajesh", "ralph", "raymond", "rebecca", "reece", "reg", "rhian", "rhiannon", "rhys", "ricky", "rita",
  "robert", "roberta", "robin", "rodney", "roger", "roland", "ron", "ronald", "rosalind", "rosemary", "rosie",
  "ross", "rowena", "roy", "rupert", "russell", "ruth", "ryan", "sadie", "sally", "sam", "samantha", "samina",
  "samir", "samuel", "sandra", "sanjay", "sara", "sarah", "sean", "seren", "shane", "sharon", "shaun", "sheila",
  "shirley", "sian", "sidney", "simon", "sinead", "siobhan", "sofia", "sonia", "sophia", "sophie", "stan",
  "stanislaw", "stanley", "stella", "stephanie", "stephen", "steve", "steven", "stuart", "sue", "sunita",
  "surinder", "susan", "suzanne", "sylvia", "tadeusz", "tanya", "tariq", "tegan", "terence", "teresa", "terry",
  "thelma", "theo", "theodore", "theresa", "thomas", "tim", "timothy", "tina", "toby", "tom", "tomasz", "tommy",
  "tony", "tracey", "tracy", "trevor", "trudy", "una", "valerie", "vanessa", "vera", "veronica", "vicky", "victor",
  "vijay", "vincent", "viola", "violet", "vivian", "vivien", "vivienne", "vladimir", "walter", "wanda", "wayne",
  "wendy", "wilfred", "william", "winifred", "winston", "yasmin", "yusuf", "yvonne", "zahra", "zainab", "zara",
  "zbigniew", "zoe", "zofia",
};

static const char *const ordinary_words[] = {
  "about", "access", "active", "activities", "activity", "adult", "adults", "advice", "affordable", "afternoon",
  "afternoons", "all", "alternatives", "and", "any", "april", "area", "around", "arts", "at", "august", "autumn",
  "available", "back", "bad", "bank", "before", "best", "beyond", "board", "bus", "busy", "by", "calm", "car",
  "cards", "careful", "case", "cheap", "children", "choice", "choices", "christmas", "class", "classes", "close",
  "club", "clubs", "community", "company", "contacts", "cost", "could", "county", "crisis", "day", "days",
  "december", "disability", "disabled", "discharge", "district", "down", "draft", "drop", "early", "east", "easter",
  "easy", "emergency", "english", "evening", "evenings", "event", "events", "every", "fair", "family", "february",
  "few", "find", "first", "five", "food", "for", "four", "free", "friday", "from", "fun", "garden", "general",
  "gentle", "girls", "go", "good", "great", "green", "group", "groups", "half", "hall", "halls", "handout",
  "health", "healthy", "help", "here", "high", "hill", "holiday", "holidays", "home", "hospital", "house", "hub",
  "ideas", "in", "indoor", "information", "ink", "january", "july", "june", "just", "keep", "kitchen", "ladies",
  "large", "last", "leaflet", "learning", "lift", "list", "lists", "living", "local", "lonely", "long", "low",
  "lunch", "main", "man", "many", "map", "march", "may", "maybe", "meeting", "meetings", "men", "mens", "monday",
  "month", "more", "morning", "mornings", "mums", "music", "my", "national", "near", "nearby", "neighbourhood",
  "network", "never", "new", "newsletter", "next", "night", "no", "north", "november", "october", "of", "off",
  "old", "older", "on", "one", "open", "option", "options", "or", "other", "our", "out", "outdoor", "over", "pack",
  "page", "parish", "park", "partnership", "people", "person", "places", "plan", "plans", "poster", "practical",
  "practice", "primary", "print", "programme", "project", "purpose", "quick", "quiet", "referrals", "regular",
  "report", "resources", "review", "river", "road", "route", "rural", "safe", "saturday", "school", "second",
  "september", "services", "session", "sessions", "shop", "short", "shortlist", "silver", "simple", "single",
  "small", "social", "some", "something", "south", "space", "spaces", "spring", "staff", "start", "step", "still",
  "street", "suitable", "summer", "sunday", "support", "surgery", "table", "team", "teenagers", "ten", "term",
  "test", "the", "things", "third", "this", "three", "thursday", "time", "to", "today", "together", "tomorrow",
  "top", "town", "training", "transport", "trial", "tuesday", "two", "under", "up", "urgent", "useful", "valley",
  "village", "visit", "visits", "volunteer", "volunteers", "waiting", "walk", "ward", "warm", "wednesday", "week",
  "weekend", "weekends", "weekly", "west", "what", "wheelchair", "who", "winter", "with", "within", "women", "work",
  "workshop", "year", "young", "your", "youth",
};

static int
compare_words (const void *key, const void *element)
{
  return strcmp (key, *(const char *const *) element);
}

#define IS_IN(word, table) (bsearch (word, table, G_N_ELEMENTS (table), sizeof *table, compare_words) != NULL)

/**
 * sp_person_is_title:
 * @word: a folded word
 *
 * Returns: whether people are addressed so
 */
gboolean
sp_person_is_title (const char *word)
{
  return IS_IN (word, titles);
}

/**
 * sp_person_is_given_name:
 * @word: a folded word
 *
 * Returns: whether it is a common given name, and hardly anything else
 */
gboolean
sp_person_is_given_name (const char *word)
{
  return IS_IN (word, given_names);
}

/**
 * sp_person_is_ordinary_word:
 * @word: a folded word
 *
 * Returns: whether names of lists are often made of it
 */
gboolean
sp_person_is_ordinary_word (const char *word)
{
  return IS_IN (word, ordinary_words);
}
