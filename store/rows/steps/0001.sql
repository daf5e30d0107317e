-- The first released schema. digest: see models.py; no rowids, no times, no sequences.
CREATE TABLE meta (
  digest BLOB NOT NULL,
  name TEXT NOT NULL PRIMARY KEY,
  content BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE slot (
  digest BLOB NOT NULL,
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  salt BLOB NOT NULL,
  passes INTEGER NOT NULL,
  memory_bytes INTEGER NOT NULL,
  wrapped BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE gathering (
  digest BLOB NOT NULL,
  id BLOB NOT NULL PRIMARY KEY,
  title TEXT NOT NULL,
  questions TEXT NOT NULL,
  promise TEXT NOT NULL,
  state TEXT NOT NULL,
  opens TEXT NOT NULL,
  closes TEXT,
  released TEXT,
  repeats TEXT NOT NULL,
  public_key BLOB NOT NULL,
  participation INTEGER
) WITHOUT ROWID;
CREATE TABLE gathering_key (
  digest BLOB NOT NULL,
  id BLOB NOT NULL PRIMARY KEY,
  gathering BLOB NOT NULL,
  sealed BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE item (
  digest BLOB NOT NULL,
  gathering BLOB NOT NULL,
  id BLOB NOT NULL,
  sealed_to BLOB NOT NULL,
  status TEXT NOT NULL,
  version INTEGER NOT NULL,
  mark BLOB,
  sealed BLOB NOT NULL,
  notes BLOB,
  PRIMARY KEY (gathering, id)
) WITHOUT ROWID;
CREATE TABLE piece (
  digest BLOB NOT NULL,
  gathering BLOB NOT NULL,
  id BLOB NOT NULL,
  sealed_to BLOB NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (gathering, id)
) WITHOUT ROWID;
CREATE TABLE receipt (
  digest BLOB NOT NULL,
  id BLOB NOT NULL PRIMARY KEY,
  gathering BLOB NOT NULL,
  mark BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE answer (
  digest BLOB NOT NULL,
  id BLOB NOT NULL PRIMARY KEY,
  gathering BLOB NOT NULL,
  place INTEGER NOT NULL,
  theme TEXT NOT NULL,
  answer TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE work (
  digest BLOB NOT NULL,
  id BLOB NOT NULL PRIMARY KEY,
  gathering BLOB NOT NULL,
  owner BLOB,
  beat INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  pieces BLOB NOT NULL,
  worker BLOB,
  copied BLOB
) WITHOUT ROWID;
