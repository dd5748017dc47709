-- View state changes with every scroll, so it has a table of its own, which is written without a flush to disk.
CREATE TABLE view_state (
  key    TEXT PRIMARY KEY,
  value  TEXT NOT NULL
) STRICT;

INSERT INTO view_state (key, value)
  SELECT key, value FROM settings WHERE key IN ('sidebar', 'galleryDensity', 'galleryPlace');
DELETE FROM settings WHERE key IN ('sidebar', 'galleryDensity', 'galleryPlace');

UPDATE OR REPLACE settings SET key = 'prefetch' WHERE key = 'predict';
UPDATE OR REPLACE settings SET key = 'prefetchBilled' WHERE key = 'prefetchBilled';
