-- What the user should know about a picture, as JSON; null for nothing. See shared/domain/picture-notes.ts.
ALTER TABLE messages ADD COLUMN notes TEXT;
