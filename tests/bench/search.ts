// Measures searching 100,000 pictures with the full-text index, compared with a LIKE scan in the same run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { v7 as newId } from 'uuid';
import { nativeBinding } from '../../electron/main/db/native-binding';
import { openStore, type Store } from '../../electron/main/db/open';
import { everyPicture, type GalleryQuery, gallerySorts } from '../../shared/domain/gallery-query';
import { firstChunk, type GalleryCursor } from '../../shared/domain/gallery-timeline';
import { summarise } from '../../shared/domain/timings';
import type { Summary } from './headline';

export type SearchFigures = {
  /** Milliseconds for the first page, over all queries. */
  indexed: Summary;
  like: Summary;
  /** Milliseconds to count all results of a query. */
  counted: Summary;
  /** The p95 of `indexed` divided by that of `like`. */
  ratio: number;
  /** Milliseconds for filters without search words. */
  filters: Summary;
  /** Milliseconds for the first page of the best matches, for each letter as it is typed. */
  typed: Summary;
  /** Bytes of the search index, and their ratio to the bytes of the indexed texts. */
  indexBytes: number;
  indexRatio: number;
  /** Milliseconds for search words in every order except relevance. */
  sorted: Summary;
  /** Milliseconds for the first and for the last of 500 pages, over all orders. */
  firstPage: Summary;
  lastPage: Summary;
};

const pictures = 100_000;
const rounds = 15;
const perPage = 200;

/** Common and rare words, word prefixes, several words, a phrase, no match, CJK. */
const texts = [
  'a',
  'f',
  'fox',
  'fo da',
  'red fox',
  '"in the manner"',
  'painter',
  'offline sk',
  'lighthou',
  'old postcard',
  'w77',
  'w777 fox',
  'zeppelin',
  '富士',
  '富士山 夕',
];
const filters: Partial<GalleryQuery>[] = [
  {},
  { sort: 'oldest' },
  { sort: 'largest' },
  { sort: 'model' },
  { favourites: true },
  { favourites: true, shape: 'square' },
  { models: ['gemini-nano-banana-2.1'] },
  { models: ['none'] },
  { providers: ['google'], shape: 'portrait', hasSeed: true },
  { minSide: 4096 },
  { from: 1_650_000_000_000, to: 1_650_100_000_000 },
  { conversationId: newId() },
  { collectionId: newId() },
];

/** Typed letter by letter: words, parts of words, several words, and words that no picture has. */
const typedTexts = [
  'lighthouse',
  'ighthouse',
  'portrait',
  'rtrait',
  'old postcard',
  'red fox at dawn',
  'the manner of w123',
  'ostcar oon',
  'er in on ra st',
  'offline sketch',
  'black-and-white fox',
  '"in the manner" w12',
  'zeppelin',
  'w77',
  '富士山の夕焼け',
];

const otherSorts = ['newest', 'largest', 'smallest', 'model'] as const;

/** Measures and prints the figures. */
export function reportSearch(): SearchFigures {
  const folder = mkdtempSync(path.join(tmpdir(), 'afterimage-bench-'));
  const file = path.join(folder, 'afterimage.db');
  const binding = nativeBinding(process.cwd());
  const store = openStore({ file, nativeBinding: binding });
  const plain = new SqliteDatabase(file, binding === undefined ? {} : { nativeBinding: binding });
  try {
    fill(store);
    // Merges the index, as the app does after pictures were added.
    while (store.batch(() => store.searchIndex.merge()));
    const figures = measure(store, plain);
    const show = ({ p50, p95 }: Summary) => `${p50.toFixed(2)} / ${p95.toFixed(2)}`;
    console.log(`\nThe first page of a search in ${pictures} pictures; ms as p50 / p95\n`);
    console.table({
      'Full-text index': { figure: show(figures.indexed) },
      'Best matches, letter by letter': { figure: show(figures.typed) },
      'LIKE scan': { figure: show(figures.like) },
      'Counting all results': { figure: show(figures.counted) },
      'Filters without words': { figure: show(figures.filters) },
      'Words, sorted by date, size or model': { figure: show(figures.sorted) },
      'The first page of every order': { figure: show(figures.firstPage) },
      'The last of its 500 pages': { figure: show(figures.lastPage) },
    });
    console.log(`Index against scan, p95: ${figures.ratio.toFixed(3)} (aim: at most 0.1)`);
    console.log(
      `The index: ${(figures.indexBytes / 1e6).toFixed(1)} MB, ${figures.indexRatio.toFixed(2)} x the texts`,
    );
    const deep = figures.lastPage.p50 / figures.firstPage.p50;
    console.log(`The last page against the first, p50: ${deep.toFixed(2)} x (aim: at most 1.5)`);
    return figures;
  } finally {
    plain.close();
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Measures the queries, alternating between the methods. */
function measure(store: Store, plain: SqliteDatabase.Database): SearchFigures {
  const scan = plain.prepare(
    `SELECT * FROM user_images WHERE deleted_at IS NULL AND prompt LIKE ? ORDER BY created_at DESC, id DESC LIMIT ?`,
  );
  const times: Record<
    'indexed' | 'typed' | 'like' | 'counted' | 'filters' | 'sorted' | 'firstPage' | 'lastPage',
    number[]
  > = {
    indexed: [],
    typed: [],
    like: [],
    counted: [],
    filters: [],
    sorted: [],
    firstPage: [],
    lastPage: [],
  };
  const lastPages = gallerySorts.map((sort) => beforeLastPage(store, sort));
  for (let round = 0; round < rounds; round += 1) {
    for (const text of texts) {
      const query: GalleryQuery = { ...everyPicture, text, sort: 'relevance' };
      times.indexed.push(timed(() => store.galleryOrder.chunk(query, null, perPage)));
      times.like.push(
        timed(() => scan.all(`%${text.replaceAll('"', '').replaceAll(' ', '%')}%`, perPage + 1)),
      );
      times.counted.push(timed(() => store.galleryFacets.count(query)));
      for (const sort of otherSorts)
        times.sorted.push(timed(() => store.galleryOrder.chunk({ ...query, sort }, null, perPage)));
    }
    for (const text of typedTexts) {
      for (let end = 1; end <= text.length; end += 1) {
        const query: GalleryQuery = { ...everyPicture, text: text.slice(0, end), sort: 'relevance' };
        times.typed.push(timed(() => store.galleryOrder.chunk(query, null, firstChunk)));
      }
    }
    for (const { query, cursor } of lastPages) {
      times.firstPage.push(timed(() => store.galleryOrder.chunk(query, null, perPage)));
      times.lastPage.push(timed(() => store.galleryOrder.chunk(query, cursor, perPage)));
    }
    for (const filter of filters) {
      const query = { ...everyPicture, ...filter };
      times.filters.push(timed(() => store.galleryOrder.chunk(query, null, perPage)));
    }
  }
  const sizeOf = (sql: string) => plain.prepare<[], number>(sql).pluck().get() ?? 0;
  const indexBytes = sizeOf(
    `SELECT sum(pgsize) FROM dbstat WHERE name GLOB 'picture_words*' OR name GLOB 'picture_parts*'`,
  );
  const textBytes = sizeOf('SELECT sum(octet_length(prompt || model || provider)) FROM user_images');
  const indexed = summarise('', times.indexed);
  const like = summarise('', times.like);
  return {
    indexed,
    typed: summarise('', times.typed),
    indexBytes,
    indexRatio: indexBytes / textBytes,
    like,
    counted: summarise('', times.counted),
    ratio: indexed.p95 / like.p95,
    filters: summarise('', times.filters),
    sorted: summarise('', times.sorted),
    firstPage: summarise('', times.firstPage),
    lastPage: summarise('', times.lastPage),
  };
}

/** @returns the query for an order, and the cursor before its last page. */
function beforeLastPage(store: Store, sort: GalleryQuery['sort']) {
  const query = { ...everyPicture, sort };
  let cursor: GalleryCursor | null = null;
  for (let left = pictures - perPage; left > 0; left -= 10_000) {
    cursor = store.galleryOrder.chunk(query, cursor, Math.min(left, 10_000)).next;
  }
  return { query, cursor };
}

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

const words =
  'red fox at dawn in the manner of an old postcard whale under moon lighthouse storm oil portrait river city night';

/** Inserts prompts of a dozen words, some of which are common and others rare. */
function fill(store: Store): void {
  const common = words.split(' ');
  let seed = 1;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  const word = () => common[Math.floor(random() ** 2 * common.length)] ?? '';
  for (let from = 0; from < pictures; from += 1000) {
    store.batch(() => {
      for (let index = from; index < from + 1000; index += 1) {
        const id = newId();
        const rare = `w${Math.floor(random() * 5000)}`;
        const prompt = `a ${Array.from({ length: 10 }, word).join(' ')} in the manner of ${rare}`;
        const isGoogle = random() < 0.1;
        store.userImages.insert({
          id,
          messageId: id,
          file: `images/${id.slice(-2)}/${id}.png`,
          width: [1024, 1536, 1026][index % 3] ?? 0,
          height: [1024, 1024, 1368][index % 3] ?? 0,
          bytes: 1_760_000,
          thumbhash: 'm5uGDwIFh4iHd3h4d4eHdwAAAAAAAAAA',
          prompt: index % 50 === 0 ? `${prompt} 富士山の夕焼け` : prompt,
          provider: isGoogle ? 'google' : 'painter',
          model: isGoogle ? 'gemini-nano-banana-2.1' : 'painter-1',
          params: '{"aspectRatio":"1:1","seed":1}',
          createdAt: 1_600_000_000_000 + index * 1_000_000,
        });
        if (index % 5000 === 0) store.userImages.setFavourite(id, true);
      }
    });
  }
}
