// What the importer does with each task. Apart from its process, so that tests can run it.
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { SkipReason } from '../../../shared/domain/import';
import type { PictureFormat } from '../../../shared/domain/picture-files';
import type { FromImporter, ToImporter } from '../../../shared/generator/importer-messages';
import { inspect } from '../pipeline/inspect';
import { readRecipe } from '../recipes/read-recipe';
import { withoutRecipe } from '../recipes/without-recipe';
import { adoptImport, discardImport, keepImport } from './keep-import';
import { readPictureFile } from './read-file';
import { type Walked, walk } from './walk';

/** A reply as it is before it has its task's key. */
type Answer = FromImporter extends infer Reply
  ? Reply extends FromImporter
    ? Omit<Reply, 'key'>
    : never
  : never;

type Held = { bytes: Buffer; format: PictureFormat; name: string; createdAt: number };

/** @returns a function that answers tasks. Rejects only for a bug. */
export function createImporterTasks(): (message: ToImporter) => Promise<FromImporter> {
  const held = new Map<number, Held>();
  let walking: AsyncGenerator<Walked> | null = null;

  async function walkOn(): Promise<Answer> {
    const next = await walking?.next();
    if (!next || next.done) return { type: 'walked', files: [], skipped: [], isDone: true };
    return { type: 'walked', ...next.value, isDone: false };
  }

  function hold(key: number, file: Held | SkipReason): Answer {
    if (typeof file === 'string') return { type: 'refused', reason: file };
    held.set(key, file);
    const { bytes, format, name, createdAt } = file;
    const originals = withoutRecipe(bytes, format).map(contentOf);
    return { type: 'read', ...contentOf(bytes), originals, name, createdAt };
  }

  async function perform({ dataFolder, displayQuality, ...task }: ToImporter): Promise<Answer> {
    const place = { dataFolder, displayQuality };
    switch (task.type) {
      case 'inspect':
        return describeFile(task.path);
      case 'walk':
        walking = walk(task.paths, dataFolder);
        return walkOn();
      case 'walk-on':
        return walkOn();
      case 'read':
        return hold(task.held, await read(task.path, task.now));
      case 'keep': {
        const file = held.get(task.held);
        held.delete(task.held);
        if (!file) return { type: 'gone' };
        return answerOf(await keepImport(place, { ...file, id: task.id }, file.bytes, file.format));
      }
      case 'forget':
        held.delete(task.held);
        return { type: 'gone' };
      case 'recover':
        return answerOf(await adoptImport(place, task));
      case 'discard':
        await discardImport(dataFolder, task.id);
        return { type: 'gone' };
    }
  }

  return async (message) => ({ ...(await perform(message)), key: message.key });
}

function contentOf(bytes: Uint8Array) {
  return { contentHash: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
}

function answerOf(kept: Awaited<ReturnType<typeof keepImport>> | null): Answer {
  if (kept === null) return { type: 'gone' };
  return typeof kept === 'string' ? { type: 'refused', reason: kept } : { type: 'kept', ...kept };
}

async function describeFile(file: string): Promise<Answer> {
  const isFolder = await stat(file).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  const picture = isFolder ? null : await readPictureFile(file);
  if (!picture || typeof picture === 'string')
    return { type: 'inspected', isFolder, recipe: null, size: null };
  const { bytes, format } = picture;
  return {
    type: 'inspected',
    isFolder,
    recipe: readRecipe(bytes, format),
    size: inspect(bytes)?.size ?? null,
  };
}

async function read(file: string, now: number): Promise<Held | SkipReason> {
  const picture = await readPictureFile(file);
  if (typeof picture === 'string') return picture;
  const { bytes, format, modifiedAt } = picture;
  const createdAt = Math.min(now, readRecipe(bytes, format)?.createdAt ?? modifiedAt);
  return { bytes, format, name: path.parse(file).name, createdAt };
}
