// The starter prompts, each with a picture that the offline painter made of it (scripts/paint-starters.mjs).
import type { MessageId } from '../../../shared/languages/en';
import fox from './starter-pictures/fox.webp';
import lake from './starter-pictures/lake.webp';
import lighthouse from './starter-pictures/lighthouse.webp';
import night from './starter-pictures/night.webp';

export const starterPrompts: readonly { prompt: MessageId; picture: string }[] = [
  { prompt: 'chat.starter_fox', picture: fox },
  { prompt: 'chat.starter_lake', picture: lake },
  { prompt: 'chat.starter_lighthouse', picture: lighthouse },
  { prompt: 'chat.starter_night', picture: night },
];
