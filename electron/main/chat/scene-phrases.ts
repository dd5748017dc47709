// Recognizes short phrases that describe a scene, such as "northern lights over a cabin".

/** Nouns that are far more often the subject of a picture than of a question. */
const visibleThings = new Set(
  `mountain hill peak valley canyon cliff glacier volcano desert dune island beach coast shore lagoon sea ocean lake
   pond river stream creek waterfall forest wood jungle meadow field garden orchard vineyard path trail sky cloud storm
   thunderstorm lightning rain water snow blizzard fog mist rainbow sunset sunrise dawn dusk night moon sun star galaxy nebula
   planet comet aurora light lantern candle fire campfire bonfire firework wave
   tree oak pine palm willow birch flower rose tulip sunflower poppy lavender blossom leaf mushroom cactus wheat
   fox wolf bear deer stag elk moose horse pony cow sheep lamb goat dog puppy cat kitten lion tiger leopard cheetah
   elephant giraffe zebra panda koala kangaroo rabbit hare squirrel hedgehog otter beaver badger owl eagle hawk falcon
   raven crow swan duck goose heron flamingo penguin parrot robin sparrow seagull peacock rooster whale dolphin shark
   octopus jellyfish turtle fish seal frog dragon unicorn phoenix mermaid butterfly moth bee dragonfly bird snail
   knight astronaut wizard witch pirate samurai robot ballerina fisherman cowboy snowman scarecrow
   cabin cottage house hut barn farmhouse castle palace tower lighthouse windmill temple pagoda church cathedral chapel
   ruin bridge city skyline skyscraper street alley village town harbour harbor pier boat ship sailboat yacht canoe
   kayak rowboat car bicycle spaceship rocket balloon kite umbrella bench teapot statue fountain treehouse tent train`
    .split(/\s+/)
    .filter(Boolean),
);

const irregular = new Map([
  ['leaves', 'leaf'],
  ['wolves', 'wolf'],
  ['geese', 'goose'],
]);

/** Prepositions of place only. "With", "for", "of" and "from" often mean something else: "help with", "capital of". */
const place =
  /\s(over|above|under|beneath|below|beside|behind|among|amid|across|along|inside|in|on|at|by|near|against|through|beyond|around|atop)\s+/i;
/** Prepositions with many other uses ("in decline", "on antibiotics"): a concrete or visible thing must follow. */
const anyPlace = /^(?:in|on|at|by|near|around)$/i;
const aThing = /^\S+\s+(?:an?|the|its|two|three)\s/i;

/** How requests, answers and searches start. Other phrases are left to `visibleThings`. */
const startsOtherwise =
  /^(?:(?!forest|harvest)\p{L}+est|no|not|yes|yeah|okay|ok|well|now|then|maybe|perhaps|with|from|to|of|for|at|in|on|so|but|and|or|also|only|more|less|fewer|(?:dark|light|bright|bigg|larg|small|tall|clos|high|low|warm|cool|cold|soft|sharp|wid|old|young|bett|nic)er|same|other|top|worst|cheap\p{L}*|famous|popular|common|average|number|list|names?|facts?|types?|kinds?|any|all|every|each|let|go|come|see|look|find|search|tell|explain|describe|write|translate|compare|define|fix|help|count|name|spell|remove|add|put|place|change|turn|use|try|keep|move|replace|delete|hide|swap|feed|plant|catch|raise|grow|love|hate|like|buy|sell|visit|watch|save|clean|cook|wash|walk|without|my|your|our|his|her|their|this|that|these|those)\b/iu;
/** "Growing roses" asks how to do it; "glowing mushrooms" is a scene. */
const startsWithActivity =
  /^(?!glowing|flying|sleeping|running|setting|rising|falling|burning|sinking|floating|shining|flowing|sailing|blooming|melting|crashing|winding|towering|rolling|dancing|wandering|evening|morning|spring)\p{L}+ing\b/iu;

/** Places that cannot be seen: times, numbers, languages, technologies, parts of an existing picture. */
const abstractPlace =
  /\b(?:me|work|school|home|general|particular|theory|practice|law|history|danger|trouble|sale|question|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|yesterday|january|february|april|june|july|august|september|october|november|december|english|german|french|spanish|italian|latin|japanese|chinese|russian|python|java|javascript|typescript|css|html|sql|excel|rust|github|google|aws|picture|image|photo|left|right|middle|corner|background|foreground|instead|again|too|forecast|world|internet|news|media|market|future|past|film|movie|series|book|song|game|sauce|recipe|diet|average|percent)\b|\d/i;

/** "Beaches in Portugal" is usually a question; "a street in Tokyo at night" is a scene. */
const inNamedPlace = /^(?:in|near|around|by)\s+\p{Lu}\p{Ll}/u;
const sceneTime =
  /\b(?:at (?:night|dawn|dusk|noon|sunset|sunrise|midnight)|in (?:winter|summer|spring|autumn|fall|(?:the )?(?:rain|snow|fog|mist|moonlight|sunshine)))\b/i;

const maxPhraseCharacters = 400;

/**
 * Returns whether a visible thing stands right before a preposition of place.
 *
 * @param text neither a sentence nor a question.
 */
export function matchesScenePhrase(text: string): boolean {
  if (text.length > maxPhraseCharacters) return false;
  const phrase = text.replace(/^the\s+/i, '').replace(/[.!\s]+$/, '');
  const at = place.exec(phrase);
  if (at === null || startsOtherwise.test(phrase) || startsWithActivity.test(phrase)) return false;
  const words = phrase
    .slice(0, at.index)
    .toLowerCase()
    .split(/[\s,]+/);
  if (words.length > 6) return false;
  const where = phrase.slice(at.index).trim();
  if (abstractPlace.test(where)) return false;
  if (inNamedPlace.test(where) && !sceneTime.test(where)) return false;
  if (anyPlace.test(at[1] ?? '') && !aThing.test(where) && !where.split(/[\s,]+/).some(isVisible))
    return false;
  const last = words.at(-1) ?? '';
  // "Fox sleeping under a tree".
  const head = /.(?:ing|ed)$/.test(last) && words.length > 1 ? (words.at(-2) ?? '') : last;
  return isVisible(head) || isVisible(last);
}

function isVisible(text: string): boolean {
  const word = text.toLowerCase();
  const singular = irregular.get(word) ?? word;
  return [
    singular,
    singular.replace(/s$/, ''),
    singular.replace(/es$/, ''),
    singular.replace(/ies$/, 'y'),
  ].some((form) => visibleThings.has(form));
}
