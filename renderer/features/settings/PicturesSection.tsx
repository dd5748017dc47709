// How new pictures are made: their shape, reuse, and prefetching.
import { commonAspectRatios } from '../../../shared/domain/models';
import type { Settings } from '../../../shared/domain/settings';
import type { MessageId } from '../../../shared/languages/en';
import { t } from '../../../shared/languages/translate';
import { useSettings } from '../../state/settings/settings-store';
import { Switch } from '../../ui/Switch';
import { Choice, Setting } from './Choice';
import { WordLists } from './WordLists';

const reuseChoices: readonly { value: Settings['reusePictures']; label: MessageId }[] = [
  { value: 'same-seed', label: 'settings.reuse_same_seed' },
  { value: 'same-prompt', label: 'settings.reuse_same_prompt' },
  { value: 'never', label: 'settings.reuse_never' },
];

export function PicturesSection() {
  const { settings, change } = useSettings();
  return (
    <>
      <Choice
        id="aspectRatio"
        label={t('settings.shape')}
        value={settings.aspectRatio}
        options={commonAspectRatios.map((ratio) => ({ value: ratio, label: ratio }))}
        onChange={(aspectRatio) => change({ aspectRatio })}
        note={t('settings.shape_note')}
      />
      <Choice
        id="reusePictures"
        label={t('settings.reuse')}
        value={settings.reusePictures}
        options={reuseChoices.map(({ value, label }) => ({ value, label: t(label) }))}
        onChange={(reusePictures) => change({ reusePictures })}
        note={t('settings.reuse_note')}
      />
      <WordLists />
      <Setting id="prefetch">
        <Switch
          label={t('settings.prefetch')}
          checked={settings.prefetch}
          onChange={(prefetch) => change({ prefetch })}
          note={t('settings.prefetch_note')}
        />
      </Setting>
      <Setting id="prefetchBilled">
        <Switch
          label={t('settings.prefetch_billed')}
          checked={settings.prefetchBilled}
          onChange={(prefetchBilled) => change({ prefetchBilled })}
          note={t('settings.prefetch_billed_note')}
        />
      </Setting>
    </>
  );
}
