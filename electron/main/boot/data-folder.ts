// Chooses and creates the data folder, and locates the database in it.
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import type { Environment } from '../config/environment';
import { nativeBinding } from '../db/native-binding';

/** Returns the path of the data folder, which may not exist yet. */
export function findDataFolder({ dataFolder }: Environment): string {
  return dataFolder ?? app.getPath('userData');
}

/**
 * Creates the folder and makes Chromium use it, so that everything the app writes is in it, including Chromium's
 * files.
 *
 * @throws the file system's error if the folder cannot be created.
 */
export function useDataFolder(folder: string): void {
  createFolder(path.join(folder, 'images'));
  app.setPath('userData', folder);
  app.setPath('sessionData', path.join(folder, 'session'));
}

/** Creates a folder and its parents. Node's recursive `mkdirSync` never returns for a path under `/proc`. */
function createFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = path.dirname(folder);
  if (parent !== folder) createFolder(parent);
  mkdirSync(folder);
}

export function databaseIn(dataFolder: string) {
  return {
    dataFolder,
    file: path.join(dataFolder, 'afterimage.db'),
    nativeBinding: nativeBinding(path.resolve(import.meta.dirname, '../..')),
    now: Date.now,
  };
}
