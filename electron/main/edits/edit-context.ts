// What the edits room needs of the rest of the app.
import type { Store } from '../db/open';

export type EditContext = {
  store: Store;
  /** Absolute. */
  dataFolder: string;
};
