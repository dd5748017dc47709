// The rows of the list of models. Of a long list, only the rows around the visible ones are in the page.

import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../../../shared/languages/translate';
import type { ModelEntry } from '../../../state/models/model-entries';
import { useMinHeight } from './list-height';
import styles from './ModelList.module.css';
import { ModelOption } from './ModelOption';
import { type ChoosableRow, isChoosable, type ModelRow, rowHeights, rowsInPage, topsOf } from './model-rows';

type Props = {
  id: string;
  rows: readonly ModelRow[];
  active: number;
  /** Whether the pointer activated the row. Otherwise it is scrolled into view. */
  isPointed: boolean;
  /** Whether lists are being read whose contents are unknown. */
  isUnknown: boolean;
  /** Whether all lists were read, so that the next opening will start with the same rows. */
  isSettled: boolean;
  isSearching: boolean;
  isCurrent: (row: ModelRow) => boolean;
  onPoint: (row: ChoosableRow) => void;
  onChoose: (row: ChoosableRow) => void;
  onToggle: ((entry: ModelEntry) => void) | undefined;
  /** Whether several models are ticked. */
  isSeveral: boolean;
};

/** Room for the heading above the active row, and for the last row below it, in CSS pixels. */
const aboveActivePx = 40;
const belowActivePx = 52;
/** Height of the last row, with the line above it and its margins. */
const lastRowPx = rowHeights.connect + 9;

/** Returns the heights of the notes, by their keys. A sentence of a service may need several lines. */
function useNoteHeights(list: { readonly current: HTMLDivElement | null }): ReadonlyMap<string, number> {
  const [heights, setHeights] = useState<ReadonlyMap<string, number>>(new Map());
  useLayoutEffect(() => {
    const notes = [...(list.current?.querySelectorAll<HTMLElement>('[data-note]') ?? [])];
    const measured = notes.map((note) => [note.dataset['note'] ?? '', note.offsetHeight] as const);
    if (measured.some(([key, height]) => heights.get(key) !== height)) {
      setHeights(new Map([...heights, ...measured]));
    }
  });
  return heights;
}

export function ModelRows(props: Props) {
  const { id, rows, active, isPointed, isUnknown, isSettled, isSearching } = props;
  const { isCurrent, onPoint, onChoose, onToggle, isSeveral } = props;
  const list = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 480 });
  // The last row, which opens the sheet, is always rendered.
  const noteHeights = useNoteHeights(list);
  const tops = useMemo(() => topsOf(rows.slice(0, -1), noteHeights), [rows, noteHeights]);
  const { first, end } = rowsInPage(tops, view);
  const minHeight = useMinHeight(list, {
    ...{ isUnknown, isSettled, isSearching },
    needed: (tops.at(-1) ?? 0) + lastRowPx,
  });
  const count = rows.filter(isChoosable).length;
  const before = rows.slice(0, first).filter(isChoosable).length;
  const top = tops[active] ?? 0;
  const bottom = tops[active + 1];

  const activeKey = rows[active]?.key;
  const shown = useRef({ key: activeKey, top });

  // Keeps the active row in place when rows are added above it. Scrolls to a row that a key activated, with its heading.
  useLayoutEffect(() => {
    const element = list.current;
    const before = shown.current;
    shown.current = { key: activeKey, top };
    if (!element || bottom === undefined) return;
    if (isPointed) {
      if (before.key === activeKey && before.top !== top) element.scrollTop += top - before.top;
      return;
    }
    const { scrollTop, clientHeight } = element;
    if (top - aboveActivePx < scrollTop) element.scrollTop = Math.max(0, top - aboveActivePx);
    else if (bottom + belowActivePx > scrollTop + clientHeight) {
      element.scrollTop = bottom + belowActivePx - clientHeight;
    }
  }, [activeKey, isPointed, top, bottom]);

  const option = (row: ChoosableRow, index: number, position: number) => (
    <ModelOption
      key={row.key}
      id={`${id}-${index}`}
      row={row}
      position={position}
      count={count}
      isActive={index === active}
      isCurrent={isCurrent(row)}
      showsService={row.key.startsWith('recent ')}
      onPoint={onPoint}
      onChoose={onChoose}
      onToggle={onToggle}
      isSeveral={isSeveral}
    />
  );
  const last = rows.at(-1);
  let position = before;
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={t('models.list')}
      aria-multiselectable
      tabIndex={-1}
      className={styles['list']}
      style={{ minHeight }}
      onScroll={({ currentTarget: { scrollTop, clientHeight } }) =>
        setView({ top: scrollTop, height: clientHeight })
      }
    >
      <div style={{ height: tops[first] }} aria-hidden />
      {rows.slice(first, end).map((row, offset) => {
        const index = first + offset;
        if (!isChoosable(row)) return <Plain key={row.key} row={row} />;
        position += 1;
        return option(row, index, position);
      })}
      <div style={{ height: (tops.at(-1) ?? 0) - (tops[end] ?? 0) }} aria-hidden />
      {last && isChoosable(last) && (
        <div className={styles['end']} role="presentation">
          {option(last, rows.length - 1, count)}
        </div>
      )}
    </div>
  );
}

/** Headings and notes are hidden from screen readers, because options name their service themselves. */
function Plain({ row }: { row: Extract<ModelRow, { kind: 'heading' | 'note' }> }) {
  if (row.kind === 'note') {
    return (
      <p className={styles['problem']} role="presentation" data-note={row.key}>
        {row.text}
      </p>
    );
  }
  return (
    <div className={styles['heading']} role="presentation">
      <span>{row.text}</span>
      {row.note !== '' && <small>{row.note}</small>}
    </div>
  );
}
