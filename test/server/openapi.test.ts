import assert from "node:assert/strict";
import { test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { ENDPOINTS } from "../../src/server/endpoints.js";
import { served } from "./served.js";

const server = served();

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly responses: { readonly "200": { readonly content: Readonly<Record<string, unknown>> } };
}

interface Description {
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

async function description(): Promise<Description> {
  return (await server.json("/api/openapi.json")) as unknown as Description;
}

test("the description is OpenAPI 3.1", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(
    (await description()) as unknown as Record<string, unknown>,
  );
  assert.ok(valid, JSON.stringify(errors));
  assert.equal(validator.version, "3.1");
});

test("every endpoint is described in each of its formats, with each parameter", async () => {
  const { paths } = await description();
  assert.equal(
    Object.keys(paths).length,
    ENDPOINTS.reduce((sum, { formats }) => sum + formats.length, 0),
  );
  const ids = Object.values(paths).map(({ get }) => get.operationId);
  assert.equal(new Set(ids).size, ids.length, "each operation has a name of its own");
  const landings = new Set(paths["/api/landings"]!.get.parameters.map(({ name }) => name));
  for (const name of ["in", "near", "fleet", "from", "limit"]) assert.ok(landings.has(name), name);
  const track = paths["/api/aircraft/{hex}/track.kml"]!.get;
  assert.deepEqual(track.parameters[0]!.name, "hex");
  assert.ok("application/vnd.google-earth.kml+xml" in track.responses["200"].content);
});

/** Described in part, or with fields of the command line besides. */
const LOOSE = new Set([
  "coverageAnswer",
  "methodAnswer",
  "worldAnswer",
  "airportsAnswer",
  "airportAnswer",
  "countryAnswer",
]);

/** The same schema, which also finds fields that it leaves out. */
function closed(schema: object): object {
  return JSON.parse(
    JSON.stringify(schema, (_key, value: unknown) => {
      const isShape = (value as { type?: unknown } | null)?.type === "object";
      return isShape ? { ...(value as object), additionalProperties: false } : value;
    }),
  ) as object;
}

/** A question for every endpoint, in the order of the table. */
async function questions(): Promise<readonly string[]> {
  const track = await server.json("/api/aircraft/140001/track?max=200");
  const [{ id, from } = { id: "", from: "" }] = track.gaps as { id: string; from: string }[];
  return [
    "/api/lake",
    "/api/search?q=ra",
    "/api/landings?in=VE",
    "/api/aircraft/140001",
    "/api/aircraft/140001/journeys",
    "/api/aircraft/140001/movements",
    "/api/aircraft/140001/track?max=200",
    `/api/aircraft/140001/position?at=${from}`,
    `/api/gap/${id}`,
    "/api/airport/SVMI",
    "/api/airport/SVMI/arrivals",
    "/api/airport/SVMI/departures",
    "/api/coverage?at=SVMI",
    "/api/country/VE",
    "/api/country/VE/landings",
    "/api/area?in=VE&also=SVMI",
    "/api/dossier?in=VE",
    "/api/positions?in=VE",
    "/api/method",
    "/api/basemap/world",
    "/api/basemap/airports",
  ];
}

test("answers have the shape that is described, and nothing that is not", async () => {
  const { components } = await description();
  const schemas = Object.entries(components.schemas).map(([name, schema]) => [
    name,
    LOOSE.has(name) ? schema : closed(schema),
  ]);
  const strict = Object.fromEntries(schemas) as Record<string, object>;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema({ $id: "api", components: { schemas: strict } });
  const asked = await questions();
  assert.equal(asked.length, ENDPOINTS.length);
  for (const [at, path] of asked.entries()) {
    const name = `${ENDPOINTS[at]!.answer}Answer`;
    const validate = ajv.getSchema(`api#/components/schemas/${name}`);
    assert.ok(validate, name);
    const answer = await server.json(path);
    assert.ok(validate(answer), `${path}: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
  }
  const problem = ajv.getSchema("api#/components/schemas/problem")!;
  assert.ok(problem(JSON.parse((await server.get("/api/nothing")).text)));
});
