// The quiet banner of a newer version: download, then restart. Nothing happens without either being asked for.
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
        text={updates.problem?.message ?? 'Nothing is downloaded until you say so.'}
      >
        <BannerAction label="What is new" onClick={() => askForNotes()} />
        <BannerAction label="Download" onClick={() => void ask('updates:download')} />
        {later}
      </Banner>
    );
  }
  if (state.kind === 'downloading') {
    return (
      <Banner
        tone="quiet"
        title={`Afterimage ${version} is being downloaded`}
        text={`${formatPercent(state.fraction)} so far. Go on as you like.`}
      />
    );
  }
  return (
    <Banner
      tone="quiet"
      title={`Afterimage ${version} is ready`}
      text={updates.problem?.message ?? 'A restart installs it. Nothing of yours is touched.'}
    >
      <BannerAction label="Restart to install" onClick={() => void ask('updates:install')} />
      {later}
    </Banner>
  );
}
