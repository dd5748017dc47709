-- Full-text search in the texts of conversations, like that of the pictures: see 025 and docs/decisions/056.

-- The number of each message in the indexes.
CREATE TABLE message_search_rows (id INTEGER PRIMARY KEY, message_id TEXT NOT NULL UNIQUE) STRICT;
-- The words, for phrases.
CREATE VIRTUAL TABLE message_words USING fts5 (
  text, content = '', contentless_delete = 1, tokenize = 'ascii'
);
CREATE VIRTUAL TABLE message_parts USING fts5 (
  parts,
  content = '', contentless_delete = 1, detail = none, prefix = '1 2 3 4 5 6 7 8 9 10 11 12', tokenize = "ascii tokenchars '^'"
);
-- Messages that are not indexed yet. A message is sent before its words are indexed.
CREATE TABLE message_search_queue (message_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TRIGGER messages_to_index AFTER INSERT ON messages WHEN new.kind = 'text' AND new.status = 'ready' BEGIN
  INSERT OR IGNORE INTO message_search_queue VALUES (new.id);
END;
-- A text is indexed when it is complete, and not with each part that arrives.
CREATE TRIGGER messages_to_index_again AFTER UPDATE OF text, status ON messages
WHEN new.kind = 'text' AND new.status NOT IN ('pending', 'generating', 'streaming')
  AND (new.text <> old.text OR new.status <> old.status) BEGIN
  INSERT OR IGNORE INTO message_search_queue VALUES (new.id);
END;
CREATE TRIGGER messages_not_to_find AFTER DELETE ON messages WHEN old.kind = 'text' BEGIN
  DELETE FROM message_words WHERE rowid = (SELECT id FROM message_search_rows WHERE message_id = old.id);
  DELETE FROM message_parts WHERE rowid = (SELECT id FROM message_search_rows WHERE message_id = old.id);
  DELETE FROM message_search_rows WHERE message_id = old.id;
  DELETE FROM message_search_queue WHERE message_id = old.id;
END;

-- In the order of the ids, which is about that of the messages. The app indexes them in the background.
INSERT INTO message_search_rows (message_id) SELECT id FROM messages WHERE kind = 'text' ORDER BY id;
INSERT INTO message_search_queue SELECT message_id FROM message_search_rows;
