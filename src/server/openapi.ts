import { toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";
import { VERSION } from "../io/version.js";
import { ANSWER_SCHEMAS, NAMED_SCHEMAS, PROBLEM_SCHEMA } from "./answer-schemas.js";
import type { Format } from "./asking.js";
import { ENDPOINTS, type Endpoint } from "./endpoints.js";

/** What each format is called in a header. */
export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  json: "application/json; charset=utf-8",
  jsonl: "application/jsonl; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  geojson: "application/geo+json",
  kml: "application/vnd.google-earth.kml+xml",
  // It has no name of its own; Cesium's server sends it as this.
  czml: "application/json; charset=utf-8",
  gpx: "application/gpx+xml",
  html: "text/html; charset=utf-8",
  zip: "application/zip",
  bin: "application/vnd.wheelsdown.positions",
};

const FORMATS = Object.keys(MEDIA_TYPES) as Format[];

/** The documentation of the API, OpenAPI 3.1, made from the table of endpoints and the schemas they check by. */
export function openApi(): object {
  return {
    openapi: "3.1.0",
    info: {
      title: "wheelsdown",
      version: VERSION,
      description:
        "Questions to a lake of public flight-tracking data: which aircraft landed where, when, and how sure one can be. Read-only. Seen and inferred are told apart; silence is no absence.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    paths: Object.fromEntries(
      ENDPOINTS.flatMap((endpoint) =>
        FORMATS.filter((format) => endpoint.formats.includes(format)).map((format) => [
          `${endpoint.path}${format === "json" ? "" : `.${format}`}`,
          { get: operation(endpoint, format) },
        ]),
      ),
    ),
    components: { schemas: componentSchemas() },
  };
}

function operation(endpoint: Endpoint, format: Format): object {
  const { path, summary, formats, answer } = endpoint;
  const schema = format === "json" ? { $ref: `#/components/schemas/${answer}Answer` } : {};
  const words = path.split("/").slice(2);
  const id = [...words.map((word) => word.replace(/[{}]/g, "")), format].join("-");
  return {
    operationId: id,
    summary,
    ...(format === "json" &&
      formats.length > 1 && {
        description: `Also as ${formats.map((one) => `.${one}`).join(", ")}, appended to the path.`,
      }),
    parameters: [...pathParameters(path), ...queryParameters(endpoint)],
    responses: {
      "200": {
        description: summary,
        content: { [MEDIA_TYPES[format].split(";")[0]!]: { schema } },
      },
      default: {
        description: "What is wrong, and what to write instead",
        content: {
          "application/problem+json": { schema: { $ref: "#/components/schemas/problem" } },
        },
      },
    },
  };
}

const PATH_WORDS: Readonly<Record<string, string>> = {
  hex: "24-bit address, six hex digits",
  id: "id of a gap, as tracks list it",
  ident: "airport: ident or IATA code",
  code: "country: ISO 3166-1 alpha-2",
};

function pathParameters(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    description: PATH_WORDS[name],
    schema: { type: "string" },
  }));
}

function queryParameters({ query }: Endpoint): object[] {
  return Object.entries(query.entries).map(([name, entry]) => {
    const { description, ...schema } = jsonSchema(entry as GenericSchema);
    return { name, in: "query", required: entry.type !== "optional", description, schema };
  });
}

/** As OpenAPI 3.1 has it: JSON Schema 2020-12, of what is sent. */
function jsonSchema(schema: GenericSchema): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = toJsonSchema(schema, {
    target: "draft-2020-12",
    typeMode: "input",
    // Bounds of numbers are checked beyond their pattern; the description says them.
    ignoreActions: ["check"],
  });
  return rest;
}

function componentSchemas(): object {
  const definitions = NAMED_SCHEMAS as unknown as Record<string, GenericSchema>;
  const named = (schema: GenericSchema) => {
    const {
      $schema: _dialect,
      $defs: _definitions,
      ...rest
    } = toJsonSchema(schema, {
      target: "draft-2020-12",
      typeMode: "input",
      definitions,
      overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
    });
    return rest;
  };
  // A schema that is a definition is turned into a reference to itself, so its entries are written out.
  const whole = (name: string) => {
    const { [name]: schema, ...others } = definitions;
    const {
      $schema: _dialect,
      $defs: _definitions,
      ...rest
    } = toJsonSchema(schema!, {
      target: "draft-2020-12",
      typeMode: "input",
      definitions: others,
      overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
    });
    return rest;
  };
  return {
    ...Object.fromEntries(Object.keys(definitions).map((name) => [name, whole(name)])),
    ...Object.fromEntries(
      Object.entries(ANSWER_SCHEMAS).map(([name, schema]) => [`${name}Answer`, named(schema)]),
    ),
    problem: named(PROBLEM_SCHEMA),
  };
}
