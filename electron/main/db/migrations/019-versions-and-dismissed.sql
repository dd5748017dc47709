-- Versions of questions and answers, and failures that the user has dismissed. See shared/domain/message-path.ts.
-- The branch has the id of its first message; '' is the trunk.
ALTER TABLE messages ADD COLUMN branch TEXT NOT NULL DEFAULT '';
-- In the first message of a branch: the message that it replaces.
ALTER TABLE messages ADD COLUMN version_of TEXT;
-- In a replaced message: the version that is shown; NULL for the message itself.
ALTER TABLE messages ADD COLUMN chosen_version TEXT;
-- 1 if the user has removed the failure from the conversation.
ALTER TABLE messages ADD COLUMN dismissed INTEGER NOT NULL DEFAULT 0;
-- What is known about a failure besides its sentence, as JSON; NULL for nothing. See shared/domain/failure-details.ts.
ALTER TABLE messages ADD COLUMN error_details TEXT;

-- A position is given once in each branch.
DROP INDEX messages_by_conversation;
CREATE UNIQUE INDEX messages_by_conversation ON messages (conversation_id, branch, seq);
CREATE INDEX messages_by_version ON messages (conversation_id, version_of) WHERE version_of IS NOT NULL;

DROP TRIGGER messages_inserted;
CREATE TRIGGER messages_inserted AFTER INSERT ON messages WHEN new.seq IS NULL BEGIN
  UPDATE messages SET seq = coalesce(
    (SELECT seq FROM messages WHERE id = new.version_of),
    (SELECT max(seq) + 1 FROM messages WHERE conversation_id = new.conversation_id AND branch = new.branch),
    1)
  WHERE id = new.id;
END;
