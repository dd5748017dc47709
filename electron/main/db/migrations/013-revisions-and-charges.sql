-- Order and versions come from numbers that only grow, never from clocks, and every request has a charge.

-- A message's position in its conversation, from 1, and the version of its row.
ALTER TABLE messages ADD COLUMN seq INTEGER;
ALTER TABLE messages ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
-- The request that the message waits for; null until one has begun. It is the id of a charge.
ALTER TABLE messages ADD COLUMN request_id TEXT;
-- 1 when the user has asked to stop the work.
ALTER TABLE messages ADD COLUMN stop_requested INTEGER NOT NULL DEFAULT 0;
-- 1 if the picture must be made even if the gallery has the same one.
ALTER TABLE messages ADD COLUMN fresh INTEGER NOT NULL DEFAULT 0;
UPDATE messages SET seq = numbered.n FROM (
  SELECT id, row_number() OVER (PARTITION BY conversation_id ORDER BY id) AS n FROM messages) AS numbered
  WHERE messages.id = numbered.id;
DROP INDEX messages_by_conversation;
CREATE UNIQUE INDEX messages_by_conversation ON messages (conversation_id, seq);

CREATE TRIGGER messages_inserted AFTER INSERT ON messages WHEN new.seq IS NULL BEGIN
  UPDATE messages SET seq = (
    SELECT coalesce(max(seq), 0) + 1 FROM messages WHERE conversation_id = new.conversation_id)
  WHERE id = new.id;
END;
-- The position is given once, when the row is inserted, and is not a change.
CREATE TRIGGER messages_changed AFTER UPDATE ON messages WHEN new.revision = old.revision AND old.seq IS NOT NULL BEGIN
  UPDATE messages SET revision = old.revision + 1 WHERE id = new.id;
END;

-- The order of use: the conversation that was used last has the highest number.
ALTER TABLE conversations ADD COLUMN activity INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
UPDATE conversations SET activity = numbered.n FROM (
  SELECT id, row_number() OVER (ORDER BY updated_at, id) AS n FROM conversations) AS numbered
  WHERE conversations.id = numbered.id;
DROP INDEX conversations_by_recency;
CREATE INDEX conversations_by_recency ON conversations (pinned DESC, activity DESC) WHERE deleted_at IS NULL;
CREATE INDEX conversations_by_activity ON conversations (activity);

CREATE TRIGGER conversations_inserted AFTER INSERT ON conversations WHEN new.activity = 0 BEGIN
  UPDATE conversations SET activity = (SELECT max(activity) + 1 FROM conversations) WHERE id = new.id;
END;
CREATE TRIGGER conversations_changed AFTER UPDATE ON conversations
WHEN new.revision = old.revision AND old.activity > 0 BEGIN
  UPDATE conversations SET revision = old.revision + 1 WHERE id = new.id;
END;

-- The ledger: one row for each request that left, written before it does. Everything that shows or limits money reads it.
CREATE TABLE charges (
  -- The id of the request.
  id                TEXT PRIMARY KEY,
  -- 'picture' or 'text'.
  kind              TEXT    NOT NULL,
  -- Null while no message has taken over a prefetched picture.
  message_id        TEXT,
  provider          TEXT    NOT NULL,
  model             TEXT,
  requested_at      INTEGER NOT NULL,
  -- 'open': not ended yet, 'made', 'failed', or 'refused' if the provider had no room for it.
  state             TEXT    NOT NULL,
  -- What it cost, or what it may have cost if it has not ended or was cut off. Null: unknown.
  amount_micro_usd  INTEGER
) STRICT;
CREATE INDEX charges_by_message ON charges (message_id);
CREATE INDEX charges_by_provider ON charges (provider, requested_at, kind, state);
CREATE INDEX charges_by_time ON charges (requested_at, amount_micro_usd);

-- Attempts that wait in the outbox were requests, too. Their entries find their rows here later, and change nothing.
INSERT OR IGNORE INTO image_generation_log
    (id, message_id, provider, model, outcome, error_code, requested_at, duration_ms, cost_micro_usd)
  SELECT a ->> 'id', a ->> 'messageId', a ->> 'provider', a ->> 'model', a ->> 'outcome', a ->> 'errorCode',
         a ->> 'requestedAt', a ->> 'durationMs', a ->> 'costMicroUsd'
  FROM (SELECT iif(json_valid(payload), payload, '{}') AS a FROM outbox WHERE kind = 'attempt' ORDER BY id)
  -- A damaged entry is left to the outbox, which sets it aside.
  WHERE json_type(a, '$.id') = 'text' AND json_type(a, '$.messageId') = 'text'
    AND json_type(a, '$.provider') = 'text' AND json_type(a, '$.model') = 'text'
    AND json_type(a, '$.outcome') = 'text' AND coalesce(json_type(a, '$.errorCode'), 'null') IN ('text', 'null')
    AND json_type(a, '$.requestedAt') = 'integer' AND json_type(a, '$.durationMs') = 'integer'
    AND coalesce(json_type(a, '$.costMicroUsd'), 'null') IN ('integer', 'null');
-- What was charged so far. A failed attempt had a cost of null for nothing, and of zero for an unknown price.
INSERT INTO charges
  SELECT id, 'picture', iif(error_code IS 'begun_ahead' AND message_id = id, NULL, message_id), provider, model,
         requested_at,
         CASE WHEN outcome = 'ready' THEN 'made' WHEN error_code IS 'rate_limited' THEN 'refused' ELSE 'failed' END,
         iif(outcome = 'ready', cost_micro_usd, iif(cost_micro_usd IS NULL, 0, nullif(cost_micro_usd, 0)))
  FROM image_generation_log
  WHERE picture_id IS NULL AND (cost_micro_usd IS NOT NULL OR coalesce(error_code, '') NOT IN
    ('cancelled', 'key_missing', 'unreachable', 'unknown_provider', 'reference_gone', 'file_missing'));
-- A picture that had arrived and could not be stored is still on disk under its message's id.
UPDATE OR IGNORE charges SET id = message_id WHERE id IN (
  SELECT max(id) FROM image_generation_log WHERE error_code = 'picture_not_stored' GROUP BY message_id);
-- A prefetched picture that a message has taken over, and other requests that had left when the app ended.
UPDATE charges SET state = 'open' WHERE id IN (
  SELECT l.id FROM image_generation_log l JOIN messages m ON m.id = l.message_id
  WHERE l.error_code = 'begun_ahead' AND m.status IN ('pending', 'generating'));
UPDATE messages SET request_id = l.id FROM image_generation_log l
  WHERE l.message_id = messages.id AND l.error_code = 'begun_ahead' AND messages.status IN ('pending', 'generating');
DELETE FROM image_generation_log WHERE error_code = 'begun_ahead';
UPDATE messages SET request_id = id WHERE kind = 'image' AND status = 'generating' AND request_id IS NULL;
INSERT OR IGNORE INTO charges
  SELECT request_id, 'picture', id, coalesce(provider, ''), model, updated_at, 'open', NULL
  FROM messages WHERE kind = 'image' AND status = 'generating';
DROP INDEX messages_by_cost;
DROP INDEX image_generation_log_by_cost;
DROP INDEX image_generation_log_by_time;
INSERT OR IGNORE INTO charges
  SELECT id, 'text', id, coalesce(provider, ''), model, updated_at, 'made', cost_micro_usd
  FROM messages WHERE kind = 'text' AND cost_micro_usd > 0;
ALTER TABLE messages DROP COLUMN cost_micro_usd;
