// THE CONTRACT between the renderer and the main process: every request and every event.
import type { z } from 'zod';
import type { Result } from '../domain/errors';
import { type AppEvents, appRequests } from './app';
import { type ChatEvents, chatRequests } from './chat';
import { collectionRequests } from './collections';
import { type DesktopEvents, desktopRequests } from './desktop';
import { diagnosticsRequests } from './diagnostics';
import { draftRequests } from './drafts';
import { editRequests } from './edits';
import { type EngineEvents, engineRequests } from './engine';
import { type ExportEvents, exportRequests } from './export';
import { type FolderEvents, folderRequests } from './folders';
import { type GalleryEvents, galleryRequests } from './gallery';
import { type AttachedPicture, type ImportEvents, importRequests, type Offer } from './import';
import { pictureRequests } from './pictures';
import { type ProxyEvents, proxyRequests } from './proxy';
import type { ReplyType } from './request';
import { type ServiceEvents, serviceRequests } from './services';
import { settingsRequests } from './settings';
import { type StyleEvents, styleRequests } from './styles';
import { type SuggestionEvents, suggestionRequests } from './suggestions';
import { trashRequests } from './trash';
import { type UpdateEvents, updateRequests } from './updates';
import { usageRequests } from './usage';
import { viewStateRequests } from './view-state';
import { type WindowEvents, windowRequests } from './windows';
import { workflowRequests } from './workflows';

/** The channel of every request, and the channel of every event. */
export const requestChannel = 'afterimage:request';
export const eventChannel = 'afterimage:event';
/** Separate from the requests because only the preload script may name paths: see docs/decisions/011. */
export const offerChannel = 'afterimage:offer';

/** Separate for the same reason: carries paths and bytes of pictures that are attached to a message. */
export const attachChannel = 'afterimage:attach';
/** Maximum size of a picture that is pasted, or dropped without a file, in bytes: it is copied between processes. */
export const maxPastedBytes = 104_857_600;

export const contract = {
  ...appRequests,
  ...chatRequests,
  ...collectionRequests,
  ...desktopRequests,
  ...diagnosticsRequests,
  ...draftRequests,
  ...editRequests,
  ...engineRequests,
  ...exportRequests,
  ...folderRequests,
  ...galleryRequests,
  ...importRequests,
  ...pictureRequests,
  ...proxyRequests,
  ...serviceRequests,
  ...settingsRequests,
  ...styleRequests,
  ...suggestionRequests,
  ...trashRequests,
  ...updateRequests,
  ...usageRequests,
  ...viewStateRequests,
  ...windowRequests,
  ...workflowRequests,
};

type Contract = typeof contract;
export type RequestName = keyof Contract;
export type RequestInput<Name extends RequestName> = z.input<Contract[Name]['input']>;
export type ReplyOf<Name extends RequestName> =
  Contract[Name]['reply'] extends ReplyType<infer Reply> ? Reply : never;

/** Every request is answered with a value or with a coded failure. None throws. */
export type Reply<Name extends RequestName> = Result<ReplyOf<Name>>;

/**
 * Handles a request whose input has passed its schema.
 *
 * @typeParam Caller what the handler learns about the sender.
 */
export type Handler<Name extends RequestName, Caller> = (
  input: RequestInput<Name>,
  caller: Caller,
) => Reply<Name> | Promise<Reply<Name>>;

/** Events from the main process to the renderer. A lost event does no harm, because the next read has the same data. */
export type Events = AppEvents &
  ChatEvents &
  DesktopEvents &
  EngineEvents &
  ExportEvents &
  FolderEvents &
  GalleryEvents &
  ImportEvents &
  ProxyEvents &
  ServiceEvents &
  StyleEvents &
  SuggestionEvents &
  UpdateEvents &
  WindowEvents;
export type EventName = keyof Events;

/** The API that the preload script exposes as `window.afterimage`. */
export type AfterimageBridge<DroppedFile = never> = {
  request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<Reply<Name>>;
  /** Returns a function that stops listening. */
  on<Name extends EventName>(name: Name, listener: (event: Events[Name]) => void): () => void;
  /** Offers files that the user dropped or chose. The page never learns or names their paths. */
  offer(files: readonly DroppedFile[]): Promise<Result<Offer>>;
  /** Adds a picture that the user dropped, pasted or chose to the gallery, unless it is there already. */
  attach(file: DroppedFile): Promise<Result<AttachedPicture>>;
};
