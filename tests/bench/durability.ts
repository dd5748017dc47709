// Measures the cost of durability: flushed against unflushed updates, and the outbox against single rows.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { nativeBinding } from '../../electron/main/db/native-binding';
import { openStore, type Store } from '../../electron/main/db/open';
import type { NewUserImage } from '../../electron/main/db/outbox';
import { summarise } from '../../shared/domain/timings';
import type { Summary } from './headline';

export type Durability = {
  /** Milliseconds per awaited update. */
  full: Summary;
  normal: Summary;
  /** Rows per second. */
  outboxRows: number;
  singleRows: number;
};

const updates = 2000;
const rows = 10_000;
const batchSize = 500;

/** Measures and prints the figures. */
export function reportDurability(): Durability {
  const measured = measureDurability();
  const { full, normal, outboxRows, singleRows } = measured;
  const show = ({ p50, p95 }: Summary) => `${p50.toFixed(3)} / ${p95.toFixed(3)}`;
  console.log('\nDurability; ms as p50 / p95\n');
  console.table({
    'Awaited update, flushed (FULL)': { figure: show(full) },
    'The same, not flushed (NORMAL)': { figure: show(normal) },
    'Outbox to gallery, batches of 500': { figure: `${Math.round(outboxRows)} rows/s` },
    'Single flushed inserts': { figure: `${Math.round(singleRows)} rows/s` },
  });
  return measured;
}

/**
 * Measures the app's own store on a real file in this process, without Electron. Flushed and unflushed updates
 * alternate.
 */
function measureDurability(): Durability {
  const folder = mkdtempSync(path.join(tmpdir(), 'afterimage-bench-'));
  const store = openStore({
    file: path.join(folder, 'afterimage.db'),
    nativeBinding: nativeBinding(process.cwd()),
  });
  try {
    return { ...measureUpdates(store), outboxRows: measureOutbox(store), singleRows: measureSingles(store) };
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function measureUpdates(store: Store): Pick<Durability, 'full' | 'normal'> {
  const conversationId = newId();
  store.conversations.insert({ id: conversationId, title: 'bench', createdAt: 1 });
  const times: Record<'full' | 'normal', number[]> = { full: [], normal: [] };
  for (let round = 0; round < updates; round++) {
    for (const [way, commit] of [
      ['full', store.transaction],
      ['normal', store.batch],
    ] as const) {
      const started = performance.now();
      commit(() => store.conversations.touch(conversationId, round));
      times[way].push(performance.now() - started);
    }
  }
  return { full: summarise('', times.full), normal: summarise('', times.normal) };
}

/** Moves rows from the outbox to the gallery, as outbox/drain.ts does. @returns rows per second. */
function measureOutbox(store: Store): number {
  store.transaction(() => {
    for (let row = 0; row < rows; row++) store.outbox.add(newId(), { kind: 'user-image', row: image() }, row);
  });
  const started = performance.now();
  for (let moved = 0; moved < rows; moved += batchSize) {
    store.batch(() => {
      for (const { id, payload } of store.outbox.oldest(batchSize)) {
        const row: NewUserImage = JSON.parse(payload);
        store.userImages.insert(row);
        store.outbox.remove(id);
      }
    });
  }
  return rows / ((performance.now() - started) / 1000);
}

/** Writes the same rows, each flushed separately. @returns rows per second. */
function measureSingles(store: Store): number {
  const count = rows / 10;
  const images = Array.from({ length: count }, image);
  const started = performance.now();
  for (const row of images) store.transaction(() => store.userImages.insert(row));
  return count / ((performance.now() - started) / 1000);
}

function image(): NewUserImage {
  const id = newId();
  return {
    id,
    messageId: id,
    file: `images/${id.slice(-2)}/${id}.png`,
    width: 1024,
    height: 1024,
    bytes: 1_760_000,
    thumbhash: 'm5uGDwIFh4iHd3h4d4eHdwAAAAAAAAAA',
    prompt: 'a red fox at dawn, in the manner of an old postcard',
    provider: 'painter',
    model: 'painter-1',
    params: '{"aspectRatio":"1:1","seed":1}',
    createdAt: 1,
  };
}
