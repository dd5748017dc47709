// Conversations and their messages, as every process knows them.
import type { ErrorCode } from './errors';
import type { PictureParams, ProviderId } from './models';
import type { PictureFacts } from './pictures';

/** Maximum length of a message's text, in Unicode characters. `maxLength` of a field counts UTF-16 units and is stricter. */
export const maxTextLength = 32_000;
export const maxTitleLength = 200;
/** Maximum number of pictures that one request makes. */
export const maxPictures = 4;
/** Maximum number of pictures that can be attached to one message; many models take fewer. */
export const maxReferences = 14;

export type Conversation = {
  id: string;
  title: string;
  pinned: boolean;
  /** UTC milliseconds. */
  createdAt: number;
  updatedAt: number;
};

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
  /** Who answers, and by which model; null for the user's own, and where it is not known. */
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
