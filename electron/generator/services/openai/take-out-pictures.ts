// Removes the pictures from a reply's text as it arrives, so that megabytes of base64 are never shown or stored as
// text.

/**
 * Possible starts of a picture. The last alternative is an incomplete `data:image/` at the end of the received
 * text.
 */
const possibleStart = /!|(?<!\w)(data:image\/|d(a(t(a(:(i(m(a(g(e)?)?)?)?)?)?)?)?)?$)/gi;

export type PictureFilter = {
  /** Adds the next piece of the text. */
  push: (more: string) => void;
  /** Ends the text. A possible start of a picture that was not completed becomes text. */
  end: () => void;
};

const dataStart = 'data:image/';
/** The beginning of a picture in Markdown: https://spec.commonmark.org/0.31.2/#images */
const markdownStart = /^!\[[^\]\n]{0,300}\]\(\s{0,3}<?(?=data:image\/)/i;
/** An incomplete start of a picture in Markdown. */
const markdownPart = /^!(\[([^\]\n]{0,300}(\](\(\s{0,3}<?[^\s>)]{0,11})?)?)?)?$/i;

/**
 * Extracts data URLs as pictures, with or without Markdown around them. All other text is passed on unchanged and
 * in order.
 *
 * @param onUnfinished called for a picture whose data are truncated.
 */
export function createPictureFilter(
  onText: (text: string) => void,
  onPicture: (dataUrl: string) => void,
  onUnfinished: () => void,
): PictureFilter {
  let held = '';
  /** The last character passed on. A data URL never begins within a word. */
  let previous = '';
  /** The pieces of a data URL; null outside of one. */
  let url: { pieces: string[]; isMarkdown: boolean } | null = null;

  function push(more: string): void {
    let rest = more;
    while (rest !== '') rest = url ? readUrl(url, rest) : readText(rest);
  }

  /** Returns the text after the data URL; empty if the URL has not ended. */
  function readUrl(current: NonNullable<typeof url>, text: string): string {
    const end = text.search(current.isMarkdown ? /[)\n]/ : /[\s)"'<>`]/);
    if (end < 0) {
      current.pieces.push(text);
      return '';
    }
    current.pieces.push(text.slice(0, end));
    endUrl(current);
    const isBracket = current.isMarkdown && text[end] === ')';
    return text.slice(isBracket ? end + 1 : end);
  }

  function endUrl({ pieces }: NonNullable<typeof url>): void {
    url = null;
    // A title may follow the address.
    onPicture(pieces.join('').trim().split(/[\s>]/, 1)[0] ?? '');
  }

  /** Returns the text after the start of a data URL; empty if there is none. */
  function readText(text: string): string {
    held += text;
    for (;;) {
      const start = findStart();
      if (start < 0) {
        emit(held.length);
        return '';
      }
      emit(start);
      const markdown = markdownStart.exec(held);
      const isBare = held.slice(0, dataStart.length).toLowerCase() === dataStart;
      if (markdown || isBare) {
        const rest = held.slice(markdown?.[0].length ?? 0);
        held = '';
        url = { pieces: [], isMarkdown: markdown !== null };
        return rest;
      }
      if (markdownPart.test(held) || dataStart.startsWith(held.toLowerCase())) return '';
      emit(1);
    }
  }

  /** Returns the offset in the held text at which a picture may begin; -1 if there is none. */
  function findStart(): number {
    possibleStart.lastIndex = previous.length;
    const found = possibleStart.exec(previous + held);
    return found ? found.index - previous.length : -1;
  }

  function emit(length: number): void {
    if (length === 0) return;
    onText(held.slice(0, length));
    previous = held.charAt(length - 1);
    held = held.slice(length);
  }

  return {
    push,
    end() {
      if (url?.isMarkdown) {
        url = null;
        onUnfinished();
      } else if (url) endUrl(url);
      emit(held.length);
    },
  };
}

const linkedPicture = /!\[[^\]\n]{0,300}\]\(\s{0,3}<?([^\s<>)]{1,2000})>?(?:\s+"[^"\n]{0,300}")?\s{0,3}\)/g;

/**
 * Returns a reply's text without the pictures that it links to on the service's own server, and their addresses. A
 * picture elsewhere stays a link, because fetching it automatically would let a model send its input to any server.
 *
 * @param baseUrl of the service.
 */
export function takeOutLinked(text: string, baseUrl: string): { text: string; addresses: string[] } {
  const addresses: string[] = [];
  const without = text.replace(linkedPicture, (whole, address: string) => {
    if (!URL.canParse(address, baseUrl)) return whole;
    const { protocol, host } = new URL(address, baseUrl);
    const isOwn = /^https?:$/.test(protocol) && host === new URL(baseUrl).host;
    if (!isOwn) return whole;
    addresses.push(address);
    return '';
  });
  return addresses.length === 0 ? { text, addresses } : { text: without.trim(), addresses };
}
