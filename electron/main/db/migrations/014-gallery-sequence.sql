-- The gallery, Trash and collections are ordered by numbers that are given once, never by the clock.

-- The gallery's order is user_images.order_key, which the full-text index has already. It is compared and never shown:
-- dates come from created_at. A picture that is made here comes after every other, whatever the clock says
-- (user-images.ts); a row without a key gets that of its own date.
DROP TRIGGER user_images_inserted;
CREATE TRIGGER user_images_inserted AFTER INSERT ON user_images BEGIN
  -- 2^20 numbers for each millisecond, until the year 2248: more than can arrive in one.
  UPDATE user_images SET order_key = coalesce(
      (SELECT max(order_key) + 1 FROM user_images
       WHERE order_key >= min(max(new.created_at, 0), 8796093022206) * 1048576
         AND order_key < min(max(new.created_at, 0), 8796093022206) * 1048576 + 1048576),
      min(max(new.created_at, 0), 8796093022206) * 1048576)
    WHERE id = new.id AND order_key IS NULL;
  INSERT INTO search_queue SELECT order_key FROM user_images WHERE id = new.id;
END;

DROP INDEX user_images_by_date;
DROP INDEX user_images_by_size;
DROP INDEX user_images_by_model;
DROP INDEX user_images_by_provider;
DROP INDEX user_images_favourite;
-- Covers everything that the layout needs (and `deleted_at`, which SQLite would otherwise look up), so that reading
-- the whole order never touches the rows.
CREATE INDEX user_images_in_order ON user_images (order_key, deleted_at, id, width, height, created_at, thumbhash)
  WHERE deleted_at IS NULL;
CREATE INDEX user_images_by_size ON user_images (width * height, order_key) WHERE deleted_at IS NULL;
CREATE INDEX user_images_by_model ON user_images (model, order_key DESC) WHERE deleted_at IS NULL;
CREATE INDEX user_images_by_provider ON user_images (provider, order_key DESC) WHERE deleted_at IS NULL;
CREATE INDEX user_images_favourite ON user_images (order_key) WHERE favourite = 1 AND deleted_at IS NULL;
-- Counts the pictures of a month.
CREATE INDEX user_images_by_date ON user_images (created_at) WHERE deleted_at IS NULL;

-- The order in which the content of Trash was deleted.
ALTER TABLE user_images ADD COLUMN deletion INTEGER;
ALTER TABLE conversations ADD COLUMN deletion INTEGER;
UPDATE user_images SET deletion = numbered.n FROM (
  SELECT id, row_number() OVER (ORDER BY deleted_at, id) AS n FROM user_images WHERE deleted_at IS NOT NULL) AS numbered
  WHERE user_images.id = numbered.id;
UPDATE conversations SET deletion = numbered.n FROM (
  SELECT id, row_number() OVER (ORDER BY deleted_at, id) AS n FROM conversations WHERE deleted_at IS NOT NULL)
  AS numbered
  WHERE conversations.id = numbered.id;
CREATE INDEX user_images_by_deletion ON user_images (deletion) WHERE deleted_at IS NOT NULL;
CREATE INDEX conversations_by_deletion ON conversations (deletion) WHERE deleted_at IS NOT NULL;

CREATE TRIGGER user_images_trashed AFTER UPDATE OF deleted_at ON user_images
WHEN old.deleted_at IS NULL AND new.deleted_at IS NOT NULL BEGIN
  UPDATE user_images SET deletion = (
    SELECT coalesce(max(deletion), 0) + 1 FROM user_images WHERE deleted_at IS NOT NULL) WHERE id = new.id;
END;
CREATE TRIGGER conversations_trashed AFTER UPDATE OF deleted_at ON conversations
WHEN old.deleted_at IS NULL AND new.deleted_at IS NOT NULL BEGIN
  UPDATE conversations SET deletion = (
    SELECT coalesce(max(deletion), 0) + 1 FROM conversations WHERE deleted_at IS NOT NULL) WHERE id = new.id;
END;

-- The order in which pictures were put into a collection.
ALTER TABLE collection_images ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
UPDATE collection_images SET position = numbered.n FROM (
  SELECT collection_id, image_id, row_number() OVER (PARTITION BY collection_id ORDER BY added_at, image_id) AS n
  FROM collection_images) AS numbered
  WHERE collection_images.collection_id = numbered.collection_id AND collection_images.image_id = numbered.image_id;
CREATE INDEX collection_images_by_position ON collection_images (collection_id, position);
