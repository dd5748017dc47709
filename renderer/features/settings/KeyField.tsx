// The field for an API key. The key goes to the main process and never comes back to the renderer.

import { type FormEvent, useId, useState } from 'react';
import type { KeySource } from '../../../shared/contract/services';
import { clearKeyWarning } from '../../../shared/domain/clear-key';
import type { Service } from '../../../shared/domain/services';
import { useProviders } from '../../state/settings/providers-store';
import { addressOfService, factsOfService } from '../../state/settings/services-store';
import { Button } from '../../ui/Button';
import { keyLabel } from '../../ui/key-label';
import { useKeyInput } from '../../ui/use-key-input';
import styles from './services/ServiceEditor.module.css';

const whereFrom: Record<KeySource, string> = {
  environment: 'A key from the environment is in use for this run. It is never stored.',
  keychain: 'A key from the keychain of this computer is in use.',
  session: 'A key is in use until you quit. It is not stored.',
};

export function KeyField({ service }: { service: Service }) {
  const { id: provider, name } = service;
  const { keys, setKey, removeKey } = useProviders();
  const { field, problem, took, take, onPaste } = useKeyInput();
  const [remember, setRemember] = useState(true);
  const problemId = useId();
  const warningId = useId();
  const source = keys?.sources.find((known) => known.provider === provider)?.source ?? null;
  const canRemember = keys?.canRemember ?? false;
  const warning = source === 'environment' ? null : clearKeyWarning(addressOfService(service));

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const key = take();
    if (key !== null) await setKey(provider, key, remember && canRemember);
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
            placeholder={source === null ? 'Paste your key' : 'Paste another key to replace it'}
            disabled={source === 'environment'}
            aria-invalid={problem !== null || undefined}
            aria-describedby={warning === null ? problemId : `${warningId} ${problemId}`}
            onPaste={onPaste}
          />
          <Button type="submit" disabled={source === 'environment'}>
            {warning === null ? 'Save' : 'Save anyway'}
          </Button>
          {(source === 'keychain' || source === 'session') && (
            <Button tone="danger" onClick={() => void removeKey(provider)}>
              Remove
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
          Keep it in the keychain of this computer
        </label>
      )}
      <p id={problemId} className={styles['note']} role={problem === null ? 'status' : 'alert'}>
        {problem ??
          [
            took && `Afterimage took ${took}.`,
            explain(source, keys === null ? null : canRemember, factsOfService(service).needsKey),
          ]
            .filter(Boolean)
            .join(' ')}
      </p>
    </form>
  );
}

/** Whether a key is needed depends on the address. */
function explain(source: KeySource | null, canRemember: boolean | null, isNeeded: boolean): string {
  if (source === null && !isNeeded)
    return 'No key is needed at this address. Add one only if the server asks for it.';
  const where = source === null ? 'There is no key yet.' : whereFrom[source];
  if (canRemember !== false || source === 'environment') return where;
  return `${where} This computer has no keychain that Afterimage can use, so it keeps a key for this session only.`;
}
