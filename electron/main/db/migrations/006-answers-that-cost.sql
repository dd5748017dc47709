-- What answers in words cost, and how often a picture has waited for its provider.

-- Of all attempts at an answer, in micro-dollars. A picture's cost is in the log.
ALTER TABLE messages ADD COLUMN cost_micro_usd INTEGER;

-- How often the provider has put this picture off since the user last asked for it.
ALTER TABLE messages ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;
