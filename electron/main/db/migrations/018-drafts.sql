-- Each conversation has its own draft, a new chat too, which has an id and no row. A row is written without a flush to
-- disk while the user types, and removed with the message that it becomes.
CREATE TABLE drafts (
  conversation_id TEXT NOT NULL PRIMARY KEY,
  -- The id of the message that it becomes.
  question_id TEXT NOT NULL,
  -- JSON: text, choices and attached pictures.
  draft TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The one draft of older versions belongs to the conversation that they would open, otherwise to a new chat, which takes
-- its unused id. CASE keeps SQLite from reading what is no JSON.
INSERT INTO drafts (conversation_id, question_id, draft)
  SELECT coalesce(
           (SELECT id FROM conversations WHERE deleted_at IS NULL ORDER BY activity DESC LIMIT 1),
           json_extract(value, '$.questionId')),
         json_extract(value, '$.questionId'), value
  FROM (SELECT CASE WHEN json_valid(value) THEN value ELSE 'null' END AS value FROM view_state WHERE key = 'draft')
  WHERE json_type(value) = 'object' AND json_type(value, '$.questionId') = 'text';
DELETE FROM view_state WHERE key = 'draft';
