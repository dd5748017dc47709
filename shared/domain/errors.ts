// Every failure that a user can meet: a code for the program and a sentence for the user.
import { isMessageId } from '../languages/en';
import errors from '../languages/en/errors.json';
import { type Sentence, say, sayInEnglish, sentence } from '../languages/sentence';

export type ErrorCode = keyof typeof errors extends `errors.${infer Code}` ? Code : never;

/** The sentences in English, as they are in rows and in the log. Each says what happened, then what to do. */
export const errorSentences = Object.fromEntries(
  Object.entries(errors).map(([id, text]) => [id.slice('errors.'.length), text]),
  // The codes are those of the catalogue, by their definition.
) as Readonly<Record<ErrorCode, string>>;

/** A failure is a value, because IPC keeps only the text of a thrown error. */
export type Failure = { ok: false; code: ErrorCode } & Explanation;

/** Why something failed. `message` is in English; `sentence` says the same in the language of the reader. */
export type Explanation = { message: string; sentence?: Sentence };

export type Result<Value> = { ok: true; value: Value } | Failure;

/** Returns a failure with the standard sentence of `code`, or with a more precise one. */
export function failure(code: ErrorCode, precise?: Sentence): Failure {
  return { ok: false, code, ...explanation(code, precise) };
}

/** Returns the standard sentence of `code`, or a more precise one. */
export function explanation(code: ErrorCode, precise?: Sentence): Explanation {
  return precise ? { message: sayInEnglish(precise), sentence: precise } : { message: errorSentences[code] };
}

/** Returns only the explanation of a failure. */
export function explanationOf({ message, sentence: precise }: Explanation): Explanation {
  return { message, ...(precise && { sentence: precise }) };
}

/** Returns a failure with the same code and explanation, without the other fields of the given one. */
export function failureLike({ code, ...explained }: { code: ErrorCode } & Explanation): Failure {
  return { ok: false, code, ...explanationOf(explained) };
}

/** Returns a failure with a message from elsewhere, such as a system call, which is shown without translation. */
export function untranslatedFailure(code: ErrorCode, message: string): Failure {
  return { ok: false, code, message };
}

/** The code of a failure, and its explanation. */
export type Problem = { code: ErrorCode } & Explanation;

/** Returns why something failed, in the language of the interface. */
export function explain(problem: Problem): string {
  const said = sentenceOf(problem);
  return said ? say(said) : problem.message;
}

/** Returns an explanation in the language of the interface. It keeps the sentence, so that `explain` can translate it again. */
export function inLanguage(problem: Problem): Explanation {
  const said = sentenceOf(problem);
  return said ? { message: say(said), sentence: said } : { message: problem.message };
}

/** Returns null for a message that is not one of the app's. */
function sentenceOf({ code, message, sentence: precise }: Problem): Sentence | null {
  if (precise && isMessageId(precise.id)) return precise;
  if (message === errorSentences[code]) return sentence(`errors.${code}`);
  const special = [sentenceAbout('answer', code), sentenceAbout('query', code)];
  return special.find((said) => said && message === sayInEnglish(said)) ?? null;
}

/** The purpose of a failed request, if not a picture. A query makes nothing: it tests a key or lists models. */
type Subject = 'answer' | 'query';

type Explained = { code: ErrorCode } & Explanation;

/**
 * Adapts the explanation of a failed text answer, because the standard sentences of some codes mention a picture, alone or
 * before a service's own message.
 */
export function aboutAnswer<Failed extends Explained>(failed: Failed): Failed {
  return about('answer', failed);
}

/** Adapts the explanation of a failed query, which has no prompt to change. See `aboutAnswer`. */
export function aboutQuery<Failed extends Explained>(failed: Failed): Failed {
  return about('query', failed);
}

function about<Failed extends Explained>(subject: Subject, failed: Failed): Failed {
  const { code, message, sentence: precise } = failed;
  const standard = message === errorSentences[code] ? sentence(`errors.${code}`) : undefined;
  const said = precise ?? standard;
  const special = said && withSubject(subject, said);
  return special && special !== said
    ? { ...failed, message: sayInEnglish(special), sentence: special }
    : failed;
}

/** Replaces the standard sentences within a sentence by those of the subject. */
function withSubject(subject: Subject, said: Sentence): Sentence {
  const { id, values = {} } = said;
  const special = id.startsWith('errors.') ? sentenceAbout(subject, id.slice('errors.'.length)) : null;
  if (special) return special;
  const changed = Object.entries(values).flatMap(([name, value]) => {
    const of = typeof value === 'object' ? withSubject(subject, value) : value;
    return of === value ? [] : [[name, of] as const];
  });
  return changed.length > 0 ? { id, values: { ...values, ...Object.fromEntries(changed) } } : said;
}

function sentenceAbout(subject: Subject, code: string): Sentence | null {
  const id = subject === 'answer' ? `answer_errors.${code}` : `query_errors.${code}`;
  return isMessageId(id) ? sentence(id) : null;
}

export function success<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorSentences, text);
}

const keyCodes: readonly ErrorCode[] = ['bad_key', 'key_missing', 'key_rejected', 'not_permitted'];

/** Returns whether a failure is about the key of a service: it lasts until the user enters another one. */
export function isAboutKey(code: ErrorCode): boolean {
  return keyCodes.includes(code);
}
