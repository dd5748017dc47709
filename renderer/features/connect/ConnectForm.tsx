// The name, the address and the key of one service, tested as soon as a key is pasted, and again when one of them changes.
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { maxAddressLength, refuseAddress } from '../../../shared/domain/addresses';
import { clearKeyWarning } from '../../../shared/domain/clear-key';
import { costsOfKnown, knownServiceOf } from '../../../shared/domain/known-services';
import { readAddress } from '../../../shared/domain/read-address';
import { isAtOwnServer, serviceKinds, takesAddress } from '../../../shared/domain/service-kinds';
import { shownOrigin } from '../../../shared/domain/service-origin';
import { factsOf, type Service } from '../../../shared/domain/services';
import { lengthProblem } from '../../../shared/domain/text-length';
import { t } from '../../../shared/languages/translate';
import { focusComposer } from '../../state/composer/reuse-prompt';
import type { EnteredBefore, Target, Waiting } from '../../state/connect-store';
import { openLink } from '../../state/open-link';
import { keyNote } from '../../state/settings/key-note';
import { useProviders } from '../../state/settings/providers-store';
import { keyOfService } from '../../state/settings/service-keys';
import { factsOfService, nameProblem, useServices } from '../../state/settings/services-store';
import { useSettings } from '../../state/settings/settings-store';
import { Button } from '../../ui/Button';
import { KeyInput } from '../../ui/KeyInput';
import { KeyPageButton } from '../../ui/KeyPageButton';
import { useKeyInput } from '../../ui/use-key-input';
import { useMeantPress } from '../../ui/use-meant-press';
import { Verdict } from '../../ui/Verdict';
import { ConnectButtons } from './ConnectButtons';
import styles from './ConnectSheet.module.css';
import { type Entered, suggestName, type WrongField } from './connect-service';
import { Field } from './Field';
import { useWhatIsLeft } from './say-what-is-left';
import { useConnectTest, type Wrong } from './use-connect-test';

type Props = {
  target: Target;
  /** What was entered before. */
  entered: EnteredBefore | undefined;
  onBack: () => void;
  /** Called when the test has passed, and when something was changed after that. */
  onResult: (isGood: boolean) => void;
  onClose: () => void;
  /** As in `Opening`. */
  onConnected: (() => void) | undefined;
  waiting: Waiting | undefined;
};

export function ConnectForm(props: Props) {
  const { target: chosen, entered: resumed, onBack, onConnected, onResult, onClose } = props;
  const { kind } = chosen;
  const profile = serviceKinds[kind];
  const known = knownServiceOf(chosen);
  const hasAddress = takesAddress(kind);
  const allowPrivate = useSettings((state) => state.settings.allowPrivateAddresses);
  const keys = useProviders((state) => state.keys);
  const services = useServices((state) => state.services);
  const [address, setAddress] = useState(resumed?.address ?? chosen.address ?? '');
  const input = useKeyInput(isAtOwnServer(kind, address));
  /** Null: the one that is suggested. */
  const [name, setName] = useState<string | null>(resumed?.name ?? null);
  const [isNew, setNew] = useState(chosen.service === null || resumed?.kept?.before === null);
  const [remember, setRemember] = useState(true);
  const form = useRef<HTMLFormElement>(null);
  const done = useRef<HTMLButtonElement>(null);
  /** The request that is still to be sent. */
  const [waiting, setWaiting] = useState(props.waiting);
  const isConnected = useRef(false);
  const testedName = useRef('');
  /** What gets the focus once the outcome is on screen. Whoever is typing is left in peace. */
  const next = useRef<WrongField | 'done' | null>(null);

  const tests = useConnectTest({
    ...{ chosen, resumed, read },
    onGood({ service }, isAsked) {
      input.clear();
      onResult(true);
      if (!isConnected.current) onConnected?.();
      isConnected.current = true;
      if (waiting && service && isFree(service, waiting)) {
        waiting.send();
        setWaiting(undefined);
      }
      // The next Enter sends what waits, or closes the sheet.
      if (isAsked) next.current = 'done';
    },
    onBad({ field }, isAsked) {
      if (isAsked) next.current = field;
    },
  });
  const { target, outcome, isAsking, test } = tests;
  useEffect(() => {
    if (outcome === null || next.current === null) return;
    if (next.current === 'done') done.current?.focus();
    else select(form.current, next.current);
    next.current = null;
  }, [outcome]);
  const isGood = outcome?.isGood ?? false;
  const wrong = outcome && !outcome.isGood ? outcome : null;
  // Whoever presses Enter once more after a paste has not seen what the request costs.
  const meantPress = useMeantPress(isGood && waiting !== undefined);
  const { source, loss, heldFor } = keyOfService(keys, target.service?.id);
  const canRemember = keys?.canRemember ?? false;
  const suggested = suggestName({ ...chosen, service: target.service }, address);
  const hasSibling = services.some((service) => service.kind === kind && service.id !== target.service?.id);
  const hasName = isNew && (hasAddress || hasSibling);
  // Another one of it may have another key. What was set up here is not meant.
  const isSetUp =
    !isNew &&
    target.service !== null &&
    outcome === null &&
    !isAsking &&
    (source !== null || (keys !== null && loss === null && !factsOf(target.service).needsKey));
  const warning =
    profile.needsKey && source !== 'environment'
      ? clearKeyWarning(readAddress(kind, hasAddress ? address : (target.address ?? '')))
      : null;

  const keyFacts = {
    ...{ source, loss, heldFor, name: target.name, took: input.took },
    // Without an address nothing is known of it.
    isNeeded: (hasAddress && address === '') || needsKeyAt(readAddress(kind, address)),
    canRemember: keys && canRemember,
  };

  function read({ service }: Target, isAsked: boolean): Entered | Wrong | null {
    // Whoever reads a warning decides by the button.
    if (!isAsked && warning !== null) return null;
    const full = readAddress(kind, address);
    const problem = addressProblem(full);
    if (problem !== null) return { words: problem, field: 'address' };
    // Shown, so that the user sees which address is used.
    if (isAsked) setAddress(full);
    const chosenName = hasName ? (name ?? suggestName({ ...chosen, service }, full)).trim() : '';
    const badName = chosenName === '' ? null : nameProblem(chosenName, service?.id);
    // While the service is being added, its own name looks taken.
    testedName.current = chosenName;
    if (badName !== null) return { words: badName, field: 'name' };
    const isEmpty = input.isEmpty();
    const isNeeded = needsKeyAt(full) && source === null;
    if (isEmpty && isNeeded && !isAsked) return null;
    const key = profile.needsKey && (isNeeded || !isEmpty) ? input.read() : null;
    if (key === null && (isNeeded || (profile.needsKey && !isEmpty))) return { words: '', field: 'key' };
    return {
      ...{ key, name: chosenName || null, remember: remember && canRemember },
      address: hasAddress ? full || null : target.address,
    };
  }

  function needsKeyAt(full: string): boolean {
    return factsOf({ ...chosen, id: '', address: full || null }).needsKey;
  }

  function addressProblem(text: string): string | null {
    if (text === '') return profile.address === null && hasAddress ? t('connect.enter_address') : null;
    const tooLong = lengthProblem(text, maxAddressLength);
    if (tooLong !== null) return t('connect.address_too_long', { problem: tooLong });
    const refused = hasAddress ? refuseAddress(kind, text, allowPrivate) : null;
    return refused === null ? null : t(`errors.${refused}`);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    // Also by Enter in a field.
    if (isGood) {
      waiting?.send();
      onClose();
      // The next thing to do is to write. In another view, the button that opened the sheet keeps the focus.
      focusComposer();
    } else if (!isAsking) test();
  }

  useWhatIsLeft(() => ({
    opening: {
      entered: { target, address, name, kept: tests.kept.current },
      ...(onConnected && !isConnected.current && { onConnected }),
      ...(waiting && { waiting }),
    },
    isUnsaved:
      tests.isUnsaved.current && (!input.isEmpty() || name !== null || address !== (target.address ?? '')),
  }));

  function onEdit(): void {
    onResult(false);
    tests.changed();
  }

  async function allowHeldKey(): Promise<void> {
    if (target.service) await useProviders.getState().allow(target.service, 'key');
    test();
  }

  function onAddAnother(): void {
    tests.addAnother();
    setNew(true);
    form.current?.querySelector<HTMLInputElement>('[data-field="key"], input:enabled')?.focus();
  }

  return (
    <form ref={form} className={styles['form']} onSubmit={submit} noValidate {...meantPress}>
      {known && (
        <p>
          {costsOfKnown(known)} <KeyPageButton known={known} onOpen={openLink} />
        </p>
      )}
      {isSetUp && (
        <p>
          {t('connect.is_set_up', { service: target.name })}{' '}
          <Button onClick={onAddAnother}>{t('connect.add_another')}</Button>
        </p>
      )}
      {hasAddress && (
        <Field
          field="address"
          label={t('connect.address')}
          note={t('connect.address_note')}
          placeholder={profile.address ?? 'https://example.com/v1'}
          problem={problemOf('address', wrong)}
          warning={warning}
          later={profile.needsKey ? [t('services.clear_key', { host: 'example.com' })] : []}
          value={address}
          onChange={(text) => {
            setAddress(text);
            onEdit();
          }}
          onBlur={() => setAddress(readAddress(kind, address))}
        />
      )}
      {hasName && (
        <Field
          field="name"
          label={t('settings.service_name')}
          note={t('connect.name_note')}
          placeholder={target.name}
          problem={problemOf('name', wrong)}
          value={name ?? (isAsking ? testedName.current : suggested)}
          onChange={(text) => {
            setName(text);
            onEdit();
          }}
          // An empty one is the suggested one.
          onBlur={() => setName((typed) => (typed?.trim() === '' ? null : typed))}
        />
      )}
      {profile.needsKey && (
        <KeyInput
          {...{ input, remember, canRemember, onEdit }}
          // The field for the address says it.
          warning={hasAddress ? null : warning}
          waits={warning !== null}
          name={chosen.name}
          hasKey={source !== null}
          isFixed={source === 'environment'}
          note={keyNote(keyFacts)}
          later={[
            // Another address, and a key that is kept.
            ...(hasAddress ? [keyNote({ ...keyFacts, isNeeded: !keyFacts.isNeeded })] : []),
            keyNote({ ...keyFacts, source: canRemember && remember ? 'keychain' : 'session' }),
          ]}
          problem={heldFor === null ? problemOf('key', wrong) : null}
          held={
            heldFor !== null && (
              <Button onClick={() => void allowHeldKey()}>
                {t('settings.use_key_here', { origin: shownOrigin(heldFor) })}
              </Button>
            )
          }
          onRemember={setRemember}
        />
      )}
      <Verdict
        state={isAsking ? 'asking' : isGood ? 'good' : wrong?.field === null ? 'bad' : undefined}
        words={isAsking ? t('connect.testing') : (outcome?.words ?? '')}
      />
      <ConnectButtons
        {...{ isGood, isAsking, waiting, onBack, onClose }}
        isClear={warning !== null}
        next={done}
      />
    </form>
  );
}

/** What may cost something is sent when the user has seen its price. */
function isFree(service: Service, { price }: Waiting): boolean {
  return factsOfService(service).free && (price?.() ?? null) === null;
}

function problemOf(field: WrongField, wrong: Wrong | null): string | null {
  return wrong?.field === field && wrong.words !== '' ? wrong.words : null;
}

/** Selects what has to be corrected: what is typed or pasted next takes its place. */
function select(form: HTMLFormElement | null, field: WrongField): void {
  const input = form?.querySelector<HTMLInputElement>(`[data-field="${field}"]`);
  input?.focus();
  input?.select();
}
