// The banner for a newer version. The user decides on the download and on the restart.
import { X } from 'lucide-react';
import { Banner, BannerAction } from '../../ui/Banner';
import { formatPercent } from '../../ui/format';
import { IconButton } from '../../ui/IconButton';
import { useUpdates } from './updates-store';

export function UpdateNotice() {
  const { updates, putAway, ask, askForNotes, putAwayVersion } = useUpdates();
  const state = updates?.state;
  if (!state || state.kind === 'off' || state.kind === 'none' || state.kind === 'checking') return null;
  const { version } = state;
  if (putAway === version) return null;
  const later = <IconButton icon={X} size={16} label="Not now" onClick={() => putAwayVersion(version)} />;

  if (state.kind === 'available') {
    return (
      <Banner
        tone="quiet"
        title={`Afterimage ${version} is available`}
        text={updates.problem?.message ?? 'It is downloaded only when you choose to.'}
      >
        <BannerAction label="What’s new" onClick={() => askForNotes()} />
        <BannerAction label="Download" onClick={() => void ask('updates:download')} />
        {later}
      </Banner>
    );
  }
  if (state.kind === 'downloading') {
    return (
      <Banner
        tone="quiet"
        title={`Afterimage ${version} is downloading`}
        text={`${formatPercent(state.fraction)} so far. You can keep working.`}
      />
    );
  }
  return (
    <Banner
      tone="quiet"
      title={`Afterimage ${version} is ready`}
      text={updates.problem?.message ?? 'Restart to install it. Your data stays as it is.'}
    >
      <BannerAction label="Restart to install" onClick={() => void ask('updates:install')} />
      {later}
    </Banner>
  );
}
