import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { after, before, test } from "node:test";
import { listInputs } from "../../src/io/list-inputs.js";
import { WheelsdownError } from "../../src/units/errors.js";

let root = "";

before(async () => {
  root = await mkdtemp(join(tmpdir(), "wheelsdown-list-"));
  const names = ["b/2.json", "b/10.json", "a/x.json", "z.json", "a.json", ".hidden", ".git/config"];
  for (const name of [...names, "b/.DS_Store"]) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), "");
  }
  await mkdir(join(root, "empty"));
});

after(async () => {
  await rm(root, { recursive: true, force: true });
});

async function list(...paths: string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const { path, named } of listInputs(paths))
    found.push(`${relative(root, path)}${named ? " named" : ""}`);
  return found;
}

test("a folder is walked in order of names, its files before its folders, hidden ones left out", async () => {
  const expected = ["a.json", "z.json", "a/x.json", "b/10.json", "b/2.json"];
  assert.deepEqual(await list(root), expected);
  assert.deepEqual(await list(root), expected);
});

test("paths keep the order in which they were given, and a named file is marked as named", async () => {
  assert.deepEqual(await list(join(root, "z.json"), join(root, "a")), ["z.json named", "a/x.json"]);
});

test("a hidden file that was named is read: the user asked for it", async () => {
  assert.deepEqual(await list(join(root, ".hidden")), [".hidden named"]);
});

test("an empty folder gives nothing", async () => {
  assert.deepEqual(await list(join(root, "empty")), []);
});

test("a path that is not there is a missing input and says which", async () => {
  await assert.rejects(list(join(root, "nowhere")), (error) => {
    assert.ok(error instanceof WheelsdownError);
    assert.equal(error.code, "input-missing");
    assert.match(error.message, /nowhere/);
    return true;
  });
});

test("a link inside a folder leads to its file, and a circle of links ends", async () => {
  const linked = join(root, "linked");
  await mkdir(linked);
  await symlink(join(root, "z.json"), join(linked, "to-file.json"));
  await symlink(root, join(linked, "to-root"));
  await symlink(join(root, "gone"), join(linked, "to-nothing"));
  assert.deepEqual(await list(linked), ["linked/to-file.json"]);
  await rm(linked, { recursive: true });
});
