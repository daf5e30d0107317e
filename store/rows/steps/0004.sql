-- What facilitators made of a released gathering: its themes, sealed to it and purged with it.
CREATE TABLE themes (
  digest BLOB NOT NULL,
  id BLOB NOT NULL PRIMARY KEY,
  gathering BLOB NOT NULL,
  sealed BLOB NOT NULL
) WITHOUT ROWID;
