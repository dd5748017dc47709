// The models of a provider: known ones, those that the provider lists, or a typed name.
import { RefreshCw } from 'lucide-react';
import { useId, useState } from 'react';
import { models, providers } from '../../../shared/domain/model-catalogue';
import { findModel, resolutionsOf } from '../../../shared/domain/model-lookup';
import type { ProviderId } from '../../../shared/domain/models';
import { modelIdSchema } from '../../../shared/domain/settings';
import { describeLifecycle } from '../../state/settings/model-lifecycle';
import { useSettings } from '../../state/settings/settings-store';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/TextField';
import styles from './ProviderSection.module.css';
import { useProviders } from './providers-store';

export function ModelFields({ provider }: { provider: ProviderId }) {
  const { settings, change } = useSettings();
  const listModels = useProviders((state) => state.listModels);
  const [isListing, setListing] = useState(false);
  const { defaultModel, defaultTextModel } = providers[provider];
  const chosen = settings.models[provider] ?? {};
  const resolutions = resolutionsOf(provider, chosen.picture ?? defaultModel);

  function choose(makes: 'picture' | 'text', id: string): void {
    const { [makes]: _before, ...others } = chosen;
    const changed = id === '' ? others : { ...others, [makes]: id };
    void change({ models: { ...settings.models, [provider]: changed } });
  }

  async function list(): Promise<void> {
    setListing(true);
    await listModels(provider);
    setListing(false);
  }

  return (
    <div className={styles['field']}>
      <div className={styles['pair']}>
        <ModelField
          label="Model for pictures"
          makes="pictures"
          provider={provider}
          value={chosen.picture ?? ''}
          fallback={defaultModel}
          onSave={(id) => choose('picture', id)}
        />
        {defaultTextModel !== null && (
          <ModelField
            label="Model for text"
            makes="text"
            provider={provider}
            value={chosen.text ?? ''}
            fallback={defaultTextModel}
            onSave={(id) => choose('text', id)}
          />
        )}
      </div>
      {resolutions.length > 1 && (
        <fieldset className={styles['sizes']}>
          <legend>Size of a new picture</legend>
          {resolutions.map((resolution) => (
            <label key={resolution}>
              <input
                type="radio"
                name="resolution"
                checked={settings.resolution === resolution}
                onChange={() => void change({ resolution })}
              />
              {resolution}
            </label>
          ))}
        </fieldset>
      )}
      <div>
        <Button disabled={isListing} onClick={() => void list()}>
          <RefreshCw size={16} strokeWidth={1.75} aria-hidden /> {isListing ? 'Loading…' : 'Refresh the list'}
        </Button>
      </div>
    </div>
  );
}

type ModelFieldProps = {
  label: string;
  makes: 'pictures' | 'text';
  provider: ProviderId;
  value: string;
  fallback: string;
  onSave: (id: string) => void;
};

function ModelField({ label, makes, provider, value, fallback, onSave }: ModelFieldProps) {
  const offered = useProviders((state) => state.offered[provider]);
  const listId = useId();
  const known = models.filter((model) => model.provider === provider && model.makes === makes);
  const others = (offered ?? []).filter(
    (model) => model.makes !== opposite[makes] && !known.some(({ id }) => id === model.id),
  );
  const current = findModel(value || fallback);
  return (
    <div>
      <TextField
        label={label}
        value={value}
        placeholder={fallback}
        list={listId}
        validate={(text) =>
          text === '' || modelIdSchema.safeParse(text).success
            ? null
            : 'This is not a valid model name of at most 200 characters. Choose one from the list, or enter it as the provider spells it.'
        }
        onSave={onSave}
      />
      <datalist id={listId}>
        {[...known, ...others].map(({ id, label: name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </datalist>
      {current && current.life.state !== 'available' && (
        <p className={styles['note']} role="alert">
          {describeLifecycle(current)}{' '}
          <Button onClick={() => onSave(current.life.state === 'available' ? '' : current.life.replacement)}>
            Use {findModel(current.life.replacement)?.label}
          </Button>
        </p>
      )}
    </div>
  );
}

const opposite = { pictures: 'text', text: 'pictures' } as const;
