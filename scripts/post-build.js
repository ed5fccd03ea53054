// The bundler does not set the executable bit that `npx` and `npm link` rely on.
import { chmodSync, existsSync } from "node:fs";
import "./bundle.js";

const main = new URL("../dist/program/cli/main.js", import.meta.url);
if (existsSync(main)) chmodSync(main, 0o755);
