// The starter prompts, each with a picture that the offline painter made of it (scripts/paint-starters.mjs).
import fox from './starters/fox.webp';
import lake from './starters/lake.webp';
import lighthouse from './starters/lighthouse.webp';
import night from './starters/night.webp';

export const starters: readonly { prompt: string; picture: string }[] = [
  { prompt: 'a red fox at dawn', picture: fox },
  { prompt: 'mountains above a lake in winter', picture: lake },
  { prompt: 'a lighthouse at sunset', picture: lighthouse },
  { prompt: 'northern lights over a cabin', picture: night },
];
