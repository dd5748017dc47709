// The form that sets up a service. It tests the service as soon as a key is pasted, and again when a field changes.
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { costsOfKnown, knownServiceOf } from '../../../shared/domain/known-services';
import type { Service } from '../../../shared/domain/services';
import { t } from '../../../shared/languages/translate';
import { focusComposer } from '../../state/composer/reuse-prompt';
import type { EnteredBefore, Target, Waiting } from '../../state/connect-store';
import { openLink } from '../../state/open-link';
import { useProviders } from '../../state/settings/providers-store';
import { factsOfService } from '../../state/settings/services-store';
import { Button } from '../../ui/Button';
import { KeyPageButton } from '../../ui/KeyPageButton';
import { TestResult } from '../../ui/TestResult';
import { TextWithButton } from '../../ui/TextWithButton';
import { useIntendedPress } from '../../ui/use-intended-press';
import { ConnectButtons } from './ConnectButtons';
import { ConnectFields } from './ConnectFields';
import styles from './ConnectSheet.module.css';
import type { WrongField } from './connect-service';
import { useLeaveNotice } from './leave-notice';
import { useConnectFields } from './use-connect-fields';
import { useConnectTest } from './use-connect-test';

type Props = {
  target: Target;
  /** Earlier entries. */
  entered: EnteredBefore | undefined;
  onBack: () => void;
  /** Called when the test has passed, and when a field changes after that. */
  onResult: (isGood: boolean) => void;
  onClose: () => void;
  /** As in `Opening`. */
  onConnected: (() => void) | undefined;
  waiting: Waiting | undefined;
};

export function ConnectForm(props: Props) {
  const { target: chosen, entered: resumed, onBack, onConnected, onResult, onClose } = props;
  const known = knownServiceOf(chosen);
  const fields = useConnectFields(chosen, resumed);
  const form = useRef<HTMLFormElement>(null);
  const done = useRef<HTMLButtonElement>(null);
  /** The request that is still to be sent. */
  const [waiting, setWaiting] = useState(props.waiting);
  const isConnected = useRef(false);
  /** The element that gets the focus once the outcome is on screen; null while the user is typing. */
  const next = useRef<WrongField | 'done' | null>(null);

  const tests = useConnectTest({
    ...{ chosen, resumed, read: fields.read },
    onGood({ service }, isAsked) {
      fields.input.clear();
      onResult(true);
      if (!isConnected.current) onConnected?.();
      isConnected.current = true;
      if (waiting && service && isFree(service, waiting)) {
        waiting.send();
        setWaiting(undefined);
      }
      // The next Enter sends the waiting request, or closes the sheet.
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
  // A user who presses Enter right after a paste has not seen the cost of the request.
  const meantPress = useIntendedPress(isGood && waiting !== undefined);
  const facts = fields.factsFor(target);

  function submit(event: FormEvent): void {
    event.preventDefault();
    // Enter in a field also gets here.
    if (isGood) {
      waiting?.send();
      onClose();
      // Writing is the next step. In another view, the button that opened the sheet keeps the focus.
      focusComposer();
    } else if (!isAsking) test();
  }

  useLeaveNotice(() => ({
    opening: {
      entered: { target, address: fields.address, name: fields.name, kept: tests.kept.current },
      ...(onConnected && !isConnected.current && { onConnected }),
      ...(waiting && { waiting }),
    },
    isUnsaved: tests.isUnsaved.current && fields.isChanged(target),
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
    fields.setNew(true);
    form.current?.querySelector<HTMLInputElement>('[data-field="key"], input:enabled')?.focus();
  }

  return (
    <form ref={form} className={styles['form']} onSubmit={submit} noValidate {...meantPress}>
      {known && (
        <TextWithButton words={costsOfKnown(known)}>
          <KeyPageButton known={known} onOpen={openLink} />
        </TextWithButton>
      )}
      {facts.isSetUp && outcome === null && !isAsking && (
        <TextWithButton words={t('connect.is_set_up', { service: target.name })}>
          <Button onClick={onAddAnother}>{t('connect.add_another')}</Button>
        </TextWithButton>
      )}
      <ConnectFields
        {...{ chosen, target, fields, facts, wrong, isAsking, onEdit }}
        onAllowKey={() => void allowHeldKey()}
      />
      <TestResult
        state={isAsking ? 'asking' : isGood ? 'good' : wrong?.field === null ? 'bad' : undefined}
        words={isAsking ? t('connect.testing') : (outcome?.words ?? '')}
      />
      <ConnectButtons
        {...{ isGood, isAsking, waiting, onBack, onClose }}
        isClear={facts.warning !== null}
        next={done}
      />
    </form>
  );
}

/** Returns whether the request is free. Otherwise it is only sent after the user has seen its price. */
function isFree(service: Service, { price }: Waiting): boolean {
  return factsOfService(service).free && (price?.() ?? null) === null;
}

/** Selects the text of a field to correct, so that typing or pasting replaces it. */
function select(form: HTMLFormElement | null, field: WrongField): void {
  const input = form?.querySelector<HTMLInputElement>(`[data-field="${field}"]`);
  input?.focus();
  input?.select();
}
