-- Trash that empties itself, and pictures whose file is not there.

-- When the removal for good began. From then on the row is no picture any more, only a note of files to remove.
ALTER TABLE user_images ADD COLUMN purged_at INTEGER;
ALTER TABLE conversations ADD COLUMN purged_at INTEGER;

-- Since when the file is known not to be where the row says.
ALTER TABLE user_images ADD COLUMN missing_at INTEGER;

CREATE INDEX user_images_in_trash ON user_images (deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX user_images_purged ON user_images (id) WHERE purged_at IS NOT NULL;
CREATE INDEX user_images_missing ON user_images (id) WHERE missing_at IS NOT NULL;
CREATE INDEX conversations_in_trash ON conversations (deleted_at, id) WHERE deleted_at IS NOT NULL;

-- Who refers to a file, and which rows have theirs in a folder.
CREATE INDEX user_images_by_file ON user_images (file);
CREATE INDEX messages_by_file ON messages (image_file) WHERE image_file IS NOT NULL;
