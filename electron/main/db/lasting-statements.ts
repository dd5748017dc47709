// A connection whose statements are prepared once, when they first run.
import type { Database, Statement } from 'better-sqlite3';

/**
 * Wraps a connection for code that prepares all its statements up front:
 *
 * - A statement is prepared when it first runs. Preparing all of them takes 10 ms, and most starts need few.
 * - Query plans do not depend on parameter values. Otherwise, SQLite would prepare such statements again for every
 * run, which takes ten to a hundred times as long as finding a row by id: https://www.sqlite.org/c3ref/prepare.html,
 * "the sqlite3_prepare_v3() interfaces", 3.
 *
 * An error in a statement is therefore thrown when it first runs, unless `prepareAll` has run.
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
    /** Prepares all remaining statements. @throws better-sqlite3's SqliteError if the schema is wrong. */
    prepareAll: () => {
      for (const statement of [...unprepared]) statement.prepare();
    },
  };
}

/** Matches parameters, skipping strings, quoted names and comments. */
const parameters = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|([?@:$]\w+|\?)/g;

/** Puts a plus, which changes no value, before each parameter: the planner looks at parameters, not at expressions. */
export function hideParameters(sql: string): string {
  return sql.replace(parameters, (found, parameter?: string) => (parameter ? `+${parameter}` : found));
}

/** The methods of better-sqlite3's Statement that the app uses. */
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
