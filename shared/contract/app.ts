// The app as a whole: its start, and notices about the data and about what went wrong.
import { z } from 'zod';
import type { Draft } from '../domain/draft';
import type { Settings } from '../domain/settings';
import type { ViewState } from '../domain/view-state';
import type { LanguageCode } from '../languages/languages';
import type { ConversationPage, MessagePage } from './chat';
import { type RequestDefinition, reply } from './request';
import { noInput } from './schemas';
import type { NumberedProvider, ServiceList } from './services';

/** Kinds of problems that the user can dismiss. */
const problemKinds = ['unexpected_error', 'keys_unreadable', 'services_unreadable'] as const;

export const appRequests = {
  'app:start': { input: noInput, reply: reply<AppStart>() },
  'app:ping': { input: noInput, reply: reply<null>() },
  'app:restart': { input: noInput, reply: reply<null>() },
  'notice:dismiss': { input: noInput, reply: reply<null>() },
  'problem:dismiss': { input: z.strictObject({ kind: z.enum(problemKinds) }), reply: reply<null>() },
  /** Shows the database that was moved aside in the system's file manager. */
  'notice:show-old-file': { input: noInput, reply: reply<null>() },
} satisfies Record<string, RequestDefinition>;

export type AppEvents = {
  'app:notice': AppNotices;
  /** The language of the interface has changed. */
  'app:language': { language: LanguageCode };
};

export type AppStart = {
  settings: Settings;
  /** The language of the interface. */
  language: LanguageCode;
  /** The language that matches the computer's preferred languages. */
  systemLanguage: LanguageCode;
  viewState: ViewState;
  services: ServiceList;
  /** The provider of the next picture, and why it is in use. */
  provider: NumberedProvider;
  conversations: ConversationPage;
  /** Every draft by the id of its conversation. A new chat's id belongs to no stored conversation. */
  drafts: Record<string, Draft>;
  /** Unsent edits of earlier messages, by the messages' ids. */
  edits: Record<string, Draft>;
  /** The id of a new chat with a draft. */
  newChatId: string | null;
  /** The conversation that was last open, with its newest page; null: the new chat. */
  current: { conversationId: string; page: MessagePage } | null;
} & AppNotices;

/** Everything that is shown as a banner. */
export type AppNotices = DataState & { problems: AppProblem[] };

/** Something that went wrong outside any request. */
export type AppProblem =
  | { kind: 'unexpected_error' }
  /** The file with the keys was moved aside; `movedTo` is its new name. */
  | { kind: 'keys_unreadable'; movedTo: string }
  /** AFTERIMAGE_SERVICES names a file that cannot be used; `reason` says why. The saved services are in use. */
  | { kind: 'services_unreadable'; reason: string };

/** The state of the data folder, as far as it concerns the user. */
export type DataState = {
  /** Null if there is none, or it was dismissed. */
  notice: DataNotice | null;
  diskFull: boolean;
};

/** A notice of damage to the database, or of its loss. */
export type DataNotice = {
  /** `suspected`: damage was found while the app was running; the next start repairs it. */
  kind: 'rescued' | 'suspected';
  found: 'damaged' | 'missing';
  /** The name of the old database, which was moved aside; null if there was none. */
  oldFile: string | null;
  /** When the backup that is now in use was taken, in UTC milliseconds; null if there was none. */
  backupAt: number | null;
  /** Number of pictures that were recovered from their files; null while the search runs. */
  salvaged: number | null;
  /** Number of pictures whose files could not be read. */
  unreadable: number;
};
