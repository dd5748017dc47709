// Links to open and pictures to import, read from the command line of this start and of later ones.
import path from 'node:path';
import { z } from 'zod';
import { maxDroppedFiles, maxPathLength } from '../../../shared/domain/import';
import { importedExtensions } from '../../../shared/domain/picture-files';
import { type DeepLink, formatDeepLink, parseDeepLink } from './deep-links';

export type LaunchArguments = { links: DeepLink[]; files: string[] };

/**
 * The data that a second instance passes to the first one. It contains the arguments, because Chromium reorders and
 * adds arguments on the way to `second-instance`.
 */
export const instanceDataSchema = z.object({
  args: z.array(z.string().max(maxPathLength)),
  workingFolder: z.string().max(maxPathLength),
});

/**
 * Reads links and names of pictures from command-line arguments and ignores all others. Only the last link is used,
 * because the window can show one place.
 *
 * @param args as in `process.argv`.
 * @param workingFolder resolves relative paths.
 * @param platform decides how paths are written.
 */
export function readLaunchArguments(
  { args, workingFolder }: z.infer<typeof instanceDataSchema>,
  platform: NodeJS.Platform = process.platform,
): LaunchArguments {
  const { resolve } = platform === 'win32' ? path.win32 : path.posix;
  const links = args.map(parseDeepLink).filter((link) => link !== null);
  const files = args.filter(isPicturePath).map((arg) => resolve(workingFolder, arg));
  // Not truncated: too many files are refused as a whole (import/imports.ts).
  return { links: links.slice(-1), files };
}

/**
 * @param own the arguments of this start. Its links and files have been opened and are left out.
 * @param received what later starts have passed on, the latest last.
 */
export function argumentsForNextStart(
  own: readonly string[],
  received: readonly LaunchArguments[],
): string[] {
  const others = own.filter((arg) => parseDeepLink(arg) === null && !isPicturePath(arg));
  const links = received.flatMap((launch) => launch.links).slice(-1);
  // One more than allowed, so that the next start reports that there are too many.
  const files = received.flatMap((launch) => launch.files).slice(0, maxDroppedFiles + 1);
  return [...others, ...links.map(formatDeepLink), ...files];
}

const extensions = new Set(importedExtensions.map((extension) => `.${extension}`));

/** The scheme of a URL. One letter is a drive of Windows: `C://pictures/fox.png` is a path. */
const scheme = /^[a-z][a-z\d+.-]+:\/\//i;

function isPicturePath(arg: string): boolean {
  if (arg.startsWith('-') || scheme.test(arg) || arg.includes('\0')) return false;
  return extensions.has(path.extname(arg).toLowerCase());
}
