-- Trash that is emptied automatically, and pictures whose file is missing.

-- When the permanent deletion started. From then on the row only says which files to remove.
ALTER TABLE user_images ADD COLUMN purged_at INTEGER;
ALTER TABLE conversations ADD COLUMN purged_at INTEGER;

-- Since when the file is known to be missing.
ALTER TABLE user_images ADD COLUMN missing_at INTEGER;

CREATE INDEX user_images_in_trash ON user_images (deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX user_images_purged ON user_images (id) WHERE purged_at IS NOT NULL;
CREATE INDEX user_images_missing ON user_images (id) WHERE missing_at IS NOT NULL;
CREATE INDEX conversations_in_trash ON conversations (deleted_at, id) WHERE deleted_at IS NOT NULL;

-- Find the rows with a file, and those with files in a folder.
CREATE INDEX user_images_by_file ON user_images (file);
CREATE INDEX messages_by_file ON messages (image_file) WHERE image_file IS NOT NULL;
