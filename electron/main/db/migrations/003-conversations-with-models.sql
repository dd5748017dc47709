-- Conversations with a model.

-- What the model that made a picture expects to receive again when the picture is edited.
ALTER TABLE messages ADD COLUMN thought_signature TEXT;

-- Until when a picture waits because its provider limits the rate, in UTC milliseconds.
ALTER TABLE messages ADD COLUMN retry_at INTEGER;
