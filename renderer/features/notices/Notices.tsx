// The banners about the user's data, and about problems outside any request.

import { X } from 'lucide-react';
import { t } from '../../../shared/languages/translate';
import { Banner, BannerAction } from '../../ui/Banner';
import { formatTime } from '../../ui/format';
import { IconButton } from '../../ui/IconButton';
import { LostKeys } from './LostKeys';
import { useNotices } from './notice-store';
import { wordsFor } from './notice-text';
import { problemText } from './problem-text';

export function Notices() {
  const { notice, diskFull, problems, ask, dismissProblem } = useNotices();
  return (
    <>
      {diskFull && (
        <Banner tone="problem" title={t('notices.disk_full_title')} text={t('notices.disk_full')} />
      )}
      {notice && (
        <Banner tone={notice.kind === 'suspected' ? 'problem' : 'quiet'} {...wordsFor(notice, formatTime)}>
          {notice.kind === 'suspected' && (
            <BannerAction label={t('notices.restart')} onClick={() => void ask('app:restart')} />
          )}
          {notice.oldFile !== null && (
            <BannerAction
              label={t('notices.show_old_file')}
              onClick={() => void ask('notice:show-old-file')}
            />
          )}
          {notice.kind === 'rescued' && (
            <IconButton
              icon={X}
              size={16}
              label={t('notices.dismiss')}
              onClick={() => void ask('notice:dismiss')}
            />
          )}
        </Banner>
      )}
      <LostKeys />
      {problems.map((problem) => (
        <Banner key={problem.kind} tone="problem" {...problemText(problem)}>
          {problem.kind === 'unexpected_error' && (
            <BannerAction label={t('notices.restart')} onClick={() => void ask('app:restart')} />
          )}
          <IconButton
            icon={X}
            size={16}
            label={t('notices.dismiss')}
            onClick={() => void dismissProblem(problem.kind)}
          />
        </Banner>
      ))}
    </>
  );
}
