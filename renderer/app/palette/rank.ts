// Finds and ranks the palette's entries for a text.
import { go } from 'fuzzysort';
import { minMatchScore } from '../../../shared/domain/match-score';
import { type PaletteGroup, type PaletteItem, paletteGroups } from './palette-item';

/** A part of a name, and whether it matches the typed text. */
export type NamePart = { text: string; isMatch: boolean };

export type RankedItem = PaletteItem & { parts: readonly NamePart[] };

export type Section = { group: PaletteGroup; items: RankedItem[] };

/** Maximum number of entries that a text finds. */
const maxFound = 40;
const maxRecent = 5;
/** A match in the detail or the keywords counts less than one in the name. */
const weights = { name: 1, detail: 0.8, keywords: 0.7 };
/** A recently used entry ranks before one that matches about as well. */
const recentBonus = 0.08;

/**
 * Returns the entries in sections. With a text, sections and their entries are ordered by how well they match. Without one,
 * recently used entries come first, and all others in their own order.
 *
 * @param recent the ids of the entries that were used, the last one first.
 */
export function rank(items: readonly PaletteItem[], text: string, recent: readonly string[]): Section[] {
  return text.trim() === '' ? listed(items, recent) : found(items, text, recent);
}

function listed(items: readonly PaletteItem[], recent: readonly string[]): Section[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const used = recent.flatMap((id) => byId.get(id) ?? []).slice(0, maxRecent);
  const others = items.filter((item) => !used.includes(item));
  return inSections([...used.map((item) => ({ ...item, group: 'recent' as const })), ...others].map(whole));
}

function found(items: readonly PaletteItem[], text: string, recent: readonly string[]): Section[] {
  const minScore = minMatchScore(text);
  const here = items.filter(({ isFound }) => !isFound);
  const beginning = text.trim().toLowerCase();
  const matches = go(text, here, {
    keys: ['name', 'detail', 'keywords'],
    limit: maxFound,
    threshold: minScore,
    scoreFn(result) {
      const [name, detail, keywords] = result;
      const best = Math.max(
        (name?.score ?? 0) * weights.name,
        (detail?.score ?? 0) * weights.detail,
        (keywords?.score ?? 0) * weights.keywords,
        // Words that are partly in the name and partly in the detail or the keywords.
        result.score * weights.keywords,
        // Several words of a name identify it, even if single words match other names better.
        beginning.includes(' ') && result.obj.name.toLowerCase().startsWith(beginning) ? 1 : 0,
      );
      return best >= minScore && recent.includes(result.obj.id) ? best + recentBonus : best;
    },
  });
  const order = new Map(items.map((item, at) => [item, at]));
  const at = (item: PaletteItem) => order.get(item) ?? 0;
  const ranked = matches.toSorted((one, other) => other.score - one.score || at(one.obj) - at(other.obj));
  const others = items.filter(({ isFound }) => isFound).map(whole);
  const matching = ranked.map((result): RankedItem => {
    const [name] = result;
    // Another field may have matched, and not the name.
    if (!name || name.score < minScore) return whole(result.obj);
    const parts = name.highlight((match) => ({ text: match, isMatch: true }));
    return {
      ...result.obj,
      parts: parts
        .filter((part) => part !== '')
        .map((part) => (typeof part === 'string' ? { text: part, isMatch: false } : part)),
    };
  });
  return inSections([...matching, ...others], true);
}

function whole(item: PaletteItem): RankedItem {
  return { ...item, parts: [{ text: item.name, isMatch: false }] };
}

/** @param isRanked whether the groups are ordered by their first entries, instead of by `paletteGroups`. */
function inSections(items: readonly RankedItem[], isRanked = false): Section[] {
  const groups = isRanked ? new Set(items.map(({ group }) => group)) : paletteGroups;
  return [...groups]
    .map((group) => ({ group, items: items.filter((item) => item.group === group) }))
    .filter((section) => section.items.length > 0);
}
