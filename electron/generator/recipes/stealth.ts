// Reads recipes hidden in a PNG's alpha channel: NovelAI's, or the text that other tools write as `parameters`.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import { parseAutomatic1111 } from './automatic1111';
import { parseFooocus } from './fooocus';
import { parseNovelAi, textsIn } from './novelai';
import { asText, parseObject } from './safe-json';
import { parseSwarmUi } from './swarmui';

export function parseStealthText(text: string): ReadRecipe | null {
  const json = parseObject(text);
  if (!json) return parseAutomatic1111(text);
  const comment = json['Comment'];
  const isText = typeof comment === 'string';
  return (
    parseNovelAi(
      isText ? comment : comment === undefined ? undefined : JSON.stringify(comment),
      textsIn(json),
    ) ??
    parseSwarmUi(text) ??
    parseFooocus(text) ??
    parseAutomatic1111(asText(json['parameters']) ?? '')
  );
}
