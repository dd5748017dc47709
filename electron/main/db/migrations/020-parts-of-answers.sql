-- A picture may be a part of an answer with several: of which request, and what share of that request's charge is its own.
ALTER TABLE messages ADD COLUMN answer_id TEXT;
-- Null: unknown.
ALTER TABLE messages ADD COLUMN answer_share_micro_usd INTEGER;
CREATE INDEX messages_by_answer ON messages (answer_id) WHERE answer_id IS NOT NULL;
