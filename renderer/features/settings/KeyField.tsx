// The field for an API key. The key goes to the main process and never comes back to the renderer.

import { type FormEvent, useId, useState } from 'react';
import type { KeySource } from '../../../shared/contract/services';
import { clearKeyWarning } from '../../../shared/domain/clear-key';
import type { Service } from '../../../shared/domain/services';
import type { MessageId } from '../../../shared/languages/en';
import { joinSentences, t } from '../../../shared/languages/translate';
import { useProviders } from '../../state/settings/providers-store';
import { addressOfService, factsOfService } from '../../state/settings/services-store';
import { Button } from '../../ui/Button';
import { keyLabel, storedKeyDots } from '../../ui/key-label';
import { useKeyInput } from '../../ui/use-key-input';
import styles from './services/ServiceEditor.module.css';

const whereFrom: Readonly<Record<KeySource, MessageId>> = {
  environment: 'settings.key_from_environment',
  keychain: 'settings.key_from_keychain',
  session: 'settings.key_of_session',
};

export function KeyField({ service }: { service: Service }) {
  const { id: provider, name } = service;
  const { keys, setKey, removeKey } = useProviders();
  const { field, problem, took, read, clear, onPaste } = useKeyInput();
  const [remember, setRemember] = useState(true);
  const problemId = useId();
  const warningId = useId();
  const source = keys?.sources.find((known) => known.provider === provider)?.source ?? null;
  const canRemember = keys?.canRemember ?? false;
  const warning = source === 'environment' ? null : clearKeyWarning(addressOfService(service));

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const key = read();
    // A key that could not be kept stays in the field.
    if (key !== null && (await setKey(provider, key, remember && canRemember))) clear();
  }

  return (
    <form className={styles['field']} onSubmit={(event) => void save(event)} autoComplete="off" noValidate>
      <label className={styles['label']}>
        <span>{keyLabel(name)}</span>
        <span className={styles['line']}>
          <input
            ref={field}
            className={styles['key']}
            type="password"
            spellCheck={false}
            autoComplete="off"
            placeholder={source === null ? t('connect.paste_key') : storedKeyDots}
            disabled={source === 'environment'}
            aria-invalid={problem !== null || undefined}
            aria-describedby={warning === null ? problemId : `${warningId} ${problemId}`}
            onPaste={onPaste}
          />
          <Button type="submit" disabled={source === 'environment'}>
            {t(warning === null ? 'settings.save_key' : 'settings.save_key_anyway')}
          </Button>
          {(source === 'keychain' || source === 'session') && (
            <Button tone="danger" onClick={() => void removeKey(provider)}>
              {t('settings.remove_key')}
            </Button>
          )}
        </span>
      </label>
      {warning !== null && (
        <p id={warningId} className={styles['note']} role="alert">
          {warning}
        </p>
      )}
      {canRemember && source !== 'environment' && (
        <label className={styles['check']}>
          <input type="checkbox" checked={remember} onChange={(event) => setRemember(event.target.checked)} />
          {t('connect.keep_in_keychain')}
        </label>
      )}
      <p id={problemId} className={styles['note']} role={problem === null ? 'status' : 'alert'}>
        {problem ??
          joinSentences([
            took && t('connect.took', { what: took }),
            explain(source, keys === null ? null : canRemember, factsOfService(service).needsKey),
            source !== null && source !== 'environment' && t('connect.paste_other_key'),
          ])}
      </p>
    </form>
  );
}

/** Whether a key is needed depends on the address. */
function explain(source: KeySource | null, canRemember: boolean | null, isNeeded: boolean): string {
  if (source === null && !isNeeded) return t('settings.no_key_needed');
  const where = t(source === null ? 'settings.no_key' : whereFrom[source]);
  if (canRemember !== false || source === 'environment') return where;
  return t('settings.key_without_keychain', { where });
}
