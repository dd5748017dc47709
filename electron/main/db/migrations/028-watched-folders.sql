-- Folders whose new pictures come in by themselves, and pictures that stay where the user keeps them.
CREATE TABLE watched_folders (
  id          TEXT PRIMARY KEY,
  -- Absolute, without links.
  path        TEXT    NOT NULL UNIQUE,
  -- 'copy' into the data folder, or 'link': the pictures stay where they are.
  mode        TEXT    NOT NULL,
  subfolders  INTEGER NOT NULL,
  enabled     INTEGER NOT NULL DEFAULT 1,
  created_at  INTEGER NOT NULL,
  -- When the folder was last compared with the gallery.
  scanned_at  INTEGER
) STRICT;

-- What became of each file of these folders. A file that is here as it is on the disk is not read again.
CREATE TABLE watched_files (
  folder_id     TEXT    NOT NULL REFERENCES watched_folders (id) ON DELETE CASCADE,
  -- Relative to the folder, with forward slashes.
  path          TEXT    NOT NULL,
  bytes         INTEGER NOT NULL,
  modified_at   INTEGER NOT NULL,
  -- 'taken', or why it was not.
  outcome       TEXT    NOT NULL,
  -- SHA-256 of a file that was taken: deleted in the app, it does not come back under another name.
  content_hash  BLOB,
  PRIMARY KEY (folder_id, path)
) STRICT, WITHOUT ROWID;

CREATE INDEX watched_files_by_content ON watched_files (content_hash) WHERE content_hash IS NOT NULL;
CREATE INDEX watched_files_unread ON watched_files (folder_id, path) WHERE outcome <> 'taken';

-- The user's own file of a picture that stays where it is: absolute. Null: the picture's file is in the data folder.
ALTER TABLE user_images ADD COLUMN linked_path TEXT;
-- When that file was last changed, in UTC milliseconds: with its length it tells whether it is still the same.
ALTER TABLE user_images ADD COLUMN linked_modified_at INTEGER;
CREATE INDEX user_images_linked ON user_images (linked_path) WHERE linked_path IS NOT NULL;

ALTER TABLE import_intents ADD COLUMN linked_path TEXT;
ALTER TABLE import_intents ADD COLUMN linked_modified_at INTEGER;
-- 1: the file of a watched folder, which the next look finds again. Nobody has to be told that it was interrupted.
ALTER TABLE import_intents ADD COLUMN watched INTEGER NOT NULL DEFAULT 0;
