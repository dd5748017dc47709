-- Search finds what is inside words. See docs/decisions/056.
DROP TRIGGER user_images_deleted;
DROP TABLE picture_words;

-- The number of each picture in the indexes, in the order of arrival. Numbers without gaps make the indexes four times
-- smaller than those of order_key.
CREATE TABLE search_rows (id INTEGER PRIMARY KEY, order_key INTEGER NOT NULL UNIQUE) STRICT;
INSERT INTO search_rows (order_key) SELECT order_key FROM user_images ORDER BY order_key;
CREATE TRIGGER search_row_added BEFORE INSERT ON search_queue BEGIN
  INSERT OR IGNORE INTO search_rows (order_key) VALUES (new.order_key);
END;

-- The words of each picture, for phrases. The texts are folded before (shared/domain/fold-text.ts).
CREATE VIRTUAL TABLE picture_words USING fts5 (
  prompt, model, provider,
  content = '', contentless_delete = 1, tokenize = 'ascii'
);
-- Each word with a mark before it, and what begins at each of its characters: a beginning of one of these is a part of
-- the word. Their positions are of no use and not stored.
CREATE VIRTUAL TABLE picture_parts USING fts5 (
  parts,
  content = '', contentless_delete = 1, detail = none, prefix = '1 2 3 4 5 6 7 8 9 10 11 12', tokenize = "ascii tokenchars '^'"
);

CREATE TRIGGER user_images_deleted AFTER DELETE ON user_images BEGIN
  DELETE FROM search_queue WHERE order_key = old.order_key;
  DELETE FROM picture_words WHERE rowid = (SELECT id FROM search_rows WHERE order_key = old.order_key);
  DELETE FROM picture_parts WHERE rowid = (SELECT id FROM search_rows WHERE order_key = old.order_key);
  DELETE FROM search_rows WHERE order_key = old.order_key;
END;

-- The app indexes them again in the background.
INSERT OR IGNORE INTO search_queue SELECT order_key FROM user_images;
