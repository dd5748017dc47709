// The fields of the form: the service's address, name and key.
import { readAddress } from '../../../shared/domain/read-address';
import { serviceKinds, takesAddress } from '../../../shared/domain/service-kinds';
import { shownOrigin } from '../../../shared/domain/service-origin';
import { t } from '../../../shared/languages/translate';
import type { Target } from '../../state/connect-store';
import { keyNote } from '../../state/settings/key-note';
import { Button } from '../../ui/Button';
import { KeyInput } from '../../ui/KeyInput';
import type { WrongField } from './connect-service';
import { Field } from './Field';
import type { FieldFacts, ConnectFields as Fields } from './use-connect-fields';
import type { Wrong } from './use-connect-test';

type Props = {
  chosen: Target;
  /** The service that is being set up. */
  target: Target;
  fields: Fields;
  facts: FieldFacts;
  wrong: Wrong | null;
  isAsking: boolean;
  onEdit: () => void;
  /** Called when the user allows sending a key that was entered for another address. */
  onAllowKey: () => void;
};

export function ConnectFields({ chosen, target, fields, facts, wrong, isAsking, onEdit, onAllowKey }: Props) {
  const { kind } = chosen;
  const profile = serviceKinds[kind];
  const hasAddress = takesAddress(kind);
  const { address, setAddress, input, name, setName, remember, canRemember } = fields;
  const { source, heldFor, warning, keyFacts } = facts;
  return (
    <>
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
      {facts.hasName && (
        <Field
          field="name"
          label={t('settings.service_name')}
          note={t('connect.name_note')}
          placeholder={target.name}
          problem={problemOf('name', wrong)}
          value={name ?? (isAsking ? fields.testedName.current : facts.suggestedName)}
          onChange={(text) => {
            setName(text);
            onEdit();
          }}
          // An empty name stands for the suggested one.
          onBlur={() => setName((typed) => (typed?.trim() === '' ? null : typed))}
        />
      )}
      {profile.needsKey && (
        <KeyInput
          {...{ input, remember, canRemember, onEdit }}
          // With an address field, that field shows the warning.
          warning={hasAddress ? null : warning}
          isWaiting={warning !== null}
          name={chosen.name}
          hasKey={source !== null}
          isFixed={source === 'environment'}
          note={keyNote(keyFacts)}
          later={[
            // The notes that another address, or a stored key, may show later.
            ...(hasAddress ? [keyNote({ ...keyFacts, isNeeded: !keyFacts.isNeeded })] : []),
            keyNote({ ...keyFacts, source: canRemember && remember ? 'keychain' : 'session' }),
          ]}
          problem={heldFor === null ? problemOf('key', wrong) : null}
          held={
            heldFor !== null && (
              <Button onClick={onAllowKey}>
                {t('settings.use_key_here', { origin: shownOrigin(heldFor) })}
              </Button>
            )
          }
          onRemember={fields.setRemember}
        />
      )}
    </>
  );
}

function problemOf(field: WrongField, wrong: Wrong | null): string | null {
  return wrong?.field === field && wrong.words !== '' ? wrong.words : null;
}
