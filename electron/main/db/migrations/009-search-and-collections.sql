-- Full-text search, and collections of pictures.

-- Unique, and sorts by (created_at, order of arrival): the full-text index lists its matches by it, so that the
-- newest come first without sorting. The table's own rowid cannot serve, because VACUUM, which makes backups, may
-- change it.
ALTER TABLE user_images ADD COLUMN order_key INTEGER;
UPDATE user_images SET order_key = numbered.key FROM (
  -- The moment's own number, or the next one that is free.
  SELECT id, n + max(base - n) OVER (ORDER BY n) AS key FROM (
    SELECT id, row_number() OVER (ORDER BY created_at, id) AS n,
           min(max(created_at, 0), 8796093022206) * 1048576 AS base
    FROM user_images)) AS numbered
  WHERE user_images.id = numbered.id;
CREATE UNIQUE INDEX user_images_by_order_key ON user_images (order_key);

-- The words of each picture by its order_key. The texts are in user_images. See docs/decisions/015.
CREATE VIRTUAL TABLE picture_words USING fts5 (
  prompt, model, provider,
  content = '', contentless_delete = 1, prefix = '1 2 3',
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
);
-- Pictures that are not indexed yet. The app's own connection indexes in the same transaction (search-index.ts);
-- rows that other programs write, and older rows, wait here.
CREATE TABLE search_queue (order_key INTEGER PRIMARY KEY) STRICT;
INSERT INTO search_queue SELECT order_key FROM user_images;

CREATE TRIGGER user_images_inserted AFTER INSERT ON user_images BEGIN
  -- 2^20 numbers for each millisecond, until the year 2248: more than can arrive in one.
  UPDATE user_images SET order_key = coalesce(
      (SELECT max(order_key) + 1 FROM user_images
       WHERE order_key >= min(max(new.created_at, 0), 8796093022206) * 1048576
         AND order_key < min(max(new.created_at, 0), 8796093022206) * 1048576 + 1048576),
      min(max(new.created_at, 0), 8796093022206) * 1048576)
    WHERE id = new.id;
  INSERT INTO search_queue SELECT order_key FROM user_images WHERE id = new.id;
END;
CREATE TRIGGER user_images_reworded AFTER UPDATE OF prompt, model, provider ON user_images
WHEN old.prompt <> new.prompt OR old.model <> new.model OR old.provider <> new.provider BEGIN
  INSERT OR REPLACE INTO search_queue VALUES (new.order_key);
END;
CREATE TRIGGER user_images_deleted AFTER DELETE ON user_images BEGIN
  DELETE FROM search_queue WHERE order_key = old.order_key;
  DELETE FROM picture_words WHERE rowid = old.order_key;
END;

CREATE INDEX user_images_by_message ON user_images (message_id);
CREATE INDEX user_images_by_provider ON user_images (provider, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX user_images_favourite ON user_images (created_at, id) WHERE favourite = 1 AND deleted_at IS NULL;

CREATE TABLE collections (
  id          TEXT PRIMARY KEY,
  name        TEXT    NOT NULL,
  -- A saved search (JSON); null where the pictures are put in one by one.
  query       TEXT,
  position    INTEGER NOT NULL,
  created_at  INTEGER NOT NULL,
  deleted_at  INTEGER
) STRICT;

CREATE TABLE collection_images (
  collection_id  TEXT    NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
  image_id       TEXT    NOT NULL REFERENCES user_images (id) ON DELETE CASCADE,
  added_at       INTEGER NOT NULL,
  PRIMARY KEY (collection_id, image_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX collection_images_by_image ON collection_images (image_id);
