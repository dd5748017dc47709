// The desktop: requests, and what menus, links and dropped files request of the renderer.
import { z } from 'zod';
import type { CommandId } from '../domain/commands';
import type { Result } from '../domain/errors';
import type { Offer } from './import';
import { type RequestDefinition, reply } from './request';
import { noInput } from './schemas';

/** Folders of the data folder that the renderer can ask to show. */
const shownFolders = ['logs', 'crashes'] as const;
export type ShownFolder = (typeof shownFolders)[number];

export const desktopRequests = {
  /** The renderer is listening, so that earlier requests of the desktop can be sent. */
  'desktop:ready': { input: noInput, reply: reply<null>() },
  /** Lets the user choose pictures, or a folder of pictures, which then arrive as an offer. */
  'desktop:choose-pictures': { input: noInput, reply: reply<null>() },
  'desktop:choose-folder': { input: noInput, reply: reply<null>() },
  /** Pastes the clipboard into the focused field of the page, which may not read it by itself. */
  'desktop:paste': { input: noInput, reply: reply<null>() },
  'desktop:about': { input: noInput, reply: reply<About>() },
  'desktop:show-notices': { input: noInput, reply: reply<null>() },
  'desktop:show-folder': { input: z.strictObject({ folder: z.enum(shownFolders) }), reply: reply<null>() },
  /** Opens an address in the user's browser. */
  'links:open': {
    input: z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(4096) }),
    reply: reply<null>(),
  },
} satisfies Record<string, RequestDefinition>;

export type DesktopEvents = {
  'desktop:requested': DesktopRequest;
};

/** The target of a link. A picture without a conversation is shown by itself. */
export type DesktopPlace =
  | { kind: 'conversation'; conversationId: string; messageId: string | null }
  | { kind: 'gallery'; imageId: string };

export type DesktopRequest =
  | { type: 'command'; command: CommandId }
  | { type: 'open'; place: Result<DesktopPlace> }
  | { type: 'offer'; offer: Result<Offer> };

export type AppVersions = { app: string; electron: string; chromium: string; node: string; sqlite: string };

/** The contents of the About panel. */
export type About = {
  versions: AppVersions;
  /** Such as "Linux 6.1.0 x64". */
  system: string;
  /** Whether the file with third-party licences exists. */
  hasNotices: boolean;
};
