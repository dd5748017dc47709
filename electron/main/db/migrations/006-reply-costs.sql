-- What text replies cost, and how often a picture has waited for its provider.

-- The cost of all attempts at a reply, in micro-dollars. A picture's cost is in the log.
ALTER TABLE messages ADD COLUMN cost_micro_usd INTEGER;

-- How often the provider has postponed this picture since the user last requested it.
ALTER TABLE messages ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;
