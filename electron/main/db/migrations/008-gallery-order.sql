-- The orders of the gallery: by date and then by id, because imported pictures have old dates.

DROP INDEX user_images_by_time;

-- Covers everything that the layout needs (and `deleted_at`, which SQLite would otherwise look up), so that reading
-- the whole order never touches the rows.
CREATE INDEX user_images_by_date ON user_images (created_at, id, deleted_at, width, height, thumbhash)
  WHERE deleted_at IS NULL;
CREATE INDEX user_images_by_size ON user_images (width * height, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX user_images_by_model ON user_images (model, created_at DESC, id DESC) WHERE deleted_at IS NULL;
