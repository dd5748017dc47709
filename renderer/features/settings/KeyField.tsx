// The field for an API key. The key goes to the main process and never comes back to the renderer.

import { type ClipboardEvent, type FormEvent, useId, useRef, useState } from 'react';
import type { KeySource } from '../../../shared/contract/services';
import { readKey } from '../../../shared/domain/read-key';
import type { ServiceId } from '../../../shared/domain/services';
import { Button } from '../../ui/Button';
import { useProviders } from './providers-store';
import styles from './services/ServiceEditor.module.css';

const whereFrom: Record<KeySource, string> = {
  environment: 'A key from the environment is in use for this run. It is never stored.',
  keychain: 'A key from the keychain of this computer is in use.',
  session: 'A key is in use until you quit. It is not stored.',
};

export function KeyField({ provider, name }: { provider: ServiceId; name: string }) {
  const { keys, setKey, removeKey } = useProviders();
  // The field is uncontrolled, so that the key is in one place only, which is cleared after sending.
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  /** What was taken out of the text that the user entered. */
  const [took, setTook] = useState<string | null>(null);
  const [remember, setRemember] = useState(true);
  const problemId = useId();
  const source = keys?.sources.find((known) => known.provider === provider)?.source ?? null;
  const canRemember = keys?.canRemember ?? false;

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const input = field.current;
    if (!input) return;
    const found = readKey(input.value);
    setProblem(found.ok ? null : found.message);
    if (!found.ok) return;
    setTook((before) => found.took ?? before);
    input.value = '';
    await setKey(provider, found.key, remember && canRemember);
  }

  /** The field would join the lines of a text, and so make a wrong key of them. */
  function onPaste(event: ClipboardEvent<HTMLInputElement>): void {
    setTook(null);
    const pasted = event.clipboardData.getData('text');
    if (!/[\r\n]/.test(pasted.trim())) return;
    event.preventDefault();
    const found = readKey(pasted);
    setProblem(found.ok ? null : found.message);
    if (!found.ok) return;
    setTook(found.took);
    event.currentTarget.value = found.key;
  }

  return (
    <form className={styles['field']} onSubmit={(event) => void save(event)} autoComplete="off" noValidate>
      <label className={styles['label']}>
        <span>{`${name} API key`}</span>
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
            aria-describedby={problemId}
            onPaste={onPaste}
          />
          <Button type="submit" disabled={source === 'environment'}>
            Save
          </Button>
          {(source === 'keychain' || source === 'session') && (
            <Button tone="danger" onClick={() => void removeKey(provider)}>
              Remove
            </Button>
          )}
        </span>
      </label>
      {canRemember && source !== 'environment' && (
        <label className={styles['check']}>
          <input type="checkbox" checked={remember} onChange={(event) => setRemember(event.target.checked)} />
          Keep it in the keychain of this computer
        </label>
      )}
      <p id={problemId} className={styles['note']} role={problem === null ? undefined : 'alert'}>
        {problem ??
          [took && `Afterimage took ${took}.`, explain(source, keys === null ? null : canRemember)]
            .filter(Boolean)
            .join(' ')}
      </p>
    </form>
  );
}

function explain(source: KeySource | null, canRemember: boolean | null): string {
  const where = source === null ? 'There is no key yet.' : whereFrom[source];
  if (canRemember !== false || source === 'environment') return where;
  return `${where} This computer has no keychain that Afterimage can use, so it keeps a key for this session only.`;
}
