// How an import is told.
import type { ImportProgress } from '../../../shared/contract/import';
import { formatCount } from '../../ui/format';

export function isUnderWay({ state }: ImportProgress): boolean {
  return state === 'looking' || state === 'running';
}

export function skippedCount({ skipped }: ImportProgress): number {
  return Object.values(skipped).reduce((sum, count) => sum + count, 0);
}

/** @returns a title, and what there is to know or to do; null where the title says it all. */
export function tell(progress: ImportProgress): { title: string; text: string | null } {
  const { state, found, done, added } = progress;
  const goOn = 'Drop the files again to go on: those that are here are recognised.';
  switch (state) {
    case 'looking':
      return { title: 'Looking for pictures', text: `${formatCount(found, 'file')} so far` };
    case 'running':
      return { title: 'Bringing in pictures', text: `${done} of ${found}` };
    case 'done':
      return { title: added > 0 ? `${formatCount(added, 'picture')} added` : 'Nothing to add', text: null };
    case 'cancelled':
      return {
        title: 'Import cancelled',
        text: `${formatCount(added, 'picture')} added until then. ${goOn}`,
      };
    case 'stopped':
      return {
        title: 'Import stopped',
        text: `Afterimage could not go on. Check that the disk has room. ${formatCount(added, 'picture')} added. ${goOn}`,
      };
    case 'interrupted':
      return { title: 'The last import was cut off', text: `What was added is in the gallery. ${goOn}` };
  }
}
