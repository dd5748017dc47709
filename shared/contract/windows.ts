// Windows: requests of one window, and events about changes made in other windows.
import { z } from 'zod';
import type { Draft } from '../domain/draft';
import type { Settings } from '../domain/settings';
import { views } from '../domain/views';
import { newWindowSchema } from '../domain/windows';
import { type RequestDefinition, reply } from './request';
import { idSchema, noInput } from './schemas';

export const windowRequests = {
  /**
   * Opens a window. A conversation that another window shows brings that window to the front instead. A
   * conversation that this window shows moves to the new window, and this window must close it.
   */
  'windows:open': { input: z.strictObject({ place: newWindowSchema }), reply: reply<null>() },
  /** Asks whether this window may show a conversation. It may not if another window shows it. */
  'windows:claim-chat': {
    input: z.strictObject({ conversationId: idSchema }),
    reply: reply<{ isHere: boolean }>(),
  },
  /** Brings the window that shows a conversation to the front, at a message if one is named. */
  'windows:go-to-chat': {
    input: z.strictObject({ conversationId: idSchema, messageId: idSchema.nullable() }),
    reply: reply<null>(),
  },
  /** Reports which chat this window shows now, and the id of its new chat. */
  'windows:chat-shown': {
    input: z.strictObject({ openChat: idSchema, newChat: idSchema }),
    reply: reply<null>(),
  },
  /** Reports that the page's first content is on screen. */
  'windows:painted': { input: noInput, reply: reply<null>() },
  'windows:view-shown': { input: z.strictObject({ view: z.enum(views) }), reply: reply<null>() },
} satisfies Record<string, RequestDefinition>;

/**
 * Except for `windows:chats`, sent to all windows but the one that requested the change, because it has the reply. Changes by
 * an import of an export are sent to all windows.
 */
export type WindowEvents = {
  /** The ids of the chats that other windows show, some of which may be new chats. */
  'windows:chats': { elsewhere: readonly string[] };
  'settings:changed': Settings;
  'conversation:removed': { id: string; revision: number };
  'trash:changed': Record<string, never>;
  'draft:changed': { conversationId: string; draft: Draft | null };
  /** The unsent edit of an earlier message has changed. */
  'edit:changed': { messageId: string; draft: Draft | null };
  'collections:changed': Record<string, never>;
};
