-- The user's styles: named pieces of a prompt. Those that Afterimage brings are in its code.
CREATE TABLE styles (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  prompt TEXT NOT NULL,
  negative_prompt TEXT NOT NULL,
  -- The picture of the gallery that stands for it. It may be gone.
  picture_id TEXT
) STRICT, WITHOUT ROWID;

-- Of a question, the styles that it was sent with, as JSON: what they said then, because they may change.
ALTER TABLE messages ADD COLUMN styles TEXT;
