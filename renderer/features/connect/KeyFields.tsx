// The key of the sheet: where to get one, the field, where it is kept, and what is wrong with it.
import { useId } from 'react';
import type { KeySource } from '../../../shared/contract/services';
import { joinSentences, t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { Button } from '../../ui/Button';
import { keyLabel, storedKeyDots } from '../../ui/key-label';
import { toast } from '../../ui/toasts';
import type { useKeyInput } from '../../ui/use-key-input';
import styles from './ConnectSheet.module.css';

type Props = {
  input: ReturnType<typeof useKeyInput>;
  /** Of the service. */
  name: string;
  /** The page where a user gets a key; null if there is none. */
  keyUrl: string | null;
  /** Where the key in use comes from; null without one. */
  source: KeySource | null;
  /** Why the key would be read by others; null if it would not. */
  warning: string | null;
  /** Whether it is known if there is a keychain. */
  isKnown: boolean;
  canRemember: boolean;
  remember: boolean;
  /** What the service says against the key. */
  problem: string | null;
  onRemember: (remember: boolean) => void;
  onEdit: () => void;
  /** A key was pasted that can be tested at once. */
  onPasted: () => void;
};

export function KeyFields(props: Props) {
  const { input, name, keyUrl, source, warning, isKnown, canRemember, remember, onEdit } = props;
  const noteId = useId();
  const problem = input.problem ?? props.problem;
  return (
    <>
      {keyUrl !== null && (
        <div>
          <Button onClick={() => void openKeyPage(keyUrl)}>{t('connect.get_key')}</Button>
        </div>
      )}
      <div className={styles['field']}>
        <label className={styles['label']}>
          <span>{keyLabel(name)}</span>
          <input
            ref={input.field}
            className={styles['input']}
            data-field="key"
            type="password"
            spellCheck={false}
            autoComplete="off"
            placeholder={source === null ? t('connect.paste_key') : storedKeyDots}
            disabled={source === 'environment'}
            aria-invalid={problem !== null || undefined}
            aria-describedby={noteId}
            onInput={onEdit}
            onPaste={(event) => {
              input.onPaste(event);
              onEdit();
              // What is wrong with the connection is read first.
              if (warning === null) props.onPasted();
            }}
          />
        </label>
        <p id={noteId} role={problem === null ? undefined : 'alert'}>
          {problem ?? noteOf(source, input.took, isKnown && !canRemember)}
        </p>
      </div>
      {warning !== null && <p role="alert">{warning}</p>}
      {canRemember && source !== 'environment' && (
        <label className={styles['check']}>
          <input
            type="checkbox"
            checked={remember}
            onChange={(event) => props.onRemember(event.target.checked)}
          />
          {t('connect.keep_in_keychain')}
        </label>
      )}
    </>
  );
}

function noteOf(source: KeySource | null, took: string | null, isSessionOnly: boolean): string {
  if (source === 'environment') return t('settings.key_from_environment');
  return joinSentences([
    took && t('connect.took', { what: took }),
    source !== null && t('connect.paste_other_key'),
    isSessionOnly && t('connect.no_keychain'),
  ]);
}

async function openKeyPage(url: string): Promise<void> {
  const reply = await request('links:open', { url });
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}
