// Edits one service: its key, its name, its address, its headers and its models.
import { type ReactNode, useState } from 'react';
import { maxAddressLength, refuseAddress } from '../../../../shared/domain/addresses';
import { clearKeyWarning } from '../../../../shared/domain/clear-key';
import { engineServiceId } from '../../../../shared/domain/engine';
import { explain, isAboutKey } from '../../../../shared/domain/errors';
import { costsOfKnown, knownServiceOf } from '../../../../shared/domain/known-services';
import { readAddress } from '../../../../shared/domain/read-address';
import { serviceKinds } from '../../../../shared/domain/service-kinds';
import { type Service, type ServiceCheck, shownServiceName } from '../../../../shared/domain/services';
import { lengthProblem } from '../../../../shared/domain/text-length';
import { say } from '../../../../shared/languages/sentence';
import { t } from '../../../../shared/languages/translate';
import { openLink } from '../../../state/open-link';
import { addressSetting } from '../../../state/settings/open-settings';
import { type Checked, useProviders } from '../../../state/settings/providers-store';
import { keyOfService, lacksKey } from '../../../state/settings/service-keys';
import { nameProblem, useServices } from '../../../state/settings/services-store';
import { useSettings } from '../../../state/settings/settings-store';
import { Button } from '../../../ui/Button';
import { formatAgo } from '../../../ui/format';
import { KeyPageButton } from '../../../ui/KeyPageButton';
import { Switch } from '../../../ui/Switch';
import { TestResult } from '../../../ui/TestResult';
import { TextField } from '../../../ui/TextField';
import { TextWithButton } from '../../../ui/TextWithButton';
import { useMinute } from '../../../ui/use-minute';
import { DiffusionFields } from '../DiffusionFields';
import { ModelFields } from '../ModelFields';
import { Workflows } from '../workflows/Workflows';
import { HeadersField } from './HeadersField';
import { KeyField } from './KeyField';
import styles from './ServiceEditor.module.css';

/** @param children the buttons that change its order among the services */
export function ServiceEditor({ service, children }: { service: Service; children: ReactNode }) {
  const { id, name, kind, enabled } = service;
  const { change, remove } = useServices();
  /** Whether the address field has an unsaved text. Tests are then disabled, because they use the saved address. */
  const [isAddressRefused, setAddressRefused] = useState(false);
  const isFromEnvironment = useServices((state) => state.isFromEnvironment);
  const known = knownServiceOf(service);
  const isPainter = kind === 'painter';
  // Afterimage manages the engine's address, models and server.
  const isEngine = id === engineServiceId && !isFromEnvironment;
  return (
    <section className={styles['editor']} aria-label={name}>
      {isEngine && <p className={styles['note']}>{t('settings.engine_models_note')}</p>}
      {known && !isEngine && (
        <TextWithButton className={styles['note']} words={costsOfKnown(known)}>
          <KeyPageButton known={known} onOpen={openLink} />
        </TextWithButton>
      )}
      {serviceKinds[kind].needsKey && <KeyField service={service} />}
      {!isPainter && !isEngine && <Address service={service} onRefused={setAddressRefused} />}
      {!isPainter && <Test service={service} isReady={!isAddressRefused} />}
      <TextField
        label={t('settings.service_name')}
        value={name}
        placeholder={shownServiceName({ id, kind, name: serviceKinds[kind].label })}
        validate={(text) => nameProblem(text, id)}
        onSave={(text) => change(id, { name: text })}
      />
      {!isPainter && (
        <>
          {!isEngine && <ModelFields service={service} />}
          {kind === 'automatic1111' && <DiffusionFields />}
          {kind === 'comfyui' && <Workflows service={service} />}
          {!isEngine && <HeadersField service={service} />}
          {children}
          <div className={styles['actions']}>
            <Switch
              label={t('settings.use_service')}
              checked={enabled}
              onChange={(isOn) => change(id, { enabled: isOn })}
            />
            {!isFromEnvironment && !isEngine && (
              <Button tone="danger" onClick={() => void remove(service)}>
                {t('settings.delete_service')}
              </Button>
            )}
          </div>
        </>
      )}
      {isPainter && children}
    </section>
  );
}

/** Tests a service again after a correction, unless it lacks its key. */
function checkAgain(service: Service): void {
  const { check, forgetCheck } = useProviders.getState();
  if (lacksKey(service)) forgetCheck(service.id);
  else void check(service.id);
}

type AddressProps = { service: Service; onRefused: (isRefused: boolean) => void };

function Address({ service, onRefused }: AddressProps) {
  const { settings, change } = useSettings();
  const changeService = useServices((state) => state.change);
  const fromEnvironment = useServices((state) =>
    Object.hasOwn(state.addresses, service.id) ? state.addresses[service.id] : undefined,
  );
  const { id, kind, address } = service;
  const hasKey = useProviders(({ keys }) => keyOfService(keys, id).source !== null);
  const { allowPrivateAddresses } = settings;
  const isAlwaysAllowed = refuseAddress(kind, 'http://127.0.0.1', false) === null;

  async function save(text: string): Promise<boolean> {
    const isSaved = await changeService(id, { address: text === '' ? null : readAddress(kind, text) });
    if (isSaved) checkAgain(service);
    return isSaved;
  }

  return (
    <div className={styles['field']} data-setting={addressSetting}>
      <TextField
        label={t('connect.address')}
        value={address ?? ''}
        placeholder={serviceKinds[kind].address ?? 'https://example.com/v1'}
        validate={(text) => {
          const refused =
            text === '' ? null : refuseAddress(kind, readAddress(kind, text), allowPrivateAddresses);
          const tooLong = lengthProblem(text, maxAddressLength);
          if (tooLong !== null) return t('connect.address_too_long', { problem: tooLong });
          return refused === null ? null : t(`errors.${refused}`);
        }}
        warn={(text) => (hasKey && text !== '' ? clearKeyWarning(readAddress(kind, text)) : null)}
        onSave={save}
        onRefused={onRefused}
      />
      {fromEnvironment !== undefined && fromEnvironment !== address && (
        <p className={styles['note']}>{t('settings.address_of_environment', { address: fromEnvironment })}</p>
      )}
      {!isAlwaysAllowed && (
        <Switch
          label={t('settings.allow_private_addresses')}
          checked={allowPrivateAddresses}
          onChange={(isAllowed) => change({ allowPrivateAddresses: isAllowed })}
        />
      )}
    </div>
  );
}

function textOf(checked: Checked): string {
  if (checked.state === 'asking') return t('settings.testing_service');
  return checked.state === 'good' ? say(checked.says) : explain(checked.problem);
}

/** Describes the result and the time of a test in an earlier run. */
function textOfLast({ at, problem }: ServiceCheck, now: number): string {
  const when = formatAgo(at, now);
  if (!problem) return t('settings.tested_before_works', { when });
  return t('settings.tested_before', { when, words: explain(problem) });
}

/** @param isReady whether the fields show the saved values, which are the ones that are tested */
function Test({ service: { id, kind }, isReady }: { service: Service; isReady: boolean }) {
  const checked = useProviders((state) => state.checked[id]);
  const last = useProviders((state) => state.lastChecks[id]);
  const check = useProviders((state) => state.check);
  const minute = useMinute();
  const isAsking = checked?.state === 'asking';
  // The field for the key shows this problem.
  const isAtKey = checked?.state === 'bad' && isAboutKey(checked.problem.code) && serviceKinds[kind].needsKey;
  return (
    <div className={styles['test']}>
      <Button disabled={isAsking || !isReady} onClick={() => void check(id)}>
        {t('settings.test_service')}
      </Button>
      {!isReady ? null : checked || !last ? (
        <TestResult state={isAtKey ? undefined : checked?.state} words={checked ? textOf(checked) : ''} />
      ) : (
        <TestResult state={last.problem ? 'bad' : 'good'} words={textOfLast(last, minute)} />
      )}
    </div>
  );
}
