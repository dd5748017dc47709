// Fills in what a prompt leaves open: places, weather, season, time of day and sky.

import type {
  Animal,
  Backdrop,
  Flower,
  Mood,
  Place,
  Season,
  SkyBody,
  Style,
  Subject,
  Thing,
  TimeOfDay,
  Weather,
} from '../../../../shared/painter/scene';
import type { Random } from '../random/random';

/** The terms that the prompt names, by kind. Each list is in the order of the prompt. */
export type PromptTerms = {
  times: TimeOfDay[];
  weathers: Weather[];
  seasons: Season[];
  skies: SkyBody[];
  places: Place[];
  things: Thing[];
  flowers: Flower[];
  styles: Style[];
  moods: Mood[];
  backdrops: Backdrop[];
};

const animalPlaces: Record<Animal, readonly [Place, ...Place[]]> = {
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

const thingPlaces: Record<Thing, readonly [Place, ...Place[]]> = {
  cabin: ['mountains', 'forest'],
  lighthouse: ['sea'],
  boat: ['sea', 'lake'],
  bridge: ['sea', 'lake'],
  tree: ['hills', 'meadow'],
  balloon: ['hills', 'desert'],
};

/** Returns the named places and those where the named subjects and things belong. Never empty. */
export function inferPlaces(terms: PromptTerms, subjects: readonly Subject[], random: Random): Place[] {
  const found = [...terms.places];
  if (terms.skies.includes('planet') && found.length === 0) addOnce(found, 'space');
  for (const subject of subjects) {
    const [first, ...rest] = animalPlaces[subject.animal];
    const isPlaced = found.some((place) => place !== 'roof') && subject.animal !== 'whale';
    if (!isPlaced && !found.includes(first)) addOnce(found, random.pick([first, first, ...rest]));
  }
  for (const thing of terms.things) {
    const usualPlaces = thingPlaces[thing];
    if (thing === 'lighthouse') addOnce(found, 'sea');
    else if (thing === 'boat' && !found.some((place) => place === 'sea' || place === 'lake'))
      addOnce(found, 'sea');
    else if (found.length === 0) addOnce(found, random.pick([...usualPlaces]));
  }
  if (terms.flowers.length > 0 && terms.flowers[0] !== 'blossom') addOnce(found, 'meadow');
  if (terms.flowers[0] === 'blossom' && found.length === 0)
    addOnce(found, random.pick(['lake', 'lake', 'hills', 'mountains']));
  if (found.includes('roof')) addOnce(found, 'city');
  if (found.length === 1 && found[0] === 'volcano') addOnce(found, 'lake');
  if (terms.styles.includes('neon') && found.length === 0) addOnce(found, 'city');
  if (found.length > 0) return found;
  if (terms.skies.includes('aurora') || terms.skies.includes('milky-way')) return ['mountains', 'lake'];
  const isWinter = terms.seasons.includes('winter') || terms.weathers.includes('snow');
  if (isWinter)
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

/** Returns the weather for a prompt that names none. */
export function inferWeather(terms: PromptTerms, random: Random): Weather {
  if (terms.styles.includes('minimal') || terms.skies.length > 0) return 'clear';
  return random.pick(['clear', 'clear', 'cloudy']);
}

/** Returns the season for a prompt that names none. */
export function inferSeason(terms: PromptTerms): Season {
  if (terms.weathers.includes('snow')) return 'winter';
  return terms.flowers.includes('blossom') ? 'spring' : 'summer';
}

/** Returns the time of day for a prompt that names none. */
export function inferTime(
  terms: PromptTerms,
  subjects: readonly Subject[],
  places: readonly Place[],
  random: Random,
): TimeOfDay {
  const nightBodies: readonly SkyBody[] = ['moon', 'crescent', 'stars', 'milky-way', 'aurora', 'planet'];
  if (terms.skies.some((body) => nightBodies.includes(body)) || terms.styles.includes('neon')) return 'night';
  if (places.includes('space') || subjects.some((subject) => subject.animal === 'owl')) return 'night';
  if (terms.skies.includes('rainbow')) return 'morning';
  if (terms.weathers.includes('storm') || terms.weathers.includes('rain')) return 'dusk';
  if (terms.weathers.includes('fog')) return random.pick(['dawn', 'morning']);
  if (terms.weathers.includes('snow') || terms.seasons.includes('winter')) {
    return random.pick(['morning', 'dusk', 'dawn', 'golden-hour']);
  }
  if (terms.flowers.length > 0) return random.pick(['morning', 'golden-hour', 'noon']);
  if (places.includes('underwater')) return 'noon';
  if (places.includes('city')) return random.pick(['dusk', 'sunset', 'golden-hour', 'night']);
  return random.pick(['dawn', 'morning', 'golden-hour', 'sunset', 'dusk', 'noon']);
}

/** Returns the lights in the sky: the named ones and those that the time of day implies. */
export function inferSky(terms: PromptTerms, time: TimeOfDay, places: readonly Place[]): SkyBody[] {
  const sky = [...terms.skies];
  const hasLight = sky.some((body) => body === 'sun' || body === 'moon' || body === 'crescent');
  if (places.includes('space')) addOnce(sky, 'milky-way');
  else if (time === 'night') {
    addOnce(sky, 'stars');
    // No moon where an aurora, a galaxy, a planet or a city already lights the night.
    const hasBrightBody = sky.includes('aurora') || sky.includes('milky-way') || sky.includes('planet');
    if (!hasLight && !hasBrightBody && !places.includes('city')) addOnce(sky, 'moon');
  } else if (!hasLight) addOnce(sky, 'sun');
  return sky;
}

/** Appends an item unless the list already contains it. */
export function addOnce<Item>(list: Item[], item: Item): void {
  if (!list.includes(item)) list.push(item);
}
