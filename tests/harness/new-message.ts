// The ids of a message that a test sends directly, without the composer.
import { v7 as newId } from 'uuid';

/** Returns the ids for `chat:send`: a message to a new conversation, with the given number of answers. */
export function newMessage(answers = 1) {
  return {
    conversationId: newId(),
    isNew: true,
    questionId: newId(),
    answerIds: Array.from({ length: answers }, () => newId()),
    isDraft: false,
  };
}
