// The types of the chat's state and actions.
import type { AppStart } from '../../../shared/contract/app';
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import type { Conversation, Message } from '../../../shared/domain/conversations';
import type { Edit, LocalEdit, Upscale } from '../../../shared/domain/edits';
import type { Failure } from '../../../shared/domain/errors';
import type { AspectRatio } from '../../../shared/domain/models';
import type { PictureOptions } from '../../../shared/domain/picture-options';
import type { UsedStyle } from '../../../shared/domain/styles';
import type { LoadedRange } from './loaded-range';

/** A message that the user sends. */
export type OutgoingMessage = {
  /** The id of the message. Sending the same id twice stores one message. */
  questionId: string;
  text: string;
  mode: 'auto' | 'picture';
  aspectRatio: AspectRatio;
  /** The number of pictures, of all prompts and models together. */
  count: number;
  /** Absent: the model of the settings. */
  model?: ChosenModel;
  /** Asks several models instead. */
  models?: ChosenModel[];
  /** Whether the text is a pattern of prompts. */
  isPattern?: boolean;
  /** Absent options come from the settings. */
  options?: PictureOptions;
  /** The main process joins them with the text. */
  styles?: UsedStyle[];
  /** Absent: random. */
  seed?: number;
  /** Make a new picture even if the gallery has the same one. */
  fresh?: boolean;
  /** The picture whose recipe this is. */
  repeats?: string;
  /** Ids of the attached pictures. */
  references?: string[];
  /** The part of the first attached picture to change. */
  edit?: Edit;
  /** The factor by which the model, an upscaler, enlarges the only attached picture. */
  upscale?: Pick<Upscale, 'factor'>;
  /** How this computer changes the only attached picture. */
  change?: LocalEdit;
  /** The question that this is another version of. */
  edits?: string;
  /** Whether it is the composer's draft, which is cleared when the message is stored. */
  isDraft: boolean;
};

/** Where the transcript should scroll, once. */
export type ScrollTarget =
  | { to: 'start' }
  | { to: 'end' }
  /** `isFound`: the user looked for this message, so it is centred and highlighted briefly. */
  | { to: 'message'; id: string; isFound: boolean };

/** Only the messages around the visible ones of the open conversation are loaded. */
export type ChatState = LoadedRange & {
  conversations: Conversation[];
  hasMoreConversations: boolean;
  /** A new chat has its id before its first message is sent. */
  currentId: string;
  /** Whether the open conversation is a new chat, without any known stored message. */
  isNewChat: boolean;
  /** The id that New chat opens. It stays the same, and so does the draft, until something is sent to it. */
  newChatId: string;
  /** A new object for each request. */
  scrollTarget: ScrollTarget | null;
  /** The latest answer that arrived or ended while the conversation was open. A new object each time. */
  news: { id: string } | null;
};

export type ChatActions = TranscriptPaging &
  VersionActions & {
    start: (start: AppStart) => void;
    /** Sends a message to the open conversation. @returns the failure if it could not be sent. */
    send: (message: OutgoingMessage) => Promise<Failure | null>;
    /** Cancels the prefetch after all messages so far are sent, because one of them may use it. */
    stopPrefetch: () => void;
    /** @param usesChosenModel whether to ask the model of the chat, even for one of several models' pictures. */
    retry: (messageId: string, usesChosenModel?: boolean) => Promise<void>;
    cancel: (messageId: string) => Promise<void>;
    newChat: () => void;
    open: (conversationId: string) => Promise<void>;
    loadMoreConversations: () => Promise<void>;
    rename: (conversationId: string, title: string) => Promise<void>;
    pin: (conversationId: string, pinned: boolean) => Promise<void>;
    remove: (conversationId: string) => Promise<void>;
    receive: (message: Message) => void;
    /** @param text the whole text of a reply so far. */
    receiveText: (messageId: string, text: string) => void;
    /** Adds messages that a model requested. */
    receiveAdded: (messages: readonly Message[]) => void;
    receiveConversation: (conversation: Conversation) => void;
    /** Removes a conversation from the list, and closes it if it is open. @param revision that of the deletion. */
    receiveRemoved: (conversationId: string, revision: number) => void;
    /** Returns whether a conversation was deleted since the start, and was not restored. */
    isRemoved: (conversationId: string) => boolean;
  };

export type TranscriptPaging = {
  /**
   * @param countFar called once the page has loaded. Returns how many of the last messages are far enough away to unload.
   *   Absent: none is unloaded.
   */
  loadOlder: (countFar?: () => number) => Promise<void>;
  /** @param countFar the same for the first messages. */
  loadNewer: (countFar?: () => number) => Promise<void>;
  /** Unloads a number of the first and of the last messages. */
  unload: (first: number, last: number) => void;
  goToStart: () => Promise<void>;
  goToEnd: () => Promise<void>;
  /**
   * Loads the messages at a scroll position, unless a jump to a chosen place is running.
   *
   * @param index a message's position in the conversation, counted from 0.
   * @param isStillThere returns whether the scroll position is still the same. If not, the loaded messages are ignored.
   */
  goToIndex: (index: number, isStillThere: () => boolean) => Promise<void>;
  /**
   * Shows the chat, opens a conversation at a message and highlights the message briefly. Shows a notice if the message
   * no longer exists.
   */
  openAt: (conversationId: string, messageId: string) => Promise<void>;
  /**
   * Like `openAt`, after looking up the message's conversation.
   *
   * @param onMissing called if there is no such message. Absent: shows a notice.
   */
  showMessage: (messageId: string, onMissing?: (problem: string) => void | Promise<void>) => Promise<void>;
};

/** Actions that change an answer or the shown version of a message. Each shows a notice if it fails. */
export type VersionActions = {
  /** Shows another version of a message, with the messages that follow it. */
  showVersion: (messageId: string) => Promise<void>;
  /** Requests another version of a text answer. */
  regenerate: (messageId: string) => Promise<void>;
  /** Removes a failure from the conversation, with a notice that can undo this. */
  dismiss: (messageId: string) => Promise<void>;
};
