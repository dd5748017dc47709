// Above the conversation: the model in use has been, or is going to be, shut down.
import { useState } from 'react';
import { findModel } from '../../../shared/domain/model-lookup';
import { describeLifecycle, selectModel } from '../../state/settings/model-lifecycle';
import { useSettings } from '../../state/settings/settings-store';
import { Banner, BannerAction } from '../../ui/Banner';

export function ModelNotice() {
  const { pictureModel } = useSettings((state) => state.provider);
  const [putAway, setPutAway] = useState<string | null>(null);
  const model = findModel(pictureModel);
  if (!model || model.life.state === 'available' || putAway === model.id) return null;
  const { replacement } = model.life;
  const name = findModel(replacement)?.label ?? replacement;
  return (
    <Banner
      tone={model.life.state === 'shut-down' ? 'problem' : 'quiet'}
      title={describeLifecycle(model)}
      text={
        model.life.state === 'shut-down'
          ? `Pictures asked of it fail. ${name} takes its place.`
          : `Until then it works as before. ${name} takes its place.`
      }
    >
      <BannerAction label={`Use ${name}`} onClick={() => void selectModel(replacement)} />
      <BannerAction label="Not now" onClick={() => setPutAway(model.id)} />
    </Banner>
  );
}
