// Asks the system which proxy leads to each provider, and reports changes.

/** Time between two checks (ms), because a laptop moves between networks. */
const refreshIntervalMs = 60_000;

export type SystemProxyOptions = {
  /** As Electron's `session.forceReloadProxyConfig`. Right after start-up, `resolve` may not know the proxy yet. */
  reload: () => Promise<void>;
  /** As Electron's `session.resolveProxy`. */
  resolve: (url: string) => Promise<string>;
  /** Returns the providers' addresses; the first one stands for all other hosts. If empty, nothing is resolved. */
  addresses: () => readonly string[];
  onChange: () => void;
  every: (milliseconds: number, callback: () => void) => void;
};

export type SystemProxy = ReturnType<typeof createSystemProxy>;

export function createSystemProxy({ reload, resolve, addresses, onChange, every }: SystemProxyOptions) {
  let current: Record<string, string> = {};
  let firstRefresh: Promise<void> = Promise.resolve();

  async function resolveAll(): Promise<Record<string, string>> {
    const origins = [...new Set(addresses().map((address) => new URL(address).origin))];
    const entries = await Promise.all(
      origins.map(async (origin) => [origin, await resolve(origin)] as const),
    );
    const first = entries[0]?.[1];
    const rules = Object.fromEntries(first === undefined ? [] : [...entries, ['*', first] as const]);
    return Object.values(rules).every((rule) => rule === 'DIRECT') ? {} : rules;
  }

  async function refresh(): Promise<void> {
    const resolved = await resolveAll().catch((error: unknown) => {
      console.error('The system proxy could not be resolved:', error);
      return current;
    });
    if (JSON.stringify(resolved) === JSON.stringify(current)) return;
    current = resolved;
    onChange();
  }

  return {
    /** Returns the result of `resolve` for each origin and for `*`; empty without a proxy. */
    rules: () => current,
    refresh,
    /** Resolves after the first refresh. Call it after `start`. */
    ready: (): Promise<void> => firstRefresh,
    start(): void {
      firstRefresh =
        addresses().length === 0
          ? refresh()
          : reload()
              .catch(() => {})
              .then(refresh);
      every(refreshIntervalMs, () => void refresh());
    },
  };
}
