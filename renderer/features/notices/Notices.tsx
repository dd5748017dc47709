// The banners about the data, and about what went wrong outside any request.
import { X } from 'lucide-react';
import { Banner, BannerAction } from '../../ui/Banner';
import { formatTime } from '../../ui/format';
import { IconButton } from '../../ui/IconButton';
import { useNotices } from './notice-store';
import { wordsFor } from './notice-text';
import { problemText } from './problem-text';

export function Notices() {
  const { notice, diskFull, problems, ask, dismissProblem } = useNotices();
  return (
    <>
      {diskFull && (
        <Banner
          tone="problem"
          title="The disk is full"
          text="Your draft stays here, but nothing can be saved. Free some space, and this notice disappears."
        />
      )}
      {notice && (
        <Banner tone={notice.kind === 'suspected' ? 'problem' : 'quiet'} {...wordsFor(notice, formatTime)}>
          {notice.kind === 'suspected' && (
            <BannerAction label="Restart" onClick={() => void ask('app:restart')} />
          )}
          {notice.oldFile !== null && (
            <BannerAction label="Show the old file" onClick={() => void ask('notice:show-old-file')} />
          )}
          {notice.kind === 'rescued' && (
            <IconButton icon={X} size={16} label="Dismiss" onClick={() => void ask('notice:dismiss')} />
          )}
        </Banner>
      )}
      {problems.map((problem) => (
        <Banner key={problem.kind} tone="problem" {...problemText(problem)}>
          {problem.kind === 'unexpected_error' && (
            <BannerAction label="Restart" onClick={() => void ask('app:restart')} />
          )}
          <IconButton icon={X} size={16} label="Dismiss" onClick={() => void dismissProblem(problem.kind)} />
        </Banner>
      ))}
    </>
  );
}
