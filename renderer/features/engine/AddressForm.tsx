// The form that adds a model from an address, with the hash and the role of its file.
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { EngineStatus } from '../../../shared/domain/engine';
import { type EngineItemId, modelFileRoles } from '../../../shared/domain/engine-catalogue';
import { t } from '../../../shared/languages/translate';
import { useEngine } from '../../state/engine/engine-store';
import { Button } from '../../ui/Button';
import styles from './MoreWays.module.css';
import { addressProblem, type ModelFileRole, roleLabels } from './model-address';

type Props = {
  status: EngineStatus;
  /** Called with the new download; null if it is not known yet. */
  onAdded: (model: EngineItemId | null) => void;
};

export function AddressForm({ status, onAdded }: Props) {
  const addAddress = useEngine((state) => state.addAddress);
  const [problem, setProblem] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const url = useRef<HTMLInputElement>(null);
  const hash = useRef<HTMLInputElement>(null);
  const [role, setRole] = useState<ModelFileRole>('model');
  const noteId = useId();
  // The user has just opened this form.
  useEffect(() => url.current?.focus(), []);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isAsking) return;
    const input = {
      url: url.current?.value.trim() ?? '',
      sha256: hash.current?.value.trim().toLowerCase() ?? '',
    };
    const wrong = addressProblem(input);
    setProblem(wrong?.words ?? null);
    if (wrong) {
      (wrong.field === 'url' ? url : hash).current?.focus();
      return;
    }
    const before = new Set(status.downloads.map(({ model }) => model));
    setAsking(true);
    const refused = await addAddress({ ...input, role });
    setAsking(false);
    setProblem(refused);
    if (refused !== null) return;
    const downloads = useEngine.getState().status?.downloads ?? [];
    onAdded(downloads.find(({ model }) => !before.has(model))?.model ?? null);
  }

  return (
    <form className={styles['form']} onSubmit={(event) => void submit(event)} noValidate>
      <label className={styles['label']}>
        <span>{t('engine.address')}</span>
        <input
          ref={url}
          className={styles['input']}
          // Not shown: an address is the same in every language.
          placeholder="https://example.com/model.gguf"
          spellCheck={false}
          autoComplete="off"
          aria-describedby={noteId}
        />
      </label>
      <label className={styles['label']}>
        {/* Not shown: the name of a method is the same in every language. */}
        <span>SHA-256</span>
        <input
          ref={hash}
          className={styles['input']}
          placeholder={t('engine.sha256_hint')}
          spellCheck={false}
          autoComplete="off"
        />
      </label>
      <label className={styles['label']}>
        <span>{t('engine.file_role')}</span>
        <select
          className={styles['select']}
          value={role}
          onChange={({ target: { value } }) =>
            setRole(modelFileRoles.find((each) => each === value) ?? 'model')
          }
        >
          {modelFileRoles.map((each) => (
            <option key={each} value={each}>
              {t(roleLabels[each])}
            </option>
          ))}
        </select>
      </label>
      <p id={noteId} role={problem === null ? undefined : 'alert'}>
        {problem ?? t('engine.address_note')}
      </p>
      <div className={styles['end']}>
        <Button tone="primary" type="submit" disabled={isAsking}>
          {t('engine.download_file')}
        </Button>
      </div>
    </form>
  );
}
