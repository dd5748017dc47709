// Answers the importer's tasks. Separate from the process, so that tests can run it.
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { SkipReason } from '../../../shared/domain/import';
import { isForeign } from '../../../shared/domain/picture-bytes/foreign-format';
import type { ForeignFormat, PictureFormat } from '../../../shared/domain/picture-files';
import type { FromImporter, ImportPlace, ToImporter } from '../../../shared/generator/importer-messages';
import { createByteBudget } from '../codec/byte-budget';
import { displayInfoOf } from '../pipeline/display-info';
import { type FoundRecipe, findRecipe, readRecipe } from '../recipes/read-recipe';
import { withoutRecipe } from '../recipes/without-recipe';
import { discardImport } from './discard-import';
import type { StoredFacts } from './imported-facts';
import { readPictureFile, type TooLargePicture } from './read-file';
import { type ScannedBatch, scan } from './scan';
import { recoverImport, storeConverted, storeImport } from './store-import';
import { storeLinked } from './store-linked';
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
  modifiedAt: number;
  found: FoundRecipe;
};

/**
 * Limits the decoded pixels of pictures that are stored at the same time: two of 32 megapixels. A larger one is
 * stored alone.
 */
const maxStoringBytes = 512 * 1024 * 1024;
/** Four for the decoded picture and four for the canvas. */
const bytesPerPixel = 8;

/**
 * Returns a function that answers tasks. It rejects only for a bug.
 *
 * @param onProgress called after each part of a long task.
 */
export function createImporterTasks(
  onProgress: () => void = () => {},
): (message: ToImporter) => Promise<FromImporter> {
  const heldFiles = new Map<number, HeldFile>();
  const within = createByteBudget(maxStoringBytes);
  let walking: AsyncGenerator<Walked> | null = null;
  let scanning: AsyncGenerator<ScannedBatch> | null = null;

  async function walkOn(): Promise<Answer> {
    // The listing was started in another process.
    if (!walking) return { type: 'gone' };
    const next = await walking.next();
    if (next.done) return { type: 'walked', files: [], skipped: [], isDone: true };
    return { type: 'walked', ...next.value, isDone: false };
  }

  async function scanOn(): Promise<Answer> {
    // The scan was started in another process.
    if (!scanning) return { type: 'gone' };
    const before = process.cpuUsage();
    const next = await scanning.next();
    const { user, system } = process.cpuUsage(before);
    const workMs = (user + system) / 1000;
    if (next.done) return { type: 'scanned', files: [], folders: [], state: 'done', workMs };
    return { type: 'scanned', ...next.value, workMs };
  }

  function hold(key: number, file: HeldFile | SkipReason | TooLargePicture): Answer {
    if (typeof file === 'string') return { type: 'refused', reason: file };
    if ('reason' in file) return { type: 'refused', ...file };
    heldFiles.set(key, file);
    const { bytes, format, name, createdAt, modifiedAt, found } = file;
    const isShowable = !isForeign(format);
    return {
      ...{ type: 'read', ...identify(bytes), name, createdAt, modifiedAt, isShowable },
      originals: isForeign(format) ? [] : withoutRecipe(bytes, format).map(identify),
      isRecipeLeftUnread: found.isLeftUnread,
    };
  }

  async function perform({ dataFolder, displayQuality, ...task }: ToImporter): Promise<Answer> {
    const place = { dataFolder, displayQuality, onProgress };
    switch (task.type) {
      case 'inspect':
        return describe(task.path);
      case 'walk':
        walking = walk(task.paths, dataFolder);
        return walkOn();
      case 'walk-on':
        return walkOn();
      case 'scan':
        scanning = scan(task.folder, task.subfolders, dataFolder);
        return scanOn();
      case 'scan-on':
        return scanOn();
      case 'read':
        return hold(task.held, await read(task));
      case 'store': {
        const file = heldFiles.get(task.held);
        heldFiles.delete(task.held);
        if (!file) return { type: 'gone' };
        return within(storingBytes(file), async () => answerOf(await store(place, file, task)));
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

/** The memory for a conversion is unknown beforehand, so it runs alone. */
function storingBytes({ bytes, format }: HeldFile): number {
  const size = isForeign(format) ? null : uprightSize(bytes);
  return size ? size.width * size.height * bytesPerPixel : maxStoringBytes;
}

function store(
  place: ImportPlace & { onProgress: () => void },
  { bytes, format, name, createdAt, found }: HeldFile,
  { id, link }: StoreTask,
): Promise<StoredFacts | SkipReason> {
  const intent = { id, name, createdAt };
  if (isForeign(format)) return storeConverted(place, intent, { bytes, format }, found);
  if (link) return storeLinked(place, { ...intent, link }, bytes, found);
  return storeImport(place, intent, bytes, found);
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
  if (!picture || typeof picture === 'string' || 'reason' in picture) {
    return { type: 'inspected', isFolder, recipe: null, size: null };
  }
  const { bytes, format } = picture;
  const recipe = readRecipe(bytes, format);
  return {
    type: 'inspected',
    isFolder,
    // Content credentials may name only a tool, which is not enough to make a picture from.
    recipe: recipe?.prompt ? recipe : null,
    size: uprightSize(bytes),
  };
}

function uprightSize(bytes: Uint8Array) {
  const displayInfo = displayInfoOf(bytes);
  return displayInfo && { width: displayInfo.width, height: displayInfo.height };
}

type ReadTask = Extract<ToImporter, { type: 'read' }>;
type StoreTask = Pick<Extract<ToImporter, { type: 'store' }>, 'id' | 'link'>;

async function read({
  path: file,
  now,
  name = file,
  within,
}: Pick<ReadTask, 'path' | 'now' | 'name' | 'within'>): Promise<HeldFile | SkipReason | TooLargePicture> {
  const picture = await readPictureFile(file, within);
  if (typeof picture === 'string' || 'reason' in picture) return picture;
  const { bytes, format, modifiedAt } = picture;
  const found = findRecipe(bytes, format);
  const createdAt = Math.min(now, found.createdAt ?? modifiedAt);
  return { bytes, format, name: path.parse(name).name, createdAt, modifiedAt, found };
}
