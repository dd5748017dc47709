// The rows of the list of models, their heights, and the selection of rows to render.
import { t } from '../../../../shared/languages/translate';
import { joinFacts } from '../../../picture/join-facts';
import type { ModelEntry, ModelList } from '../../../state/models/model-entries';
import { keyLackText } from '../../../state/settings/service-keys';
import { describeModel } from './model-text';

/** Why the list of the row's service could not be read. Screen readers read it here, because they skip the note above. */
type Problem = { problem?: string };

export type ModelRow =
  | { kind: 'heading'; key: string; text: string; note: string }
  | ({ kind: 'model'; key: string; entry: ModelEntry } & Problem)
  | ({ kind: 'more'; key: string; serviceId: string; serviceName: string } & Problem & {
        count: number;
        firstKey: string;
      })
  | { kind: 'note'; key: string; text: string }
  /** Opens the download of a model that runs on this computer. */
  | { kind: 'this-computer'; key: string; facts: string }
  | { kind: 'connect'; key: string };

/** Rows that can be chosen. */
export type ChoosableRow = Extract<ModelRow, { kind: 'model' | 'more' | 'this-computer' | 'connect' }>;

type Texts = {
  /** The services whose additional models are shown. */
  expanded: ReadonlySet<string>;
  /** Why the list of a service could not be read. */
  problems: Readonly<Record<string, string>>;
  /** The facts about "Use this computer"; null if it is not offered. */
  thisComputer: string | null;
  /** Whether the user is searching. Otherwise, services without a key are only reached through the last row. */
  isSearching: boolean;
  /** Returns whether a model is chosen. It is listed even without its key, so that the list shows the choice. */
  isInUse: (entry: ModelEntry) => boolean;
};

/** Returns the rows of the list: headings, notes, models, and the last row, which opens the sheet. */
export function rowsOf(
  { recent, groups }: ModelList,
  { expanded, problems, thisComputer, isSearching, isInUse }: Texts,
): ModelRow[] {
  const rows: ModelRow[] = [];
  const problemOf = (serviceId: string): Problem => {
    const problem = problems[serviceId];
    return problem === undefined ? {} : { problem };
  };
  const add = (section: string, entries: readonly ModelEntry[]) => {
    for (const entry of entries) {
      const key = keyOf(section, entry);
      rows.push({ kind: 'model', key, entry, ...problemOf(entry.serviceId) });
    }
  };
  if (recent.length > 0) rows.push({ kind: 'heading', key: 'recent', text: t('models.recent'), note: '' });
  add('recent', recent);
  for (const { service, ...all } of groups) {
    const { id, name } = service;
    // All models of a service share its key.
    const keyLack = [...all.entries, ...all.more][0]?.keyLack ?? null;
    const isOnlyInUse = keyLack === 'missing' && !isSearching;
    const entries = isOnlyInUse ? [...all.entries, ...all.more].filter(isInUse) : all.entries;
    const more = isOnlyInUse ? [] : all.more;
    const { problem } = problemOf(id);
    if (entries.length === 0 && more.length === 0 && problem === undefined) continue;
    rows.push({
      kind: 'heading',
      key: `heading ${id}`,
      text: name,
      note: keyLack === null ? '' : keyLackText(keyLack),
    });
    if (problem !== undefined) rows.push({ kind: 'note', key: `note ${id}`, text: problem });
    add('group', entries);
    const [first] = more;
    if (expanded.has(id)) add('group', more);
    else if (first) {
      const names = { serviceId: id, serviceName: name };
      rows.push({
        kind: 'more',
        key: `more ${id}`,
        ...{ ...names, ...problemOf(id) },
        count: more.length,
        firstKey: keyOf('group', first),
      });
    }
  }
  if (thisComputer !== null) {
    rows.push({ kind: 'heading', key: 'heading this computer', text: t('models.this_computer'), note: '' });
    rows.push({ kind: 'this-computer', key: 'this computer', facts: thisComputer });
  }
  if (rows.length === 0) rows.push({ kind: 'note', key: 'nothing', text: t('models.none_found') });
  rows.push({ kind: 'connect', key: 'connect' });
  return rows;
}

function keyOf(section: string, { serviceId, model }: ModelEntry): string {
  return `${section} ${serviceId} ${model}`;
}

/** Returns a row's description for screen readers: everything that it shows besides its name, and its problem. */
export function describeRow(row: Extract<ModelRow, { kind: 'model' | 'more' }>): string {
  const facts = row.kind === 'model' ? describeModel(row.entry) : '';
  return joinFacts([facts, row.problem ?? ''].filter((part) => part !== ''));
}

export function isChoosable(row: ModelRow): row is ChoosableRow {
  return row.kind !== 'heading' && row.kind !== 'note';
}

/** Heights in CSS pixels, as in ModelList.module.css. That of a note is a minimum, because it may have several lines. */
export const rowHeights = {
  heading: 32,
  model: 36,
  more: 36,
  note: 28,
  'this-computer': 36,
  connect: 36,
} as const;

/** Maximum number of rows that are all rendered. */
const maxWithoutWindow = 200;
/** Distance above and below the visible part within which rows are rendered (CSS pixels). */
const overscanPx = 720;

/**
 * Returns the distance of each row from the top, and of the end after the last, in CSS pixels.
 *
 * @param measured the measured heights of notes, by their keys.
 */
export function topsOf(
  rows: readonly ModelRow[],
  measured: ReadonlyMap<string, number> = new Map(),
): number[] {
  const tops = [0];
  for (const { kind, key } of rows) tops.push((tops.at(-1) ?? 0) + (measured.get(key) ?? rowHeights[kind]));
  return tops;
}

/**
 * Returns the rows to render: the visible ones and some around them.
 *
 * @param tops from `topsOf`.
 * @param view the scroll position of the list, in CSS pixels.
 */
export function rowsInPage(
  tops: readonly number[],
  view: { top: number; height: number },
): { first: number; end: number } {
  const count = tops.length - 1;
  if (count <= maxWithoutWindow) return { first: 0, end: count };
  const from = view.top - overscanPx;
  const to = view.top + view.height + overscanPx;
  const after = tops.findIndex((top) => top > from);
  const beyond = tops.findIndex((top) => top >= to);
  return {
    first: after < 0 ? count : Math.max(0, after - 1),
    end: beyond < 0 ? count : Math.min(count, beyond),
  };
}
