// Conversations and their messages, as all processes share them.

import type { ErrorCode, Explanation } from './errors';
import type { FailureDetails } from './failure-details';
import type { PictureParams } from './models';
import type { PictureNote } from './picture-notes';
import type { PictureFacts } from './pictures';
import type { ServiceId } from './services';
import type { UsedStyle } from './styles';

/** Maximum length of a message's text, in Unicode characters. `maxLength` of a field counts UTF-16 units and is stricter. */
export const maxTextLength = 32_000;
export const maxTitleLength = 200;
/** Maximum number of pictures of the same prompt and model that one message asks for. */
export const maxPictures = 4;
/** Maximum number of pictures that one message asks for, of all its prompts and models together. */
export const maxPicturesOfMessage = 16;
/** Maximum number of pictures that one reply of a text model requests, because the user pays for each. */
export const maxPicturesOfReply = 4;
/** Maximum number of models that one message asks. */
export const maxModels = 4;

export type Conversation = {
  id: string;
  title: string;
  pinned: boolean;
  /** UTC milliseconds. Only for display, never for comparisons, because the clock may be changed. */
  createdAt: number;
  updatedAt: number;
  /** The order of use: the conversation that was used last has the highest number. */
  activity: number;
  /** The version of the row: a higher one is newer. */
  revision: number;
};

/** The place of a conversation in the list. */
export type ConversationPlace = Pick<Conversation, 'pinned' | 'activity'>;

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

/** Returns whether a message's work has not ended. */
export function isUnfinished({ status }: { status: MessageStatus }): boolean {
  return status === 'pending' || status === 'generating' || status === 'streaming';
}

type MessageBase = {
  id: string;
  conversationId: string;
  /** Its position in the conversation, from 1. */
  seq: number;
  /** The version of the row: a higher one is newer. */
  revision: number;
  role: 'user' | 'assistant';
  status: MessageStatus;
  error: ({ code: ErrorCode } & Explanation) | null;
  /** UTC milliseconds. Only for display, never for comparisons, because the clock may be changed. */
  createdAt: number;
  updatedAt: number;
  /** Its branch; absent in the trunk. See message-path.ts. */
  branch?: string;
  /** The ids of all versions, the first one first. Absent if there is one. */
  versions?: string[];
  /** The user has removed this failure from the conversation. */
  isDismissed?: true;
  /** Facts about the failure besides its sentence. */
  details?: FailureDetails;
};

export type TextMessage = MessageBase & {
  kind: 'text';
  text: string;
  /** The provider and the model of a reply; null for the user's own messages, and if unknown. */
  provider: ServiceId | null;
  model: string | null;
  /** Cost of all attempts at this reply; null until it is known. */
  costMicroUsd: number | null;
  /** The styles that a question was sent with. */
  styles?: UsedStyle[];
};

/** `words`: those of a prompt pattern. `ofSeveral`: the request asked several models, of which this is one. */
export type PictureTile = { words?: string[]; ofSeveral?: true };

export type PictureMessage = MessageBase & {
  kind: 'image';
  /** Shared by the pictures of one request. */
  groupId: string;
  prompt: string;
  params: PictureParams;
  /** The picture that this one edits. */
  parentId: string | null;
  provider: ServiceId;
  model: string;
  /** When a rate-limited picture is tried again, in UTC milliseconds; `error` has the reason. */
  retryAt: number | null;
  /** Null until the picture is stored; null with status `ready` if it was permanently deleted. */
  image: PictureFacts | null;
  /** Null until they are known. */
  durationMs: number | null;
  costMicroUsd: number | null;
  /** The picture of the gallery that is shown here if none was made for this message. */
  reusedId?: string;
  /** A further picture of an answer that brought several: it was not asked for, and had no request of its own. */
  isPart?: true;
  /** Notes for the user about the picture. */
  notes?: PictureNote[];
  /** A label that distinguishes it from the others of its request, if they have different prompts or models. */
  tile?: PictureTile;
};

export type Message = TextMessage | PictureMessage;

/** A message before it is stored: its position and its version come from the database. */
export type NewMessage<Kind extends Message = Message> = Kind extends Message
  ? Omit<Kind, 'seq' | 'revision' | 'branch' | 'versions'>
  : never;
