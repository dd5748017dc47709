// How new pictures are made: their shape, what is reused, and what is made ahead.
import { commonAspectRatios } from '../../../shared/domain/models';
import type { Settings } from '../../../shared/domain/settings';
import { useSettings } from '../../state/settings/settings-store';
import { Switch } from '../../ui/Switch';
import { Choice, Setting } from './Choice';
import { WordLists } from './WordLists';

const reuseChoices: readonly { value: Settings['reusePictures']; label: string }[] = [
  { value: 'same-seed', label: 'With the same seed' },
  { value: 'same-prompt', label: 'With the same prompt' },
  { value: 'never', label: 'Never' },
];

export function PicturesSection() {
  const { settings, change } = useSettings();
  return (
    <>
      <Choice
        id="aspectRatio"
        label="Shape of a new picture"
        value={settings.aspectRatio}
        options={commonAspectRatios.map((ratio) => ({ value: ratio, label: ratio }))}
        onChange={(aspectRatio) => change({ aspectRatio })}
        note="Width to height."
      />
      <Choice
        id="reusePictures"
        label="Answer from the gallery"
        value={settings.reusePictures}
        options={reuseChoices}
        onChange={(reusePictures) => change({ reusePictures })}
        note="If the gallery already has a picture of the same prompt and shape, it is shown at once, free. You can always make a new one."
      />
      <WordLists />
      <Setting id="prefetch">
        <Switch
          label="Prefetch while I write"
          checked={settings.prefetch}
          onChange={(prefetch) => change({ prefetch })}
          note="When you pause while describing a picture, a service on this computer starts it, so that it is ready sooner when you send."
        />
      </Setting>
      <Setting id="prefetchBilled">
        <Switch
          label="Prefetch at billed services"
          checked={settings.prefetchBilled}
          onChange={(prefetchBilled) => change({ prefetchBilled })}
          note="Every prefetched picture may cost as much as a sent one, even if you change your text and never see it. It counts towards your limits and your cap."
        />
      </Setting>
    </>
  );
}
