// The services: which one makes the pictures, the state of each, and what can be changed of it.
import { ArrowDown, ArrowUp, Plus, Settings2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ActiveProvider, KeyState } from '../../../../shared/contract/services';
import { engineServiceId } from '../../../../shared/domain/engine';
import { knownServiceOf } from '../../../../shared/domain/known-services';
import { serviceOf } from '../../../../shared/domain/service-directory';
import type { Service, ServiceId } from '../../../../shared/domain/services';
import type { MessageId } from '../../../../shared/languages/en';
import { t } from '../../../../shared/languages/translate';
import { useConnect } from '../../../state/connect-store';
import { useEngineModels } from '../../../state/engine/this-computer';
import { useSettingsPlace } from '../../../state/settings/open-settings';
import { type Checked, useProviders } from '../../../state/settings/providers-store';
import { factsOfService, useServices } from '../../../state/settings/services-store';
import { useSettings } from '../../../state/settings/settings-store';
import { Button } from '../../../ui/Button';
import { IconButton } from '../../../ui/IconButton';
import { Saved, useSaved } from '../../../ui/Saved';
import { ServiceEditor } from './ServiceEditor';
import styles from './ServicesSection.module.css';

export function ServicesSection() {
  const { settings, provider, change } = useSettings();
  const { services, isFromEnvironment } = useServices();
  const { keys, checked, readKeys } = useProviders();
  const openSheet = useConnect((state) => state.open);
  const engineModels = useEngineModels();
  const inUse = editableIn(services, provider.id);
  const { isSaved, watch } = useSaved();
  const { service: linked = null } = useSettingsPlace();
  const [edited, setEdited] = useState<ServiceId | null>(linked ?? inUse);
  const [last, setLast] = useState({ inUse, linked });

  // The fields of the service in use show at once; a key is what a new one lacks. A link opens those of its own service,
  // before the view looks for what to bring into sight.
  if (last.inUse !== inUse || last.linked !== linked) {
    setLast({ inUse, linked });
    setEdited(last.linked !== linked && linked !== null ? linked : inUse);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: a service that was added or restored may have a key.
  useEffect(() => {
    void readKeys();
  }, [readKeys, services.length]);

  return (
    <fieldset className={styles['section']} data-setting="services">
      <legend>{t('settings.pictures_made_by')}</legend>
      <ul className={styles['list']} aria-label={t('settings.services')}>
        <li className={styles['row']}>
          <label className={styles['choice']}>
            <input
              type="radio"
              name="provider"
              // A service that is not there any more, such as an engine without a model, is not in use either.
              checked={!services.some(({ id }) => id === settings.provider)}
              onChange={() => watch(change({ provider: 'automatic' }))}
            />
            <span>{t('settings.automatic')}</span>
          </label>
        </li>
        {services.map((service, index) => (
          <li key={service.id}>
            <ServiceRow
              service={service}
              state={
                service.id === engineServiceId && !isFromEnvironment
                  ? engineState(service, engineModels.length)
                  : stateOf(service, keys, checked[service.id])
              }
              isChosen={settings.provider === service.id}
              isEdited={edited === service.id}
              onChoose={() => watch(change({ provider: service.id }))}
              onEdit={() => setEdited(edited === service.id ? null : service.id)}
              {...(!isFromEnvironment && {
                onMoveUp: index > 0 ? () => watch(move(services, index, -1)) : undefined,
                onMoveDown: index < services.length - 1 ? () => watch(move(services, index, 1)) : undefined,
              })}
            />
            {edited === service.id && <ServiceEditor key={service.id} service={service} />}
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

/** The painter has nothing to set up. */
function editableIn(services: readonly Service[], id: ServiceId): ServiceId | null {
  const service = services.find((candidate) => candidate.id === id);
  return service && service.kind !== 'painter' ? id : null;
}

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
    case 'no-key':
      return t('settings.in_use_without_key');
  }
}

const stateTexts = {
  works: 'settings.service_works',
  fails: 'settings.service_fails',
  unchecked: 'settings.service_unchecked',
  'needs-key': 'settings.service_needs_key',
  'needs-model': 'settings.service_needs_model',
  off: 'settings.service_off',
} as const satisfies Record<string, MessageId>;
type ServiceState = keyof typeof stateTexts;

/** The engine of this computer starts by itself. */
function engineState({ enabled }: Service, modelCount: number): ServiceState {
  if (!enabled) return 'off';
  return modelCount > 0 ? 'works' : 'needs-model';
}

/** Says only what is known: a service that nobody has asked in this run may not even be running. */
function stateOf(service: Service, keys: KeyState | null, check: Checked | undefined): ServiceState {
  if (!service.enabled) return 'off';
  const source = keys?.sources.find(({ provider }) => provider === service.id)?.source ?? null;
  if (factsOfService(service).needsKey && keys !== null && source === null) return 'needs-key';
  if (service.kind === 'painter' || check?.state === 'good') return 'works';
  return check?.state === 'bad' ? 'fails' : 'unchecked';
}

type RowProps = {
  service: Service;
  state: ServiceState;
  isChosen: boolean;
  isEdited: boolean;
  onChoose: () => void;
  onEdit: () => void;
  /** Absent where the order cannot be changed; undefined at the end of the list. */
  onMoveUp?: (() => void) | undefined;
  onMoveDown?: (() => void) | undefined;
};

function ServiceRow(props: RowProps) {
  const { service, state, isChosen, isEdited, onChoose, onEdit, onMoveUp, onMoveDown } = props;
  const { name, enabled } = service;
  return (
    <div className={styles['row']} data-service={service.id}>
      <label className={styles['choice']}>
        <input type="radio" name="provider" checked={isChosen} disabled={!enabled} onChange={onChoose} />
        <span className={styles['letter']} aria-hidden>
          {knownServiceOf(service)?.letter ?? name.slice(0, 1).toUpperCase()}
        </span>
        <span className={styles['name']}>{name}</span>
      </label>
      <span className={styles['state']} data-state={state}>
        {t(stateTexts[state])}
      </span>
      {'onMoveUp' in props && (
        <>
          <IconButton
            icon={ArrowUp}
            size={16}
            label={t('settings.move_service_up', { name })}
            disabled={!onMoveUp}
            onClick={() => onMoveUp?.()}
          />
          <IconButton
            icon={ArrowDown}
            size={16}
            label={t('settings.move_service_down', { name })}
            disabled={!onMoveDown}
            onClick={() => onMoveDown?.()}
          />
        </>
      )}
      <IconButton
        icon={Settings2}
        size={16}
        label={t('settings.edit_service', { name })}
        aria-expanded={isEdited}
        onClick={onEdit}
      />
    </div>
  );
}
