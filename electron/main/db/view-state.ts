// The view_state table. Write it in a batch: losing it is harmless, and scrolling must not wait for the disk.
import type { Database } from 'better-sqlite3';
import { defaultViewState, viewStateSchema } from '../../../shared/domain/view-state';
import { createKeyValues } from './key-values';

export function createViewState(database: Database) {
  return createKeyValues(database, 'view_state', viewStateSchema, defaultViewState);
}
