-- Reused pictures: a message may show a picture of the gallery instead of requesting a new one.

-- The id of the reused picture in user_images; null if the message has its own picture.
ALTER TABLE messages ADD COLUMN picture_id TEXT;
CREATE INDEX messages_by_picture ON messages (picture_id) WHERE picture_id IS NOT NULL;

-- The same for its attempt; null if a provider was asked.
ALTER TABLE image_generation_log ADD COLUMN picture_id TEXT;

-- Finds the pictures made from a prompt, whatever its white space. db/reusable-pictures.ts compares the matches.
CREATE INDEX user_images_by_prompt ON user_images (
  provider, model,
  replace(replace(replace(replace(prompt, ' ', ''), char(9), ''), char(10), ''), char(13), '')
) WHERE deleted_at IS NULL;
