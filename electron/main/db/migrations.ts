// The migrations in order. A database's `user_version` is the number of migrations applied to it.
import initial from './migrations/001-initial.sql?raw';
import trashAndMissing from './migrations/002-trash-and-missing.sql?raw';
import conversationsWithModels from './migrations/003-conversations-with-models.sql?raw';
import reusedPictures from './migrations/004-reused-pictures.sql?raw';
import imports from './migrations/005-imports.sql?raw';
import replyCosts from './migrations/006-reply-costs.sql?raw';
import replyCostIndex from './migrations/007-reply-cost-index.sql?raw';
import galleryOrder from './migrations/008-gallery-order.sql?raw';
import searchAndCollections from './migrations/009-search-and-collections.sql?raw';
import costsByTime from './migrations/010-costs-by-time.sql?raw';
import longerPrefixes from './migrations/011-longer-prefixes.sql?raw';
import viewState from './migrations/012-view-state.sql?raw';
import revisionsAndCharges from './migrations/013-revisions-and-charges.sql?raw';
import gallerySequence from './migrations/014-gallery-sequence.sql?raw';
import pictureNotes from './migrations/015-picture-notes.sql?raw';
import coveringIndexes from './migrations/016-covering-indexes.sql?raw';
import services from './migrations/017-services.sql?raw';
import drafts from './migrations/018-drafts.sql?raw';
import versionsAndDismissed from './migrations/019-versions-and-dismissed.sql?raw';
import partsOfAnswers from './migrations/020-parts-of-answers.sql?raw';
import workflows from './migrations/021-workflows.sql?raw';
import edits from './migrations/022-edits.sql?raw';
import pictureTiles from './migrations/023-picture-tiles.sql?raw';
import searchInsideWords from './migrations/024-search-inside-words.sql?raw';
import searchMessages from './migrations/025-search-messages.sql?raw';
import errorSentences from './migrations/026-error-sentences.sql?raw';
import styles from './migrations/027-styles.sql?raw';
import watchedFolders from './migrations/028-watched-folders.sql?raw';
import fingerprints from './migrations/029-fingerprints.sql?raw';
import suggestions from './migrations/032-suggestions.sql?raw';
import styleOrder from './migrations/033-style-order.sql?raw';
import serviceChecks from './migrations/034-service-checks.sql?raw';
import searchNames from './migrations/036-search-names.sql?raw';
import namesBesideTheIndex from './migrations/037-names-beside-the-index.sql?raw';
import headersFor from './migrations/039-headers-for.sql?raw';
import consentsAndReaders from './migrations/040-consents-and-readers.sql?raw';
import messageNumbers from './migrations/042-message-numbers.sql?raw';
import suggestionDetails from './migrations/043-suggestion-details.sql?raw';

export const migrations: readonly string[] = [
  initial,
  trashAndMissing,
  conversationsWithModels,
  reusedPictures,
  imports,
  replyCosts,
  replyCostIndex,
  galleryOrder,
  searchAndCollections,
  costsByTime,
  longerPrefixes,
  viewState,
  revisionsAndCharges,
  gallerySequence,
  pictureNotes,
  coveringIndexes,
  services,
  drafts,
  versionsAndDismissed,
  partsOfAnswers,
  workflows,
  edits,
  pictureTiles,
  searchInsideWords,
  searchMessages,
  errorSentences,
  styles,
  watchedFolders,
  fingerprints,
  suggestions,
  styleOrder,
  serviceChecks,
  searchNames,
  namesBesideTheIndex,
  headersFor,
  consentsAndReaders,
  messageNumbers,
  suggestionDetails,
];
