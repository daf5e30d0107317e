-- Slots are key pairs, so that the master key can be renewed. Empty columns are in no digest.
ALTER TABLE slot ADD COLUMN public_key BLOB;
ALTER TABLE slot ADD COLUMN master BLOB;
