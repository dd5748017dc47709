// What Electron runs when it is given an app folder: finds the folder on the command line and starts the app in it.
// A complete Electron brings its own; the fallback runtime has none, so this one is packed into it.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const { modules, appArgument } = readArguments(process.argv.slice(1));
const require = createRequire(path.join(process.cwd(), 'package.json'));
for (const module of modules) require(module);

if (appArgument === undefined) fail('Say which app to run: electron <folder of the app>');
// Electron holds `ready` back until this import is done, so the app can act before it.
await start(path.resolve(appArgument)).catch((error) => fail(error.stack));

/** `[-r module]… [switches] <app's folder or main file> [the app's own arguments]` */
function readArguments(args) {
  const modules = [];
  for (let index = 0; index < args.length; index += 1) {
    if (args[index] === '-r' || args[index] === '--require') {
      index += 1;
      modules.push(args[index]);
    } else if (!args[index].startsWith('-')) {
      return { modules, appArgument: args[index] };
    }
  }
  return { modules };
}

async function start(appPath) {
  if (!existsSync(appPath)) fail(`There is no app at ${appPath}`);
  const isFolder = statSync(appPath).isDirectory();
  const folder = isFolder ? appPath : path.dirname(appPath);
  const packageFile = path.join(folder, 'package.json');
  const about = existsSync(packageFile) ? JSON.parse(readFileSync(packageFile, 'utf8')) : {};

  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  if (about.version) app.setVersion(about.version);
  app.setName(about.productName ?? about.name ?? app.getName());
  app.setDesktopName(`${app.getName()}.desktop`);
  if (!app.commandLine.hasSwitch('user-data-dir')) {
    app.setPath('userData', path.join(app.getPath('appData'), app.getName()));
  }
  app.setAppPath(folder);

  // Works for an ES module and for CommonJS.
  await import(pathToFileURL(isFolder ? path.join(folder, about.main ?? 'index.js') : appPath).href);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
