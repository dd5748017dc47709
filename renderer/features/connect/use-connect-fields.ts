// The state of the form's fields, the values derived from them, and the input of the test.
import { useRef, useState } from 'react';
import { maxAddressLength, refuseAddress } from '../../../shared/domain/addresses';
import { clearKeyWarning } from '../../../shared/domain/clear-key';
import { readAddress } from '../../../shared/domain/read-address';
import {
  isAtOwnServer,
  type ServiceKind,
  serviceKinds,
  takesAddress,
} from '../../../shared/domain/service-kinds';
import { factsOf } from '../../../shared/domain/services';
import { lengthProblem } from '../../../shared/domain/text-length';
import { t } from '../../../shared/languages/translate';
import type { EnteredBefore, Target } from '../../state/connect-store';
import { useProviders } from '../../state/settings/providers-store';
import { keyOfService } from '../../state/settings/service-keys';
import { nameProblem, useServices } from '../../state/settings/services-store';
import { useSettings } from '../../state/settings/settings-store';
import { useKeyInput } from '../../ui/use-key-input';
import { type Entered, suggestName } from './connect-service';
import type { Wrong } from './use-connect-test';

export type ConnectFields = ReturnType<typeof useConnectFields>;

/** The facts about the service being set up that follow from the fields. */
export type FieldFacts = ReturnType<ConnectFields['factsFor']>;

/**
 * Holds the entered values.
 *
 * @param resumed earlier entries
 */
export function useConnectFields(chosen: Target, resumed: EnteredBefore | undefined) {
  const { kind } = chosen;
  const { needsKey } = serviceKinds[kind];
  const hasAddress = takesAddress(kind);
  const allowPrivate = useSettings((state) => state.settings.allowPrivateAddresses);
  const keys = useProviders((state) => state.keys);
  const services = useServices((state) => state.services);
  const [address, setAddress] = useState(resumed?.address ?? chosen.address ?? '');
  const input = useKeyInput(isAtOwnServer(kind, address));
  /** Null: the suggested name. */
  const [name, setName] = useState<string | null>(resumed?.name ?? null);
  const [isNew, setNew] = useState(chosen.service === null || resumed?.kept?.before === null);
  const [remember, setRemember] = useState(true);
  const testedName = useRef('');
  const canRemember = keys?.canRemember ?? false;

  function needsKeyAt(full: string): boolean {
    return factsOf({ ...chosen, id: '', address: full || null }).needsKey;
  }

  function factsFor(target: Target) {
    const { service } = target;
    const key = keyOfService(keys, service?.id);
    const { source, loss, heldFor } = key;
    const hasSibling = services.some((other) => other.kind === kind && other.id !== service?.id);
    return {
      ...{ source, heldFor },
      hasName: isNew && (hasAddress || hasSibling),
      suggestedName: suggestName({ ...chosen, service }, address),
      /** Whether the service existed before and works without further input. A second one may have another key. */
      isSetUp:
        !isNew &&
        service !== null &&
        !key.isRefused &&
        (source !== null || (keys !== null && loss === null && !factsOf(service).needsKey)),
      /** A warning if the key would be sent unencrypted; otherwise null. */
      warning:
        needsKey && source !== 'environment'
          ? clearKeyWarning(readAddress(kind, hasAddress ? address : (target.address ?? '')))
          : null,
      keyFacts: {
        ...{ ...key, name: target.name, took: input.took },
        // Without an address, a key counts as needed.
        isNeeded: (hasAddress && address === '') || needsKeyAt(readAddress(kind, address)),
        canRemember: keys && canRemember,
      },
    };
  }

  /** As `read` of `useConnectTest`. */
  function read(target: Target, isAsked: boolean): Entered | Wrong | null {
    const { source, hasName, warning } = factsFor(target);
    const { service } = target;
    // After a warning, only the button starts the test.
    if (!isAsked && warning !== null) return null;
    const full = readAddress(kind, address);
    const problem = addressProblem(kind, full, allowPrivate);
    if (problem !== null) return { words: problem, field: 'address' };
    // Shows the address that is actually used.
    if (isAsked) setAddress(full);
    const chosenName = hasName ? (name ?? suggestName({ ...chosen, service }, full)).trim() : '';
    const badName = chosenName === '' ? null : nameProblem(chosenName, service?.id);
    // While the service is being added, its own name seems to be taken.
    testedName.current = chosenName;
    if (badName !== null) return { words: badName, field: 'name' };
    const isEmpty = input.isEmpty();
    const isNeeded = needsKeyAt(full) && source === null;
    if (isEmpty && isNeeded && !isAsked) return null;
    const key = needsKey && (isNeeded || !isEmpty) ? input.read() : null;
    if (key === null && (isNeeded || (needsKey && !isEmpty))) return { words: '', field: 'key' };
    return {
      ...{ key, name: chosenName || null, remember: remember && canRemember },
      address: hasAddress ? full || null : target.address,
    };
  }

  return {
    ...{ address, setAddress, input, name, setName, setNew, remember, setRemember, canRemember },
    /** The name of the service in the current test. */
    testedName,
    factsFor,
    read,
    /** Returns whether the fields differ from the saved service. */
    isChanged: (target: Target): boolean =>
      !input.isEmpty() || name !== null || address !== (target.address ?? ''),
  };
}

function addressProblem(kind: ServiceKind, text: string, allowPrivate: boolean): string | null {
  const hasAddress = takesAddress(kind);
  if (text === '')
    return serviceKinds[kind].address === null && hasAddress ? t('connect.enter_address') : null;
  const tooLong = lengthProblem(text, maxAddressLength);
  if (tooLong !== null) return t('connect.address_too_long', { problem: tooLong });
  const refused = hasAddress ? refuseAddress(kind, text, allowPrivate) : null;
  return refused === null ? null : t(`errors.${refused}`);
}
