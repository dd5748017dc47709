// Asks the system by which proxy the providers are to be reached, and tells when that changes.

/** A laptop comes and goes between networks: asked again so often, in milliseconds. */
const askAgainMs = 60_000;

export type SystemProxyOptions = {
  /** As Electron's `session.forceReloadProxyConfig`: just after a start `resolve` may not know of any proxy yet. */
  reload: () => Promise<void>;
  /** As Electron's `session.resolveProxy`. */
  resolve: (url: string) => Promise<string>;
  /** Where the providers are; the first one stands for any other. None: nothing is asked, the network neither. */
  addresses: () => readonly string[];
  onChange: () => void;
  every: (milliseconds: number, work: () => void) => void;
};

export type SystemProxy = ReturnType<typeof createSystemProxy>;

export function createSystemProxy({ reload, resolve, addresses, onChange, every }: SystemProxyOptions) {
  let known: Record<string, string> = {};
  let first: Promise<void> = Promise.resolve();

  async function find(): Promise<Record<string, string>> {
    const origins = [...new Set(addresses().map((address) => new URL(address).origin))];
    const found = await Promise.all(origins.map(async (origin) => [origin, await resolve(origin)] as const));
    const first = found[0]?.[1];
    const all = Object.fromEntries(first === undefined ? [] : [...found, ['*', first] as const]);
    // Without any proxy there is nothing to say, as before the first answer.
    return Object.values(all).every((rules) => rules === 'DIRECT') ? {} : all;
  }

  async function refresh(): Promise<void> {
    const found = await find().catch((error: unknown) => {
      console.error('The system could not say by which proxy to go:', error);
      return known;
    });
    if (JSON.stringify(found) === JSON.stringify(known)) return;
    known = found;
    onChange();
  }

  return {
    /** @returns by origin what `resolve` said; empty where there is no proxy. */
    known: () => known,
    refresh,
    /** Resolves once the system has been asked for the first time. Call it after `start`. */
    ready: (): Promise<void> => first,
    start(): void {
      first =
        addresses().length === 0
          ? refresh()
          : reload()
              .catch(() => {})
              .then(refresh);
      every(askAgainMs, () => void refresh());
    },
  };
}
