// The banner for a newer version. The user decides on the download and on the restart.
import { X } from 'lucide-react';
import { explain } from '../../../shared/domain/errors';
import { t } from '../../../shared/languages/translate';
import { useUpdates } from '../../state/updates/updates-store';
import { Banner, BannerAction } from '../../ui/Banner';
import { formatPercent } from '../../ui/format';
import { IconButton } from '../../ui/IconButton';

export function UpdateNotice() {
  const { updates, putAway, ask, askForNotes, putAwayVersion } = useUpdates();
  const state = updates?.state;
  if (!state || state.kind === 'off' || state.kind === 'none' || state.kind === 'checking') return null;
  const { version } = state;
  const problem = updates.problem && explain(updates.problem);
  if (putAway === version) return null;
  const later = (
    <IconButton icon={X} size={16} label={t('updates.not_now')} onClick={() => putAwayVersion(version)} />
  );

  if (state.kind === 'available') {
    return (
      <Banner
        tone="quiet"
        title={t('updates.available_title', { version })}
        text={problem ?? t('updates.available')}
      >
        <BannerAction label={t('updates.whats_new')} onClick={() => askForNotes()} />
        <BannerAction label={t('updates.download')} onClick={() => void ask('updates:download')} />
        {later}
      </Banner>
    );
  }
  if (state.kind === 'downloading') {
    return (
      <Banner
        tone="quiet"
        title={t('updates.downloading_title', { version })}
        text={t('updates.downloading', { percent: formatPercent(state.fraction) })}
      />
    );
  }
  return (
    <Banner tone="quiet" title={t('updates.ready_title', { version })} text={problem ?? t('updates.ready')}>
      <BannerAction label={t('updates.restart')} onClick={() => void ask('updates:install')} />
      {later}
    </Banner>
  );
}
