#!/usr/bin/env node
import { useCodeCache } from "./code-cache.js";

useCodeCache(process.argv.slice(2));
// Loaded only now, so that the cache is there for it.
void import("./run-program.js").then(({ runProgram }) => runProgram());
