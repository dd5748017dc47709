// The notices shown as banners: the state of the data, and problems outside any request.
import type { AppNotices, AppProblem, DataState } from '../../../shared/contract/app';

export type Notices = ReturnType<typeof createNotices>;

export type NoticesOptions = {
  readData: () => DataState;
  onChange: (notices: AppNotices) => void;
};

export function createNotices({ readData, onChange }: NoticesOptions) {
  let problems: AppProblem[] = [];

  function state(): AppNotices {
    return { ...readData(), problems };
  }

  function change(changed: AppProblem[]): void {
    problems = changed;
    onChange(state());
  }

  return {
    state,
    /** Call after the state of the data has changed. */
    refresh: () => onChange(state()),
    /** Shows a problem until the user dismisses it. Replaces one of the same kind. */
    add(problem: AppProblem): void {
      change([...problems.filter(({ kind }) => kind !== problem.kind), problem]);
    },
    dismiss(dismissed: AppProblem['kind']): void {
      change(problems.filter(({ kind }) => kind !== dismissed));
    },
  };
}
