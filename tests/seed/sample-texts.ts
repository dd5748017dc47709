// Sample texts for seeded conversations: picture prompts in several languages, other messages and replies. Mostly data.
import { pick, type Random } from '../harness/random';

const subjects = [
  'a red fox',
  'a lighthouse',
  'an old tram',
  'two herons',
  'a paper boat',
  'a cat on a windowsill',
  'a glass house',
  'a market square',
  'a girl with a yellow umbrella',
  'a sleeping dragon',
  'a bowl of oranges',
  'a violin maker',
  'a city of bridges',
  'a whale above the clouds',
  'an astronaut',
  'a bakery at five in the morning',
  'a snow owl',
  'my grandmother’s kitchen',
  'a logo for a bicycle shop',
  'a hot-air balloon',
  'a robot watering plants',
  'a garden behind a wall',
  'a mountain hut',
  'the harbour of Bergen',
  'a chess player',
  'a field of poppies',
];
const places = [
  'at dawn',
  'in a storm',
  'in the rain, neon',
  'under the northern lights',
  'by the sea',
  'in a snowy forest',
  'in an empty museum',
  'at the end of summer',
  'on a rooftop',
  'in thick fog',
  'by candlelight',
  'at 3 a.m.',
];
const styles = [
  'watercolour',
  'oil on canvas',
  '35 mm film, grain',
  'woodcut',
  'isometric',
  'studio light, f/1.8',
  'pencil sketch',
  'art nouveau poster',
  'low poly',
  'long exposure',
  'minimal, much white',
  'gouache on rough paper',
  'pixel art',
];
const otherLanguages = [
  'ein Leuchtturm im Sturm, Aquarell',
  'Füchse im Schnee bei Nacht',
  'Straßenbahn in Zürich, 1962',
  'un renard roux à l’aube, brume légère',
  'une ruelle de Marseille sous la pluie',
  'el mercado de Oaxaca al amanecer',
  'niño con cometa en la playa 🪁',
  'рыжая лиса на рассвете',
  'зимний лес, акварель',
  '夜明けの赤い狐、浮世絵風',
  '雨の渋谷、ネオン、35mm',
  '雪山脚下的小木屋，水彩',
  '赛博朋克城市，夜景，霓虹灯',
  '새벽의 등대, 수채화',
  'منارة في عاصفة عند الغروب',
  'מגדלור בסערה',
  'एक लाल लोमड़ी, भोर',
  'λιμάνι στην Ύδρα, καλοκαίρι',
  '🦊🌅',
  '🐙 playing 🎹 in the deep sea',
];
const remarks = [
  'Thank you!',
  'Which of these prints best at A3?',
  'Merci, c’est parfait.',
  'Hm, not quite what I meant.',
  'Can you explain what a rim light is?',
  'ありがとう 🙏',
  'Let us keep the second one.',
  'Why is the sky green?',
  'I need this for the invitation on Friday, so please nothing too dark.',
];
const replies = [
  'A rim light comes from behind and draws a bright line around the subject.',
  'The second one has the most detail in the shadows, so it should print well at A3.',
  'Gladly. Tell me what you would like to see, and how it should look.',
  'The green comes from “aurora” in the prompt. Without that word the sky stays blue.',
];

/** @returns a picture prompt: usually one line, sometimes only a subject, sometimes a long description. */
export function writePrompt(random: Random): string {
  const kind = random();
  if (kind < 0.2) return pick(random, otherLanguages);
  const subject = pick(random, subjects);
  if (kind < 0.26) return subject;
  const line = `${subject} ${pick(random, places)}, ${pick(random, styles)}`;
  if (kind < 0.93) return line;
  const details = Array.from({ length: 12 }, () => `${pick(random, subjects)} ${pick(random, places)}`);
  return `${line}. In the background, from left to right and never in the centre: ${details.join('; ')}. No text, no frame, no people looking at the viewer.`;
}

/** @returns a user's message that does not request a picture. */
export function writeRemark(random: Random): string {
  return pick(random, remarks);
}

/** @returns an assistant's text reply. */
export function writeReply(random: Random): string {
  return pick(random, replies);
}
