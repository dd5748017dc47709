// Recognizes errors about a setting of a request, for which another prompt would not help.

/** Messages that are clearly about a parameter. They are written for programmers, in English. */
const messages = [
  /\b(?:unknown|unrecogni[sz]ed|unsupported|unexpected|extra|additional|missing|invalid)\s+(?:[\w-]+\s+){0,2}?(?:param(?:eter)?s?|fields?|propert(?:y|ies)|options?)\b/i,
  /\b(?:unknown|unrecogni[sz]ed|unsupported|unexpected)\s+(?:[\w-]+\s+)?(?:arguments?|name)\b/i,
  /\bextra inputs? (?:is|are) not permitted\b/i,
  /\bdoes not (?:support|take|accept|allow) (?:the |this |these )?(?:param(?:eter)?|argument|field|option|setting)s?\b/i,
  /['"`“][\w.[\]-]{1,60}['"`”] (?:is |are )?not (?:supported|permitted|allowed|recogni[sz]ed)\b/i,
];

/** Fields that the user has written or attached. All others are settings, including `image_size` and `input.width`. */
const notSettings = /^(?:prompts?|text|messages?|contents?|instances|images?|mask|input(?![.\w]))(?!\w)/i;

/** Only the start of a message is searched. */
const maxCharactersRead = 2000;

const quotedName = /['"`“]([\w.[\]-]{1,60})['"`”]/;

/**
 * Returns whether a service rejected a request because of one of its settings.
 *
 * @param field the field that the service names as the cause; null if it names none.
 * @param message the service's message.
 */
export function isSettingRefused(field: string | null | undefined, message: string): boolean {
  if (field) return !notSettings.test(field);
  const said = message.slice(0, maxCharactersRead);
  if (!messages.some((pattern) => pattern.test(said))) return false;
  const name = quotedName.exec(said)?.[1];
  return name === undefined || !notSettings.test(name);
}
