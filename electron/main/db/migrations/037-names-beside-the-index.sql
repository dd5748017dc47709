-- The index has a number for each model of each service, and their names stand beside it: a new name is another row here,
-- and no picture is indexed again. See docs/decisions/081.
CREATE TABLE search_sources (
  id        INTEGER PRIMARY KEY,
  provider  TEXT NOT NULL,
  model     TEXT NOT NULL,
  -- The name of the model. Empty where none is known.
  label     TEXT NOT NULL,
  UNIQUE (provider, model)
) STRICT;
INSERT INTO search_sources (provider, model, label) SELECT provider, model, label FROM search_names;
DROP TABLE search_names;

-- Parts of the indexes are merged in the background, in small steps.
INSERT INTO picture_words (picture_words, rank) VALUES ('automerge', 0);
INSERT INTO picture_parts (picture_parts, rank) VALUES ('automerge', 0);
INSERT INTO message_words (message_words, rank) VALUES ('automerge', 0);
INSERT INTO message_parts (message_parts, rank) VALUES ('automerge', 0);

-- OR IGNORE in a trigger gives way to the OR REPLACE of the statement that fires it: a changed picture got a new number,
-- and left its old words in the indexes.
DROP TRIGGER search_row_added;
CREATE TRIGGER search_row_added BEFORE INSERT ON search_queue
WHEN NOT EXISTS (SELECT 1 FROM search_rows WHERE order_key = new.order_key) BEGIN
  INSERT INTO search_rows (order_key) VALUES (new.order_key);
END;

-- The app indexes them again in the background.
INSERT INTO picture_words (picture_words) VALUES ('delete-all');
INSERT INTO picture_parts (picture_parts) VALUES ('delete-all');
INSERT OR IGNORE INTO search_queue SELECT order_key FROM user_images;
