// The settings table: one row for each setting that the user has changed.
import type { Database } from 'better-sqlite3';
import { defaultSettings, settingsSchema } from '../../../shared/domain/settings';
import { createKeyValues } from './key-values';

export function createSettings(database: Database) {
  return createKeyValues(database, 'settings', settingsSchema, defaultSettings);
}
