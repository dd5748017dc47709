// The banner for a model in use that its service does not list, or that is deprecated or shut down.

import { useState } from 'react';
import { t } from '../../../shared/languages/translate';
import { useChosenProvider } from '../../state/composer/chosen-provider';
import { selectModel } from '../../state/settings/model-lifecycle';
import { modelProblem } from '../../state/settings/model-notice';
import { useProviders } from '../../state/settings/providers-store';
import { Banner, BannerAction } from '../../ui/Banner';

export function ModelNotice() {
  const { id, pictureModel } = useChosenProvider();
  const [dismissed, setDismissed] = useState<string | null>(null);
  // Renders again when the list arrives, because the notice depends on it.
  useProviders((state) => state.offered[id]);
  const problem = modelProblem(id, pictureModel);
  if (!problem || dismissed === `${id} ${pictureModel}`) return null;
  const { isGone, title, text, replacement } = problem;
  return (
    <Banner tone={isGone ? 'problem' : 'quiet'} title={title} text={text}>
      {replacement && (
        <BannerAction
          label={t('models.use', { model: replacement.label })}
          onClick={() => void selectModel(replacement.id, id)}
        />
      )}
      <BannerAction label={t('models.not_now')} onClick={() => setDismissed(`${id} ${pictureModel}`)} />
    </Banner>
  );
}
