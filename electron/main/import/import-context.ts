// What bringing pictures in needs of the world.
import type { StorageContext } from '../storage/storage-context';

/** The importer opens pictures by itself. */
export type ImportContext = Omit<StorageContext, 'generator'>;
