// Recognizes requests that refer to an earlier picture: "make it darker" is not a prompt by itself.

const courtesy =
  /^(?:(?:hi|hello|hey|ok|okay|now|and|please|pls|just|then)[\s,!.]+|(?:can|could|would|will) you (?:please )?|i(?:'d| would)? (?:like|want) (?:you to )?)+/i;
/** "Paint it again", "draw them at night": a verb and a pronoun. */
const verbAndPronoun =
  /^(?:make|turn|change|edit|draw|paint|sketch|render|do|show(?: me)?|give(?: me)?|redo|recreate|repeat|try)\s+(?:it|this|that|them|these|those|him|her|one)\b/i;
/** "Make the picture darker", but not "make the picture of a fox". */
const thePicture =
  /^(?:make|turn|change|edit|crop|do|show(?: me)?|give(?: me)?)\s+the\s+(?:same\s+)?(?:image|picture|photo|drawing|painting|sketch|illustration)\b(?!\s*(?:of|with|showing|:))/i;
const sameAgain =
  /^(?:the\s+)?same\b|\b(?:instead|this time|the same|(?:that|this|last|previous|first|second|third|earlier) (?:image|picture|photo|drawing|painting|sketch|one))\b/i;
/** "A darker one", "another version". */
const anotherOne =
  /^(?:draw |paint |make |show |give |create |generate )?(?:me |us )?(?:an?|another|one more)\s+(?:(?!of|with|in|on|and|for|from)[\p{L}-]+\s+){0,3}(?:one|version|variation|variant)\b/iu;

/**
 * Returns whether the text only makes sense together with an earlier picture. A command such as `/image` always starts
 * a new one.
 */
export function refersToEarlier(text: string): boolean {
  if (text.startsWith('/')) return false;
  const bare = text.trim().slice(0, 400).replace(courtesy, '');
  return [verbAndPronoun, thePicture, sameAgain, anotherOne].some((pattern) => pattern.test(bare));
}
