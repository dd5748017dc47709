// Proves that an addon file works in the runtime that runs this: opens a database with it and reads a row back.
// Arguments: better-sqlite3's folder, the addon file. A wrong addon may crash the process: run it as a child.

const [betterSqlite3, nativeBinding] = process.argv.slice(-2);
const Database = require(betterSqlite3);

const database = new Database(':memory:', { nativeBinding });
database.exec('CREATE TABLE proof (id INTEGER PRIMARY KEY, word TEXT)');
database.prepare('INSERT INTO proof (word) VALUES (@word)').run({ word: 'kept' });
// An aggregate with a plain number to start from uses a reference that older Node-API versions did not have.
database.aggregate('total', { start: 0, step: (sum, id) => sum + id });
const row = database.prepare('SELECT word, total(id) AS total FROM proof').get();
database.close();
process.exitCode = row.word === 'kept' && row.total === 1 ? 0 : 1;
