// A connection whose statements are prepared once, when they first run, and never again.
import type { Database, Statement } from 'better-sqlite3';

/**
 * Returns the same connection for those that prepare all their statements when they are created:
 *
 * - A statement is prepared when it first runs. Preparing all of them takes 10 ms, and most starts need few.
 * - SQLite does not look at the values of its parameters. Where they could lead to another plan, it would prepare the
 *   statement again for every run, which takes ten to a hundred times as long as to find a row by its id:
 *   https://www.sqlite.org/c3ref/prepare.html, "the sqlite3_prepare_v3() interfaces", 3.
 *
 * An error in a statement is therefore thrown by its first run, unless `prepareAll` runs before.
 */
export function withLastingStatements(database: Database): { database: Database; prepareAll: () => void } {
  const unprepared = new Set<LastingStatement>();
  const lasting: Database = Object.create(database, {
    prepare: {
      value: (sql: string) => new LastingStatement(() => database.prepare(hideParameters(sql)), unprepared),
    },
  });
  return {
    database: lasting,
    /** Prepares what has not run yet. @throws better-sqlite3's SqliteError if the schema is not what it should be. */
    prepareAll: () => {
      for (const statement of [...unprepared]) statement.prepare();
    },
  };
}

/** A parameter, after what may contain its characters: texts, names in quotes, comments. */
const parameters = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|([?@:$]\w+|\?)/g;

/** Puts a plus, which changes no value, before each parameter: the planner looks at parameters, not at expressions. */
export function hideParameters(sql: string): string {
  return sql.replace(parameters, (found, parameter?: string) => (parameter ? `+${parameter}` : found));
}

/** What the app calls of better-sqlite3's Statement. */
class LastingStatement implements Pick<Statement<unknown[], unknown>, 'get' | 'all' | 'iterate' | 'run'> {
  readonly #create: () => Statement<unknown[], unknown>;
  readonly #unprepared: Set<LastingStatement>;
  readonly #settings: ((statement: Statement<unknown[], unknown>) => void)[] = [];
  #prepared: Statement<unknown[], unknown> | undefined;

  constructor(create: () => Statement<unknown[], unknown>, unprepared: Set<LastingStatement>) {
    this.#create = create;
    this.#unprepared = unprepared;
    unprepared.add(this);
  }

  prepare(): Statement<unknown[], unknown> {
    if (this.#prepared) return this.#prepared;
    const prepared = this.#create();
    for (const set of this.#settings) set(prepared);
    this.#unprepared.delete(this);
    this.#prepared = prepared;
    return prepared;
  }

  pluck = () => this.#set((statement) => statement.pluck());
  raw = () => this.#set((statement) => statement.raw());
  safeIntegers = () => this.#set((statement) => statement.safeIntegers());
  get = (...values: unknown[]) => this.prepare().get(...values);
  all = (...values: unknown[]) => this.prepare().all(...values);
  iterate = (...values: unknown[]) => this.prepare().iterate(...values);
  run = (...values: unknown[]) => this.prepare().run(...values);

  #set(setting: (statement: Statement<unknown[], unknown>) => void): this {
    this.#settings.push(setting);
    return this;
  }
}
