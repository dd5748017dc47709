-- Why a message failed as a sentence of the catalogue of texts, as JSON: error_message is the same in English. Null: the
-- words of a service or of the system, or the standard sentence of the code.
ALTER TABLE messages ADD COLUMN error_sentence TEXT;
