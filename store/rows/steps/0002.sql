-- One truth for every desk, kinds of gatherings, states of answers. Empty columns are in no digest.
ALTER TABLE gathering ADD COLUMN revision INTEGER;
ALTER TABLE gathering ADD COLUMN kind TEXT;
ALTER TABLE answer ADD COLUMN stage TEXT;
ALTER TABLE answer ADD COLUMN due TEXT;
