// Finds typographical and terminological mistakes that a rule can detect: wrong spaces, quotation marks and
// punctuation for a language, line breaks between numbers and units, and words for which the interface uses another
// term.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';

/** Stands for a value in a message. */
const value = '\ufffc';

/** Texts that are compared with the user's input and never shown. */
const searchedFor = /_also$|keywords|^gallery\.words_/;

const anyQuote = /["„“”«»「」]/g;
const cjk = '[\\u3040-\\u30ff\\u4e00-\\u9fff]';
const halfWidth = new RegExp(`${cjk}(?:[,:;!?)]|\\((?!&)|\\.(?!\\w))|[,:;!?()]${cjk}`, 'u');

/** Mistakes in all languages: the name and the pattern of each. */
const everywhere = {
  'three full stops instead of an ellipsis': /\.\.\./,
  'two spaces': / {2}/,
  'a space that a line can break at before a unit': new RegExp(
    `[\\d${value}] (?:(?:s|min|ms|h|B|kB|MB|GB|ko|Mo|Go|px|%|€|(?:US)?\\$)(?![\\w\\p{L}])|秒|分|毫秒|小时|像素)`,
    'u',
  ),
};

/**
 * `quotes`: opening and closing marks. `words`: patterns of words that the interface does not use, by the term that
 * it uses.
 */
const rules = {
  en: {
    quotes: '“”',
    words: { service: /\bproviders?\b/i, chat: /\bconversations?\b/ },
  },
  de: {
    quotes: '„“',
    words: {
      Dienst: /\bAnbieter/,
      Chat: /\b(?:Unterhaltung|Konversation)/,
      du: /\bIhnen\b|\p{Ll}en Sie\b/u,
      stoppen: /\b[Aa](?:nhalten|ngehalten)\b/,
      überwachen: /beobacht/i,
      Netzwerk: /\bNetz\b/,
    },
  },
  fr: {
    quotes: '«»',
    mistakes: {
      // Headers are written as in HTTP: "X-Project: pictures".
      'no no-break space before a colon': /(?<!\u00a0|\bX-\w+):(?=\s|$)/,
      'no narrow no-break space before punctuation': /[^\u202f][;?!](?=\s|$)/,
      'no narrow no-break space inside quotation marks': /«[^\u202f]|[^\u202f]»/,
      'a space that a line can break at inside a number': /\d \d{3}/,
    },
    words: {
      service: /\bfournisseur/i,
      conversation: /\bchats?\b/i,
      paramètres: /\bréglage/i,
      vous: /(?:^|[\s’])(?:tu|te|toi|ton|tes)(?=\s)/i,
    },
  },
  es: {
    quotes: '«»',
    mistakes: { 'a question or an exclamation that is not opened': /^[^¿]*\?|^[^¡]*!/ },
    words: {
      servicio: /\bproveedor/i,
      chat: /\bconversaci/i,
      equipo: /\b(?:ordenador|computador)/i,
      semilla: /\bseeds?\b/i,
      tú: /\busted/i,
    },
  },
  ja: {
    quotes: '「」',
    mistakes: {
      'half-width punctuation': halfWidth,
      'a space beside a particle': new RegExp(
        `[\\w${value}] [\\u3041-\\u309f]|[\\u3041-\\u309f] [\\w${value}]`,
      ),
    },
    words: {
      サービス: /プロバイダー/,
      パソコン: /コンピュータ/,
      フォルダ: /フォルダー/,
      Web: /ウェブ/,
      ゴミ箱: /ごみ箱/,
    },
  },
  zh: {
    quotes: '“”',
    mistakes: {
      'half-width punctuation': halfWidth,
      'no space between Chinese and Latin': /[\u4e00-\u9fff][A-Za-z\d]|[A-Za-z\d][\u4e00-\u9fff]/,
    },
    words: { 服务: /服务商|提供商|供应商/, 对话: /聊天|会话/, 你: /您/, 电脑: /计算机/ },
  },
};

/**
 * @param {string} root the project's folder
 * @returns {string[]} such as "fr trash.title: no no-break space before a colon: …"
 */
export function findMistakes(root) {
  const english = readMessages(root, 'en');
  return Object.keys(rules).flatMap((language) => {
    const messages = readMessages(root, language);
    const written = Object.entries(messages)
      .filter(([id]) => !searchedFor.test(id))
      .flatMap(([id, message]) => mistakesIn(language, message).map((mistake) => [id, mistake]));
    return [...written, ...misnamedIn(messages, english)].map(
      ([id, mistake]) => `${language} ${id}: ${mistake}: ${messages[id]}`,
    );
  });
}

function readMessages(root, language) {
  const folder = path.join(root, 'shared/languages', language);
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8'))));
}

/**
 * Finds texts that quote a button, a switch or a section by another name than its label.
 *
 * @returns {[string, string][]} ids, and the mistake of each
 */
export function misnamedIn(messages, english) {
  return Object.entries(english).flatMap(([id, message]) =>
    [...message.matchAll(/“([^”]+)”/g)].flatMap(([, label]) => {
      const labels = Object.keys(english).filter((each) => english[each] === label);
      const isNamed = labels.length === 0 || labels.some((each) => messages[id].includes(messages[each]));
      return isNamed ? [] : [[id, `does not name “${label}” as it is labelled`]];
    }),
  );
}

/** @returns {string[]} the mistakes in a message of the language */
export function mistakesIn(language, message) {
  const { quotes, mistakes, words } = rules[language];
  const texts = textsOf(new IntlMessageFormat(message, language).getAst());
  const matches = (pattern) => texts.some((text) => pattern.test(text));
  return [
    ...Object.entries({ ...everywhere, ...mistakes }).flatMap(([name, pattern]) =>
      matches(pattern) ? [name] : [],
    ),
    ...(texts.every((text) => isQuotedWith(quotes, text)) ? [] : [`quotation marks other than ${quotes}`]),
    ...Object.entries(words).flatMap(([word, pattern]) => (matches(pattern) ? [`not “${word}”`] : [])),
  ];
}

/** Returns whether all quotation marks belong to the language, and open and close alternately. */
function isQuotedWith([opening, closing], text) {
  const marks = text.match(anyQuote) ?? [];
  return (
    marks.length % 2 === 0 && marks.every((mark, index) => mark === (index % 2 === 0 ? opening : closing))
  );
}

/** Returns the text of a message, and separately those of its plurals and selections. */
function textsOf(parts) {
  const nested = [];
  const text = parts
    .map((part) => {
      // Node types of https://formatjs.github.io/docs/icu-messageformat-parser: 0 is text, 8 a tag.
      if (part.type === 0) return part.value;
      if (part.options) nested.push(...Object.values(part.options).flatMap((each) => textsOf(each.value)));
      if (part.type !== 8) return value;
      const [inside, ...others] = textsOf(part.children);
      nested.push(...others);
      return inside;
    })
    .join('');
  return [text, ...nested];
}
