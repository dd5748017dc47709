// Copies a seeded data folder without the bytes of its pictures.
import { copyFileSync, linkSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Copies a data folder that no app uses. Pictures become hard links, as in a seeded folder: the app never writes
 * into a picture's file, but replaces and removes files. Do not damage one in place.
 *
 * @param to an existing folder.
 */
export function copyDataFolder(from: string, to: string): void {
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const source = path.join(entry.parentPath, entry.name);
    const relative = path.relative(from, source);
    const target = path.join(to, relative);
    if (entry.isDirectory()) mkdirSync(target, { recursive: true });
    else if (relative.startsWith(`images${path.sep}`)) linkSync(source, target);
    else copyFileSync(source, target);
  }
}
