// The files of pictures in the data folder.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Returns the names of all files of a picture. */
export function filesOf(dataFolder: string, id: string): string[] {
  const folder = path.join(dataFolder, 'images', id.slice(-2));
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith(id)) : [];
}
