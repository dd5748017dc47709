// The field for a service's key, which is sent to the main process and never comes back. A pasted key is tested at once.
import { type FormEvent, useState } from 'react';
import { clearKeyWarning } from '../../../../shared/domain/clear-key';
import { explain, isAboutKey } from '../../../../shared/domain/errors';
import { isAtOwnServer } from '../../../../shared/domain/service-kinds';
import { shownOrigin } from '../../../../shared/domain/service-origin';
import type { Service } from '../../../../shared/domain/services';
import { t } from '../../../../shared/languages/translate';
import { checkService } from '../../../state/settings/check-service';
import { keyNote } from '../../../state/settings/key-note';
import { useProviders } from '../../../state/settings/providers-store';
import { keyOfService } from '../../../state/settings/service-keys';
import { addressOfService, factsOfService } from '../../../state/settings/services-store';
import { useTestRuns } from '../../../state/settings/use-test-runs';
import { Button } from '../../../ui/Button';
import { KeyInput } from '../../../ui/KeyInput';
import { useKeyInput } from '../../../ui/use-key-input';

export function KeyField({ service }: { service: Service }) {
  const { id, name, kind, address } = service;
  const keys = useProviders((state) => state.keys);
  const checked = useProviders((state) => state.checked[id]);
  const { removeKey, forgetCheck, allow, check } = useProviders.getState();
  const input = useKeyInput(isAtOwnServer(kind, address));
  const [remember, setRemember] = useState(true);
  const stored = keyOfService(keys, id);
  const { source, loss, heldFor } = stored;
  const canRemember = keys?.canRemember ?? false;
  const isFixed = source === 'environment';
  const warning = isFixed ? null : clearKeyWarning(addressOfService(service));
  const isRefused = checked?.state === 'bad' && isAboutKey(checked.problem.code);

  const { test, changed } = useTestRuns(async (isAsked, signal) => {
    // After a warning, only the button submits the key.
    if (!isAsked && (warning !== null || input.isEmpty())) return;
    // A pasted key may have been saved, and taken out of the field, just before Enter was pressed.
    if (source !== null && input.isEmpty()) {
      await checkService(id, { key: null, remember }, signal);
      return;
    }
    const key = input.read();
    if (key === null) return;
    const tested = await checkService(id, { key, remember: remember && canRemember }, signal);
    if (tested === null) return;
    const isWrong = !tested.isGood && (tested.problem === null || isAboutKey(tested.problem.code));
    // A rejected key stays in the field, selected, so that typing or pasting replaces it.
    if (!isWrong) input.clear();
    else if (isAsked) input.field.current?.select();
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    test();
  }

  return (
    <form onSubmit={submit} autoComplete="off" noValidate>
      <KeyInput
        {...{ input, name, isFixed, warning, canRemember, remember }}
        hasKey={source !== null}
        isWaiting={warning !== null}
        note={keyNote({
          ...{ ...stored, name, took: input.took },
          isNeeded: factsOfService(service).needsKey,
          canRemember: keys && canRemember,
        })}
        // A key that is not sent to this address was not refused there.
        problem={isRefused && heldFor === null ? explain(checked.problem) : null}
        held={
          heldFor !== null && (
            <Button onClick={() => void allow(service, 'key').then(() => check(id))}>
              {t('settings.use_key_here', { origin: shownOrigin(heldFor) })}
            </Button>
          )
        }
        onRemember={setRemember}
        onEdit={() => {
          forgetCheck(id);
          changed();
        }}
      >
        <Button type="submit" disabled={isFixed}>
          {t(warning === null ? 'settings.save_key' : 'settings.save_key_anyway')}
        </Button>
        {/* Always present, so that it does not appear where the button beside it was. */}
        <Button
          disabled={(source === null || isFixed) && loss === null}
          {...(loss !== 'session' && { tone: 'danger' })}
          onClick={() => void removeKey(id)}
        >
          {t(loss === 'session' ? 'settings.forget_key' : 'settings.remove_key')}
        </Button>
      </KeyInput>
    </form>
  );
}
