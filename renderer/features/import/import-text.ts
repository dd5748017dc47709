// Texts about an import.
import type { ImportProgress } from '../../../shared/contract/import';
import { formatCount } from '../../ui/format';

export function isUnderWay({ state }: ImportProgress): boolean {
  return state === 'looking' || state === 'running';
}

export function skippedCount({ skipped }: ImportProgress): number {
  return Object.values(skipped).reduce((sum, count) => sum + count, 0);
}

/** Returns whether an import added all that it found, so that its report tells nothing more. */
export function wentWell(progress: ImportProgress): boolean {
  const { state, added, withoutRecipe } = progress;
  return state === 'done' && added > 0 && skippedCount(progress) === 0 && withoutRecipe.count === 0;
}

/** Returns a title and, unless the title says it all, what to know or do next. */
export function describeImport(progress: ImportProgress): { title: string; text: string | null } {
  const { state, found, done, added } = progress;
  const howToContinue = 'Drop the files again to continue. Files that were imported already are recognised.';
  switch (state) {
    case 'looking':
      return { title: 'Searching for pictures', text: `${formatCount(found, 'file')} so far` };
    case 'running':
      return { title: 'Importing pictures', text: `${done} of ${found}` };
    case 'done':
      return { title: added > 0 ? `${formatCount(added, 'picture')} added` : 'No new pictures', text: null };
    case 'cancelled':
      return {
        title: 'Import cancelled',
        text: `${formatCount(added, 'picture')} added before that. ${howToContinue}`,
      };
    case 'stopped':
      return {
        title: 'Import stopped',
        text: `Afterimage could not write to its data folder: the disk may be full, or another program may hold the database. ${formatCount(added, 'picture')} added before that. ${howToContinue}`,
      };
    case 'interrupted':
      return {
        title: 'The last import was interrupted',
        text: `The pictures added so far are in the gallery. ${howToContinue}`,
      };
  }
}

/** Says that pictures are in the gallery, but that what they may contain about their making was not read. */
export function describeWithoutRecipe(count: number): string {
  return `${formatCount(count, 'picture')} added without a recipe: the metadata is too large to read`;
}
