// Scene types: what the painter can draw, and what one picture shows.

/** In UTF-16 units. Later words would hardly change the scene; the limit bounds the time spent on a very long prompt. */
export const maxReadLength = 4000;

/** Maximum number of kinds of animals and figures in a scene. */
export const maxSubjects = 3;

export type TimeOfDay = 'dawn' | 'morning' | 'noon' | 'golden-hour' | 'sunset' | 'dusk' | 'night';
export type Weather = 'clear' | 'cloudy' | 'fog' | 'rain' | 'storm' | 'snow';
export type Season = 'spring' | 'summer' | 'autumn' | 'winter';
export type SkyBody = 'sun' | 'moon' | 'crescent' | 'stars' | 'milky-way' | 'aurora' | 'planet' | 'rainbow';
export type Place =
  | 'sea'
  | 'lake'
  | 'mountains'
  | 'volcano'
  | 'hills'
  | 'forest'
  | 'city'
  | 'desert'
  | 'meadow'
  | 'underwater'
  | 'space'
  | 'roof';
export type Animal =
  | 'fox'
  | 'cat'
  | 'dog'
  | 'bird'
  | 'horse'
  | 'deer'
  | 'wolf'
  | 'bear'
  | 'whale'
  | 'fish'
  | 'rabbit'
  | 'owl'
  | 'elephant'
  | 'camel'
  | 'person'
  | 'astronaut';
/** Parts of every landscape. */
export type Backdrop = 'sky';
export type Thing = 'cabin' | 'lighthouse' | 'boat' | 'bridge' | 'tree' | 'balloon';
export type Flower = 'poppy' | 'lavender' | 'sunflower' | 'tulip' | 'wildflower' | 'blossom';
export type Style =
  | 'watercolor'
  | 'minimal'
  | 'pastel'
  | 'noir'
  | 'vintage'
  | 'neon'
  | 'woodblock'
  | 'low-poly'
  | 'oil'
  | 'pixel';
export type Mood = 'calm' | 'lonely' | 'joyful' | 'fierce' | 'dreamy';
export type Tint =
  | 'red'
  | 'crimson'
  | 'coral'
  | 'orange'
  | 'gold'
  | 'yellow'
  | 'lime'
  | 'green'
  | 'emerald'
  | 'teal'
  | 'cyan'
  | 'blue'
  | 'navy'
  | 'lavender'
  | 'purple'
  | 'magenta'
  | 'pink'
  | 'brown'
  | 'beige'
  | 'black'
  | 'white'
  | 'grey';

/** One kind of animal or figure. `tint` is its own colour, where the prompt gives one. */
export type Subject = { animal: Animal; tint: Tint | null; count: number };

/** Things besides animals that can have their own colour. */
export type Coloured = Thing | Flower | 'roof';

/** The contents of a picture. Lists are in the order of the prompt, without duplicates. */
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
  /** The colours that the prompt gives to single things. */
  ownTints: Partial<Record<Coloured, Tint>>;
  /** The colours of the whole picture. */
  tints: Tint[];
  styles: Style[];
  mood: Mood | null;
};
