// The bundler does not set the executable bit that `npx` and `npm link` rely on.
import { chmodSync, existsSync } from "node:fs";
import "./bundle.js";
import { buildPage } from "./build-page.js";

const main = new URL("../dist/program/cli/main.js", import.meta.url);
const page = new URL("../dist/web/page/main.js", import.meta.url);
if (existsSync(main)) chmodSync(main, 0o755);
if (existsSync(page)) await buildPage();
