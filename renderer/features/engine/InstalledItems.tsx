// The engines and models on the disk: what each is, how large, when it was used last, and a button that removes it.
import { useState } from 'react';
import type { InstalledItem } from '../../../shared/domain/engine';
import { useEngine } from '../../state/engine/engine-store';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { formatBytes, formatDay } from '../../ui/format';
import styles from './InstalledItems.module.css';

type Props = {
  items: readonly InstalledItem[];
  /** What the engine's server does now; null where that is not shown. */
  server: string | null;
  /** Called after something was removed. */
  onRemoved?: () => void;
};

export function InstalledItems({ items, server, onRemoved }: Props) {
  const remove = useEngine((state) => state.remove);
  const [removing, setRemoving] = useState<InstalledItem | null>(null);
  if (items.length === 0) return null;
  // Engines first: the models need one.
  const sorted = items.toSorted((a, b) => Number(a.kind === 'model') - Number(b.kind === 'model'));
  return (
    <>
      <ul className={styles['list']} aria-label="Engines and models">
        {sorted.map((item) => (
          <li key={item.id} className={styles['row']} data-item={item.id}>
            <span className={styles['words']}>
              <span className={styles['name']}>
                {item.label} {item.version !== null && <small>{item.version}</small>}
              </span>
              <small>{describe(item, server)}</small>
            </span>
            <span className={styles['bytes']}>{formatBytes(item.bytes)}</span>
            <Button aria-label={`Remove ${item.label}`} onClick={() => setRemoving(item)}>
              Remove
            </Button>
          </li>
        ))}
      </ul>
      {removing && (
        <Confirm
          title={`Remove ${removing.label}?`}
          action="Remove"
          onConfirm={() => {
            void remove(removing.id).then(onRemoved);
          }}
          onClose={() => setRemoving(null)}
        >
          {explain(removing)}
        </Confirm>
      )}
    </>
  );
}

function describe({ kind, lastUsedAt, isOwn }: InstalledItem, server: string | null): string {
  const used = lastUsedAt === null ? 'Not used yet' : `Last used ${formatDay(lastUsedAt)}`;
  const what = kind === 'engine' ? 'Engine' : isOwn ? 'Your own model' : 'Model';
  const now = kind === 'engine' ? server : null;
  return [what, used, now].filter(Boolean).join(' · ');
}

function explain({ kind, bytes, isOwn }: InstalledItem): string {
  const size = formatBytes(bytes);
  if (kind === 'engine') {
    return `This frees ${size}. Models stay, and need an engine to make pictures. You can download it again.`;
  }
  return isOwn
    ? `It is removed from the list. What Afterimage downloaded of it is deleted; a file that you chose stays where it is. Your pictures stay.`
    : `This frees ${size}. Your pictures stay. You can download it again.`;
}
