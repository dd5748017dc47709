-- A change of a part of a picture that is in work, one row a picture. Written without a flush to disk while the user
-- paints, and removed with the message that it becomes.
CREATE TABLE edit_drafts (
  image_id TEXT NOT NULL PRIMARY KEY,
  -- The mask's file has this name; NULL if nothing was painted.
  mask_id TEXT,
  -- JSON: by how many pixels the picture grows on each side; NULL if it does not.
  frame TEXT,
  -- What should change.
  words TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX edit_drafts_by_mask ON edit_drafts (mask_id) WHERE mask_id IS NOT NULL;

-- Which pictures were made with a mask: its file is kept as long as one of them names it. Rows that hold no mask are told
-- by their text alone, and CASE keeps SQLite from reading what is no JSON.
CREATE INDEX messages_by_mask ON messages (CASE WHEN json_valid(params) THEN params ->> '$.edit.mask' END)
  WHERE instr(params, '"mask"') > 0;
CREATE INDEX user_images_by_mask ON user_images (CASE WHEN json_valid(params) THEN params ->> '$.edit.mask' END)
  WHERE instr(params, '"mask"') > 0;

-- The picture from which this one was made. It may be gone.
ALTER TABLE user_images ADD COLUMN parent_id TEXT;
UPDATE user_images SET parent_id = m.parent_id FROM messages m
  WHERE m.parent_id IS NOT NULL AND m.picture_id IS NULL AND user_images.id = m.id;
CREATE INDEX user_images_by_parent ON user_images (parent_id) WHERE parent_id IS NOT NULL;
