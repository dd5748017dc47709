// The fields for a provider's models: known models, listed models, or a typed name.

import { RefreshCw } from 'lucide-react';
import { useId, useState } from 'react';
import { defaultModelsOf, takesTextModel } from '../../../shared/domain/default-models';
import { models } from '../../../shared/domain/model-catalogue';
import { findModelOf, labelOfModel, resolutionsOf } from '../../../shared/domain/model-lookup';
import { modelIdSchema, type Service, type ServiceId } from '../../../shared/domain/services';
import { webUiUpscalerName } from '../../../shared/domain/upscalers';
import { joinSentences, t } from '../../../shared/languages/translate';
import { describeLifecycle, type ModelProblem, modelProblem } from '../../state/settings/model-notice';
import { textModelSetting } from '../../state/settings/open-settings';
import { useProviders } from '../../state/settings/providers-store';
import { useServices } from '../../state/settings/services-store';
import { useSettings } from '../../state/settings/settings-store';
import { Button } from '../../ui/Button';
import { Saved, useSaved } from '../../ui/Saved';
import { TextField } from '../../ui/TextField';
import styles from './services/ServiceEditor.module.css';

export function ModelFields({ service }: { service: Service }) {
  const { id: provider, kind, pictureModel, textModel } = service;
  const { settings, change } = useSettings();
  const changeService = useServices((state) => state.change);
  const listModels = useProviders((state) => state.listModels);
  const [isListing, setListing] = useState(false);
  const { isSaved, watch } = useSaved();
  // Renders again when a list arrives, because it may contain other models.
  useProviders((state) => state.offered[provider]);
  const usual = defaultModelsOf(provider, kind);
  const resolutions = resolutionsOf(provider, pictureModel ?? usual.pictureModel);

  function choose(which: 'pictureModel' | 'textModel', id: string): Promise<boolean> {
    return changeService(provider, { [which]: id === '' ? null : id });
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
          label={t('settings.picture_model')}
          makes="pictures"
          service={service}
          value={pictureModel ?? ''}
          fallback={usual.pictureModel}
          onSave={(id) => choose('pictureModel', id)}
        />
        {takesTextModel(kind) && (
          <ModelField
            setting={textModelSetting}
            label={t('settings.text_model')}
            makes="text"
            service={service}
            value={textModel ?? ''}
            // The fallback is empty if the service has no text model.
            fallback={usual.textModel ?? ''}
            onSave={(id) => choose('textModel', id)}
          />
        )}
      </div>
      <div>
        <Button disabled={isListing} onClick={() => void list()}>
          <RefreshCw size={16} strokeWidth={1.75} aria-hidden />{' '}
          {t(isListing ? 'settings.loading_models' : 'settings.refresh_models')}
        </Button>
      </div>
      {resolutions.length > 1 && (
        <fieldset className={styles['sizes']}>
          <legend>
            {t('settings.resolution')} <Saved isSaved={isSaved} />
          </legend>
          {resolutions.map((resolution) => (
            <label key={resolution} className={styles['check']}>
              <input
                type="radio"
                name="resolution"
                checked={settings.resolution === resolution}
                onChange={() => watch(change({ resolution }))}
              />
              {resolution}
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}

type ModelFieldProps = {
  /** The name by which links from elsewhere find it. */
  setting?: string;
  label: string;
  makes: 'pictures' | 'text';
  service: Service;
  value: string;
  fallback: string;
  onSave: (id: string) => Promise<boolean>;
};

function ModelField({ setting, label, makes, service, value, fallback, onSave }: ModelFieldProps) {
  const offered = useProviders((state) => state.offered[service.id]);
  const listId = useId();
  const known = models.filter(
    ({ id, kind, makes: made }) =>
      kind === service.kind &&
      made === makes &&
      (id === value || findModelOf(service.id, id)?.life.state !== 'shut-down'),
  );
  const others = (offered ?? []).filter(
    ({ id, makes: made }) =>
      made !== opposite[makes] && webUiUpscalerName(id) === null && !known.some((model) => model.id === id),
  );
  // Any name can be saved, because a list may be older than the model.
  const problem = problemOf(service.id, makes, value || fallback);
  return (
    <div data-setting={setting}>
      <TextField
        label={label}
        value={value}
        placeholder={fallback}
        list={listId}
        validate={(text) =>
          text === '' || modelIdSchema.safeParse(text).success ? null : t('settings.model_name_problem')
        }
        onSave={onSave}
      />
      <datalist id={listId}>
        {[...known, ...others].map(({ id }) => (
          <option key={id} value={id}>
            {labelOfModel(id, service.id)}
          </option>
        ))}
      </datalist>
      {problem && (
        <p className={styles['note']} role="alert">
          {joinSentences([asSentence(problem.title), problem.text])}{' '}
          {problem.replacement && (
            <Button onClick={() => void onSave(problem.replacement?.id ?? '')}>
              {t('settings.use_model', { model: problem.replacement.label })}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}

/** Adds a full stop, unless the title already is a sentence. */
function asSentence(title: string): string {
  return /[.。]$/.test(title) ? title : t('settings.as_sentence', { text: title });
}

/** Text models are only checked against the catalogue, because services' lists rarely say which models make text. */
function problemOf(service: ServiceId, makes: 'pictures' | 'text', modelId: string): ModelProblem | null {
  if (makes === 'pictures') return modelProblem(service, modelId);
  const model = findModelOf(service, modelId);
  if (!model || model.life.state === 'available') return null;
  const { replacement: id } = model.life;
  const replacement = { id, label: labelOfModel(id, service) };
  return { isGone: model.life.state === 'shut-down', title: describeLifecycle(model), text: '', replacement };
}

const opposite = { pictures: 'text', text: 'pictures' } as const;
