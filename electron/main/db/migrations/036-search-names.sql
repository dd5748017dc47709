-- Under which names the pictures of a service's model are in the search index, so that a new name is noticed. A label is
-- empty where none was known.
CREATE TABLE search_names (
  provider  TEXT NOT NULL,
  model     TEXT NOT NULL,
  label     TEXT NOT NULL,
  service   TEXT NOT NULL,
  PRIMARY KEY (provider, model)
) STRICT, WITHOUT ROWID;
-- By which version of folding the words in the indexes were made: search-words.ts. One row.
CREATE TABLE search_folding (version INTEGER NOT NULL) STRICT;
INSERT INTO search_folding VALUES (1);
