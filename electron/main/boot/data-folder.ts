// Chooses the data folder and says where the database is in it.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import type { Environment } from '../config/environment';
import { nativeBinding } from '../db/native-binding';

/** Everything that the app writes is under this folder, including Chromium's own files. */
export function useDataFolder({ dataFolder }: Environment): string {
  if (dataFolder !== null) app.setPath('userData', dataFolder);
  const folder = app.getPath('userData');
  app.setPath('sessionData', path.join(folder, 'session'));
  mkdirSync(path.join(folder, 'images'), { recursive: true });
  return folder;
}

export function databaseIn(dataFolder: string) {
  return {
    dataFolder,
    file: path.join(dataFolder, 'afterimage.db'),
    nativeBinding: nativeBinding(path.resolve(import.meta.dirname, '../..')),
    now: Date.now,
  };
}
