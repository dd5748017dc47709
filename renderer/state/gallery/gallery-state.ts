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
  /** The stacks. Only their top pictures are in the order. */
  stacks: Stacks;
  /** New pictures that are not in the order yet, because inserting them would move visible pictures. */
  waiting: GalleryImage[];
  /** Whether the gallery is visible. If so, the timeline decides when waiting pictures join. */
  isOpen: boolean;
  /** The last scroll position; undefined before the gallery is first opened. */
  place: ViewState['galleryPlace'] | undefined;
  /** The picture that keys start from when the query's pictures are shown; null for the first visible one. */
  focusedId: string | null;
  setQuery: (query: GalleryQuery) => void;
  /** Loads the order again. The current pictures stay until the new order has arrived. */
  load: () => Promise<void>;
  /** Loads the order again if it has missed changes. */
  refresh: () => Promise<void>;
  /** Loads unknown details of these pictures. Resolves when they are loaded, or could not be read. */
  describe: (ids: readonly string[]) => Promise<void>;
  /** Loads the details of pictures near the viewport. Of several calls in a row, only the last one counts. */
  describeVisible: (ids: readonly string[]) => void;
  add: (images: GalleryImage[]) => Promise<void>;
  /** Inserts waiting pictures into the order. */
  join: (ids: readonly string[]) => void;
  setStacked: (isStacked: boolean) => void;
  /** Reads stacks again after these pictures have joined or left one, or were deleted or restored. */
  restack: (ids: readonly string[]) => Promise<void>;
  /** Updates the details of pictures that are loaded. */
  change: (images: GalleryImage[]) => void;
  remove: (ids: string[]) => void;
  /** @param savedPlace the scroll position when the app was last closed. */
  open: (savedPlace: ViewState['galleryPlace']) => void;
  close: () => void;
  rememberPlace: (place: ViewState['galleryPlace']) => void;
};
