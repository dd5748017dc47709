// The field for a key, with its note, its problem, and the choice to remember it. A pasted key is submitted.
import { type ReactNode, useId } from 'react';
import { t } from '../../shared/languages/translate';
import { FieldNote } from './FieldNote';
import styles from './KeyInput.module.css';
import { keyLabel, storedKeyDots } from './key-label';
import type { useKeyInput } from './use-key-input';

type Props = {
  input: ReturnType<typeof useKeyInput>;
  /** The name of the service. */
  name: string;
  /** Whether there is a key. */
  hasKey: boolean;
  /** Whether the key comes from the environment, so that no other one can be entered. */
  isFixed: boolean;
  note: string;
  /** As for `FieldNote`. */
  later?: readonly string[] | undefined;
  /** Why the service rejected the key. */
  problem: string | null;
  /** A warning that others could read the key; null if they could not, or if another field shows it. */
  warning: string | null;
  /** Whether a pasted key waits for the button, so that a warning is read first. */
  isWaiting: boolean;
  canRemember: boolean;
  remember: boolean;
  onRemember: (remember: boolean) => void;
  onEdit: () => void;
  /** Shown below the note: the control that allows the use of a key for another address. */
  held?: ReactNode;
  /** Buttons beside the field. */
  children?: ReactNode;
};

export function KeyInput(props: Props) {
  const { input, name, hasKey, isFixed, note, later, warning, canRemember, remember, onRemember, onEdit } =
    props;
  const fieldId = useId();
  const noteId = useId();
  const warningId = useId();
  const problem = input.problem ?? props.problem;
  return (
    <div className={styles['key']}>
      <div className={styles['field']}>
        <label className={styles['label']} htmlFor={fieldId}>
          {keyLabel(name)}
        </label>
        <div className={styles['line']}>
          <input
            id={fieldId}
            ref={input.field}
            className={styles['input']}
            data-field="key"
            type="password"
            spellCheck={false}
            autoComplete="off"
            placeholder={hasKey ? storedKeyDots : t('connect.paste_key')}
            disabled={isFixed}
            aria-invalid={problem !== null || undefined}
            aria-describedby={warning === null ? noteId : `${warningId} ${noteId}`}
            onInput={() => {
              input.onInput();
              onEdit();
            }}
            onPaste={(event) => {
              const isTaken = input.onPaste(event);
              onEdit();
              const { form } = event.currentTarget;
              // The pasted text is in the field after this event.
              if (isTaken && !props.isWaiting) setTimeout(() => form?.requestSubmit());
            }}
          />
          {props.children}
        </div>
        <div className={styles['note']}>
          <FieldNote id={noteId} {...{ note, later, problem }} />
        </div>
        {props.held && <div>{props.held}</div>}
      </div>
      {warning !== null && (
        <p id={warningId} role="alert">
          {warning}
        </p>
      )}
      {canRemember && !isFixed && (
        <label className={styles['check']}>
          <input type="checkbox" checked={remember} onChange={(event) => onRemember(event.target.checked)} />
          {t('connect.keep_in_keychain')}
        </label>
      )}
    </div>
  );
}
