// Texts about problems outside any request: what happened, then what to do.

import type { AppProblem } from '../../../shared/contract/app';
import { t } from '../../../shared/languages/translate';

export function problemText(problem: AppProblem): { title: string; text: string } {
  switch (problem.kind) {
    case 'unexpected_error':
      return {
        title: t('notices.unexpected_title'),
        text: t('notices.unexpected'),
      };
    case 'keys_unreadable':
      return {
        title: t('notices.keys_title'),
        text: t('notices.keys', { file: problem.movedTo }),
      };
    case 'services_unreadable':
      return {
        title: t('notices.services_title'),
        text: t('notices.services', { reason: problem.reason }),
      };
  }
}
