// The gallery's filters, in a panel behind one button.

import { ListFilter } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import {
  datesOf,
  type GalleryQuery,
  pictureShapes,
  withDates,
} from '../../../../shared/domain/gallery-query';
import { periods, startOf } from '../../../../shared/domain/periods';
import { t } from '../../../../shared/languages/translate';
import { addDays } from '../../../picture/dates/dates';
import { periodLabel } from '../../../state/gallery/dates-text';
import { modelFilterLabel, providerLabel, shapeLabel } from '../../../state/gallery/filters';
import chip from '../../../ui/chip.module.css';
import { useDay } from '../../../ui/day';
import { formatNumber } from '../../../ui/format';
import { Popover } from '../../../ui/Popover';
import { Calendar } from './Calendar';
import { DateField } from './DateField';
import styles from './FilterMenu.module.css';
import { useSearch } from './search-store';

type Props = { query: GalleryQuery; onChange: (query: GalleryQuery) => void };

/** Choices for the minimum length of the longest side (pixels). */
const minSides = [1024, 2048, 4096];

export function FilterMenu(props: Props) {
  return (
    <Popover
      name={t('gallery.filter')}
      side="below"
      className={styles['panel']}
      initialFocus="button"
      trigger={(trigger) => (
        <button type="button" className={chip['chip']} {...trigger}>
          <ListFilter size={16} strokeWidth={1.75} aria-hidden />
          {t('gallery.filter')}
        </button>
      )}
    >
      {(_close, isOpen) => <Filters {...props} isOpen={isOpen} />}
    </Popover>
  );
}

function Filters({ query, onChange, isOpen }: Props & { isOpen: boolean }) {
  const facets = useSearch((state) => state.facets);
  const readFacets = useSearch((state) => state.readFacets);
  const chats = useSearch((state) => state.chats);
  const seeds = useSearch((state) => state.seeds);
  const isSeedTelling = seeds !== null && seeds.some > 0 && seeds.some < seeds.all;
  useEffect(() => {
    if (isOpen) void readFacets();
  }, [isOpen, readFacets]);
  const change = (changes: Partial<GalleryQuery>) => onChange({ ...query, ...changes });
  return (
    <>
      <Dates query={query} onChange={onChange} />
      <Section title={t('gallery.filter_shape')}>
        <Pills
          options={pictureShapes}
          chosen={query.shape}
          label={shapeLabel}
          onChoose={(shape) => change({ shape })}
        />
      </Section>
      <Section title={t('gallery.filter_side')}>
        <Pills
          options={minSides}
          chosen={query.minSide}
          label={(side) => t('gallery.pixels', { side })}
          onChoose={(minSide) => change({ minSide })}
        />
      </Section>
      <Section title={t('gallery.filter_only')}>
        <Check checked={query.favourites} onChange={(favourites) => change({ favourites })}>
          {t('gallery.favourites')}
        </Check>
        {(query.hasSeed || isSeedTelling) && (
          <Check checked={query.hasSeed} onChange={(hasSeed) => change({ hasSeed })} count={seeds?.some}>
            {t('gallery.filter_with_seed')}
            <small>{t('gallery.filter_with_seed_note')}</small>
          </Check>
        )}
      </Section>
      <Choices
        title={t('gallery.filter_model')}
        facets={facets.models}
        chosen={query.models}
        label={modelFilterLabel}
        onChange={(models) => change({ models })}
      />
      <Choices
        title={t('gallery.filter_provider')}
        facets={facets.providers}
        chosen={query.providers}
        label={providerLabel}
        onChange={(chosen) => change({ providers: chosen })}
      />
      {isOpen && chats.length > 0 && (
        <Section title={t('gallery.filter_made_in')}>
          <select
            aria-label={t('gallery.filter_made_in_chat')}
            className={styles['field']}
            value={query.conversationId ?? ''}
            onChange={(event) => change({ conversationId: event.target.value || null })}
          >
            <option value="">{t('gallery.filter_any_chat')}</option>
            {chats.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </Section>
      )}
    </>
  );
}

function Dates({ query, onChange }: Props) {
  const { from, to } = datesOf(query, useDay());
  const [opened, setOpened] = useState<'from' | 'to' | null>(null);
  const opener = useRef<HTMLElement>(null);
  const close = () => {
    setOpened(null);
    opener.current?.focus();
  };
  const fields = [
    {
      name: 'from',
      label: t('gallery.filter_from'),
      day: from,
      choose: (day: number | null) => onChange(withDates(query, { from: day, to })),
    },
    {
      name: 'to',
      label: t('gallery.filter_to'),
      // The field shows the last included day, but `to` is exclusive.
      day: to === null ? null : startOf('day', to - 1),
      choose: (day: number | null) =>
        onChange(withDates(query, { from, to: day === null ? null : addDays(day, 1) })),
    },
  ] as const;
  return (
    <Section title={t('gallery.filter_date')}>
      <Pills
        options={periods}
        chosen={query.period}
        label={periodLabel}
        onChoose={(period) => onChange(withDates(query, { period }))}
      />
      <div className={styles['dates']}>
        {fields.map(({ name, label, day, choose }) => (
          <DateField
            key={name}
            label={label}
            day={day}
            onChange={choose}
            isCalendarOpen={opened === name}
            onToggleCalendar={(button) => {
              opener.current = button;
              setOpened(opened === name ? null : name);
            }}
          />
        ))}
      </div>
      {fields.map(
        ({ name, label, day, choose }) =>
          opened === name && (
            <Calendar
              key={name}
              label={t('gallery.calendar', { field: label })}
              day={day}
              onChoose={(chosen) => {
                choose(chosen);
                close();
              }}
              onClose={close}
            />
          ),
      )}
    </Section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={styles['section']}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

type PillsProps<Value> = {
  options: readonly Value[];
  chosen: Value | null;
  label: (value: Value) => string;
  /** Called with null if the current choice is chosen again. */
  onChoose: (value: Value | null) => void;
};

function Pills<Value extends string | number>({ options, chosen, label, onChoose }: PillsProps<Value>) {
  return (
    <div className={styles['pills']}>
      {options.map((option) => (
        <button
          key={option}
          type="button"
          className={styles['pill']}
          aria-pressed={option === chosen}
          onClick={() => onChoose(option === chosen ? null : option)}
        >
          {label(option)}
        </button>
      ))}
    </div>
  );
}

type CheckProps = {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
  count?: number | undefined;
};

function Check({ checked, onChange, children, count }: CheckProps) {
  return (
    <label className={styles['check']}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{children}</span>
      {count !== undefined && <small>{formatNumber(count)}</small>}
    </label>
  );
}

type ChoicesProps = {
  title: string;
  facets: { id: string; count: number }[];
  chosen: string[];
  label: (id: string) => string;
  onChange: (chosen: string[]) => void;
};

function Choices({ title, facets, chosen, label, onChange }: ChoicesProps) {
  // A chosen value stays in the list, so that it can be removed even if no picture has it any more.
  const gone = chosen.filter((id) => !facets.some((facet) => facet.id === id));
  const all = [...facets, ...gone.map((id) => ({ id, count: 0 }))];
  if (all.length === 0) return null;
  return (
    <Section title={title}>
      {all.map(({ id, count }) => (
        <Check
          key={id}
          count={count}
          checked={chosen.includes(id)}
          onChange={(checked) => onChange(checked ? [...chosen, id] : chosen.filter((other) => other !== id))}
        >
          {label(id)}
        </Check>
      ))}
    </Section>
  );
}
