// Lets TypeScript know what the bundler makes of the import of an SQL file with `?raw`: its text.
declare module '*.sql?raw' {
  const sql: string;
  export default sql;
}
