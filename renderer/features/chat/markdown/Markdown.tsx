// Renders an answer's Markdown, without raw HTML and without remote pictures.
import { memo, useId, useMemo, useState } from 'react';
import { Footnotes } from './Footnotes';
import styles from './Markdown.module.css';
import { createMarkdownParser } from './markdown-document';
import type { Unit } from './markdown-units';
import { ReferencesContext } from './references-context';
import { BlockNode, ListItemNode } from './render-nodes';

type Props = { text: string; isArriving: boolean };

export function Markdown({ text, isArriving }: Props) {
  const idPrefix = useId();
  const [parse] = useState(createMarkdownParser);
  const { units, definitions, footnotes } = useMemo(() => parse(text, isArriving), [parse, text, isArriving]);
  const references = useMemo(
    () => ({ idPrefix, definitions, footnotes }),
    [idPrefix, definitions, footnotes],
  );
  return (
    <ReferencesContext value={references}>
      <div className={styles['markdown']} dir="auto">
        {groupItems(units).map((group) => {
          // The position of the first unit identifies a group, because text only grows at its end.
          const [first] = group.units;
          return group.marker === null ? (
            <BlockUnit key={group.index} unit={first} />
          ) : (
            <ListOf key={group.index} items={group.units} marker={group.marker} />
          );
        })}
        <Footnotes footnotes={footnotes} />
      </div>
    </ReferencesContext>
  );
}

type Group = { index: number; marker: string | null; units: [Unit, ...Unit[]] };

/** Groups consecutive list items with the same marker into one list. */
function groupItems(units: readonly Unit[]): Group[] {
  const groups: Group[] = [];
  for (const [index, unit] of units.entries()) {
    const marker = unit.node?.type === 'listItem' ? markerOf(unit) : null;
    const last = groups.at(-1);
    if (marker !== null && last?.marker === marker) last.units.push(unit);
    else groups.push({ index, marker, units: [unit] });
  }
  return groups;
}

/** Returns the character that all items of a list share: a bullet, or the one after the number. */
const markerOf = ({ source }: Unit) => /^\s*\d*([-+*.)])/.exec(source)?.[1] ?? '-';

const BlockUnit = memo(function BlockUnit({ unit: { node, source } }: { unit: Unit }) {
  if (node === null) return <p className={styles['plain']}>{source}</p>;
  return node.type === 'listItem' ? null : <BlockNode node={node} />;
});

function ListOf({ items, marker }: { items: [Unit, ...Unit[]]; marker: string }) {
  const isLoose = items.some(
    ({ node, isApart }, index) =>
      (index > 0 && isApart) || (node?.type === 'listItem' && node.spread === true),
  );
  const children = items.map((unit, index) => <ItemUnit key={index} unit={unit} isLoose={isLoose} />);
  if (marker !== '.' && marker !== ')') return <ul>{children}</ul>;
  return <ol start={Number.parseInt(items[0].source, 10)}>{children}</ol>;
}

const ItemUnit = memo(function ItemUnit({ unit: { node }, isLoose }: { unit: Unit; isLoose: boolean }) {
  return node?.type === 'listItem' ? <ListItemNode node={node} isLoose={isLoose} /> : null;
});
