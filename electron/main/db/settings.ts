// The settings table: one row a setting that the user has changed, as JSON.
import type { Database } from 'better-sqlite3';
import { defaultSettings, type Settings, settingsSchema } from '../../../shared/domain/settings';

export function createSettings(database: Database) {
  const all = database.prepare<[], { key: string; value: string }>('SELECT key, value FROM settings');
  const set = database.prepare<[string, string]>(
    'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );

  // Settings are read with every message, and this process is the only one that writes them.
  let known: Settings | null = null;

  function readAll(): Settings {
    const stored = new Map(all.all().map(({ key, value }) => [key, value]));
    const settings: Record<string, unknown> = { ...defaultSettings };
    for (const [key, schema] of Object.entries(settingsSchema.shape)) {
      const value = stored.get(key);
      const parsed = schema.safeParse(value === undefined ? undefined : parseJson(value));
      if (parsed.success) settings[key] = parsed.data;
    }
    return settingsSchema.parse(settings);
  }

  return {
    /** @returns every setting; one that is missing or no longer valid has its default. */
    read(): Settings {
      known ??= readAll();
      return known;
    },
    /** Writes the given ones and leaves the others. Call it inside a transaction. */
    write(changes: { [Key in keyof Settings]?: Settings[Key] | undefined }): void {
      known = null;
      for (const [key, value] of Object.entries(changes)) {
        if (value !== undefined) set.run(key, JSON.stringify(value));
      }
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
