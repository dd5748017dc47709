// The migrations in order. The database's `user_version` is how many of them it has been through.
import initial from './migrations/001-initial.sql?raw';
import trashAndMissing from './migrations/002-trash-and-missing.sql?raw';
import galleryOrder from './migrations/003-gallery-order.sql?raw';
import searchAndCollections from './migrations/004-search-and-collections.sql?raw';

export const migrations: readonly string[] = [initial, trashAndMissing, galleryOrder, searchAndCollections];
