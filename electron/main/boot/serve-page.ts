// Serves the page: its files, its pictures, its requests and the files that the user drops on it.
import path from 'node:path';
import type { ReadStore } from '../db/open';
import type { Imports } from '../import/imports';
import type { Handlers } from '../ipc/handlers';
import { serve, serveOffers } from '../ipc/serve';
import { serveAppPages } from '../protocol/app-pages';
import { serveScheme, withBytes, withFetch } from '../protocol/app-scheme';
import { serveImages } from '../protocol/image-protocol';
import { isOwnPage } from './page-url';

export type PageParts = {
  handlers: Handlers;
  imports: Pick<Imports, 'offer'>;
  /** Told of each failure, and asked whether the disk is full. */
  safety: Parameters<typeof serve>[2];
  dataFolder: string;
  store: ReadStore;
  /** Makes the small versions of a picture again. */
  derive: (imageId: string, file: string) => void;
};

export function servePage({ handlers, imports, safety, dataFolder, store, derive }: PageParts): void {
  serve(handlers, isOwnPage, safety);
  serveOffers(imports.offer, isOwnPage);
  serveScheme({
    app: withBytes(serveAppPages(path.join(import.meta.dirname, '../renderer'))),
    image: withFetch(
      serveImages(dataFolder, (id) => store.messages.imageFile(id) ?? store.userImages.file(id), derive),
    ),
  });
}
