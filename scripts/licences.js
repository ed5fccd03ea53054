import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The licences of the packages whose files these are: each wants its text to stay with what is made of it. */
export function licencesOf(modules) {
  const folders = new Set(
    modules.flatMap((path) => {
      const found = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path);
      return found ? [found[0].replace(/^\0/, "")] : [];
    }),
  );
  const texts = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, "package.json"), "utf8"),
    );
    const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)/i.test(each));
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : "";
    return `${name} ${version} (${license})\n\n${text}`.trim();
  });
  return `Packages whose code is in these files, with their licences.\n\n${texts.sort().join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}
