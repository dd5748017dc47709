-- Imported pictures: identified by their content, and completed after a crash.

-- The SHA-256 of the original file; null until an import needs it.
ALTER TABLE user_images ADD COLUMN content_hash BLOB;

CREATE INDEX user_images_by_content ON user_images (content_hash) WHERE content_hash IS NOT NULL;
-- A picture is hashed only when a file of the same length is imported.
CREATE INDEX user_images_not_hashed ON user_images (bytes) WHERE content_hash IS NULL;

-- Written before a picture's first byte, and removed in the transaction that writes its gallery row.
CREATE TABLE import_intents (
  id            TEXT PRIMARY KEY,
  name          TEXT    NOT NULL,
  content_hash  BLOB    NOT NULL,
  created_at    INTEGER NOT NULL
) STRICT;
