import { useState } from "preact/hooks";

/** The command line that gives the same answer, to be copied. */
export function Command({ command }: { readonly command: string }) {
  const [said, setSaid] = useState("");
  const copy = () => {
    navigator.clipboard.writeText(command).then(
      () => setSaid("Copied."),
      () => setSaid("This browser does not let it be copied: select it."),
    );
  };
  return (
    <div class="command">
      <p>On the command line, with the folder of the lake for LAKE:</p>
      <code tabIndex={0} role="textbox" aria-readonly="true" aria-label="Command">
        {command}
      </code>
      <button type="button" onClick={copy}>
        Copy the command
      </button>
      <span class="fine" role="status">
        {said}
      </span>
    </div>
  );
}
