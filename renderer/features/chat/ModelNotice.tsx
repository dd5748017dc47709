// The banner for a model in use that is deprecated or shut down.
import { useState } from 'react';
import { findModel, findModelOf } from '../../../shared/domain/model-lookup';
import { useChosenProvider } from '../../state/composer/chosen-provider';
import { describeLifecycle, selectModel } from '../../state/settings/model-lifecycle';
import { Banner, BannerAction } from '../../ui/Banner';

export function ModelNotice() {
  const { id, pictureModel } = useChosenProvider();
  const [dismissed, setDismissed] = useState<string | null>(null);
  const model = findModelOf(id, pictureModel);
  if (!model || model.life.state === 'available' || dismissed === model.id) return null;
  const { replacement } = model.life;
  const name = findModel(replacement)?.label ?? replacement;
  return (
    <Banner
      tone={model.life.state === 'shut-down' ? 'problem' : 'quiet'}
      title={describeLifecycle(model)}
      text={
        model.life.state === 'shut-down'
          ? `Requests to it fail. ${name} replaces it.`
          : `It works until then. ${name} replaces it.`
      }
    >
      <BannerAction label={`Use ${name}`} onClick={() => void selectModel(replacement)} />
      <BannerAction label="Not now" onClick={() => setDismissed(model.id)} />
    </Banner>
  );
}
