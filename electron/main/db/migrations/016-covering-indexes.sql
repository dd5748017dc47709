-- Indexes that answer counts and sums alone. Without `deleted_at`, SQLite looks up each row to see whether it is null.

DROP INDEX user_images_by_model;
DROP INDEX user_images_by_provider;
DROP INDEX user_images_by_date;
DROP INDEX user_images_favourite;
CREATE INDEX user_images_by_model ON user_images (model, order_key DESC, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX user_images_by_provider ON user_images (provider, order_key DESC, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX user_images_by_date ON user_images (created_at, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX user_images_favourite ON user_images (order_key, favourite, deleted_at)
  WHERE favourite = 1 AND deleted_at IS NULL;

-- Sums the costs of a day or a month.
DROP INDEX charges_by_time;
CREATE INDEX charges_by_time ON charges (requested_at, amount_micro_usd, provider, kind, state);
-- The newest pictures of a model, from which durations are estimated.
CREATE INDEX image_generation_log_by_model ON image_generation_log (provider, model)
  WHERE outcome = 'ready' AND duration_ms > 0 AND picture_id IS NULL;
