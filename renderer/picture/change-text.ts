// Describes local edits, both finished and requested ones.
import type { LocalEdit } from '../../shared/domain/edits';
import { t } from '../../shared/languages/translate';
import { formatNumber, withCapital } from '../ui/format';
import { joinFacts } from './join-facts';

/** Returns the changes of a local edit, in the order in which they were made. */
export function changesMade({ quarterTurns, mirrored, straighten, crop, scale }: LocalEdit): string[] {
  return [
    quarterTurns > 0 && t('picture.change_turned', { degrees: quarterTurns * 90 }),
    mirrored && t('picture.change_mirrored'),
    straighten !== 0 && t('picture.change_straightened', { degrees: formatNumber(straighten) }),
    crop && t('picture.change_cropped'),
    scale > 1 && t('picture.change_enlarged', { times: scale }),
  ].filter((part) => typeof part === 'string');
}

/** Returns the text of the message that requests a local edit. */
export function changeMessage({ quarterTurns, mirrored, straighten, crop, scale }: LocalEdit): string {
  const asked = [
    quarterTurns > 0 && t('picture.ask_turned', { degrees: quarterTurns * 90 }),
    mirrored && t('picture.ask_mirrored'),
    straighten !== 0 && t('picture.ask_straightened', { degrees: formatNumber(straighten) }),
    crop && t('picture.ask_cropped'),
    scale > 1 && t('picture.ask_enlarged', { times: scale }),
  ].filter((part) => typeof part === 'string');
  return withCapital(joinFacts(asked));
}
