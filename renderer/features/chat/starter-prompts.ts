// The starter prompts, each with a picture that the offline painter made of it (scripts/paint-starters.mjs).
import fox from './starter-pictures/fox.webp';
import lake from './starter-pictures/lake.webp';
import lighthouse from './starter-pictures/lighthouse.webp';
import night from './starter-pictures/night.webp';

export const starterPrompts: readonly { prompt: string; picture: string }[] = [
  { prompt: 'a red fox at dawn', picture: fox },
  { prompt: 'mountains above a lake in winter', picture: lake },
  { prompt: 'a lighthouse at sunset', picture: lighthouse },
  { prompt: 'northern lights over a cabin', picture: night },
];
