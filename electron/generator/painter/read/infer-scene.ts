// What a prompt leaves unsaid: where an animal lives, what hour suits a lighthouse, which sky a night has.
import type { Random } from '../random/random';
import type { Subject } from './read-scene';
import type {
  Animal,
  Flower,
  Mood,
  Place,
  Season,
  SkyBody,
  Style,
  Thing,
  TimeOfDay,
  Tint,
  Weather,
} from './vocabulary';

/** Everything the words name, by kind, in the order of the prompt. */
export type Said = {
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

/** The places named, and those that what is named belongs to. */
export function readPlaces(said: Said, subjects: readonly Subject[], random: Random): Place[] {
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
    add(found, random.pick(['lake', 'lake', 'hills', 'mountains']));
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

/** The weather when none is named. */
export function impliedWeather(said: Said, random: Random): Weather {
  if (said.styles.includes('minimal') || said.skies.length > 0) return 'clear';
  return random.pick(['clear', 'clear', 'cloudy']);
}

/** The season when none is named. */
export function impliedSeason(said: Said): Season {
  if (said.weathers.includes('snow')) return 'winter';
  return said.flowers.includes('blossom') ? 'spring' : 'summer';
}

/** The time of day when none is named. */
export function impliedTime(
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

/** What shines, named or implied by the time of day. */
export function readSky(said: Said, time: TimeOfDay, places: readonly Place[]): SkyBody[] {
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

/** Adds an item once. */
export function add<Item>(list: Item[], item: Item): void {
  if (!list.includes(item)) list.push(item);
}
