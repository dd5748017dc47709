// The line above the composer's choices: the number and cost of the requested pictures, and the options that the model does
// not support.

import type { ChosenModel } from '../../../shared/domain/chosen-model';
import type { AspectRatio } from '../../../shared/domain/models';
import { serviceOf } from '../../../shared/domain/service-directory';
import { joinSentences, t } from '../../../shared/languages/translate';
import { modelName } from '../../state/composer/chosen-models';
import { useDraft } from '../../state/composer/draft-store';
import { leftOutSentence } from '../../state/composer/left-out';
import { useRequestPrice } from '../../state/composer/request-price';
import type { RequestSize } from '../../state/composer/request-size';
import { useConnect } from '../../state/connect-store';
import { openSettings } from '../../state/settings/open-settings';
import { useProviders } from '../../state/settings/providers-store';
import { type KeyLack, keyLackOf } from '../../state/settings/service-keys';
import { useServices } from '../../state/settings/services-store';
import { PlainButton } from '../../ui/PlainButton';
import styles from './ComposerNote.module.css';

type Props = {
  size: RequestSize;
  models: readonly ChosenModel[];
  aspectRatio: AspectRatio;
  problemId: string;
};

export function ComposerNote({ size, models, aspectRatio, problemId }: Props) {
  const { words, problem, unknownLists } = size;
  const without = useWithoutKey(models);
  const leftOut = useLeftOut(models);
  const price = useRequestPrice(models, size.ofEachModel, aspectRatio);
  const [list] = unknownLists;
  if (words === null && list === undefined) return null;
  return (
    <div className={styles['notes']}>
      {problem === null ? (
        words !== null && (
          <p className={styles['count']} role="status" data-testid="request-size">
            {words}
            {price !== null && <span className={styles['price']}> · {price}</span>}
          </p>
        )
      ) : (
        <p className={styles['problem']} id={problemId} role="alert">
          {problem}
        </p>
      )}
      {without.map(({ model, lack }) => (
        <LacksKey key={model.serviceId} model={model} lack={lack} />
      ))}
      {leftOut.length > 0 && <p>{t('composer.left_out', { sentences: joinSentences(leftOut) })}</p>}
      {list !== undefined && (
        <p>
          {t('composer.no_word_list', { list })}{' '}
          <PlainButton className={styles['link']} onClick={() => openSettings('pictures', 'wordLists')}>
            {t('composer.word_lists')}
          </PlainButton>
        </p>
      )}
    </div>
  );
}

type WithoutKey = { model: ChosenModel; lack: KeyLack };

function LacksKey({ model, lack }: WithoutKey) {
  const open = useConnect((state) => state.open);
  return (
    <p role="status">
      {lack === 'missing'
        ? t('composer.model_needs_key', { model: modelName(model) })
        : t(`composer.key_${lack}`, { service: serviceOf(model.serviceId).name })}{' '}
      <PlainButton
        className={styles['link']}
        aria-haspopup="dialog"
        onClick={() => open({ service: model.serviceId })}
      >
        {t(lack === 'missing' ? 'composer.add_key' : 'composer.check_key')}
      </PlainButton>
    </p>
  );
}

/** Returns the first model of each service that lacks its key. A single model shows this in its chip. */
function useWithoutKey(models: readonly ChosenModel[]): WithoutKey[] {
  const services = useServices((state) => state.services);
  // Renders again when the keys change.
  useProviders((state) => state.keys);
  if (models.length === 1) return [];
  return models.flatMap((model, at) => {
    const service = services.find(({ id }) => id === model.serviceId);
    const isFirst = models.findIndex(({ serviceId }) => serviceId === model.serviceId) === at;
    const lack = isFirst && service ? keyLackOf(service) : null;
    return lack === null ? [] : [{ model, lack }];
  });
}

function useLeftOut(models: readonly ChosenModel[]): string[] {
  const options = useDraft((state) => state.options);
  const seed = useDraft((state) => state.seed);
  if (models.length === 1) return [];
  return models.flatMap((model) => leftOutSentence(model, modelName(model), { options, seed }) ?? []);
}
