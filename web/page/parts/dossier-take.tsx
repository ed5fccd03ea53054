import { useState } from "preact/hooks";
import type { DossierAnswerJson } from "../../../src/api/dossier-shapes.js";
import { grouped } from "../words.js";

/** The command that makes the same bytes, and a button that puts it on the clipboard. */
function Command({ command }: { readonly command: string }) {
  const [state, setState] = useState({ command, words: "" });
  const words = state.command === command ? state.words : "";
  const copy = () => {
    navigator.clipboard.writeText(command).then(
      () => setState({ command, words: "Copied" }),
      () => setState({ command, words: "The browser does not allow it: select the command below" }),
    );
  };
  return (
    <>
      <p class="buttons">
        <button type="button" onClick={copy}>
          Copy the command
        </button>
        <span role="status">{words}</span>
      </p>
      <pre class="command">{command}</pre>
      <p class="fine">
        It makes the same files, byte for byte, in the folder where <code>serve</code> was started.
        With <code>--pdf</code> it also prints the page; the browser's own print does as well, from
        the page that “Open” shows.
      </p>
    </>
  );
}

function Files({ files }: Pick<DossierAnswerJson, "files">) {
  return (
    <details>
      <summary>Files and their SHA-256 ({files.length})</summary>
      <ul class="hashes">
        {files.map(({ file, byteCount, sha256 }) => (
          <li key={file}>
            <b>{file}</b> {grouped(byteCount)} bytes
            <code>{sha256}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The ways to take a dossier away. */
export function DossierTake({
  asked,
  value,
  isOld,
}: {
  /** The query it was made with. */
  readonly asked: string;
  readonly value: DossierAnswerJson;
  /** A newer one is in the making. */
  readonly isOld: boolean;
}) {
  const manifest = value.files[value.files.length - 1];
  return (
    <section aria-labelledby="take" class={isOld ? "old" : ""}>
      <h2 id="take">Take it away</h2>
      <p class="buttons">
        <a
          class="button primary"
          href={`/api/dossier.html?${asked}`}
          target="_blank"
          rel="noreferrer noopener"
        >
          Open
        </a>
        <a class="button" href={`/api/dossier.zip?${asked}`} download>
          Download all files (ZIP)
        </a>
      </p>
      <Command command={value.command} />
      <Files files={value.files} />
      {manifest && (
        <p class="fine">
          Unpacked, <code>wheelsdown verify dossier</code> checks it. Keep the SHA-256 of{" "}
          {manifest.file} apart from it: <code class="hash">{manifest.sha256}</code>
        </p>
      )}
    </section>
  );
}
