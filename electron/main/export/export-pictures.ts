// Writes pictures with their recipes and a manifest into an export target.
import { z } from 'zod';
import type { ExportProgress } from '../../../shared/contract/export';
import { pictureParamsSchema } from '../../../shared/domain/models';
import { readOriginal, type StoredPlace } from '../../files/find-original';
import { withRecipe } from './copy-with-recipe';
import { createFileNamer } from './export-file-names';
import { type ExportTarget, splitIntoChunks } from './export-target';
import { manifestName } from './partial-export';

/** A picture and the facts that its manifest entry contains. */
export type ExportedPicture = {
  id: string;
  prompt: string;
  provider: string;
  model: string;
  /** JSON, or null if nothing is known. */
  params: string | null;
  width: number;
  height: number;
  favourite: boolean;
  /** UTC milliseconds. */
  createdAt: number;
  /** Path relative to the data folder. */
  file: string;
  /** The other fields that locate its file. */
  place: Omit<StoredPlace, 'file'>;
};

export type ExportOptions = {
  dataFolder: string;
  imageIds: readonly string[];
  /** Returns undefined if the picture does not exist any more. */
  findPicture: (id: string) => ExportedPicture | undefined;
  target: ExportTarget;
  /** Whether each copy contains its recipe. The manifest always contains it. */
  embedRecipes: boolean;
  signal: AbortSignal;
  onProgress: (progress: ExportProgress) => void;
};

/** The user has cancelled the export, or the app quits. */
export class ExportCancelled extends Error {
  override readonly name = 'ExportCancelled';
}

/**
 * @returns the number of pictures that were written, and of those that were skipped because their files are missing.
 * @throws ExportCancelled or an error of the file system, after the target was discarded.
 */
export async function exportPictures(options: ExportOptions): Promise<{ exported: number; skipped: number }> {
  const { imageIds, target, signal, onProgress } = options;
  const entries: string[] = [];
  const nextName = createFileNamer();
  const throwIfCancelled = () => {
    if (signal.aborted) throw new ExportCancelled('The export was cancelled.');
  };
  try {
    for (const [index, id] of imageIds.entries()) {
      throwIfCancelled();
      const entry = await exportOne(id, options, nextName);
      if (entry !== null) entries.push(entry);
      onProgress({ done: index + 1, total: imageIds.length });
    }
    await target.add(manifestName, manifestChunks(entries));
    throwIfCancelled();
    await target.finish();
    return { exported: entries.length, skipped: imageIds.length - entries.length };
  } catch (error) {
    await target.discard();
    throw error;
  }
}

/** Writes one picture. @returns its manifest entry, or null if it was skipped. */
async function exportOne(
  id: string,
  { dataFolder, findPicture, target, embedRecipes }: ExportOptions,
  nextName: ReturnType<typeof createFileNamer>,
): Promise<string | null> {
  const picture = findPicture(id);
  if (!picture) return null;
  const { file, place, params: json, createdAt, ...rest } = picture;
  const bytes = await readOriginal(dataFolder, { file, ...place });
  if (!bytes) return null;
  const params = parseParams(json);
  const validParams = pictureParamsSchema.safeParse(params);
  const { prompt, provider, model } = picture;
  const recipe = validParams.success
    ? { prompt, provider, model, params: validParams.data, createdAt }
    : null;
  const name = nextName(createdAt, prompt, file.slice(file.lastIndexOf('.') + 1));
  await target.add(name, splitIntoChunks(withRecipe(bytes, embedRecipes ? recipe : null)));
  return JSON.stringify({ file: name, ...rest, params, createdAt: new Date(createdAt).toISOString() });
}

/** Parses params without a schema, so that the manifest keeps those of other app versions. */
function parseParams(json: string | null): unknown {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(json ?? 'null'));
  } catch {
    return null;
  }
}

/** Yields the manifest in chunks, because that of 100,000 pictures takes 50 MB. */
function* manifestChunks(entries: readonly string[]): Iterable<Uint8Array> {
  const entriesPerChunk = 200;
  yield Buffer.from('{"application":"Afterimage","version":1,"pictures":[\n');
  for (let at = 0; at < entries.length; at += entriesPerChunk) {
    const chunk = entries.slice(at, at + entriesPerChunk).join(',\n');
    yield Buffer.from(at + entriesPerChunk < entries.length ? `${chunk},\n` : `${chunk}\n`);
  }
  yield Buffer.from(']}\n');
}
