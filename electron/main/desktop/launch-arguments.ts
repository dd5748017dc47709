// What a start brings along: links to open, and pictures to bring in.
import path from 'node:path';
import { z } from 'zod';
import { maxDroppedFiles } from '../../../shared/domain/import';
import { allFormats } from '../../../shared/domain/picture-files';
import { type DeepLink, readDeepLink, writeDeepLink } from './deep-links';

export type LaunchArguments = { links: DeepLink[]; files: string[] };

/** Handed from a second start to the first: Chromium changes order and number of the arguments on their way. */
export const instanceDataSchema = z.object({
  words: z.array(z.string().max(32_767)).max(maxDroppedFiles + 100),
  folder: z.string().max(32_767),
});

/**
 * @param words as in `process.argv`, the program among them: only links (the last
 *   one: nobody can be at two places) and names of pictures are taken.
 * @param folder that relative names start from.
 */
export function readLaunchArguments({ words, folder }: z.infer<typeof instanceDataSchema>): LaunchArguments {
  const links = words.map(readDeepLink).filter((link) => link !== null);
  const files = words.filter(isFile).map((word) => path.resolve(folder, word));
  return { links: links.slice(-1), files: files.slice(0, maxDroppedFiles) };
}

/**
 * @param own the words of this start. Its links and files have been taken, and are not asked for twice.
 * @param brought what has come for the next one, the latest last.
 */
export function argumentsForNextStart(own: readonly string[], brought: readonly LaunchArguments[]): string[] {
  const others = own.filter((word) => readDeepLink(word) === null && !isFile(word));
  const links = brought.flatMap((start) => start.links).slice(-1);
  const files = brought.flatMap((start) => start.files).slice(0, maxDroppedFiles);
  return [...others, ...links.map(writeDeepLink), ...files];
}

const extensions = new Set([...allFormats.map((format) => `.${format}`), '.jpeg']);

function isFile(word: string): boolean {
  if (word.startsWith('-') || word.includes('://') || word.includes('\0')) return false;
  return extensions.has(path.extname(word).toLowerCase());
}
