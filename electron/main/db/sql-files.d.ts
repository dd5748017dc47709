// Lets TypeScript know what the bundler makes of `import sql from './x.sql?raw'`.
declare module '*.sql?raw' {
  const sql: string;
  export default sql;
}
