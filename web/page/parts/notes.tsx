import { capitalised } from "../words.js";

/** What an answer rests on and leaves out. */
export function Notes({ notes }: { readonly notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul class="notes">
      {notes.map((note) => (
        <li key={note}>
          {/* Commands stand between backticks, as on a terminal. */}
          {capitalised(note)
            .split("`")
            .map((part, at) => (at % 2 === 1 ? <code>{part}</code> : part))}
        </li>
      ))}
    </ul>
  );
}
