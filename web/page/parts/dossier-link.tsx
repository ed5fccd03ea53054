import { writeView } from "../url.js";

/** The way to a dossier of the question that a screen answers. */
export function DossierLink({
  params,
  children = "Make a dossier",
}: {
  /** The question, as the API has it. */
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly children?: string;
}) {
  const asked = Object.entries(params).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return (
    <p class="to-dossier">
      <a
        class="button"
        href={writeView({ screen: "dossier", id: "", params: Object.fromEntries(asked) })}
      >
        {children}
      </a>
    </p>
  );
}
