// What the desktop asks of the screen: a menu's command, a link from outside, files that are to be brought in.
import type { Result } from '../domain/errors';
import type { Offer } from './imports';

export type DesktopCommand =
  | 'new-chat'
  | 'chat'
  | 'gallery'
  | 'settings'
  | 'diagnostics'
  | 'toggle-sidebar'
  | 'about';

/** Where a link leads. A picture that is in no conversation any more is shown by itself. */
export type DesktopPlace =
  | { kind: 'conversation'; conversationId: string; messageId: string | null }
  | { kind: 'gallery'; imageId: string };

export type DesktopWish =
  | { type: 'command'; command: DesktopCommand }
  | { type: 'open'; place: Result<DesktopPlace> }
  | { type: 'offer'; offer: Result<Offer> }
  | { type: 'picture'; action: 'save-copy' | 'show-in-folder'; imageId: string };

/** What the About panel shows. */
export type About = {
  versions: { app: string; electron: string; chromium: string; node: string; sqlite: string };
  /** Such as "Linux 6.1.0 x64". */
  system: string;
  /** Whether there is a file with the licences of everything that is shipped. */
  hasNotices: boolean;
};

/** Folders of the data folder that the screen can ask to see. */
export const shownFolders = ['logs', 'crashes'] as const;
export type ShownFolder = (typeof shownFolders)[number];
