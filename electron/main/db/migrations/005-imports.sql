-- Pictures that a user brings in: known by their content, and finished after a crash.

-- SHA-256 of the file as it came; null until an import has asked for it.
ALTER TABLE user_images ADD COLUMN content_hash BLOB;

CREATE INDEX user_images_by_content ON user_images (content_hash) WHERE content_hash IS NOT NULL;
-- A picture is hashed only when a file of just its length comes.
CREATE INDEX user_images_not_hashed ON user_images (bytes) WHERE content_hash IS NULL;

-- Written before a picture's first byte is, removed by the transaction that writes its gallery row.
CREATE TABLE import_intents (
  id            TEXT PRIMARY KEY,
  name          TEXT    NOT NULL,
  content_hash  BLOB    NOT NULL,
  created_at    INTEGER NOT NULL
) STRICT;
