// Recognizes errors about one field of a request: the prompt is not to blame, so other words would not help.

/** Messages that say so themselves. They are written for programmers, in English. */
const messages = [
  /\b(?:unknown|unrecogni[sz]ed|unsupported|unexpected|extra|additional|missing|invalid)\s+(?:[\w-]+\s+){0,2}?(?:param(?:eter)?s?|fields?|propert(?:y|ies)|options?)\b/i,
  /\b(?:unknown|unrecogni[sz]ed|unsupported|unexpected)\s+(?:[\w-]+\s+)?(?:arguments?|name)\b/i,
  /\bextra inputs? (?:is|are) not permitted\b/i,
  /\bdoes not (?:support|take|accept|allow) (?:the |this |these )?(?:param(?:eter)?|argument|field|option|setting)s?\b/i,
  /['"`“][\w.[\]-]{1,60}['"`”] (?:is |are )?not (?:supported|permitted|allowed|recogni[sz]ed)\b/i,
];

/** What the user has written or attached. Anything else is a setting, also `image_size` and `input.width`. */
const notSettings = /^(?:prompts?|text|messages?|contents?|instances|images?|mask|input(?![.\w]))(?!\w)/i;

/** Only the start of a message is searched. */
const maxCharactersRead = 2000;

const quotedName = /['"`“]([\w.[\]-]{1,60})['"`”]/;

/**
 * Returns whether a service refused a request for one of its settings.
 *
 * @param field what the service names as the cause; null if it names nothing.
 * @param message what it says.
 */
export function isSettingRefused(field: string | null | undefined, message: string): boolean {
  if (field) return !notSettings.test(field);
  const said = message.slice(0, maxCharactersRead);
  if (!messages.some((pattern) => pattern.test(said))) return false;
  const name = quotedName.exec(said)?.[1];
  return name === undefined || !notSettings.test(name);
}
