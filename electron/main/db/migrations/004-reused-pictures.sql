-- Pictures that answer again: a message may show a picture of the gallery instead of having one made.

-- That picture's id in user_images; null where the message's picture is its own.
ALTER TABLE messages ADD COLUMN picture_id TEXT;
CREATE INDEX messages_by_picture ON messages (picture_id) WHERE picture_id IS NOT NULL;

-- The same for its attempt; null where a provider was asked.
ALTER TABLE image_generation_log ADD COLUMN picture_id TEXT;

-- Which pictures were made of a prompt. White space is for reading; db/reusable-pictures.ts compares what is left of it.
CREATE INDEX user_images_by_prompt ON user_images (
  provider, model,
  replace(replace(replace(replace(prompt, ' ', ''), char(9), ''), char(10), ''), char(13), '')
) WHERE deleted_at IS NULL;
