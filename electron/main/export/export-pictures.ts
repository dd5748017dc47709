// Writes many pictures with their recipes and a manifest: whole or not at all, in small steps, and it can be stopped.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { ExportProgress } from '../../../shared/contract/export';
import { pictureParamsSchema } from '../../../shared/domain/models';
import { withRecipe } from './copy-with-recipe';
import { createFileNamer } from './export-file-names';
import { type ExportTarget, inChunks } from './export-target';
import { manifestName } from './unfinished-export';

/** A picture of an export, as its manifest tells of it beside its name. */
export type ExportedPicture = {
  id: string;
  prompt: string;
  provider: string;
  model: string;
  /** JSON; null where nothing is known. */
  params: string | null;
  width: number;
  height: number;
  favourite: boolean;
  /** UTC milliseconds. */
  createdAt: number;
  /** Relative to the data folder. */
  file: string;
};

export type ExportOptions = {
  dataFolder: string;
  imageIds: readonly string[];
  /** Undefined where it is gone meanwhile. */
  pictureOf: (id: string) => ExportedPicture | undefined;
  target: ExportTarget;
  /** Whether each copy tells how it was made; the manifest always does. */
  embedRecipes: boolean;
  signal: AbortSignal;
  onProgress: (progress: ExportProgress) => void;
};

/** The user has stopped it. */
export class ExportCancelled extends Error {
  override readonly name = 'ExportCancelled';
}

/**
 * @returns how many pictures were written, and how many were left out since their files are missing.
 * @throws ExportCancelled, or what the file system said. Nothing is left of it then.
 */
export async function exportPictures(options: ExportOptions): Promise<{ exported: number; skipped: number }> {
  const { imageIds, target, signal, onProgress } = options;
  const lines: string[] = [];
  const nameOf = createFileNamer();
  const throwIfStopped = () => {
    if (signal.aborted) throw new ExportCancelled('stopped');
  };
  try {
    for (const [index, id] of imageIds.entries()) {
      throwIfStopped();
      const line = await exportOne(id, options, nameOf);
      if (line !== null) lines.push(line);
      onProgress({ done: index + 1, total: imageIds.length });
    }
    await target.add(manifestName, manifest(lines));
    throwIfStopped();
    await target.finish();
    return { exported: lines.length, skipped: imageIds.length - lines.length };
  } catch (error) {
    await target.discard();
    throw error;
  }
}

/** @returns its line of the manifest, or null where there is nothing to write. */
async function exportOne(
  id: string,
  { dataFolder, pictureOf, target, embedRecipes }: ExportOptions,
  nameOf: ReturnType<typeof createFileNamer>,
): Promise<string | null> {
  const picture = pictureOf(id);
  if (!picture) return null;
  const { file, params: json, createdAt, ...rest } = picture;
  const bytes = await readFile(path.join(dataFolder, file)).catch(() => null);
  if (!bytes) return null;
  const params = readAnyParams(json);
  const known = pictureParamsSchema.safeParse(params);
  const { prompt, provider, model } = picture;
  const recipe = known.success ? { prompt, provider, model, params: known.data, createdAt } : null;
  const name = nameOf(createdAt, prompt, file.slice(file.lastIndexOf('.') + 1));
  await target.add(name, inChunks(withRecipe(bytes, embedRecipes ? recipe : null)));
  return JSON.stringify({ file: name, ...rest, params, createdAt: new Date(createdAt).toISOString() });
}

/** What another version has written is passed on as it is. */
function readAnyParams(json: string | null): unknown {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(json ?? 'null'));
  } catch {
    return null;
  }
}

/** A line a picture, a piece at a time: a hundred thousand are fifty megabytes. */
function* manifest(lines: readonly string[]): Iterable<Uint8Array> {
  const perPiece = 200;
  yield Buffer.from('{"application":"Afterimage","version":1,"pictures":[\n');
  for (let at = 0; at < lines.length; at += perPiece) {
    const piece = lines.slice(at, at + perPiece).join(',\n');
    yield Buffer.from(at + perPiece < lines.length ? `${piece},\n` : `${piece}\n`);
  }
  yield Buffer.from(']}\n');
}
