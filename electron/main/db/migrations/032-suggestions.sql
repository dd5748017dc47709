-- What a text model has suggested for the composer. A row is written in the transaction that opens the charge of its
-- request, so that an answer which was paid for is there after a crash. It stays until the user has taken or closed it.
CREATE TABLE suggestions (
  -- Also the id of its request, and of its charge, which has its cost.
  id TEXT NOT NULL PRIMARY KEY,
  -- A new chat has an id and no row.
  conversation_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('improve', 'describe')),
  status TEXT NOT NULL CHECK (status IN ('running', 'ready', 'failed')),
  -- The draft as it was sent.
  original TEXT NOT NULL,
  image_id TEXT,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  text TEXT NOT NULL DEFAULT '',
  error_code TEXT,
  error_message TEXT,
  error_sentence TEXT,
  requested_at INTEGER NOT NULL,
  closed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX suggestions_by_conversation ON suggestions (conversation_id);
