// The key and the address of one service, tested as soon as a key is pasted.
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { maxAddressLength, refuseAddress } from '../../../shared/domain/addresses';
import { clearKeyWarning } from '../../../shared/domain/clear-key';
import { costsOfKnown, knownServiceOf } from '../../../shared/domain/known-services';
import { readAddress } from '../../../shared/domain/read-address';
import { serviceKinds } from '../../../shared/domain/service-kinds';
import { factsOf } from '../../../shared/domain/services';
import { lengthProblem } from '../../../shared/domain/text-length';
import { joinSentences, t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { useProviders } from '../../state/settings/providers-store';
import { useSettings } from '../../state/settings/settings-store';
import { Button } from '../../ui/Button';
import { keyLabel } from '../../ui/key-label';
import { toast } from '../../ui/toasts';
import { useKeyInput } from '../../ui/use-key-input';
import { Verdict } from '../../ui/Verdict';
import styles from './ConnectSheet.module.css';
import { connect, type Outcome, type Target, targetOfService } from './connect-service';

type Props = {
  target: Target;
  onBack: () => void;
  /** Sends what was waiting. */
  onConnected: (() => void) | undefined;
  onClose: () => void;
};

export function ConnectForm({ target: chosen, onBack, onConnected, onClose }: Props) {
  const [target, setTarget] = useState(chosen);
  const { kind, name } = target;
  const profile = serviceKinds[kind];
  const known = knownServiceOf(target);
  const allowPrivate = useSettings((state) => state.settings.allowPrivateAddresses);
  const keys = useProviders((state) => state.keys);
  const input = useKeyInput();
  const [address, setAddress] = useState(target.address ?? '');
  const [remember, setRemember] = useState(true);
  const [isAsking, setAsking] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const done = useRef<HTMLButtonElement>(null);
  const isGood = outcome?.isGood ?? false;
  const isGone = useIsGone();
  const noteId = useId();

  const source = keys?.sources.find(({ provider }) => provider === target.service?.id)?.source ?? null;
  const hasAddress = profile.local || profile.anyServer || profile.address === null;
  // Another one of it may have another key. What was set up here is not meant.
  const isSetUp =
    target.service !== null &&
    target.service.id === chosen.service?.id &&
    outcome === null &&
    !isAsking &&
    (source !== null || (keys !== null && !factsOf(target.service).needsKey));
  const canRemember = keys?.canRemember ?? false;
  const warning =
    profile.needsKey && source !== 'environment'
      ? clearKeyWarning(readAddress(kind, hasAddress ? address : (target.address ?? '')))
      : null;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isAsking) return;
    // Enter in a field, after the test.
    if (isGood) {
      onClose();
      return;
    }
    setOutcome(null);
    const read = readAddress(kind, address);
    const problem = addressProblem(read);
    if (problem !== null) return fail(problem);
    // Shown, so that the user sees which address is used.
    setAddress(read);
    const isEmpty = input.field.current?.value.trim() === '';
    const isNeeded = factsOf({ id: '', kind, name, address: read || null }).needsKey && source === null;
    const key = profile.needsKey && (isNeeded || !isEmpty) ? input.take() : null;
    if (key === null && (isNeeded || (profile.needsKey && !isEmpty))) return;
    setAsking(true);
    const result = await connect(target, {
      address: hasAddress ? read || null : target.address,
      key,
      remember: remember && canRemember,
    });
    // Whoever closes the sheet during the test does not want what was waiting to be sent.
    if (isGone()) return;
    setAsking(false);
    setOutcome(result);
    if (result.service) setTarget(targetOfService(result.service));
    if (result.isGood) onConnected?.();
  }

  // The next Enter closes the sheet.
  useEffect(() => {
    if (isGood) done.current?.focus();
  }, [isGood]);

  function addAnother(): void {
    setTarget({ ...target, service: null });
    form.current?.querySelector<HTMLInputElement>('input:enabled')?.focus();
  }

  function fail(words: string): void {
    setOutcome({ service: target.service, isGood: false, words });
  }

  function addressProblem(text: string): string | null {
    if (text === '') return profile.address === null && hasAddress ? t('connect.enter_address') : null;
    const tooLong = lengthProblem(text, maxAddressLength);
    if (tooLong !== null) return t('connect.address_too_long', { problem: tooLong });
    const refused = hasAddress ? refuseAddress(kind, text, allowPrivate) : null;
    return refused === null ? null : t(`errors.${refused}`);
  }

  return (
    <form ref={form} className={styles['form']} onSubmit={(event) => void submit(event)} noValidate>
      {known && <p>{costsOfKnown(known)}</p>}
      {isSetUp && (
        <p>
          {t('connect.is_set_up', { service: name })}{' '}
          <Button onClick={addAnother}>{t('connect.add_another')}</Button>
        </p>
      )}
      {hasAddress && (
        <label className={styles['label']}>
          <span>{t('connect.address')}</span>
          <input
            className={styles['input']}
            placeholder={profile.address ?? 'https://example.com/v1'}
            spellCheck={false}
            autoComplete="off"
            value={address}
            onChange={(event) => {
              setAddress(event.target.value);
              // It was about the address before.
              setOutcome(null);
            }}
            onBlur={() => setAddress(readAddress(kind, address))}
          />
        </label>
      )}
      {profile.needsKey && (
        <>
          {known?.keyUrl && (
            <div>
              <Button onClick={() => void openKeyPage(known.keyUrl)}>{t('connect.get_key')}</Button>
            </div>
          )}
          <label className={styles['label']}>
            <span>{keyLabel(name)}</span>
            <input
              ref={input.field}
              className={styles['input']}
              type="password"
              spellCheck={false}
              autoComplete="off"
              placeholder={t(source === null ? 'connect.paste_key' : 'connect.paste_other_key')}
              disabled={source === 'environment'}
              aria-invalid={input.problem !== null || undefined}
              aria-describedby={noteId}
              // It was about the key before.
              onInput={() => setOutcome(null)}
              onPaste={(event) => {
                input.onPaste(event);
                setOutcome(null);
                // What is wrong with the connection is read first. The pasted text is in the field after this event.
                if (warning === null) setTimeout(() => form.current?.requestSubmit());
              }}
            />
          </label>
          {warning !== null && <p role="alert">{warning}</p>}
          {canRemember && source !== 'environment' && (
            <label className={styles['check']}>
              <input
                type="checkbox"
                checked={remember}
                onChange={(event) => setRemember(event.target.checked)}
              />
              {t('connect.keep_in_keychain')}
            </label>
          )}
          <p id={noteId} role={input.problem === null ? undefined : 'alert'}>
            {input.problem ?? noteOf(input.took, keys !== null && !canRemember)}
          </p>
        </>
      )}
      <Verdict
        state={isAsking ? 'asking' : outcome ? (isGood ? 'good' : 'bad') : undefined}
        words={isAsking ? t('connect.testing') : (outcome?.words ?? '')}
      />
      <div className={styles['buttons']}>
        {isGood ? (
          <Button ref={done} tone="primary" onClick={onClose}>
            {t('connect.done')}
          </Button>
        ) : (
          <>
            <Button onClick={onBack}>{t('connect.choose_other_service')}</Button>
            <Button tone="primary" type="submit" disabled={isAsking}>
              {t(warning === null ? 'connect.connect' : 'connect.connect_without_encryption')}
            </Button>
          </>
        )}
      </div>
    </form>
  );
}

/** @returns whether the form is not on screen any more. */
function useIsGone(): () => boolean {
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);
  return () => isGone.current;
}

function noteOf(took: string | null, isSessionOnly: boolean): string {
  return joinSentences([
    took && t('connect.took', { what: took }),
    isSessionOnly && t('connect.no_keychain'),
  ]);
}

async function openKeyPage(url: string | null): Promise<void> {
  if (url === null) return;
  const reply = await request('links:open', { url });
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}
