-- A message gets its number in the search indexes when it is queued, so that newer messages have higher numbers: a search
-- lists the highest ones first. They were given while messages are indexed, newest first, and many at once got them the
-- wrong way round.
DROP TRIGGER messages_to_index;
DROP TRIGGER messages_to_index_again;
CREATE TRIGGER messages_to_index AFTER INSERT ON messages WHEN new.kind = 'text' AND new.status = 'ready' BEGIN
  INSERT OR IGNORE INTO message_search_rows (message_id) VALUES (new.id);
  INSERT OR IGNORE INTO message_search_queue VALUES (new.id);
END;
CREATE TRIGGER messages_to_index_again AFTER UPDATE OF text, status ON messages
WHEN new.kind = 'text' AND new.status NOT IN ('pending', 'generating', 'streaming')
  AND (new.text <> old.text OR new.status <> old.status) BEGIN
  INSERT OR IGNORE INTO message_search_rows (message_id) VALUES (new.id);
  INSERT OR IGNORE INTO message_search_queue VALUES (new.id);
END;
INSERT OR IGNORE INTO message_search_rows (message_id) SELECT message_id FROM message_search_queue ORDER BY message_id;
