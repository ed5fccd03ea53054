import { go } from "../state.js";
import { lasting, type View, withParams } from "../url.js";

/** From and to, for screens about a place. */
export function PeriodForm({ view }: { readonly view: View }) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(fields.get(name) ?? "").trim();
    const changed = { from: text("from"), to: text("to"), offset: undefined, v: undefined };
    go({
      ...withParams(view, changed),
      params: { ...lasting(view.params), ...withParams(view, changed).params },
    });
  };
  return (
    <form class="period" aria-label="Period, UTC" onSubmit={submit}>
      {(["from", "to"] as const).map((name) => (
        <label key={`${name} ${view.params[name] ?? ""}`}>
          <span>{name === "from" ? "From" : "To (its end)"}</span>
          <input
            name={name}
            type="text"
            placeholder="YYYY-MM-DD"
            autocomplete="off"
            defaultValue={view.params[name] ?? ""}
          />
        </label>
      ))}
      <button type="submit">Show</button>
    </form>
  );
}
