import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { FoundJson, SearchJson } from "../../../src/api/shapes.js";
import { ask } from "../api.js";
import { viewOfLink } from "../import-link.js";
import { go } from "../state.js";
import type { View } from "../url.js";

/** What the server finds, or a callsign that may be asked for: only the question about landings knows those. */
export type Found = Omit<FoundJson, "kind"> & { readonly kind: FoundJson["kind"] | "callsign" };

/** @returns the view of something found */
export function viewOfFound({ kind, id }: Found): View {
  if (kind === "callsign") return { screen: "search", id: "", params: { callsign: id } };
  if (kind === "fleet") return { screen: "search", id: "", params: { fleet: id } };
  return { screen: kind, id, params: {} };
}

/** Three letters of an operator, and a number. Source: ICAO Annex 10, Vol. II, 5.2.1.7.2.1 (type c) */
const CALLSIGN = /^[a-z]{3}\d[a-z\d]{0,3}$/i;

function callsignIn(words: string): Found[] {
  if (!CALLSIGN.test(words)) return [];
  const id = words.toUpperCase();
  const detail = "landings under this callsign";
  return [{ kind: "callsign", id, title: id, detail, inLake: null }];
}

/** chosen: shorter than one waits, longer than between two letters */
const TYPING_MS = 160;

function useFound(text: string): readonly Found[] {
  const [found, setFound] = useState<readonly Found[]>([]);
  useEffect(() => {
    const words = text.trim();
    if (words.length < 2 || viewOfLink(words)) {
      setFound([]);
      return undefined;
    }
    let wanted = true;
    const timer = setTimeout(() => {
      ask<SearchJson>(`/api/search?q=${encodeURIComponent(words)}`).then(
        (answer) => wanted && setFound([...answer.found.slice(0, 8), ...callsignIn(words)]),
        () => wanted && setFound(callsignIn(words)),
      );
    }, TYPING_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [text]);
  return found;
}

/** Goes where a typed or pasted text points. */
function submit(text: string, chosen: Found | undefined): void {
  const linked = viewOfLink(text);
  if (linked) go(linked);
  else if (chosen) go(viewOfFound(chosen));
  else if (text.trim() !== "") go({ screen: "search", id: "", params: { q: text.trim() } });
}

function Options({
  id,
  found,
  at,
  choose,
}: {
  readonly id: string;
  readonly found: readonly Found[];
  readonly at: number;
  readonly choose: (one: Found) => void;
}) {
  return (
    <ul id={id} role="listbox" aria-label="Found">
      {found.map((one, i) => (
        <li
          key={`${one.kind} ${one.id}`}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === at}
          onMouseDown={(event) => {
            event.preventDefault();
            choose(one);
          }}
        >
          <b>{one.title}</b>
          <span>{one.detail}</span>
          <small>
            {one.kind}
            {one.inLake === false ? ", not in the lake" : ""}
          </small>
        </li>
      ))}
    </ul>
  );
}

/** What is typed, what is found for it, and which of that the arrow keys are at. */
function useBox() {
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const found = useFound(text);
  const type = (next: string) => {
    setText(next);
    setOpen(next !== "");
    setAt(-1);
  };
  const leave = () => {
    type("");
    input.current?.blur();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt(Math.max(-1, Math.min(found.length - 1, at + step)));
    } else if (event.key === "Escape") leave();
  };
  return {
    text,
    at,
    input,
    found,
    isShown: isOpen && found.length > 0,
    setOpen,
    type,
    leave,
    onKeyDown,
  };
}

function Input({
  box,
  id,
  large,
}: {
  readonly box: ReturnType<typeof useBox>;
  readonly id: string;
  readonly large: boolean;
}) {
  const { at, isShown, setOpen, type } = box;
  return (
    <input
      ref={box.input}
      type="text"
      role="combobox"
      data-search={large ? "large" : "small"}
      aria-label="Search, or paste a link"
      aria-expanded={isShown}
      aria-controls={isShown ? id : undefined}
      aria-autocomplete="list"
      aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
      placeholder={large ? "Aircraft, airport, country, or a link" : "Search, or paste a link"}
      autocomplete="off"
      spellcheck={false}
      value={box.text}
      onInput={(event) => type(event.currentTarget.value)}
      onFocus={() => setOpen(true)}
      onBlur={() => setOpen(false)}
      onKeyDown={box.onKeyDown}
    />
  );
}

/** The box for words and pasted links. */
export function SearchBox({ large = false }: { readonly large?: boolean }) {
  const box = useBox();
  const { text, at, found, leave } = box;
  const id = `${useId()}-list`;
  return (
    <form
      role="search"
      class={large ? "search large" : "search"}
      onSubmit={(event) => {
        event.preventDefault();
        submit(text, found[at] ?? (found.length === 1 ? found[0] : undefined));
        leave();
      }}
    >
      <Input box={box} id={id} large={large} />
      <kbd aria-hidden="true">/</kbd>
      {box.isShown && (
        <Options
          id={id}
          found={found}
          at={at}
          choose={(one) => {
            go(viewOfFound(one));
            leave();
          }}
        />
      )}
    </form>
  );
}
