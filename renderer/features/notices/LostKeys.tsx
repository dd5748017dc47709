// The banner about missing keys of an earlier run: which services need their keys again, and why.
import { X } from 'lucide-react';
import { useState } from 'react';
import type { KeyLoss } from '../../../shared/contract/services';
import { joinSentences, t } from '../../../shared/languages/translate';
import { useConnect } from '../../state/connect-store';
import { type LostKey, lossText, useLostKeys } from '../../state/settings/service-keys';
import { Banner, BannerAction } from '../../ui/Banner';
import { formatList } from '../../ui/format';
import { IconButton } from '../../ui/IconButton';

const losses: readonly KeyLoss[] = ['session', 'keychain'];

export function LostKeys() {
  const lost = useLostKeys();
  const open = useConnect((state) => state.open);
  // Dismissed until the next start, when keys that are still missing are reported again.
  const [isPutAway, setPutAway] = useState(false);
  if (isPutAway || lost.length === 0) return null;
  const services = formatList(lost.map(({ service }) => service.name));
  return (
    <Banner
      tone="problem"
      title={t('notices.keys_lost_title', { count: lost.length, services })}
      text={joinSentences(losses.map((loss) => reasonOf(loss, lost)))}
    >
      {lost.map(({ service: { id, name } }) => (
        <BannerAction
          key={id}
          label={lost.length === 1 ? t('notices.enter_key') : t('notices.enter_key_of', { service: name })}
          onClick={() => open({ service: id })}
        />
      ))}
      <IconButton icon={X} size={16} label={t('notices.dismiss')} onClick={() => setPutAway(true)} />
    </Banner>
  );
}

function reasonOf(loss: KeyLoss, lost: readonly LostKey[]): string | false {
  const names = lost.filter((one) => one.loss === loss).map(({ service }) => service.name);
  return names.length > 0 && lossText(loss, names);
}
