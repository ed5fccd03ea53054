import { EVIDENCE_WORDS, type EvidenceShape } from "../words.js";

/** The shape of evidence: a full ring, a half one, an open one. */
export function Shape({
  shape,
  size = 14,
}: {
  readonly shape: EvidenceShape;
  readonly size?: number;
}) {
  return (
    <svg class="shape" viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
      <circle
        cx="8"
        cy="8"
        r={shape === "possible" ? 4.5 : 6.2}
        fill="none"
        stroke="currentColor"
        stroke-width="1.8"
      />
      {shape === "seen" && <circle cx="8" cy="8" r="3.4" fill="currentColor" />}
      {shape === "inferred" && <path d="M8 1.8a6.2 6.2 0 0 0 0 12.4z" fill="currentColor" />}
    </svg>
  );
}

/** Shape and word of evidence, with its class. */
export function Badge({
  shape,
  detail,
}: {
  readonly shape: EvidenceShape;
  readonly detail?: string | undefined;
}) {
  return (
    <span class={`badge ${shape}`}>
      <Shape shape={shape} />
      {EVIDENCE_WORDS[shape]}
      {detail !== undefined && detail !== "" && <span class="class">{detail}</span>}
    </span>
  );
}

/** Stands beside everything that never took place. */
export function Simulated() {
  return <span class="sim">SIMULATED</span>;
}
