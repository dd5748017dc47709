-- The tables of the first version. Ids are UUIDv7, times UTC milliseconds, money integer micro-dollars.

CREATE TABLE conversations (
  id          TEXT PRIMARY KEY,
  title       TEXT    NOT NULL,
  pinned      INTEGER NOT NULL DEFAULT 0,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL,
  deleted_at  INTEGER
) STRICT;

CREATE INDEX conversations_by_recency ON conversations (pinned DESC, updated_at DESC) WHERE deleted_at IS NULL;

-- One row for each turn, and one for each picture.
CREATE TABLE messages (
  id               TEXT PRIMARY KEY,
  conversation_id  TEXT    NOT NULL REFERENCES conversations (id),
  group_id         TEXT,
  role             TEXT    NOT NULL,
  kind             TEXT    NOT NULL,
  status           TEXT    NOT NULL,
  text             TEXT    NOT NULL DEFAULT '',
  prompt           TEXT,
  params           TEXT,
  parent_id        TEXT,
  provider         TEXT,
  model            TEXT,
  image_file       TEXT,
  width            INTEGER,
  height           INTEGER,
  bytes            INTEGER,
  thumbhash        BLOB,
  error_code       TEXT,
  error_message    TEXT,
  created_at       INTEGER NOT NULL,
  updated_at       INTEGER NOT NULL
) STRICT;

CREATE INDEX messages_by_conversation ON messages (conversation_id, id);
CREATE INDEX messages_under_way ON messages (status) WHERE status IN ('pending', 'generating', 'streaming');

-- The gallery. Pictures outlive their conversation, so no constraint refers to it.
CREATE TABLE user_images (
  id          TEXT PRIMARY KEY,
  message_id  TEXT,
  file        TEXT    NOT NULL,
  width       INTEGER NOT NULL,
  height      INTEGER NOT NULL,
  bytes       INTEGER NOT NULL,
  thumbhash   BLOB,
  prompt      TEXT    NOT NULL,
  provider    TEXT    NOT NULL,
  model       TEXT    NOT NULL,
  params      TEXT,
  favourite   INTEGER NOT NULL DEFAULT 0,
  created_at  INTEGER NOT NULL,
  deleted_at  INTEGER
) STRICT;

CREATE INDEX user_images_by_time ON user_images (id DESC) WHERE deleted_at IS NULL;

-- One row for each attempt. Limits, costs and estimates are computed from it.
CREATE TABLE image_generation_log (
  id              TEXT PRIMARY KEY,
  message_id      TEXT    NOT NULL,
  provider        TEXT    NOT NULL,
  model           TEXT    NOT NULL,
  outcome         TEXT    NOT NULL,
  error_code      TEXT,
  requested_at    INTEGER NOT NULL,
  duration_ms     INTEGER NOT NULL,
  cost_micro_usd  INTEGER
) STRICT;

CREATE INDEX image_generation_log_by_message ON image_generation_log (message_id, id);
CREATE INDEX image_generation_log_by_time ON image_generation_log (provider, requested_at);

-- Rows to be written elsewhere, added in the transaction that makes them necessary.
CREATE TABLE outbox (
  id          TEXT PRIMARY KEY,
  kind        TEXT    NOT NULL,
  payload     TEXT    NOT NULL,
  created_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
  key    TEXT PRIMARY KEY,
  value  TEXT NOT NULL
) STRICT;
