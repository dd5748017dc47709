-- The origins that the user lets a key of the environment go to, besides the one that it belongs to, as JSON; null: none.
-- Nothing of the key itself is stored.
ALTER TABLE services ADD COLUMN environment_key_for TEXT;

-- The version of the app that could not read a file: another one may. Null: one before this migration, or the file was taken.
ALTER TABLE watched_files ADD COLUMN read_by TEXT;
