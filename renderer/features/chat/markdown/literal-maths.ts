// A micromark extension that keeps LaTeX between \[ and \] or \( and \) as it is typed: no part of it is Markdown.
import type { Options } from 'mdast-util-from-markdown';

type Extension = Exclude<NonNullable<Options['extensions']>[number], unknown[]>;
type Construct = Exclude<NonNullable<NonNullable<Extension['text']>[number]>, unknown[]>;
type State = ReturnType<Construct['tokenize']>;

const backslash = 92;
const closerOf: Readonly<Record<number, number>> = { 40: 41, 91: 93 };
const delimiters = [40, 41, 91, 93];
/** micromark's codes of a carriage return, a line feed, and both. */
const isLineEnding = (code: number) => code >= -5 && code <= -3;

const formula: Construct = {
  name: 'literalMaths',
  tokenize(effects, ok, nok) {
    let closer = 0;
    return (code) => {
      effects.enter('data');
      effects.consume(code);
      return open;
    };

    function open(code: Parameters<State>[0]): State | undefined {
      closer = (code !== null && closerOf[code]) || 0;
      if (closer === 0) return nok(code);
      effects.consume(code);
      return inside;
    }

    function inside(code: Parameters<State>[0]): State | undefined {
      if (code === null) return nok(code);
      if (isLineEnding(code)) {
        effects.exit('data');
        effects.enter('lineEnding');
        effects.consume(code);
        effects.exit('lineEnding');
        effects.enter('data');
        return inside;
      }
      effects.consume(code);
      return code === backslash ? afterBackslash : inside;
    }

    function afterBackslash(code: Parameters<State>[0]): State | undefined {
      if (code !== closer) return inside(code);
      effects.consume(code);
      effects.exit('data');
      return ok;
    }
  },
};

/** A delimiter without its partner keeps its backslash too. */
const delimiter: Construct = {
  name: 'literalMathsDelimiter',
  tokenize(effects, ok, nok) {
    return (code) => {
      effects.enter('data');
      effects.consume(code);
      return (next) => {
        if (next === null || !delimiters.includes(next)) return nok(next);
        effects.consume(next);
        effects.exit('data');
        return ok;
      };
    };
  },
};

export const literalMaths: Extension = { text: { [backslash]: [formula, delimiter] } };
