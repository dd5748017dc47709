// Serves the page: its files, its pictures, its requests, and files dropped on it.
import path from 'node:path';
import type { ReadStore } from '../db/open';
import type { Generator } from '../generation/generator-process';
import type { ShowablePictures } from '../generation/showable-pictures';
import type { Imports } from '../import/imports';
import type { Handlers } from '../ipc/handlers';
import { type RequestSafety, serve, serveFiles } from '../ipc/serve';
import type { TellOthers } from '../ipc/tell-other-windows';
import { serveAppPages } from '../protocol/app-pages';
import { type Respond, serveScheme } from '../protocol/app-scheme';
import { serveImages } from '../protocol/image-protocol';
import { isOwnPage } from './page-url';

export type PageParts = {
  handlers: Handlers;
  imports: Pick<Imports, 'offer' | 'attach'>;
  /** Receives each failure's code, and knows whether the disk is full. */
  safety: Pick<RequestSafety, 'isDiskFull' | 'onFailure'>;
  unsavedWork: RequestSafety['unsavedWork'];
  /** Tells the other windows what a request from one window has changed. */
  tellOthers: TellOthers;
  dataFolder: string;
  store: ReadStore;
  showable: Pick<ShowablePictures, 'find'>;
  /** Makes the small versions of a picture. */
  generator: Pick<Generator, 'derive' | 'sharpen'>;
  /** Called with a picture whose file, in a folder of the user's, was removed or changed. */
  onMissingLink: (imageId: string) => void;
};

/**
 * Serves the page's files. Call before the window opens, because it cannot navigate to a scheme without a handler.
 *
 * @returns a function that serves pictures, requests and dropped files. Call it before awaiting anything, so that it
 * is ready for the page's first request.
 */
export function servePage(): (parts: PageParts) => void {
  let serveImage: Respond | null = null;
  serveScheme({
    app: serveAppPages(path.join(import.meta.dirname, '../renderer')),
    image: async (url, request) => serveImage?.(url, request),
  });
  return (parts) => {
    const { handlers, imports, safety, unsavedWork, tellOthers } = parts;
    const { dataFolder, store, showable, generator, onMissingLink } = parts;
    const fileOf = (id: string) => store.messages.imageFile(id) ?? store.userImages.file(id);
    serveImage = serveImages(dataFolder, {
      ...{ fileOf, linkOf: store.userImages.link, onMissingLink, arrivalOf: showable.find },
      makeThumbnails: (id, file) => generator.derive(id, file, store.userImages.link(id)),
      makeSharpThumbnail: (id, file) => generator.sharpen(id, file, store.userImages.link(id)),
    });
    serve(handlers, isOwnPage, { ...safety, unsavedWork }, tellOthers);
    serveFiles(imports, isOwnPage, safety);
  };
}
