// Unsent messages: requests and replies. `app:start` returns them, and `chat:send` removes what it sends.
import { z } from 'zod';
import { draftSchema } from '../domain/draft';
import { type RequestDefinition, reply } from './request';
import { idSchema } from './schemas';

export const draftRequests = {
  /** Keeps the draft of a conversation, or of a new chat, until it is sent. Null removes it. */
  'drafts:set': {
    input: z.strictObject({ conversationId: idSchema, draft: draftSchema.nullable() }),
    reply: reply<null>(),
  },
  /** Keeps the user's edit of an earlier message until it is sent as a new version. Null removes it. */
  'drafts:set-edit': {
    input: z.strictObject({ messageId: idSchema, draft: draftSchema.nullable() }),
    reply: reply<null>(),
  },
} satisfies Record<string, RequestDefinition>;
