// What is in every runtime that `shared` runs in, although neither the DOM's nor Node's types are here.

declare global {
  /** https://url.spec.whatwg.org/#url-class, as far as it is used here. */
  class URL {
    constructor(url: string);
    static canParse(url: string): boolean;
    readonly protocol: string;
    readonly username: string;
    readonly password: string;
    readonly hostname: string;
  }
}

export {};
