// What is in every runtime that `shared` runs in, although neither the DOM's nor Node's types are here.

declare global {
  /** https://url.spec.whatwg.org/#url-class, as far as it is used here. */
  class URL {
    constructor(url: string);
    static canParse(url: string): boolean;
    readonly protocol: string;
    readonly username: string;
    readonly password: string;
    readonly host: string;
    readonly origin: string;
    readonly hostname: string;
    readonly pathname: string;
  }

  /** https://encoding.spec.whatwg.org/#interface-textencoder */
  class TextEncoder {
    encode(text: string): Uint8Array;
  }

  /** https://encoding.spec.whatwg.org/#interface-textdecoder, as far as it is used here. */
  class TextDecoder {
    constructor(label: 'utf-8' | 'utf-16le' | 'utf-16be', options: { ignoreBOM?: boolean; fatal?: boolean });
    decode(bytes: Uint8Array): string;
  }
}

export {};
