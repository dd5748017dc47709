// Suggestions for the composer: requests, replies and events.
import { z } from 'zod';
import { chosenModelSchema } from '../domain/chosen-model';
import { maxTextLength } from '../domain/conversations';
import { maxDraftLength } from '../domain/draft';
import { maxReferences } from '../domain/models';
import type { Suggestion } from '../domain/suggestions';
import { type RequestDefinition, reply } from './request';
import { idSchema } from './schemas';

const common = {
  /** Made by the renderer, as a UUIDv7. Sending the same id twice makes one request. */
  id: idSchema,
  conversationId: idSchema,
  /** The model of the chat, whose service comes first; absent: that of the settings. */
  model: chosenModelSchema.optional(),
};

export const suggestionRequests = {
  /** Returns the open suggestions of a conversation, the oldest first. A new chat also has those that belong to none. */
  'suggestions:list': {
    input: z.strictObject({ conversationId: idSchema, isNew: z.boolean() }),
    reply: reply<Suggestion[]>(),
  },
  /** Asks a text model. Replies before the request leaves; `suggestion:changed` follows when it has ended. */
  'suggestions:ask': {
    input: z.discriminatedUnion('kind', [
      z.strictObject({
        ...common,
        kind: z.literal('improve'),
        text: z.string().max(maxTextLength),
        /** How many pictures are attached to the draft. */
        attached: z.int().min(0).max(maxReferences),
      }),
      z.strictObject({ ...common, kind: z.literal('describe'), imageId: idSchema }),
    ]),
    reply: reply<Suggestion>(),
  },
  /** Stops a running request. Its suggestion ends by itself. */
  'suggestions:stop': { input: z.strictObject({ id: idSchema }), reply: reply<null>() },
  /** Keeps the user's edit of a finished suggestion. Like a draft, it may be too long to send. */
  'suggestions:edit': {
    input: z.strictObject({ id: idSchema, text: z.string().max(maxDraftLength) }),
    reply: reply<null>(),
  },
  /** Closes the finished suggestions of a conversation. `isUndo`: reopens these. */
  'suggestions:close': {
    input: z.strictObject({ ids: z.array(idSchema).max(100), isUndo: z.boolean() }),
    reply: reply<null>(),
  },
} satisfies Record<string, RequestDefinition>;

export type SuggestionEvents = {
  'suggestion:changed': Suggestion;
  /** The whole text of a running suggestion so far. */
  'suggestion:text': { id: string; conversationId: string; text: string };
};
