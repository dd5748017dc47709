// The list of models: a search field over the models of every service, in groups.

import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useState } from 'react';
import { type ChosenModel, isSameModel } from '../../../../shared/domain/chosen-model';
import { maxModels } from '../../../../shared/domain/conversations';
import { serviceOf } from '../../../../shared/domain/service-directory';
import { currentLocale, t } from '../../../../shared/languages/translate';
import { isAmong, useChosenModels } from '../../../state/composer/chosen-models';
import { offerFacts } from '../../../state/engine/engine-text';
import { useEngineModels, useThisComputer } from '../../../state/engine/this-computer';
import { isConnected, useConnectionFacts } from '../../../state/models/connected-services';
import { listModels, type ModelEntry, searchModels } from '../../../state/models/model-entries';
import { useModelLists } from '../../../state/models/model-lists-store';
import { useModelUses } from '../../../state/models/model-uses-store';
import { useProviders } from '../../../state/settings/providers-store';
import { keyLackOf } from '../../../state/settings/service-keys';
import { useServices } from '../../../state/settings/services-store';
import { optionAfterKey } from '../../../ui/active-option';
import { Keys } from '../../../ui/Keys';
import { focusWhenShown } from '../../../ui/Popover';
import { SearchCombobox } from '../../../ui/SearchCombobox';
import styles from './ModelList.module.css';
import { ModelRows } from './ModelRows';
import { type ChoosableRow, isChoosable, type ModelRow, rowsOf } from './model-rows';

type Props = {
  /** Called to make a model the only chosen one. */
  onChoose: (entry: ModelEntry) => void;
  /** Called to add a model to those that are asked at once, or to remove it. Absent if only one can be chosen. */
  onToggle?: (entry: ModelEntry) => void;
  /** The model to replace. Enter then chooses the first other model that can be used. */
  otherThan?: ChosenModel | undefined;
  onConnect: () => void;
  onUseThisComputer: () => void;
};

export function ModelList({ onChoose, onToggle, otherThan, onConnect, onUseThisComputer }: Props) {
  const [query, setQuery] = useState('');
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const models = useChosenModels();
  const loading = useModelLists((state) => state.loading);
  const isRead = useLists();
  const rows = useRows(query, expanded, models);
  const listId = useId();
  const isCurrent = (row: ModelRow) => row.kind === 'model' && isAmong(models, row.entry);
  const isFirst = otherThan ? firstOther(rows, otherThan) : isCurrent;
  const { active, isPointed, setActive, point, move } = useActiveRow(rows, query, isFirst);
  const [isUnknown] = useState(() => useModelLists.getState().isUnknown());

  const choose = (row: ChoosableRow): void => {
    if (row.kind === 'connect') onConnect();
    else if (row.kind === 'this-computer') onUseThisComputer();
    else if (row.kind === 'model') onChoose(row.entry);
    else {
      setExpanded(new Set([...expanded, row.serviceId]));
      setActive(row.firstKey);
    }
  };

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const handled = move(event.key) || event.key === 'Enter';
    if (!handled) return;
    // Enter would send the message.
    event.preventDefault();
    const row = rows[active];
    if (event.key !== 'Enter' || event.repeat || !row || !isChoosable(row)) return;
    if ((event.ctrlKey || event.metaKey) && row.kind === 'model' && onToggle) {
      point(row.key);
      onToggle(row.entry);
    } else choose(row);
  }

  return (
    <div className={styles['panel']}>
      <SearchCombobox
        // The user has just asked for this list.
        ref={focusWhenShown}
        className={styles['search']}
        label={t('models.search')}
        listId={listId}
        activeId={`${listId}-${active}`}
        value={query}
        onChange={setQuery}
        onKeyDown={onKeyDown}
      />
      <div className={styles['progress']} data-active={loading.size > 0 || undefined} role="status">
        {loading.size > 0 && <span className="visually-hidden">{t('models.reading_lists')}</span>}
      </div>
      <ModelRows
        id={listId}
        rows={rows}
        active={active}
        isPointed={isPointed}
        isUnknown={isUnknown}
        isSettled={isRead && expanded.size === 0}
        isSearching={query.trim() !== ''}
        isCurrent={isCurrent}
        onPoint={(row) => point(row.key)}
        onChoose={choose}
        onToggle={onToggle}
        isSeveral={onToggle !== undefined && models.length > 1}
      />
      {onToggle && <ModelListFoot count={models.length} />}
    </div>
  );
}

/** Explains how to ask several models at once, with the pointer and with the keyboard. */
function ModelListFoot({ count }: { count: number }) {
  return (
    <p className={styles['foot']}>
      {/* Both texts reserve their space, so that the list does not move when they switch. */}
      <span className={styles['says']}>
        <span data-unsaid={count > 1 || undefined}>{t('models.ask_several')}</span>
        <span data-unsaid={count <= 1 || undefined}>
          {t('models.asked_at_once', { count: Math.max(2, count), max: maxModels })}
        </span>
      </span>
      <Keys shortcut="Mod+Enter" />
    </p>
  );
}

/**
 * Requests the model lists of all services. This happens only here, when the user opens the list.
 *
 * @returns whether all of them were read.
 */
function useLists(): boolean {
  const load = useModelLists((state) => state.load);
  const [isRead, setRead] = useState(() => useModelLists.getState().isComplete());
  useEffect(() => {
    let isGone = false;
    void load().then(() => {
      if (!isGone) setRead(true);
    });
    return () => {
      isGone = true;
    };
  }, [load]);
  return isRead;
}

function useRows(query: string, expanded: ReadonlySet<string>, inUse: readonly ChosenModel[]): ModelRow[] {
  const services = useServices((state) => state.services);
  const { keys, offered } = useProviders();
  const problems = useModelLists((state) => state.problems);
  const uses = useModelUses((state) => state.uses);
  const facts = useConnectionFacts();
  const engineModels = useEngineModels();
  const { isOffered, offer } = useThisComputer();

  // Choices while the list is open do not move its rows. Only a new text builds a new list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: keeps the value from when the list was opened or the text was typed.
  const atFirst = useMemo(
    () => ({ inUse, modelOf: new Map(services.map(({ id, pictureModel }) => [id, pictureModel])) }),
    [query],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows depend on the keys, which `keyLackOf` reads.
  const all = useMemo(
    () =>
      listModels({
        services: services.map((service) => ({
          ...service,
          pictureModel:
            atFirst.modelOf.get(service.id) ??
            (atFirst.modelOf.has(service.id) ? null : service.pictureModel),
        })),
        ...{ keyLackOf, offered, uses, engineModels, inUse: atFirst.inUse },
        isConnected: (service) => isConnected(service, facts),
      }),
    [services, offered, uses, keys, engineModels, atFirst, facts],
  );
  return useMemo(() => {
    const isSearching = query.trim() !== '';
    const isWanted = engineModels.length === 0 && isOffered && matchesThisComputer(query);
    return rowsOf(isSearching ? searchModels(all, query) : all, {
      expanded,
      isSearching,
      isInUse: (entry) => isAmong(atFirst.inUse, entry),
      problems: isSearching ? {} : problems,
      thisComputer: isWanted ? (offer ? Object.values(offerFacts(offer)).join(' · ') : '') : null,
    });
  }, [all, query, expanded, atFirst, problems, engineModels, isOffered, offer]);
}

function matchesThisComputer(query: string): boolean {
  const locale = currentLocale();
  const name = t('models.use_this_computer').toLocaleLowerCase(locale);
  return name.includes(query.trim().toLocaleLowerCase(locale));
}

/** Returns a test for rows of other usable models. The offline painter only counts if there is no other. */
function firstOther(rows: readonly ModelRow[], used: ChosenModel): (row: ModelRow) => boolean {
  const isUsable = (row: ModelRow) =>
    row.kind === 'model' && row.entry.keyLack === null && !isSameModel(row.entry, used);
  const isModel = (row: ModelRow) =>
    isUsable(row) && row.kind === 'model' && serviceOf(row.entry.serviceId).kind !== 'painter';
  return rows.some(isModel) ? isModel : isUsable;
}

const noRow = { key: null, isPointed: false };

/**
 * Manages the row that Enter chooses: initially that of the model in use, or of another one if `otherThan` is set, and the
 * best match while the user searches.
 */
function useActiveRow(rows: readonly ModelRow[], query: string, isFirst: (row: ModelRow) => boolean) {
  /** `isPointed`: the pointer activated the row, so that it needs no scrolling. */
  const [{ key, isPointed }, setRow] = useState<{ key: string | null; isPointed: boolean }>(noRow);
  const choosable = rows.flatMap((row, index) => (isChoosable(row) ? [index] : []));
  const standard = query.trim() === '' ? rows.findIndex(isFirst) : -1;
  const chosen = rows.findIndex((row) => row.key === key);
  const active = chosen >= 0 ? chosen : standard >= 0 ? standard : (choosable[0] ?? 0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each text, which has a new best match.
  useLayoutEffect(() => setRow(noRow), [query]);

  return {
    active,
    isPointed,
    setActive: (row: string | null) => setRow({ key: row, isPointed: false }),
    point: (row: string) =>
      setRow((before) => (before.key === row && before.isPointed ? before : { key: row, isPointed: true })),
    /** @returns whether the key moves through the list. */
    move(pressed: string): boolean {
      const target = optionAfterKey(pressed, choosable.indexOf(active), choosable.length);
      if (target === null) return false;
      setRow({ key: rows[choosable[target] ?? 0]?.key ?? null, isPointed: false });
      return true;
    },
  };
}
