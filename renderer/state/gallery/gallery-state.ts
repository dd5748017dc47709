// The types of the gallery's state and actions.
import type { GalleryQuery } from '../../../shared/domain/gallery-query';
import type { MonthCount } from '../../../shared/domain/gallery-timeline';
import type { GalleryImage } from '../../../shared/domain/pictures';
import type { ViewState } from '../../../shared/domain/view-state';
import type { PictureIndex } from './picture-index';
import type { Stacks } from './stacks';

export type GalleryState = {
  query: GalleryQuery;
  index: PictureIndex;
  /** Whether the order has been loaded to its end. */
  isComplete: boolean;
  /** `idle` before the first load. */
  state: 'idle' | 'loading' | 'ready' | 'failed';
  /** The reason of a failure. */
  problem: string;
  /** Counts of the whole gallery, newest first; empty until they are loaded. */
  months: MonthCount[];
  /** Details of the pictures near the viewport, by id. */
  tiles: ReadonlyMap<string, GalleryImage>;
  /** Whether near duplicates are one tile. */
  isStacked: boolean;
  /** What lies under which picture. The one on top alone is in the order. */
  stacks: Stacks;
  /** New pictures that are not in the order yet, because inserting them would move what the user looks at. */
  waiting: GalleryImage[];
  /** Whether the gallery is visible. If so, the timeline decides when waiting pictures join. */
  isOpen: boolean;
  /** What was on screen last; undefined before the gallery is first opened. */
  place: ViewState['galleryPlace'] | undefined;
  /** The picture from which keys go on when the query's pictures are shown; null for the first one on screen. */
  focusedId: string | null;
  setQuery: (query: GalleryQuery) => void;
  /** Loads the order again. What is on screen stays until the new order is there. */
  load: () => Promise<void>;
  /** Loads the order again if it has missed changes. */
  refresh: () => Promise<void>;
  /** Loads the details of these pictures, unless they are known. Ends when they are there, or could not be read. */
  describe: (ids: readonly string[]) => Promise<void>;
  /** Loads those of the pictures near the viewport. Of several calls in a row, only the last one counts. */
  describeVisible: (ids: readonly string[]) => void;
  add: (images: GalleryImage[]) => Promise<void>;
  /** Inserts waiting pictures into the order. */
  join: (ids: readonly string[]) => void;
  setStacked: (isStacked: boolean) => void;
  /** Reads again what lies under what, after these pictures have joined or left a stack, or have left or come back. */
  restack: (ids: readonly string[]) => Promise<void>;
  /** Updates the details of pictures that are loaded. */
  change: (images: GalleryImage[]) => void;
  remove: (ids: string[]) => void;
  /** @param savedPlace what was on screen when the app was last closed. */
  open: (savedPlace: ViewState['galleryPlace']) => void;
  close: () => void;
  rememberPlace: (place: ViewState['galleryPlace']) => void;
};
