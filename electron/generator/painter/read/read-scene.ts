// Words to a scene: decides, before anything is drawn, what the picture shows.

import { createRandom } from '../random/random';
import {
  add,
  impliedSeason,
  impliedTime,
  impliedWeather,
  readPlaces,
  readSky,
  type Said,
} from './infer-scene';
import {
  type Animal,
  type Flower,
  findMentions,
  type Mention,
  type Mood,
  type Place,
  type Season,
  type SkyBody,
  type Style,
  type Thing,
  type TimeOfDay,
  type Tint,
  type Weather,
} from './vocabulary';

/** One animal or figure, with its own colour where the prompt gives one. */
export type Subject = { animal: Animal; tint: Tint | null; count: number };

/** What a picture shows. Lists are in the order of the prompt, without doubles. */
export type Scene = {
  kind: 'landscape' | 'abstract';
  time: TimeOfDay;
  weather: Weather;
  season: Season;
  sky: SkyBody[];
  places: Place[];
  subjects: Subject[];
  things: Thing[];
  flower: Flower | null;
  tints: Tint[];
  styles: Style[];
  mood: Mood | null;
};

// Words beyond this can't change what is seen; a limit keeps a pasted novel from costing time.
const readLength = 4000;

/** Reads a prompt, in any language and of any length, as a scene. The same prompt and seed read the same. */
export function readScene(prompt: string, seed: number): Scene {
  const random = createRandom(`${prompt}#${seed}`).fork('scene');
  const mentions = findMentions(prompt.slice(0, readLength));
  const said = collect(mentions);
  const subjects = readSubjects(mentions);
  const ownTints = new Set(subjects.map((subject) => subject.tint));
  const kind = isLandscape(said, subjects) ? 'landscape' : 'abstract';
  const weather = said.weathers[0] ?? impliedWeather(said, random);
  const season = said.seasons[0] ?? impliedSeason(said);
  const places = kind === 'abstract' ? [] : readPlaces(said, subjects, random);
  const time = said.times[0] ?? impliedTime(said, subjects, places, random);
  return {
    kind,
    time,
    weather,
    season,
    sky: readSky(said, time, places),
    places,
    subjects,
    things: said.things,
    flower: said.flowers[0] ?? (isBareMeadow(places, subjects, season) ? 'wildflower' : null),
    tints: said.tints.filter((tint) => !ownTints.has(tint)),
    styles: said.styles,
    mood: said.moods[0] ?? null,
  };
}

function collect(mentions: readonly Mention[]): Said {
  const said: Said = {
    times: [],
    weathers: [],
    seasons: [],
    skies: [],
    places: [],
    things: [],
    flowers: [],
    styles: [],
    moods: [],
    tints: [],
  };
  for (const { meaning } of mentions) {
    switch (meaning.kind) {
      case 'time':
        add(said.times, meaning.value);
        break;
      case 'weather':
        add(said.weathers, meaning.value);
        break;
      case 'season':
        add(said.seasons, meaning.value);
        break;
      case 'sky':
        add(said.skies, meaning.value);
        break;
      case 'place':
        add(said.places, meaning.value);
        break;
      case 'thing':
        add(said.things, meaning.value);
        break;
      case 'flower':
        add(said.flowers, meaning.value);
        break;
      case 'style':
        add(said.styles, meaning.value);
        break;
      case 'mood':
        add(said.moods, meaning.value);
        break;
      case 'tint':
        add(said.tints, meaning.value);
        break;
    }
  }
  return said;
}

function readSubjects(mentions: readonly Mention[]): Subject[] {
  const subjects: Subject[] = [];
  for (const { meaning, position } of mentions) {
    if (meaning.kind !== 'animal' || subjects.some((subject) => subject.animal === meaning.value)) continue;
    // A colour belongs to an animal when it stands right before it, or with one word between ("red little fox").
    let tint: Tint | null = null;
    let count = 1;
    for (const before of mentions) {
      const distance = position - before.position;
      if (before.meaning.kind === 'tint' && (distance === 1 || distance === 2)) tint = before.meaning.value;
      if (before.meaning.kind === 'many' && distance > 0 && distance <= 3) count = before.meaning.value;
    }
    subjects.push({ animal: meaning.value, tint, count });
  }
  return subjects.slice(0, 3);
}

// A meadow with nobody in it is worth nothing without its flowers.
function isBareMeadow(places: readonly Place[], subjects: readonly Subject[], season: Season): boolean {
  return places[0] === 'meadow' && subjects.length === 0 && (season === 'spring' || season === 'summer');
}

function isLandscape(said: Said, subjects: readonly Subject[]): boolean {
  const seen = [
    said.times,
    said.weathers,
    said.seasons,
    said.skies,
    said.places,
    said.things,
    said.flowers,
    subjects,
  ];
  return seen.some((list) => list.length > 0) || said.styles.includes('neon');
}
