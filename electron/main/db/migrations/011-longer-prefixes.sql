-- Rebuilds the full-text index with prefixes of up to twelve letters. Without a prefix index all matches are gathered
-- before the first is known: 4 ms for a word that 90,000 pictures have, against 0.1 ms with one.
DROP TABLE picture_words;
CREATE VIRTUAL TABLE picture_words USING fts5 (
  prompt, model, provider,
  content = '', contentless_delete = 1, prefix = '1 2 3 4 5 6 7 8 9 10 11 12',
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
);
INSERT OR IGNORE INTO search_queue SELECT order_key FROM user_images;
