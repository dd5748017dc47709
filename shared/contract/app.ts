import type { Settings } from '../domain/settings';
import type { ViewState } from '../domain/view-state';
import type { ConversationPage, MessagePage } from './chat';
import { type RequestDefinition, reply } from './request';
import { noInput } from './schemas';
import type { ActiveProvider } from './services';

export const appRequests = {
  'app:start': { input: noInput, reply: reply<AppStart>() },
  'app:ping': { input: noInput, reply: reply<null>() },
  'app:restart': { input: noInput, reply: reply<null>() },
  'notice:dismiss': { input: noInput, reply: reply<null>() },
  /** Shows the database that was moved aside in the system's file manager. */
  'notice:show-old-file': { input: noInput, reply: reply<null>() },
} satisfies Record<string, RequestDefinition>;

export type AppEvents = {
  'app:notice': DataState;
};

export type AppStart = {
  settings: Settings;
  viewState: ViewState;
  /** The provider that the next picture goes to, and why. */
  provider: ActiveProvider;
  conversations: ConversationPage;
  /** The conversation that was open last, with its newest page. */
  current: { conversationId: string; page: MessagePage } | null;
} & DataState;

/** How the data folder is, where a user has to know. */
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
