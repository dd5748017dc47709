// The types of the chat's state and actions.
import type { AppStart } from '../../../shared/contract/app';
import type { Conversation, Message } from '../../../shared/domain/conversations';
import type { Failure } from '../../../shared/domain/errors';
import type { AspectRatio } from '../../../shared/domain/models';
import type { LoadedRange } from './loaded-range';

export type Draft = {
  text: string;
  mode: 'auto' | 'picture';
  aspectRatio: AspectRatio;
  count: number;
  /** Without one, chance chooses. */
  seed?: number;
  /** Have it made, even where the gallery has such a picture. */
  fresh?: boolean;
  /** Ids of the pictures that go with it. */
  references?: string[];
};

/** Where the transcript is to go, once. */
export type ScrollTarget =
  | { to: 'start' }
  | { to: 'end' }
  /** `isFound`: it was looked for, so it is shown in the middle and marked for a moment. */
  | { to: 'message'; id: string; isFound: boolean };

/** The open conversation is here as a window: the messages around what is on screen, and how many others there are. */
export type ChatState = LoadedRange & {
  conversations: Conversation[];
  hasMoreConversations: boolean;
  /** Null: a new conversation that has no message yet. */
  currentId: string | null;
  /** A new object each time. */
  scrollTarget: ScrollTarget | null;
  /** The answer that has come or ended last while the conversation was open. A new object each time. */
  news: { id: string } | null;
};

export type ChatActions = TranscriptPaging & {
  start: (start: AppStart) => void;
  /** Sends a draft. @returns the failure where it could not be sent; then nothing has changed. */
  send: (draft: Draft) => Promise<Failure | null>;
  retry: (messageId: string) => Promise<void>;
  cancel: (messageId: string) => Promise<void>;
  newChat: () => void;
  open: (conversationId: string) => Promise<void>;
  loadMoreConversations: () => Promise<void>;
  rename: (conversationId: string, title: string) => Promise<void>;
  pin: (conversationId: string, pinned: boolean) => Promise<void>;
  remove: (conversationId: string) => Promise<void>;
  receive: (message: Message) => void;
  /** All of a reply's text so far. */
  receiveText: (messageId: string, text: string) => void;
  /** Messages that nobody here has sent. */
  receiveAdded: (messages: readonly Message[]) => void;
  receiveConversation: (conversation: Conversation) => void;
};

export type TranscriptPaging = {
  /** @param drop how many of the newest are far enough away to let go of. */
  loadOlder: (drop: number) => Promise<void>;
  loadNewer: (drop: number) => Promise<void>;
  goToStart: () => Promise<void>;
  goToEnd: () => Promise<void>;
  /** @param index of a message of the conversation, from the oldest on. */
  goToIndex: (index: number) => Promise<void>;
  /**
   * Opens a conversation where a message is, and marks it for a moment, whatever view is on screen.
   * Says so where it is not there any more.
   */
  openAt: (conversationId: string, messageId: string) => Promise<void>;
  /** The same, where only the message is known. */
  showMessage: (messageId: string) => Promise<void>;
};
