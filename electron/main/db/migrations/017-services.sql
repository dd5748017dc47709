-- A service is a row: any number of each kind, each with its own key, address, models and limits.

CREATE TABLE services (
  -- What messages, pictures, the log, charges and keys.json call it.
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- NULL: that of its kind.
  address TEXT,
  -- JSON, never with a secret.
  headers TEXT NOT NULL DEFAULT '{}',
  enabled INTEGER NOT NULL DEFAULT 1,
  -- NULL: those of its kind.
  picture_model TEXT,
  text_model TEXT,
  -- JSON; NULL: the default limits.
  limits TEXT,
  position INTEGER NOT NULL,
  -- The row of a removed service stays, because history has its name from here.
  removed_at INTEGER
) STRICT, WITHOUT ROWID;

-- The services of every older version, under the ids that all rows, keys and settings have for them already. An address
-- of the user's own at OpenAI's service means that it is another one.
INSERT INTO services (id, name, kind, position) VALUES
  ('painter', 'Offline painter', 'painter', 1),
  ('google', 'Google', 'google', 2),
  ('openai', 'OpenAI', 'openai', 3),
  ('automatic1111', 'Stable Diffusion web UI', 'automatic1111', 4),
  ('imagen', 'Imagen on Vertex AI', 'imagen', 5);

-- Settings that are no JSON, or of another form, count as not set. CASE keeps SQLite from reading what is no JSON. The old
-- rows stay: whoever restores a backup, or looks for a lost address, finds them.
CREATE TEMP VIEW old_settings AS
  SELECT key, CASE WHEN json_valid(value) THEN iif(json_type(value) = 'object', value, '{}') ELSE '{}' END AS value
  FROM main.settings WHERE key IN ('addresses', 'models', 'limits');

UPDATE services SET address = (
  SELECT json_extract(value, '$.' || services.id) FROM temp.old_settings
  WHERE key = 'addresses' AND json_type(value, '$.' || services.id) = 'text');
UPDATE services SET picture_model = (
  SELECT json_extract(value, '$.' || services.id || '.picture') FROM temp.old_settings
  WHERE key = 'models' AND json_type(value, '$.' || services.id || '.picture') = 'text');
UPDATE services SET text_model = (
  SELECT json_extract(value, '$.' || services.id || '.text') FROM temp.old_settings
  WHERE key = 'models' AND json_type(value, '$.' || services.id || '.text') = 'text');
UPDATE services SET limits = (
  SELECT json_extract(value, '$.' || services.id) FROM temp.old_settings
  WHERE key = 'limits' AND json_type(value, '$.' || services.id) = 'object');
DROP VIEW temp.old_settings;

UPDATE services SET kind = 'openai-compatible', name = 'OpenAI-compatible'
  WHERE id = 'openai' AND address IS NOT NULL AND address NOT LIKE 'https://api.openai.com/%'
    AND address <> 'https://api.openai.com';
