-- The gallery's orders. Imported pictures have old dates, so the order is by date and then id, not by id alone.

DROP INDEX user_images_by_time;

-- All that the layout asks for is in it (`deleted_at` too, or SQLite would look it up), so that reading the whole
-- order never touches the rows.
CREATE INDEX user_images_by_date ON user_images (created_at, id, deleted_at, width, height, thumbhash)
  WHERE deleted_at IS NULL;
CREATE INDEX user_images_by_size ON user_images (width * height, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX user_images_by_model ON user_images (model, created_at DESC, id DESC) WHERE deleted_at IS NULL;
