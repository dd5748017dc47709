// The list of installed engines and models: their kind, size and last use, and a button that removes them.
import { useState } from 'react';
import type { InstalledItem } from '../../../shared/domain/engine';
import type { EngineItemId } from '../../../shared/domain/engine-catalogue';
import { t } from '../../../shared/languages/translate';
import { itemLabel } from '../../state/engine/catalogue-text';
import { useEngine } from '../../state/engine/engine-store';
import { repairOf } from '../../state/engine/this-computer';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { formatBytes, formatDay } from '../../ui/format';
import styles from './InstalledItems.module.css';

type Props = {
  items: readonly InstalledItem[];
  /** The state of the engine's server in words; null if it is not shown. */
  server: string | null;
};

export function InstalledItems({ items, server }: Props) {
  const { status, remove, download } = useEngine();
  const [removing, setRemoving] = useState<InstalledItem | null>(null);
  if (items.length === 0) return null;
  // Engines come first, because models need one.
  const sorted = items.toSorted((a, b) => Number(a.kind === 'model') - Number(b.kind === 'model'));
  return (
    <>
      <ul className={styles['list']} aria-label={t('engine.items')}>
        {sorted.map((item) => (
          <li key={item.id} className={styles['row']} data-item={item.id}>
            <span className={styles['words']}>
              <span className={styles['name']}>
                {itemLabel(item)}
                {item.version !== null && <small>{item.version}</small>}
              </span>
              {item.isDamaged ? (
                <small className={styles['problem']}>{t('engine.damaged')}</small>
              ) : (
                <small>{describe(item, server)}</small>
              )}
            </span>
            <span className={styles['bytes']}>{formatBytes(item.bytes)}</span>
            <Repair
              label={itemLabel(item)}
              model={status && repairOf(item, status)}
              onRepair={(model) => void download(model)}
            />
            <Button
              aria-label={t('engine.remove_item', { label: itemLabel(item) })}
              onClick={() => setRemoving(item)}
            >
              {t('engine.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {removing && (
        <Confirm
          title={t('engine.remove_title', { label: itemLabel(removing) })}
          action={t('engine.remove')}
          onConfirm={() => void remove(removing.id)}
          onClose={() => setRemoving(null)}
        >
          {explain(removing)}
        </Confirm>
      )}
    </>
  );
}

type RepairProps = {
  label: string;
  /** The model whose download repairs the item; null if there is none. */
  model: EngineItemId | null;
  onRepair: (model: EngineItemId) => void;
};

function Repair({ label, model, onRepair }: RepairProps) {
  if (model === null) return null;
  return (
    <Button aria-label={t('engine.repair_item', { label })} onClick={() => onRepair(model)}>
      {t('engine.repair')}
    </Button>
  );
}

function describe({ kind, lastUsedAt, isOwn }: InstalledItem, server: string | null): string {
  const used =
    lastUsedAt === null ? t('engine.not_used') : t('engine.last_used', { day: formatDay(lastUsedAt) });
  const what = t(
    kind === 'engine' ? 'engine.kind_engine' : isOwn ? 'engine.kind_own_model' : 'engine.kind_model',
  );
  const now = kind === 'engine' ? server : null;
  return [what, used, now].filter(Boolean).join(' · ');
}

function explain({ kind, bytes, isOwn }: InstalledItem): string {
  const size = formatBytes(bytes);
  if (kind === 'engine') return t('engine.remove_engine_text', { size });
  return isOwn ? t('engine.remove_own_model_text') : t('engine.remove_model_text', { size });
}
