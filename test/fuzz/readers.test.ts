import { test } from "node:test";
import { FUZZED, hasDocuments } from "./documents.js";
import { inputOf, tryInput } from "./try-input.js";

const SEED = 1944;
const INPUTS = 1500;

for (const reader of FUZZED)
  test(`${reader.id}: ${INPUTS} damaged documents crash nothing, hang nothing and leave no nonsense`, async (t) => {
    const sums = { kept: 0, issues: 0, refused: 0 };
    for (let index = 0; index < INPUTS; index++) {
      const bytes = inputOf(reader.id, SEED, index);
      try {
        const tried = await tryInput(reader, bytes);
        sums.kept += tried.keptCount;
        sums.issues += tried.issueCount;
        if (tried.isRefused) sums.refused++;
      } catch (error) {
        t.diagnostic(
          `input ${index}: npm run fuzz -- --reader ${reader.id} --seed ${SEED} --first ${index} --inputs 1`,
        );
        throw error;
      }
    }
    if (!hasDocuments(reader.id)) t.diagnostic("has no documents of its own: fed those of others");
    t.diagnostic(JSON.stringify(sums));
  });
