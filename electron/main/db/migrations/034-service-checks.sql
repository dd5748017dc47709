-- What the last test of each service has said, so that it is known after a restart.
CREATE TABLE service_checks (
  service_id TEXT NOT NULL PRIMARY KEY,
  checked_at INTEGER NOT NULL,
  -- NULL: it works.
  error_code TEXT,
  error_message TEXT,
  error_sentence TEXT
) STRICT, WITHOUT ROWID;
