// The list of services: the choice of the one that makes pictures, their states, and their editors.
import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ActiveProvider } from '../../../../shared/contract/services';
import { engineServiceId } from '../../../../shared/domain/engine';
import { knownServiceOf } from '../../../../shared/domain/known-services';
import { serviceOf } from '../../../../shared/domain/service-directory';
import type { Service, ServiceCheck, ServiceId } from '../../../../shared/domain/services';
import type { MessageId } from '../../../../shared/languages/en';
import { t } from '../../../../shared/languages/translate';
import { useConnect } from '../../../state/connect-store';
import { useEngineModels } from '../../../state/engine/this-computer';
import { isConnected, useConnectionFacts } from '../../../state/models/connected-services';
import { useModelUses } from '../../../state/models/model-uses-store';
import { useSettingsPlace } from '../../../state/settings/open-settings';
import { type Checked, useProviders } from '../../../state/settings/providers-store';
import { keyLackOf } from '../../../state/settings/service-keys';
import { useServices } from '../../../state/settings/services-store';
import { useSettings } from '../../../state/settings/settings-store';
import { Button } from '../../../ui/Button';
import { formatAgo } from '../../../ui/format';
import { Saved, useSaved } from '../../../ui/Saved';
import { useMinute } from '../../../ui/use-minute';
import { ServiceEditor } from './ServiceEditor';
import styles from './ServicesSection.module.css';

export function ServicesSection() {
  const { settings, provider, change } = useSettings();
  const { services, isFromEnvironment } = useServices();
  // Also renders again when a key has changed.
  const { checked, lastChecks, readKeys, readChecks } = useProviders();
  const openSheet = useConnect((state) => state.open);
  const engineModels = useEngineModels();
  const inUse = editableIn(services, provider.id);
  const facts = useConnectionFacts();
  const readUses = useModelUses((state) => state.read);
  const { isSaved, watch } = useSaved();
  const { service: linked = null } = useSettingsPlace();
  const [edited, setEdited] = useState<ServiceId | null>(linked ?? inUse);
  const [last, setLast] = useState({ inUse, linked });

  // Opens the editor of the service in use, because a new one lacks its key. A link opens the editor of its service during
  // the render, before the view scrolls to its target.
  if (last.inUse !== inUse || last.linked !== linked) {
    setLast({ inUse, linked });
    if (last.linked !== linked && linked !== null) setEdited(linked);
    // Does not replace another editor that the user has opened.
    else if (edited === last.inUse || edited === null) setEdited(inUse);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: reads the keys when services change, because a new one may have a key.
  useEffect(() => {
    void readKeys();
    void readChecks();
    void readUses();
  }, [readKeys, readChecks, readUses, services.length]);

  // The edited service stays in the list, even if its key is removed.
  const shown = services.filter((service) => service.id === edited || isConnected(service, facts));

  return (
    <fieldset className={styles['section']} data-setting="services">
      <legend>{t('settings.pictures_made_by')}</legend>
      <ul className={styles['list']} aria-label={t('settings.services')}>
        <li className={styles['row']}>
          <label className={styles['choice']}>
            <input
              type="radio"
              name="provider"
              // A service that no longer exists, such as an engine without a model, is not in use.
              checked={!services.some(({ id }) => id === settings.provider)}
              onChange={() => watch(change({ provider: 'automatic' }))}
            />
            <span>{t('settings.automatic')}</span>
          </label>
        </li>
        {shown.map((service, index) => (
          <li key={service.id}>
            <ServiceRow
              service={service}
              state={
                service.id === engineServiceId && !isFromEnvironment
                  ? engineState(service, engineModels.length)
                  : stateOf(service, checked[service.id], lastChecks[service.id])
              }
              checkedAt={checked[service.id] ? null : (lastChecks[service.id]?.at ?? null)}
              isChosen={settings.provider === service.id}
              isEdited={edited === service.id}
              onChoose={() => watch(change({ provider: service.id }))}
              onEdit={() => setEdited(edited === service.id ? null : service.id)}
            />
            {edited === service.id && (
              <ServiceEditor key={service.id} service={service}>
                {!isFromEnvironment && shown.length > 1 && (
                  <Order
                    onMoveUp={index > 0 ? () => watch(move(shown, index, -1)) : null}
                    onMoveDown={index < shown.length - 1 ? () => watch(move(shown, index, 1)) : null}
                  />
                )}
              </ServiceEditor>
            )}
          </li>
        ))}
      </ul>
      <p className={styles['note']}>
        {explain(provider)} <Saved isSaved={isSaved} />
      </p>
      {isFromEnvironment ? (
        <p className={styles['note']}>{t('settings.services_from_environment')}</p>
      ) : (
        <div>
          <Button aria-haspopup="dialog" onClick={() => openSheet()}>
            <Plus size={16} strokeWidth={1.75} aria-hidden /> {t('connect.title')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

/** Returns the service to edit. Null for the painter, which has no settings. */
function editableIn(services: readonly Service[], id: ServiceId): ServiceId | null {
  const service = services.find((candidate) => candidate.id === id);
  return service && service.kind !== 'painter' ? id : null;
}

/** Moves a service in the order. Hidden services come last. */
function move(services: readonly Service[], index: number, by: number): Promise<boolean> {
  const ids = services.map(({ id }) => id);
  const [moved] = ids.splice(index, 1);
  if (moved !== undefined) ids.splice(index + by, 0, moved);
  return useServices.getState().order(ids);
}

/** Explains which service is in use, and why. */
function explain({ id, reason }: ActiveProvider): string {
  const { name } = serviceOf(id);
  switch (reason) {
    case 'environment':
      return t('settings.in_use_by_environment', { service: name });
    case 'settings':
      if (id === 'painter') return t('settings.in_use_painter');
      return t(serviceOf(id).local ? 'settings.in_use_local' : 'settings.in_use_hosted', { service: name });
    case 'key':
      return t('settings.in_use_by_key');
    case 'engine':
      return t('settings.in_use_engine', { service: name });
    case 'key-refused':
      if (id === 'painter') return t('settings.in_use_painter_refused');
      return t('settings.in_use_engine_refused', { service: name });
    case 'no-key':
      return t('settings.in_use_without_key');
  }
}

const stateTexts = {
  works: 'settings.service_works',
  fails: 'settings.service_fails',
  worked: 'settings.service_worked',
  failed: 'settings.service_failed',
  unchecked: 'settings.service_unchecked',
  'key-missing': 'models.needs_key',
  'key-held': 'models.key_held',
  'key-refused': 'models.key_refused',
  'needs-model': 'settings.service_needs_model',
  off: 'settings.service_off',
} as const satisfies Record<string, MessageId>;
type ServiceState = keyof typeof stateTexts;

function stateText(state: ServiceState, checkedAt: number | null, now: number): string {
  if (state !== 'worked' && state !== 'failed') return t(stateTexts[state]);
  return t(stateTexts[state], { when: formatAgo(checkedAt ?? now, now) });
}

/** Returns the state of this computer's engine, which starts automatically. */
function engineState({ enabled }: Service, modelCount: number): ServiceState {
  if (!enabled) return 'off';
  return modelCount > 0 ? 'works' : 'needs-model';
}

/** Returns the known state. A result of an earlier run is marked as such, because the service may not be running now. */
function stateOf(service: Service, check: Checked | undefined, last: ServiceCheck | undefined): ServiceState {
  if (!service.enabled) return 'off';
  const keyLack = keyLackOf(service);
  if (keyLack !== null) return `key-${keyLack}`;
  if (service.kind === 'painter' || check?.state === 'good') return 'works';
  if (check?.state === 'bad') return 'fails';
  if (check || !last) return 'unchecked';
  return last.problem ? 'failed' : 'worked';
}

type RowProps = {
  service: Service;
  state: ServiceState;
  /** When a state of an earlier run was determined, in UTC milliseconds; otherwise null. */
  checkedAt: number | null;
  isChosen: boolean;
  isEdited: boolean;
  onChoose: () => void;
  onEdit: () => void;
};

function ServiceRow({ service, state, checkedAt, isChosen, isEdited, onChoose, onEdit }: RowProps) {
  const { name, enabled } = service;
  const minute = useMinute();
  return (
    <div className={styles['row']} data-service={service.id}>
      <label className={styles['choice']}>
        <input type="radio" name="provider" checked={isChosen} disabled={!enabled} onChange={onChoose} />
        <span className={styles['letter']} aria-hidden>
          {knownServiceOf(service)?.letter ?? firstLetterOf(name)}
        </span>
        <span className={styles['name']}>{name}</span>
      </label>
      <span className={styles['state']} data-state={state}>
        {stateText(state, checkedAt, minute)}
      </span>
      <Button aria-label={t('settings.edit_service', { name })} aria-expanded={isEdited} onClick={onEdit}>
        {t('settings.edit')}
      </Button>
    </div>
  );
}

/** Returns the first visible character. A name may begin with zero-width characters, or with one of several code units. */
function firstLetterOf(name: string): string {
  return (/[\p{L}\p{N}]/u.exec(name)?.[0] ?? [...name][0] ?? '').toUpperCase();
}

/** Null at the ends of the list. */
type OrderProps = { onMoveUp: (() => void) | null; onMoveDown: (() => void) | null };

function Order({ onMoveUp, onMoveDown }: OrderProps) {
  return (
    <div className={styles['order']}>
      <p className={styles['note']}>{t('settings.order_note')}</p>
      <Button disabled={!onMoveUp} onClick={() => onMoveUp?.()}>
        {t('settings.move_service_up')}
      </Button>
      <Button disabled={!onMoveDown} onClick={() => onMoveDown?.()}>
        {t('settings.move_service_down')}
      </Button>
    </div>
  );
}
