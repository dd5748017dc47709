// A selectable row of the list of models.

import { Check, ChevronDown, MonitorDown, Plus } from 'lucide-react';
import { t } from '../../../../shared/languages/translate';
import type { ModelEntry } from '../../../state/models/model-entries';
import { keyLackText } from '../../../state/settings/service-keys';
import styles from './ModelList.module.css';
import { type ChoosableRow, describeRow } from './model-rows';
import { lifecycleText, priceText, sizeText, timeText } from './model-text';

type Props = {
  id: string;
  row: ChoosableRow;
  /** From 1. */
  position: number;
  count: number;
  isActive: boolean;
  isCurrent: boolean;
  /** Whether the row names its service, because no heading does. */
  showsService: boolean;
  onPoint: (row: ChoosableRow) => void;
  onChoose: (row: ChoosableRow) => void;
  /** Undefined if the row has no checkbox. */
  onToggle: ((entry: ModelEntry) => void) | undefined;
  /** Whether several models are ticked. */
  isSeveral: boolean;
};

export function ModelOption(props: Props) {
  const { id, row, position, count, isActive, isCurrent, showsService, onPoint, onChoose, onToggle } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the focus and handles the keys.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      className={styles['option']}
      data-kind={row.kind}
      data-active={isActive || undefined}
      aria-selected={isCurrent}
      aria-setsize={count}
      aria-posinset={position}
      aria-label={nameOf(row)}
      aria-description={descriptionOf(row)}
      onPointerMove={() => onPoint(row)}
      // The focus stays in the combobox.
      onPointerDown={(event) => event.preventDefault()}
      onClick={({ target, ctrlKey, metaKey }) => {
        const isTick = target instanceof Element && target.closest('[data-tick]') !== null;
        if (row.kind === 'model' && onToggle && (isTick || ctrlKey || metaKey)) onToggle(row.entry);
        else onChoose(row);
      }}
    >
      {row.kind === 'model' && (
        <ModelParts
          entry={row.entry}
          isCurrent={isCurrent}
          isSeveral={props.isSeveral}
          isTickable={onToggle !== undefined}
          showsService={showsService}
        />
      )}
      {row.kind === 'more' && (
        <>
          <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
          <span className={styles['label']}>{t('models.more', { count: row.count })}</span>
        </>
      )}
      {row.kind === 'this-computer' && (
        <>
          <MonitorDown size={16} strokeWidth={1.75} aria-hidden />
          <span className={styles['label']}>{t('models.use_this_computer')}</span>
          <span className={styles['time']}>{row.facts}</span>
        </>
      )}
      {row.kind === 'connect' && (
        <>
          <Plus size={16} strokeWidth={1.75} aria-hidden />
          <span className={styles['label']}>{t('models.connect_row')}</span>
        </>
      )}
    </div>
  );
}

function nameOf(row: ChoosableRow): string {
  if (row.kind === 'connect') return t('models.connect_row');
  if (row.kind === 'this-computer') return t('models.use_this_computer');
  if (row.kind === 'more') return t('models.more_of', { count: row.count, service: row.serviceName });
  return t('models.name_and_more', { name: row.entry.label, more: row.entry.serviceName });
}

function descriptionOf(row: ChoosableRow): string | undefined {
  if (row.kind === 'this-computer') return row.facts;
  return row.kind === 'connect' ? undefined : describeRow(row);
}

type PartsProps = Pick<Props, 'isCurrent' | 'isSeveral' | 'showsService'> & {
  entry: ModelEntry;
  isTickable: boolean;
};

function ModelParts({ entry, isCurrent, isSeveral, showsService, isTickable }: PartsProps) {
  const life = lifecycleText(entry);
  return (
    <>
      <span className={styles['check']}>
        {isCurrent && !isSeveral && <Check size={16} strokeWidth={1.75} aria-hidden />}
      </span>
      <span className={styles['label']} title={entry.model}>
        {entry.label}
        {showsService && <small>{entry.serviceName}</small>}
      </span>
      {life !== '' && (
        <span className={styles['life']} data-state={entry.life.state}>
          {life}
        </span>
      )}
      {entry.bytes !== null && <span className={styles['time']}>{sizeText(entry)}</span>}
      <span className={styles['time']}>{timeOrKey(entry, showsService)}</span>
      <span className={styles['price']}>{priceText(entry)}</span>
      {/* Hidden from screen readers, because the option itself is marked as selected. */}
      {isTickable && (
        <span
          className={styles['tick']}
          data-tick
          data-ticked={isCurrent || undefined}
          data-several={isSeveral || undefined}
          title={t('models.ask_too')}
          aria-hidden
        >
          {isCurrent && <Check size={12} strokeWidth={2.5} aria-hidden />}
        </span>
      )}
    </>
  );
}

/** Returns the usual time, or the problem of the key if no heading shows it. */
function timeOrKey(entry: ModelEntry, hasNoHeading: boolean): string {
  if (entry.keyLack === null) return timeText(entry);
  return hasNoHeading ? keyLackText(entry.keyLack) : '';
}
