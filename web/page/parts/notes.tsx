import { capitalised } from "../words.js";

/** What an answer rests on and leaves out. */
export function Notes({ notes }: { readonly notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul class="notes">
      {notes.map((note) => (
        <li key={note}>{capitalised(note)}</li>
      ))}
    </ul>
  );
}
