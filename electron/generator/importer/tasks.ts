// Answers the importer's tasks. It is separate from the process, so that tests can run it.
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { SkipReason } from '../../../shared/domain/import';
import { isForeign } from '../../../shared/domain/picture-bytes/foreign-format';
import type { ForeignFormat, PictureFormat } from '../../../shared/domain/picture-files';
import type { FromImporter, ToImporter } from '../../../shared/generator/importer-messages';
import { lookOf } from '../pipeline/look-of';
import { type FoundRecipe, findRecipe, readRecipe } from '../recipes/read-recipe';
import { withoutRecipe } from '../recipes/without-recipe';
import { readPictureFile } from './read-file';
import { discardImport, recoverImport, storeConverted, storeImport } from './store-import';
import { type Walked, walk } from './walk';

/** A reply without the key of its task. */
type Answer = FromImporter extends infer Reply
  ? Reply extends FromImporter
    ? Omit<Reply, 'key'>
    : never
  : never;

type HeldFile = {
  bytes: Buffer;
  format: PictureFormat | ForeignFormat;
  name: string;
  createdAt: number;
  found: FoundRecipe;
};

/** Returns a function that answers tasks. It rejects only for a bug. */
export function createImporterTasks(): (message: ToImporter) => Promise<FromImporter> {
  const heldFiles = new Map<number, HeldFile>();
  let walking: AsyncGenerator<Walked> | null = null;

  async function walkOn(): Promise<Answer> {
    const next = await walking?.next();
    if (!next || next.done) return { type: 'walked', files: [], skipped: [], isDone: true };
    return { type: 'walked', ...next.value, isDone: false };
  }

  function hold(key: number, file: HeldFile | SkipReason): Answer {
    if (typeof file === 'string') return { type: 'refused', reason: file };
    heldFiles.set(key, file);
    const { bytes, format, name, createdAt, found } = file;
    const originals = isForeign(format) ? [] : withoutRecipe(bytes, format).map(identify);
    const { isLeftUnread } = found;
    return { type: 'read', ...identify(bytes), originals, name, createdAt, isRecipeLeftUnread: isLeftUnread };
  }

  async function perform({ dataFolder, displayQuality, ...task }: ToImporter): Promise<Answer> {
    const place = { dataFolder, displayQuality };
    switch (task.type) {
      case 'inspect':
        return describe(task.path);
      case 'walk':
        walking = walk(task.paths, dataFolder);
        return walkOn();
      case 'walk-on':
        return walkOn();
      case 'read':
        return hold(task.held, await read(task.path, task.now, task.name ?? task.path));
      case 'store': {
        const file = heldFiles.get(task.held);
        heldFiles.delete(task.held);
        if (!file) return { type: 'gone' };
        const { bytes, format, name, createdAt, found } = file;
        const intent = { id: task.id, name, createdAt };
        const stored = isForeign(format)
          ? await storeConverted(place, intent, { bytes, format }, found)
          : await storeImport(place, intent, bytes, found);
        return answerOf(stored);
      }
      case 'forget':
        heldFiles.delete(task.held);
        return { type: 'gone' };
      case 'recover':
        return answerOf(await recoverImport(place, task));
      case 'discard':
        await discardImport(dataFolder, task.id);
        return { type: 'gone' };
    }
  }

  return async (message) => ({ ...(await perform(message)), key: message.key });
}

function identify(bytes: Uint8Array) {
  return { contentHash: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
}

function answerOf(result: Awaited<ReturnType<typeof storeImport>> | null): Answer {
  if (result === null) return { type: 'gone' };
  return typeof result === 'string' ? { type: 'refused', reason: result } : { type: 'stored', ...result };
}

async function describe(file: string): Promise<Answer> {
  const isFolder = await stat(file).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  const picture = isFolder ? null : await readPictureFile(file);
  if (!picture || typeof picture === 'string') {
    return { type: 'inspected', isFolder, recipe: null, size: null };
  }
  const { bytes, format } = picture;
  const recipe = readRecipe(bytes, format);
  return {
    type: 'inspected',
    isFolder,
    // Content credentials name a tool alone, which is nothing to make a picture from.
    recipe: recipe?.prompt ? recipe : null,
    size: uprightSize(bytes),
  };
}

function uprightSize(bytes: Uint8Array) {
  const look = lookOf(bytes);
  return look && { width: look.width, height: look.height };
}

async function read(file: string, now: number, name: string): Promise<HeldFile | SkipReason> {
  const picture = await readPictureFile(file);
  if (typeof picture === 'string') return picture;
  const { bytes, format, modifiedAt } = picture;
  const found = findRecipe(bytes, format);
  const createdAt = Math.min(now, found.createdAt ?? modifiedAt);
  return { bytes, format, name: path.parse(name).name, createdAt, found };
}
