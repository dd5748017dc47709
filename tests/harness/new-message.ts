// The ids of a message that a test sends by itself, past the composer.
import { v7 as newId } from 'uuid';

/** Returns the ids for `chat:send`: a message to a new conversation, with so many answers. */
export function newMessage(answers = 1) {
  return {
    conversationId: newId(),
    isNew: true,
    questionId: newId(),
    answerIds: Array.from({ length: answers }, () => newId()),
    isDraft: false,
  };
}
