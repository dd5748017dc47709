// Messages and conversations: requests, replies and events.
import { z } from 'zod';
import {
  type Conversation,
  type Message,
  maxPictures,
  maxReferences,
  maxTextLength,
  maxTitleLength,
} from '../domain/conversations';
import { aspectRatioSchema, seedSchema } from '../domain/models';
import { type RequestDefinition, reply } from './request';
import { idSchema, noInput } from './schemas';

export const messagesPerPage = 60;
/** Maximum number of messages that one request may ask for. */
export const maxMessagesPerRequest = 120;
/** Number of messages between two marks of a conversation's map. */
export const messagesPerMark = 32;

const conversationInput = z.strictObject({ conversationId: idSchema });
const messageInput = z.strictObject({ messageId: idSchema });
/** `picture`: the text is a prompt, whatever it says. `auto`: the text decides. */
const modeSchema = z.enum(['auto', 'picture']);

export const chatRequests = {
  'chat:send': {
    input: z.strictObject({
      /** Null starts a new conversation. */
      conversationId: idSchema.nullable(),
      text: z.string().max(maxTextLength),
      mode: modeSchema,
      aspectRatio: aspectRatioSchema,
      count: z.int().min(1).max(maxPictures),
      /** Seed of the first picture; the next ones count up from it. Absent: random. */
      seed: seedSchema.optional(),
      /** Make a new picture even if the gallery already has the same one. */
      fresh: z.boolean().optional(),
      /** Ids of attached pictures. The text is then a prompt, and the first picture is the one to edit. */
      references: z.array(idSchema).max(maxReferences).optional(),
    }),
    reply: reply<{ conversation: Conversation; messages: Message[] }>(),
  },
  /** The user has paused typing; sending this text, without attachments, may come next. */
  'chat:prefetch': {
    input: z.strictObject({
      text: z.string().max(maxTextLength),
      mode: modeSchema,
      aspectRatio: aspectRatioSchema,
      seed: seedSchema.optional(),
    }),
    reply: reply<null>(),
  },
  'chat:stop-prefetch': { input: noInput, reply: reply<null>() },
  'messages:list': {
    input: z.strictObject({
      conversationId: idSchema,
      /** Only messages older than this one; null for the newest. */
      before: idSchema.nullable(),
      limit: z.int().min(1).max(maxMessagesPerRequest).optional(),
    }),
    reply: reply<MessagePage>(),
  },
  'messages:list-after': {
    input: z.strictObject({
      conversationId: idSchema,
      /** Only messages newer than this one; null for the oldest. */
      after: idSchema.nullable(),
      limit: z.int().min(1).max(maxMessagesPerRequest),
    }),
    reply: reply<MessagePage>(),
  },
  /** Where each message is in a conversation. It comes in pieces, so that no request blocks for long. */
  'messages:map': {
    input: z.strictObject({ conversationId: idSchema, after: idSchema.nullable() }),
    reply: reply<MessageMap>(),
  },
  /** Finds a message of a conversation that is not in Trash. */
  'messages:find': { input: messageInput, reply: reply<Message>() },
  'messages:retry': { input: messageInput, reply: reply<Message>() },
  'messages:cancel': { input: messageInput, reply: reply<Message>() },
  'conversations:list': {
    input: z.strictObject({ limit: z.int().min(1).max(10_000) }),
    reply: reply<ConversationPage>(),
  },
  'conversations:rename': {
    input: z.strictObject({ conversationId: idSchema, title: z.string().trim().min(1).max(maxTitleLength) }),
    reply: reply<Conversation>(),
  },
  'conversations:pin': {
    input: z.strictObject({ conversationId: idSchema, pinned: z.boolean() }),
    reply: reply<Conversation>(),
  },
  'conversations:delete': { input: conversationInput, reply: reply<Conversation>() },
  'conversations:restore': { input: conversationInput, reply: reply<Conversation>() },
} satisfies Record<string, RequestDefinition>;

export type ChatEvents = {
  'message:updated': Message;
  /** The whole text of a reply so far. */
  'message:text': { id: string; text: string };
  /** Progress of a picture from 0 to 1; null if its provider does not report it. `previewCount`: number of previews so far. */
  'message:progress': { id: string; fraction: number | null; previewCount?: number };
  /** Pictures that a model requested, oldest first. */
  'messages:added': Message[];
  'conversation:updated': Conversation;
};

export type ConversationPage = { conversations: Conversation[]; hasMore: boolean };

export type MessagePage = { messages: Message[]; hasMore: boolean };

export type MessageMap = {
  /** The ids of the first message and of every `messagesPerMark`th message after it. */
  marks: string[];
  /** The number of messages in this piece, and the id of the last one. */
  count: number;
  last: string | null;
  hasMore: boolean;
};
