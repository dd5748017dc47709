// THE CONTRACT between the screen and the main process: every request, every event, and their shapes.
import { z } from 'zod';
import { type CollectionReplies, collectionRequestSchemas } from './contract/collections';
import { type About, type DesktopWish, shownFolders } from './contract/desktop';
import {
  type ExportProgress,
  type GalleryActionReplies,
  galleryActionSchemas,
} from './contract/gallery-actions';
import type { ImportProgress, Offer } from './contract/imports';
import type { Updates } from './contract/updates';
import type { ErrorCode, Result } from './domain/errors';
import { galleryQuerySchema } from './domain/gallery-query';
import {
  type GalleryChunk,
  galleryCursorSchema,
  type MonthCount,
  maxTiles,
  nextChunk,
} from './domain/gallery-timeline';
import { type KeyedProvider, keyedProviderSchema, keySchema } from './domain/keys';
import {
  type AspectRatio,
  aspectRatioSchema,
  type PictureParams,
  type ProviderId,
  pictureResolutionSchema,
  providerIdSchema,
  seedSchema,
} from './domain/models';
import { type Settings, settingsSchema } from './domain/settings';
import type { OfferedModel } from './generator/messages';

/** The two channels that everything travels on. */
export const requestChannel = 'afterimage:request';
export const eventChannel = 'afterimage:event';
/** Apart from the requests, since only the preload script may name paths: see docs/decisions/011. */
export const offerChannel = 'afterimage:offer';

/** Longest text a person may send, in Unicode characters; a field's `maxLength` counts UTF-16 units and is stricter. */
export const maxTextLength = 32_000;
export const maxTitleLength = 200;
/** Most pictures of one request. */
export const maxPictures = 4;
export const messagesPerPage = 60;
/** Most messages that one request may ask for. */
export const maxMessagesPerRequest = 120;
/** How many messages there are from one mark of a conversation's map to the next. */
export const messagesPerMark = 32;
/** Most pictures that may go with one message; many models take fewer. */
export const maxReferences = 14;

const id = z.uuid();
const nothing = z.strictObject({});

/** One schema a request. Nothing reaches a handler that does not fit. */
export const requestSchemas = {
  'app:start': nothing,
  'app:ping': nothing,
  'chat:send': z.strictObject({
    /** Null starts a new conversation. */
    conversationId: id.nullable(),
    text: z.string().max(maxTextLength),
    /** `picture`: whatever the text says, it is a prompt. `auto`: the text decides. */
    mode: z.enum(['auto', 'picture']),
    aspectRatio: aspectRatioSchema,
    count: z.int().min(1).max(maxPictures),
    /** The first picture's; the next ones count up from it. Without one, chance chooses. */
    seed: seedSchema.optional(),
    /** Have it made, even where the gallery has such a picture. */
    fresh: z.boolean().optional(),
    /** Pictures that go with the text, which is a prompt then; the first is the one to be edited. */
    references: z.array(id).max(maxReferences).optional(),
  }),
  /** The person pauses over this: sending it alone may come next. */
  'chat:predict': z.strictObject({
    text: z.string().max(maxTextLength),
    mode: z.enum(['auto', 'picture']),
    aspectRatio: aspectRatioSchema,
    seed: seedSchema.optional(),
  }),
  'chat:predict-stop': nothing,
  'messages:list': z.strictObject({
    conversationId: id,
    /** Only older ones than this message; null for the newest. */
    before: id.nullable(),
    limit: z.int().min(1).max(maxMessagesPerRequest).optional(),
  }),
  'messages:list-after': z.strictObject({
    conversationId: id,
    /** Only newer ones than this message; null for the oldest. */
    after: id.nullable(),
    limit: z.int().min(1).max(maxMessagesPerRequest),
  }),
  /** Where everything is in a conversation; a piece at a time, so that nobody waits for it. */
  'messages:map': z.strictObject({ conversationId: id, after: id.nullable() }),
  'messages:find': z.strictObject({ messageId: id }),
  'messages:retry': z.strictObject({ messageId: id }),
  'messages:cancel': z.strictObject({ messageId: id }),
  /** Opens an address in the person's own browser. */
  'links:open': z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(4096) }),
  'conversations:list': z.strictObject({ limit: z.int().min(1).max(10_000) }),
  'conversations:rename': z.strictObject({
    conversationId: id,
    title: z.string().trim().min(1).max(maxTitleLength),
  }),
  'conversations:pin': z.strictObject({ conversationId: id, pinned: z.boolean() }),
  'conversations:delete': z.strictObject({ conversationId: id }),
  'conversations:restore': z.strictObject({ conversationId: id }),
  'gallery:index': z.strictObject({
    query: galleryQuerySchema,
    after: galleryCursorSchema.nullable(),
    limit: z.int().min(1).max(nextChunk),
  }),
  'gallery:matching': z.strictObject({ query: galleryQuerySchema, ids: z.array(id).max(maxTiles) }),
  'gallery:months': nothing,
  'gallery:tiles': z.strictObject({ ids: z.array(id).max(maxTiles) }),
  ...collectionRequestSchemas,
  ...galleryActionSchemas,
  'images:save-copy': z.strictObject({ imageId: id }),
  'images:show-in-folder': z.strictObject({ imageId: id }),
  'images:delete': z.strictObject({ imageId: id }),
  'images:restore': z.strictObject({ imageId: id }),
  'images:locate': z.strictObject({ imageId: id }),
  /** Brings in what was offered. Progress comes as an event. */
  'import:start': z.strictObject({ offerId: id }),
  'import:cancel': nothing,
  'trash:list': z.strictObject({ limit: z.int().min(1).max(10_000) }),
  'trash:measure': nothing,
  'trash:empty': nothing,
  'storage:read': nothing,
  'storage:show-recovery': nothing,
  'settings:set': settingsSchema.partial(),
  'diagnostics:read': nothing,
  'keys:read': nothing,
  'keys:set': z.strictObject({ provider: keyedProviderSchema, key: keySchema, remember: z.boolean() }),
  'keys:remove': z.strictObject({ provider: keyedProviderSchema }),
  /** Does the key in use, or the address, work? */
  'provider:check': z.strictObject({ provider: providerIdSchema }),
  'provider:models': z.strictObject({ provider: providerIdSchema }),
  'usage:read': nothing,
  'usage:estimate': z.strictObject({
    provider: providerIdSchema,
    model: z.string().max(200),
    resolution: pictureResolutionSchema,
  }),
  'usage:costs': nothing,
  'notice:dismiss': nothing,
  'notice:show-old-file': nothing,
  'app:restart': nothing,
  /** The page listens: what the desktop has asked of it so far can come. */
  'desktop:ready': nothing,
  /** Lets the person choose a folder of pictures. It comes as an offer, as what is dropped. */
  'desktop:choose-folder': nothing,
  'desktop:about': nothing,
  'desktop:show-notices': nothing,
  'desktop:show-folder': z.strictObject({ folder: z.enum(shownFolders) }),
  'updates:read': nothing,
  'updates:check': nothing,
  'updates:download': nothing,
  /** Ends the app, installs what was downloaded, and starts it again. */
  'updates:install': nothing,
} satisfies Record<string, z.ZodType>;

export type RequestName = keyof typeof requestSchemas;
export type RequestInput<Name extends RequestName> = z.input<(typeof requestSchemas)[Name]>;

/** What each request answers with when it goes well. */
export type Replies = CollectionReplies &
  GalleryActionReplies & {
    'app:start': AppStart;
    'app:ping': null;
    'chat:send': { conversation: Conversation; messages: Message[] };
    'chat:predict': null;
    'chat:predict-stop': null;
    'messages:list': MessagePage;
    'messages:list-after': MessagePage;
    'messages:map': MessageMap;
    /** Of a conversation that is not in Trash. */
    'messages:find': Message;
    'messages:retry': Message;
    'messages:cancel': Message;
    'links:open': null;
    'conversations:list': ConversationPage;
    'conversations:rename': Conversation;
    'conversations:pin': Conversation;
    'conversations:delete': Conversation;
    'conversations:restore': Conversation;
    'gallery:index': GalleryChunk;
    /** Ids of those that the query finds. */
    'gallery:matching': string[];
    /** Of the whole gallery, newest first. */
    'gallery:months': MonthCount[];
    /** Those that are still there, in any order. */
    'gallery:tiles': GalleryImage[];
    /** Null when the person closed the dialog without choosing. */
    'images:save-copy': { path: string } | null;
    'images:show-in-folder': null;
    /** The picture is in Trash. */
    'images:delete': null;
    'images:restore': GalleryImage;
    /** Null when the person closed the dialog without choosing. */
    'images:locate': GalleryImage | null;
    'import:start': null;
    'import:cancel': null;
    'trash:list': TrashPage;
    'trash:measure': TrashSize;
    'trash:empty': EmptiedTrash;
    'storage:read': StorageUsage;
    'storage:show-recovery': null;
    'settings:set': { settings: Settings; provider: ActiveProvider };
    'diagnostics:read': Diagnostics;
    'keys:read': KeyState;
    'keys:set': null;
    'keys:remove': null;
    /** What works, as a sentence. */
    'provider:check': string;
    'provider:models': OfferedModel[];
    'usage:read': Usage;
    /** Null where too little is known. */
    'usage:estimate': Estimate | null;
    'usage:costs': Costs;
    'desktop:ready': null;
    'desktop:choose-folder': null;
    'desktop:about': About;
    'desktop:show-notices': null;
    'desktop:show-folder': null;
    'updates:read': Updates;
    'updates:check': Updates;
    'updates:download': Updates;
    'updates:install': Updates;
    'notice:dismiss': null;
    'notice:show-old-file': null;
    'app:restart': null;
  };

/** Every request answers with a value or with a coded failure; none throws. */
export type Reply<Name extends RequestName> = Result<Replies[Name]>;

/** What the main process tells the screen unasked. A lost one heals at the next read. */
export type Events = {
  'message:updated': Message;
  /** All of a reply's text so far. */
  'message:text': { id: string; text: string };
  /** How far a picture is: 0 to 1; null where its provider does not say. */
  'message:progress': { id: string; fraction: number | null; looks?: number };
  /** What a model had made on its own account, oldest first. */
  'messages:added': Message[];
  'conversation:updated': Conversation;
  'gallery:added': GalleryImage[];
  'app:notice': DataState;
  /** A key came or went, so that another provider may be in use. */
  'provider:changed': ActiveProvider;
  /** They are there as before, but their file is gone, or there again. */
  'gallery:changed': GalleryImage[];
  /** Ids of pictures that are in the gallery no more. */
  'gallery:removed': string[];
  'import:progress': ImportProgress;
  'export:progress': ExportProgress;
  'desktop:asked': DesktopWish;
  'updates:changed': Updates;
};
export type EventName = keyof Events;

/** What the preload script exposes as `window.afterimage`. */
export type AfterimageBridge<DroppedFile = never> = {
  request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<Reply<Name>>;
  /** @returns a function that stops listening. */
  on<Name extends EventName>(name: Name, listener: (event: Events[Name]) => void): () => void;
  /** Shows the main process files that a person dropped or chose; the page never learns or names their paths. */
  offer(files: readonly DroppedFile[]): Promise<Result<Offer>>;
};

export type Conversation = {
  id: string;
  title: string;
  pinned: boolean;
  /** UTC milliseconds. */
  createdAt: number;
  updatedAt: number;
};

export type ConversationPage = { conversations: Conversation[]; hasMore: boolean };

export const messageStatuses = [
  'pending',
  'generating',
  'streaming',
  'ready',
  'failed',
  'cancelled',
  'limited',
  'interrupted',
] as const;
export type MessageStatus = (typeof messageStatuses)[number];

type MessageBase = {
  /** UUIDv7, so that ids sort by time. */
  id: string;
  conversationId: string;
  role: 'user' | 'assistant';
  status: MessageStatus;
  error: { code: ErrorCode; message: string } | null;
  createdAt: number;
  updatedAt: number;
};

export type TextMessage = MessageBase & {
  kind: 'text';
  text: string;
  /** Who answers, and by which model; null for the person's own, and where it is not known. */
  provider: ProviderId | null;
  model: string | null;
  /** What all attempts at the answer cost; null until it is known. */
  costMicroUsd: number | null;
};

export type PictureMessage = MessageBase & {
  kind: 'image';
  /** The pictures of one request share it. */
  groupId: string;
  prompt: string;
  params: PictureParams;
  /** The picture that this one is an edit of. */
  parentId: string | null;
  provider: ProviderId;
  model: string;
  /** Until when it waits because its provider takes no more (UTC milliseconds); `error` says why. */
  retryAt: number | null;
  /** Null until the picture is there; `ready` without one: it was removed for good. */
  image: PictureFacts | null;
  /** What it took and cost; null until it is known. */
  durationMs: number | null;
  costMicroUsd: number | null;
  /** The picture of the gallery that answers here, where none was made for this message. */
  reusedId?: string;
};

export type Message = TextMessage | PictureMessage;

export type MessagePage = { messages: Message[]; hasMore: boolean };

export type MessageMap = {
  /** The ids of the first message, of the `messagesPerMark`th behind it, and so on. */
  marks: string[];
  /** How many messages this piece has, and the id of the last of them. */
  count: number;
  last: string | null;
  hasMore: boolean;
};

/** Where a picture is, when it is not simply there. */
export type PictureState = 'trash' | 'missing';

export type PictureFacts = {
  /** Pixels. */
  width: number;
  height: number;
  bytes: number;
  /** Base64 of a ThumbHash: https://evanw.github.io/thumbhash/ */
  thumbhash: string;
  state?: PictureState;
};

export type GalleryImage = {
  id: string;
  prompt: string;
  provider: string;
  model: string;
  aspectRatio: AspectRatio | null;
  width: number;
  height: number;
  bytes: number;
  thumbhash: string;
  createdAt: number;
  favourite: boolean;
  state?: PictureState;
};

export type TrashPage = {
  /** The last deleted first. `removeAt`: when the picture is removed for good, in UTC milliseconds. */
  pictures: { image: GalleryImage; removeAt: number }[];
  conversations: { id: string; title: string; removeAt: number }[];
  /** All that there is, not only this page. */
  counts: { pictures: number; conversations: number };
};

export type TrashSize = { pictures: number; conversations: number; bytes: number };

/** The bytes that were freed, and what is in Trash still: conversations in which something is being made. */
export type EmptiedTrash = { bytes: number; stayed: { pictures: number; conversations: number } };

/** What the data folder's parts take, in bytes. */
export type StorageUsage = {
  originals: number;
  previews: number;
  trash: number;
  backups: number;
  database: number;
  recovery: number;
  /** Files in the pictures' folder that belong to no picture; they go to the recovery folder. */
  unclaimed: number;
  /** How many files are in the recovery folder, and how many pictures have none. */
  recoveryFiles: number;
  missingPictures: number;
};

export type AppStart = {
  settings: Settings;
  /** The provider that the next picture goes to, and why. */
  provider: ActiveProvider;
  conversations: ConversationPage;
  /** The conversation that was open last, with its newest page. */
  current: { conversationId: string; page: MessagePage } | null;
} & DataState;

/** How the data folder is, where a person has to know. */
export type DataState = {
  /** Null where there is nothing to tell, or it was put away. */
  notice: DataNotice | null;
  diskFull: boolean;
};

/** What happened to the database. */
export type DataNotice = {
  /** `suspected`: damage was met while the app runs; the next start repairs it. */
  kind: 'rescued' | 'suspected';
  found: 'damaged' | 'missing';
  /** UTC milliseconds. */
  at: number;
  /** The name of the old database, which was moved aside; null where there was none. */
  oldFile: string | null;
  /** When the backup was taken that is in use now (UTC milliseconds); null where there was none. */
  backupAt: number | null;
  /** Pictures that were found again by their files; null while they are being looked for. */
  salvaged: number | null;
  /** Pictures whose files could not be read. */
  unreadable: number;
};

/** `session`: until the app ends. */
export type KeySource = 'environment' | 'keychain' | 'session';

/** Where keys come from; never a key. */
export type KeyState = {
  /** Whether there is a keychain to keep one in. */
  canRemember: boolean;
  sources: { provider: KeyedProvider; source: KeySource | null }[];
};

export type ActiveProvider = {
  id: ProviderId;
  reason: 'environment' | 'settings' | 'key' | 'no-key';
  /** The ids of the models in use. */
  pictureModel: string;
  /** Null: it has none for words. */
  textModel: string | null;
};

export type Diagnostics = {
  versions: { app: string; electron: string; chromium: string; node: string; sqlite: string };
  dataFolder: string;
  generator: { state: 'starting' | 'ready' | 'stopped'; starts: number };
  counts: { conversations: number; messages: number; pictures: number; attempts: number; outbox: number };
  /** Found when rows and files were last compared; null before the first time. */
  reconciled: { at: number; missing: number; recoveryFiles: number } | null;
  timings: Timing[];
};

/** How full a limit is. */
export type LimitWindow = {
  used: number;
  /** Null: none. */
  limit: number | null;
  /** From when on there is room again, in UTC milliseconds; null where there is. */
  freeAt: number | null;
};

/** Limits and costs of the provider in use. Money is in micro-dollars. */
export type Usage = {
  provider: ProviderId;
  model: string;
  /** The last 60 seconds, and the last 24 hours. */
  minute: LimitWindow;
  day: LimitWindow;
  spentTodayMicroUsd: number;
  spentMonthMicroUsd: number;
  capMicroUsd: number | null;
};

/** How long a picture takes, in milliseconds, from so many of the person's own. */
export type Estimate = { p50: number; p95: number; count: number };

/** `day` as in ISO 8601, local time; the latest first; only days and providers with attempts. */
export type Costs = {
  /** `unpriced`: how many of the pictures are of a price that nobody knows, and in no sum. */
  days: { day: string; provider: string; pictures: number; costMicroUsd: number; unpriced: number }[];
};

export type Timing = {
  name: string;
  count: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  last: number;
};

/** Sizes a picture can be asked for by `imageUrl`; a number is the longest side in pixels. */
export const imageVariants = ['full', '512', '256'] as const;
export type ImageVariant = (typeof imageVariants)[number];

export const appScheme = 'afterimage';

/** @param looks how many there have been: the content behind it is the last. */
export function livePreviewUrl(imageId: string, looks: number): string {
  return `${appScheme}://image/${imageId}/live?${looks}`;
}

/** @returns the address that the screen loads a picture from. The content behind it never changes. */
export function imageUrl(imageId: string, variant: ImageVariant): string {
  return `${appScheme}://image/${imageId}/${variant}`;
}
