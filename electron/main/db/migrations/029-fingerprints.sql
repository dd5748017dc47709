-- Pictures that look alike: fingerprints, and stacks of near duplicates.

-- One row for each picture. `version` is the algorithm that has read it, or 0 if none has yet; a picture that could not be
-- opened has no `bytes`. A row that is read gets the next id, so that what was read since is found by its id.
-- `stack` is the number of the stack that the picture is in, if it has other pictures. New pictures are compared with those
-- that lead: the first one of each stack, and each picture that is in none.
CREATE TABLE fingerprints (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  image_id TEXT NOT NULL UNIQUE REFERENCES user_images (id) ON DELETE CASCADE,
  version INTEGER NOT NULL DEFAULT 0,
  bytes BLOB,
  stack INTEGER,
  leads INTEGER NOT NULL DEFAULT 0
);
INSERT INTO fingerprints (image_id) SELECT id FROM user_images WHERE purged_at IS NULL ORDER BY order_key;

-- Counts and finds those that are still to be read.
CREATE INDEX fingerprints_by_version ON fingerprints (version);
CREATE INDEX fingerprints_by_stack ON fingerprints (stack, image_id) WHERE stack IS NOT NULL;
-- Find what may be a near duplicate: one quarter of the coarse hash is the same.
CREATE INDEX fingerprints_by_quarter_1 ON fingerprints (substr(bytes, 1, 2)) WHERE leads = 1;
CREATE INDEX fingerprints_by_quarter_2 ON fingerprints (substr(bytes, 3, 2)) WHERE leads = 1;
CREATE INDEX fingerprints_by_quarter_3 ON fingerprints (substr(bytes, 5, 2)) WHERE leads = 1;
CREATE INDEX fingerprints_by_quarter_4 ON fingerprints (substr(bytes, 7, 2)) WHERE leads = 1;

CREATE TRIGGER user_images_unread AFTER INSERT ON user_images BEGIN
  INSERT INTO fingerprints (image_id)
    SELECT new.id WHERE NOT EXISTS (SELECT 1 FROM fingerprints WHERE image_id = new.id);
END;
-- The file that was missing is there again.
CREATE TRIGGER user_images_found AFTER UPDATE OF missing_at ON user_images
WHEN old.missing_at IS NOT NULL AND new.missing_at IS NULL BEGIN
  UPDATE fingerprints SET version = 0 WHERE image_id = new.id AND bytes IS NULL;
END;
-- The other pictures of the stack have another one that leads.
CREATE TRIGGER fingerprints_left AFTER DELETE ON fingerprints WHEN old.leads = 1 AND old.stack IS NOT NULL BEGIN
  UPDATE fingerprints SET leads = 1 WHERE id = (SELECT min(id) FROM fingerprints WHERE stack = old.stack);
END;

-- Pictures that the user has taken out of a stack. They stay on their own.
CREATE TABLE not_duplicates (
  image_id TEXT PRIMARY KEY NOT NULL REFERENCES user_images (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TRIGGER not_duplicates_added AFTER INSERT ON not_duplicates BEGIN
  UPDATE fingerprints SET leads = 1
    WHERE (SELECT leads FROM fingerprints WHERE image_id = new.image_id) = 1 AND id = (
      SELECT min(id) FROM fingerprints
      WHERE stack = (SELECT stack FROM fingerprints WHERE image_id = new.image_id) AND image_id <> new.image_id);
  UPDATE fingerprints SET stack = NULL, leads = 0 WHERE image_id = new.image_id;
END;
-- The user has changed their mind: the picture is read again and finds its stack.
CREATE TRIGGER not_duplicates_removed AFTER DELETE ON not_duplicates BEGIN
  UPDATE fingerprints SET version = 0 WHERE image_id = old.image_id;
END;
