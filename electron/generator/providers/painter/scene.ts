// Words to a scene: decides, before anything is drawn, what the picture shows.
import { createRandom, type Random } from './random';
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
} from './words';

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

const homes: Record<Animal, readonly [Place, ...Place[]]> = {
  fox: ['hills', 'meadow', 'forest'],
  cat: ['roof'],
  dog: ['hills', 'meadow'],
  bird: ['sea', 'hills', 'lake'],
  horse: ['hills', 'meadow'],
  deer: ['forest', 'hills', 'mountains'],
  wolf: ['mountains', 'forest', 'hills'],
  bear: ['mountains', 'forest'],
  whale: ['sea'],
  fish: ['underwater'],
  rabbit: ['meadow', 'hills'],
  owl: ['forest'],
  elephant: ['meadow'],
  camel: ['desert'],
  person: ['hills', 'mountains'],
  astronaut: ['space'],
};

const thingHomes: Record<Thing, readonly [Place, ...Place[]]> = {
  cabin: ['mountains', 'forest'],
  lighthouse: ['sea'],
  boat: ['sea', 'lake'],
  bridge: ['sea', 'lake'],
  tree: ['hills', 'meadow'],
  balloon: ['hills', 'desert'],
};

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
    flower: said.flowers[0] ?? null,
    tints: said.tints.filter((tint) => !ownTints.has(tint)),
    styles: said.styles,
    mood: said.moods[0] ?? null,
  };
}

type Said = {
  times: TimeOfDay[];
  weathers: Weather[];
  seasons: Season[];
  skies: SkyBody[];
  places: Place[];
  things: Thing[];
  flowers: Flower[];
  styles: Style[];
  moods: Mood[];
  tints: Tint[];
};

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

function readPlaces(said: Said, subjects: readonly Subject[], random: Random): Place[] {
  const found = [...said.places];
  if (said.skies.includes('planet') && found.length === 0) add(found, 'space');
  for (const subject of subjects) {
    const [first, ...rest] = homes[subject.animal];
    const settled = found.some((place) => place !== 'roof') && subject.animal !== 'whale';
    if (!settled && !found.includes(first)) add(found, random.pick([first, first, ...rest]));
  }
  for (const thing of said.things) {
    const natural = thingHomes[thing];
    if (thing === 'lighthouse') add(found, 'sea');
    else if (thing === 'boat' && !found.some((place) => place === 'sea' || place === 'lake'))
      add(found, 'sea');
    else if (found.length === 0) add(found, random.pick([...natural]));
  }
  if (said.flowers.length > 0 && said.flowers[0] !== 'blossom') add(found, 'meadow');
  if (said.flowers[0] === 'blossom' && found.length === 0)
    add(found, random.pick(['lake', 'hills', 'mountains']));
  if (found.includes('roof')) add(found, 'city');
  if (found.length === 1 && found[0] === 'volcano') add(found, 'lake');
  if (said.styles.includes('neon') && found.length === 0) add(found, 'city');
  if (found.length > 0) return found;
  if (said.skies.includes('aurora') || said.skies.includes('milky-way')) return ['mountains', 'lake'];
  const winter = said.seasons.includes('winter') || said.weathers.includes('snow');
  if (winter)
    return random.pick<Place[]>([
      ['mountains', 'forest'],
      ['forest', 'hills'],
      ['mountains', 'lake'],
    ]);
  return random.pick<Place[]>([
    ['sea'],
    ['sea'],
    ['hills'],
    ['mountains', 'lake'],
    ['hills', 'lake'],
    ['mountains'],
  ]);
}

function impliedWeather(said: Said, random: Random): Weather {
  if (said.styles.includes('minimal') || said.skies.length > 0) return 'clear';
  return random.pick(['clear', 'clear', 'cloudy']);
}

function impliedSeason(said: Said): Season {
  if (said.weathers.includes('snow')) return 'winter';
  return said.flowers.includes('blossom') ? 'spring' : 'summer';
}

function impliedTime(
  said: Said,
  subjects: readonly Subject[],
  places: readonly Place[],
  random: Random,
): TimeOfDay {
  const nightly: readonly SkyBody[] = ['moon', 'crescent', 'stars', 'milky-way', 'aurora', 'planet'];
  if (said.skies.some((body) => nightly.includes(body)) || said.styles.includes('neon')) return 'night';
  if (places.includes('space') || subjects.some((subject) => subject.animal === 'owl')) return 'night';
  if (said.skies.includes('rainbow')) return 'morning';
  if (said.weathers.includes('storm') || said.weathers.includes('rain')) return 'dusk';
  if (said.weathers.includes('fog')) return random.pick(['dawn', 'morning']);
  if (said.weathers.includes('snow') || said.seasons.includes('winter')) {
    return random.pick(['morning', 'dusk', 'dawn', 'golden-hour']);
  }
  if (said.flowers.length > 0) return random.pick(['morning', 'golden-hour', 'noon']);
  if (places.includes('underwater')) return 'noon';
  if (places.includes('city')) return random.pick(['dusk', 'sunset', 'golden-hour', 'night']);
  return random.pick(['dawn', 'morning', 'golden-hour', 'sunset', 'dusk', 'noon']);
}

function readSky(said: Said, time: TimeOfDay, places: readonly Place[]): SkyBody[] {
  const sky = [...said.skies];
  const hasLight = sky.some((body) => body === 'sun' || body === 'moon' || body === 'crescent');
  if (places.includes('space')) add(sky, 'milky-way');
  else if (time === 'night') {
    add(sky, 'stars');
    // An aurora, a galaxy or a city lights its own night; a moon would only compete.
    const ownLight = sky.includes('aurora') || sky.includes('milky-way') || sky.includes('planet');
    if (!hasLight && !ownLight && !places.includes('city')) add(sky, 'moon');
  } else if (!hasLight) add(sky, 'sun');
  return sky;
}

function add<Item>(list: Item[], item: Item): void {
  if (!list.includes(item)) list.push(item);
}
