-- What a conversation with a model needs.

-- What the model that made a picture wants to see again when the picture is edited.
ALTER TABLE messages ADD COLUMN thought_signature TEXT;

-- Until when a picture waits because its provider takes no more for the moment, in UTC milliseconds.
ALTER TABLE messages ADD COLUMN retry_at INTEGER;
