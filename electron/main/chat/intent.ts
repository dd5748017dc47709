// Decides whether a text asks for a picture: locally, in microseconds, before anything else happens.
import { matchesScenePhrase } from './scene-phrases';

export type Intent = { kind: 'picture'; prompt: string } | { kind: 'text' };

/** Only the start of a text is searched for the noun that names a picture. */
const maxCharactersRead = 400;

const command = /^\/(?:image|imagine|picture|draw|paint)(?:\s+|$)/i;
const courtesy =
  /^(?:(?:hi|hello|hey|ok|okay|now|please|pls|kindly|just)[\s,!.]+|(?:can|could|would|will) you (?:please )?|i(?:'d| would) like you to |i want you to |let's |let us )+/i;
const desire = /^(?:i(?:'d| would)? (?:like|love|want|need)|give me|show me|get me) /i;
const makes =
  /^(?:generate|create|make|render|produce|design|compose|imagine|visuali[sz]e|do|give|show)\b(?: me| us)?\s+/i;
/** Verbs that mean a picture by themselves. */
const draws = /^(?:draw|paint|sketch|illustrate|photograph|doodle)\b(?: me| us)?(?:\s+|$)/i;
const article = /^(?:(?:an?|the|another|one|some|my|this|new)\s+)+/i;
const plainNoun = /^(?:images?|pictures?|photos?|pics?|photographs?)\b/i;
const pictureNoun =
  /\b(?:images?|pictures?|photos?|pics?|photographs?|drawings?|paintings?|illustrations?|sketch(?:es)?|artworks?|wallpapers?|portraits?|posters?|watercolou?rs?|landscapes?|renderings?|logos?|icons?|doodles?)\b/i;
const subject = /^\s*(?:of|showing|with|depicting|featuring|that shows|where|in which|:|-|–|—)\s*/i;

/** "Draw a conclusion" draws nothing. */
const figureOfSpeech =
  /^(?:draw|paint)\s+(?:me\s+)?(?:(?:an?|the|any|some|your|my)\s+)?(?:conclusions?|parallels?|distinctions?|comparisons?|attention|inspiration|line between|blank|breath|picture in words|inference)\b/i;
/** Texts that can be illustrated: "draw up a story" asks for something to read. */
const writing =
  /^(?:(?:an?|the|some|another|short|long|quick|brief|little)\s+)*(?:stor(?:y|ies)|poems?|jokes?|lists?|recipes?|summary|essay|letter|haiku|song|question|plan|table|explanation|description|caption|title|file|folder|list|decision|note|bit|few|lot)\b/i;
/** Words that turn a noun phrase into a sentence or a question. */
const sentence =
  /\b(?:is|are|was|were|am|be|been|has|have|had|do|does|did|can|could|will|would|shall|should|may|might|must|i|i'm|you|we|they|he|she|it|what|why|how|who|where|when|which|please|thanks|thank|because|if|than|about|isn't|aren't|don't|doesn't|didn't|can't|won't)\b/i;
const nounPhrase = /^(?:an?|two|three|four|five|several|many)\s+\S/i;

/** `auto` reads from the text whether it asks for a picture; `picture` takes any text as a prompt. */
export type Mode = 'auto' | 'picture';

/** Without a model that can reply, any text is a prompt. */
export function modeOf(mode: Mode, textModel: string | null): Mode {
  return textModel === null ? 'picture' : mode;
}

/**
 * Returns whether a text asks for a picture, and for which one.
 *
 * These ask for a picture: `/image …`; generate, draw, paint, create … an image, picture, photo … (of …); draw or paint
 * anything; and a short noun phrase that stands alone, such as "a red fox at dawn" or "mountains above a lake".
 *
 */
export function readIntent(text: string, mode: Mode): Intent {
  const whole = text.trim();
  if (whole === '') return { kind: 'text' };
  const afterCommand = whole.replace(command, '');
  if (afterCommand !== whole) return afterCommand === '' ? { kind: 'text' } : picture(afterCommand);
  if (mode === 'picture') return picture(promptOf(whole) ?? whole);
  const prompt = promptOf(whole);
  if (prompt !== null) return picture(prompt);
  return standsAlone(whole) ? picture(whole) : { kind: 'text' };
}

function picture(prompt: string): Intent {
  return { kind: 'picture', prompt };
}

/** Returns what the picture shows, or null if the text does not explicitly ask for one. */
function promptOf(whole: string): string | null {
  const text = whole.replace(courtesy, '');
  if (figureOfSpeech.test(text)) return null;
  const drawn = text.replace(draws, '');
  if (drawn !== text) return subjectOf(drawn);
  const made = text.replace(makes, '');
  const wanted = made === text ? text.replace(desire, '') : made;
  if (wanted === text) return startsWithNoun(text) ? subjectOf(text) : null;
  return namesPicture(wanted) ? subjectOf(wanted) : null;
}

/** "A picture of …", with no verb at all. */
function startsWithNoun(text: string): boolean {
  return /^(?:(?:an?|the|another)\s+)?(?:image|picture|photo|pic|photograph|drawing|painting|portrait|watercolou?r)s?\s+(?:of|showing)\s+\S/i.test(
    text,
  );
}

/** The noun has to come before the subject: "make a list of pictures" is not a picture. */
function namesPicture(text: string): boolean {
  const head =
    text.slice(0, maxCharactersRead).split(/\b(?:of|with|showing|about|for|from|in|on)\b/i)[0] ?? '';
  return pictureNoun.test(head) && !writing.test(text);
}

/** "an image of sunset" -> "sunset", but "a watercolour painting of a fox" stays whole, because it says how. */
function subjectOf(text: string): string | null {
  const trimmed = text.trim().replace(/^me\s+/i, '');
  const bare = trimmed.replace(article, '');
  if (plainNoun.test(bare)) {
    const rest = bare.replace(plainNoun, '').replace(subject, '').trim();
    return /[\p{L}\p{N}\p{S}]/u.test(rest) ? rest : null;
  }
  return /[\p{L}\p{N}\p{S}]/u.test(trimmed) ? trimmed : null;
}

/** "A red fox at dawn" is a picture; "A fox is an animal" and "A question?" are not. */
function standsAlone(text: string): boolean {
  const words = text.split(/\s+/).length;
  return (
    words >= 2 &&
    words <= 30 &&
    !text.includes('?') &&
    !sentence.test(text) &&
    !writing.test(text) &&
    (nounPhrase.test(text) || matchesScenePhrase(text))
  );
}
