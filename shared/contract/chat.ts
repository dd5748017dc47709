// Messages and conversations: requests, replies and events.
import { z } from 'zod';
import { chosenModelSchema, chosenModelsSchema } from '../domain/chosen-model';
import {
  type Conversation,
  type Message,
  maxPicturesOfMessage,
  maxTextLength,
  maxTitleLength,
} from '../domain/conversations';
import { editSchema, localEditSchema, wantedUpscaleSchema } from '../domain/edits';
import type { ShownPath } from '../domain/message-path';
import { aspectRatioSchema, maxReferences, seedSchema } from '../domain/models';
import { pictureOptionsSchema } from '../domain/picture-options';
import type { StepProgress } from '../domain/pictures';
import { usedStylesSchema } from '../domain/styles';
import { type RequestDefinition, reply } from './request';
import { idSchema, noInput } from './schemas';

export const messagesPerPage = 60;
/** Maximum number of messages that one request may ask for. */
const maxMessagesPerRequest = 120;
/** Maximum number of conversations of one reply: with more, the main process would be busy for too long. */
export const maxConversationsPerRequest = 500;

/** Maximum number of conversations whose pictures one request asks for: more than fit on a screen. */
export const maxCovers = 100;

const conversationInput = z.strictObject({ conversationId: idSchema });
/** A message's position in its conversation, from 1. */
const seqSchema = z.int().min(0);
const messageInput = z.strictObject({ messageId: idSchema });
/** `picture`: the text is a prompt, whatever it says. `auto`: the text decides. */
const modeSchema = z.enum(['auto', 'picture']);
const choices = {
  /** Absent: the model of the settings. */
  model: chosenModelSchema.optional(),
  /** An absent option comes from the settings, then from the model. Options that the model does not take are left out. */
  options: pictureOptionsSchema.strict().optional(),
};

export const chatRequests = {
  /**
   * Sending the same question a second time changes nothing and gets the same reply, so retrying is safe after a failure,
   * a second click or a crash. The draft is cleared in the same transaction.
   */
  'chat:send': {
    input: z
      .strictObject({
        /** Ids are made by the renderer, as UUIDv7. */
        conversationId: idSchema,
        /** Starts the conversation if it does not exist. */
        isNew: z.boolean(),
        questionId: idSchema,
        /**
         * One id for each picture; a text reply takes the first. With several prompts and models, all ids of the first prompt
         * come first: one for each model, repeated for each further picture.
         */
        answerIds: z.array(idSchema).min(1).max(maxPicturesOfMessage),
        /** Whether the message is the composer's draft, which is cleared then. */
        isDraft: z.boolean(),
        text: z.string().max(maxTextLength),
        mode: modeSchema,
        aspectRatio: aspectRatioSchema,
        ...choices,
        /** Asks several models instead of `model`. The first one answers if the text asks for no picture. */
        models: chosenModelsSchema.optional(),
        /** The text is a pattern, and all of its prompts are requested: see prompt-patterns.ts. */
        isPattern: z.boolean().optional(),
        /** The styles as they are now. The text stays as typed; each picture's prompt has the styles applied. */
        styles: usedStylesSchema.optional(),
        /** Seed of the first picture; the next ones count up from it. Absent: random. */
        seed: seedSchema.optional(),
        /** Make a new picture even if the gallery already has the same one. */
        fresh: z.boolean().optional(),
        /** The picture whose recipe is sent again. The new picture is compared with it. */
        repeats: idSchema.optional(),
        /** Ids of attached pictures. The text is then a prompt, and the first picture is the one to edit. */
        references: z.array(idSchema).max(maxReferences).optional(),
        /**
         * The part of the first reference picture to change. The picture's edit draft (`edits:keep-draft`) is deleted in
         * the same transaction.
         */
        edit: editSchema.optional(),
        /** The model, which is an upscaler, enlarges the only reference picture. The text only appears in the chat. */
        upscale: wantedUpscaleSchema.optional(),
        /** This computer changes the only reference picture. The text only appears in the chat. */
        change: localEditSchema.optional(),
        /** The question that this message is another version of. It stays, with everything after it. */
        edits: idSchema.optional(),
      })
      .refine(({ edit, references = [] }) => edit === undefined || references.length > 0)
      .refine(
        ({ upscale, change, edit, references = [], answerIds, isPattern, styles }) =>
          (upscale === undefined && change === undefined) ||
          (references.length === 1 && answerIds.length === 1 && !edit && !isPattern && !styles),
      )
      .refine(({ upscale, change }) => upscale === undefined || change === undefined),
    reply: reply<{ conversation: Conversation; messages: Message[]; shown?: ShownPath }>(),
  },
  /** The user has paused typing, and may send this text next, without attachments. */
  'chat:prefetch': {
    input: z.strictObject({
      text: z.string().max(maxTextLength),
      mode: modeSchema,
      aspectRatio: aspectRatioSchema,
      ...choices,
      styles: usedStylesSchema.optional(),
      seed: seedSchema.optional(),
    }),
    reply: reply<null>(),
  },
  /** Returns the prompts, with styles applied, that sending the message would request. Nothing is stored. */
  'chat:preview': {
    input: z.strictObject({
      conversationId: idSchema,
      text: z.string().max(maxTextLength),
      mode: modeSchema,
      aspectRatio: aspectRatioSchema,
      ...choices,
      models: chosenModelsSchema.optional(),
      isPattern: z.boolean().optional(),
      styles: usedStylesSchema.optional(),
      references: z.array(idSchema).max(maxReferences).optional(),
    }),
    reply: reply<PromptPreview>(),
  },
  'chat:stop-prefetch': { input: noInput, reply: reply<null>() },
  'messages:list': {
    input: z.strictObject({
      conversationId: idSchema,
      /** Only messages before this position; null for the last ones. */
      before: seqSchema.nullable(),
      limit: z.int().min(1).max(maxMessagesPerRequest).optional(),
    }),
    reply: reply<MessagePage>(),
  },
  'messages:list-after': {
    input: z.strictObject({
      conversationId: idSchema,
      /** Only messages after this position; 0 for the first ones. */
      after: seqSchema,
      limit: z.int().min(1).max(maxMessagesPerRequest),
    }),
    reply: reply<MessagePage>(),
  },
  /** Finds a message of a conversation that is not in Trash. */
  'messages:find': { input: messageInput, reply: reply<Message>() },
  /** Retries with the currently chosen model, which the user may have changed because of the failure. */
  'messages:retry': { input: messageInput.extend({ model: choices.model }), reply: reply<Message>() },
  /**
   * Requests another version of a text answer. The first one stays, with everything after it. Sending the same request
   * twice gets the same reply. `answerId` is made by the renderer, as a UUIDv7.
   */
  'messages:regenerate': {
    input: messageInput.extend({ answerId: idSchema, model: choices.model }),
    reply: reply<MessagePage>(),
  },
  /** Switches to the versions that make a message visible. Replies with the message and those after it. */
  'messages:show-version': { input: messageInput, reply: reply<MessagePage>() },
  /** Removes a failure from the conversation, or brings it back. Its row and its charges stay. */
  'messages:dismiss': { input: messageInput.extend({ isUndo: z.boolean() }), reply: reply<Message>() },
  'messages:cancel': { input: messageInput, reply: reply<Message>() },
  'conversations:list': {
    input: z.strictObject({
      limit: z.int().min(1).max(maxConversationsPerRequest),
      /** Only conversations after this place in the list; absent for the first ones. */
      after: z.strictObject({ pinned: z.boolean(), activity: z.int() }).optional(),
    }),
    reply: reply<ConversationPage>(),
  },
  /**
   * Finds conversations by their titles, best match first: words in any order, with small typing errors. Conversations whose
   * pictures have matching prompts follow, then messages with matching texts. An empty text finds those used last.
   */
  'conversations:search': {
    input: z.strictObject({
      text: z.string().max(maxTitleLength),
      limit: z.int().min(1).max(maxConversationsPerRequest),
    }),
    reply: reply<FoundConversations>(),
  },
  /** Returns the id of the newest picture of each conversation that has one. */
  'conversations:covers': {
    input: z.strictObject({ conversationIds: z.array(idSchema).max(maxCovers) }),
    reply: reply<Record<string, string>>(),
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
  /** `isUndo`: also resumes the pictures and replies that were waiting when the conversation was deleted. */
  'conversations:restore': {
    input: conversationInput.extend({ isUndo: z.boolean() }),
    reply: reply<Conversation>(),
  },
} satisfies Record<string, RequestDefinition>;

export type ChatEvents = {
  'message:updated': Message;
  /** The whole text of a reply so far. */
  'message:text': { id: string; text: string };
  /**
   * Progress of a picture from 0 to 1; null if its provider does not report it. `previewCount`: number of previews so far.
   * `steps`: only if the program that makes the picture reports them.
   */
  'message:progress': { id: string; fraction: number | null; previewCount?: number; steps?: StepProgress };
  /**
   * All bytes of a picture that is still `generating` have arrived: `arrivedUrl` shows them while they are stored. The size
   * is in pixels, upright. `requestId`: the request that brought the bytes.
   */
  'message:arrived': { id: string; requestId: string; width: number; height: number };
  /** Pictures that a model requested, oldest first. */
  'messages:added': Message[];
  'conversation:updated': Conversation;
};

/** `prompts`: null if the text asks for no picture. `drawsWords`: sending draws new words from the lists. */
export type PromptPreview = { prompts: string[] | null; negativePrompt: string; drawsWords: boolean };

/** Each conversation is in only one of the lists. */
export type FoundConversations = {
  byTitle: Conversation[];
  byPictures: Conversation[];
  /** Questions and answers, the best matches first. */
  messages: FoundMessage[];
};

/** `excerpt`: a line of its text around the first match. */
export type FoundMessage = { id: string; conversation: Conversation; excerpt: string };

export type ConversationPage = { conversations: Conversation[]; hasMore: boolean };

/** `total`: the position of the last message. `shown`: which versions are shown; absent if no message has another one. */
export type MessagePage = {
  messages: Message[];
  total: number;
  shown?: ShownPath;
  /** Answers before the last messages that are still being made; absent if there are none. */
  unfinished?: Message[];
};
