// Reads a prompt as a scene: decides what the picture shows before anything is drawn.

import { type ColourWord, coloursIn } from '../../../../shared/painter/colours';
import { namesIn } from '../../../../shared/painter/names';
import { type Mention, mentionsIn, readWords } from '../../../../shared/painter/read-words';
import {
  maxReadLength,
  maxSubjects,
  type Place,
  type Scene,
  type Season,
  type Subject,
  type Tint,
} from '../../../../shared/painter/scene';
import { createRandom } from '../random/random';
import {
  addOnce,
  inferPlaces,
  inferSeason,
  inferSky,
  inferTime,
  inferWeather,
  type PromptTerms,
} from './infer-scene';

/** Returns the scene of a prompt of any language and length. The same prompt and seed give the same scene. */
export function readScene(prompt: string, seed: number): Scene {
  const random = createRandom(`${prompt}#${seed}`).fork('scene');
  const words = readWords(prompt.slice(0, maxReadLength));
  const mentions = mentionsIn(words);
  const colours = coloursIn(words, namesIn(words));
  const terms = collectTerms(mentions);
  const subjects = readSubjects(mentions, colours);
  const kind = isLandscape(terms, subjects) ? 'landscape' : 'abstract';
  const weather = terms.weathers[0] ?? inferWeather(terms, random);
  const season = terms.seasons[0] ?? inferSeason(terms);
  const places = kind === 'abstract' ? [] : inferPlaces(terms, subjects, random);
  const time = terms.times[0] ?? inferTime(terms, subjects, places, random);
  return {
    kind,
    time,
    weather,
    season,
    sky: inferSky(terms, time, places),
    places,
    subjects,
    things: terms.things,
    flower: terms.flowers[0] ?? (needsWildflowers(places, subjects, season) ? 'wildflower' : null),
    ownTints: readOwnTints(colours),
    tints: readTints(colours, kind),
    styles: terms.styles,
    mood: terms.moods[0] ?? null,
  };
}

function collectTerms(mentions: readonly Mention[]): PromptTerms {
  const terms: PromptTerms = {
    times: [],
    weathers: [],
    seasons: [],
    skies: [],
    places: [],
    things: [],
    backdrops: [],
    flowers: [],
    styles: [],
    moods: [],
  };
  for (const { meaning } of mentions) {
    switch (meaning.kind) {
      case 'time':
        addOnce(terms.times, meaning.value);
        break;
      case 'weather':
        addOnce(terms.weathers, meaning.value);
        break;
      case 'season':
        addOnce(terms.seasons, meaning.value);
        break;
      case 'sky':
        addOnce(terms.skies, meaning.value);
        break;
      case 'place':
        addOnce(terms.places, meaning.value);
        break;
      case 'thing':
        addOnce(terms.things, meaning.value);
        break;
      case 'flower':
        addOnce(terms.flowers, meaning.value);
        break;
      case 'style':
        addOnce(terms.styles, meaning.value);
        break;
      case 'mood':
        addOnce(terms.moods, meaning.value);
        break;
      case 'backdrop':
        addOnce(terms.backdrops, meaning.value);
        break;
    }
  }
  return terms;
}

function readSubjects(mentions: readonly Mention[], colours: readonly ColourWord[]): Subject[] {
  const subjects: Subject[] = [];
  for (const { meaning, position } of mentions) {
    if (meaning.kind !== 'animal' || subjects.some((subject) => subject.animal === meaning.value)) continue;
    let count = 1;
    for (const earlier of mentions) {
      const distance = position - earlier.position;
      if (earlier.meaning.kind === 'count' && distance > 0 && distance <= 3) count = earlier.meaning.value;
    }
    const tint = colours.findLast(({ owner }) => owner?.position === position)?.tint ?? null;
    subjects.push({ animal: meaning.value, tint, count });
  }
  return subjects.slice(0, maxSubjects);
}

/** If a thing has several colours, the first one counts. */
function readOwnTints(colours: readonly ColourWord[]): Scene['ownTints'] {
  const tints: Scene['ownTints'] = {};
  for (const { tint, owner } of colours) {
    for (const { kind, value } of owner?.meanings ?? []) {
      if (kind === 'thing' || kind === 'flower') tints[value] ??= tint;
      else if (kind === 'place' && value === 'roof') tints.roof ??= tint;
    }
  }
  return tints;
}

/**
 * The colour of something that is not drawn applies only if nothing else is drawn: a yellow umbrella must not turn
 * the sea yellow.
 */
function readTints(colours: readonly ColourWord[], kind: Scene['kind']): Tint[] {
  const tints: Tint[] = [];
  for (const { tint, owner } of colours) {
    if (owner === null || kind === 'abstract') addOnce(tints, tint);
  }
  return tints;
}

// An empty meadow in spring or summer gets flowers, because grass alone looks dull.
function needsWildflowers(places: readonly Place[], subjects: readonly Subject[], season: Season): boolean {
  return places[0] === 'meadow' && subjects.length === 0 && (season === 'spring' || season === 'summer');
}

function isLandscape(terms: PromptTerms, subjects: readonly Subject[]): boolean {
  const depicted = [
    terms.times,
    terms.weathers,
    terms.seasons,
    terms.skies,
    terms.places,
    terms.things,
    terms.backdrops,
    terms.flowers,
    subjects,
  ];
  return depicted.some((list) => list.length > 0) || terms.styles.includes('neon');
}
