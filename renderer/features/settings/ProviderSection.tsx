// The provider in use: its key, its address, its models, and a check.
import { Check, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { maxAddressLength, refuseAddress } from '../../../shared/domain/addresses';
import { errorSentences } from '../../../shared/domain/errors';
import { keyedProviders } from '../../../shared/domain/keys';
import { providers } from '../../../shared/domain/model-catalogue';
import type { ProviderId } from '../../../shared/domain/models';
import { lengthProblem } from '../../../shared/domain/text-length';
import { useSettings } from '../../state/settings/settings-store';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/TextField';
import { DiffusionFields } from './DiffusionFields';
import { KeyField } from './KeyField';
import { ModelFields } from './ModelFields';
import styles from './ProviderSection.module.css';
import { useProviders } from './providers-store';

/** The address of each provider unless the user enters another one; null if there is no default. */
const defaultAddresses: Partial<Record<ProviderId, string>> = {
  google: 'https://generativelanguage.googleapis.com',
  imagen: 'https://aiplatform.googleapis.com',
  openai: 'https://api.openai.com/v1',
  automatic1111: 'http://127.0.0.1:7860',
};

export function ProviderSection() {
  const { provider } = useSettings();
  const { id } = provider;
  const keyed = keyedProviders.find((candidate) => candidate === id);
  const readKeys = useProviders((state) => state.readKeys);

  useEffect(() => {
    void readKeys();
  }, [readKeys]);

  if (id === 'painter') return null;
  return (
    <section className={styles['provider']} aria-labelledby="provider-in-use">
      <h2 id="provider-in-use">{providers[id].label}</h2>
      {keyed && <KeyField key={keyed} provider={keyed} />}
      <Address key={`address ${id}`} provider={id} />
      <ModelFields key={`models ${id}`} provider={id} />
      {id === 'automatic1111' && <DiffusionFields />}
      <Test provider={id} />
    </section>
  );
}

function Address({ provider }: { provider: ProviderId }) {
  const { settings, change } = useSettings();
  const forgetCheck = useProviders((state) => state.forgetCheck);
  const { addresses, allowPrivateAddresses } = settings;

  async function save(text: string): Promise<void> {
    forgetCheck(provider);
    const { [provider]: _before, ...others } = addresses;
    await change({ addresses: text === '' ? others : { ...others, [provider]: text } });
  }

  return (
    <div className={styles['field']}>
      <TextField
        label="Address"
        value={addresses[provider] ?? ''}
        placeholder={defaultAddresses[provider] ?? ''}
        validate={(text) => {
          const refused = text === '' ? null : refuseAddress(provider, text, allowPrivateAddresses);
          const tooLong = lengthProblem(text, maxAddressLength);
          if (tooLong !== null) return `${tooLong} Use a shorter address.`;
          return refused === null ? null : errorSentences[refused];
        }}
        onSave={(text) => void save(text)}
      />
      {!providers[provider].local && (
        <label className={styles['check']}>
          <input
            type="checkbox"
            checked={allowPrivateAddresses}
            onChange={(event) => void change({ allowPrivateAddresses: event.target.checked })}
          />
          Allow addresses on this computer and in the local network
        </label>
      )}
    </div>
  );
}

function Test({ provider }: { provider: ProviderId }) {
  const checked = useProviders((state) => state.checked[provider]);
  const check = useProviders((state) => state.check);
  const isAsking = checked?.state === 'asking';
  return (
    <div className={styles['test']}>
      <Button disabled={isAsking} onClick={() => void check(provider)}>
        Test
      </Button>
      <p role="status" data-verdict={checked?.state}>
        {isAsking && (
          <>
            <LoaderCircle className={styles['turning']} size={16} strokeWidth={1.75} aria-hidden /> Asking…
          </>
        )}
        {checked?.state === 'good' && (
          <>
            <Check size={16} strokeWidth={1.75} aria-hidden /> {checked.words}
          </>
        )}
        {checked?.state === 'bad' && (
          <>
            <TriangleAlert size={16} strokeWidth={1.75} aria-hidden /> {checked.words}
          </>
        )}
      </p>
    </div>
  );
}
