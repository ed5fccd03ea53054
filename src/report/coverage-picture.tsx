import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { HOUR_MS } from "../units/quantity.js";
import { utcOffsetMinutes } from "../units/time.js";
import { shade, textOn } from "./coverage-colours.js";
import { type CoverageModel, type HeardCellJson, PASSAGES_MIN } from "./coverage-model.js";
import { measuredText } from "./coverage-text.js";
import { textWidth } from "./map-labels.js";
import { Watermark } from "./map-parts.js";
import { grouped } from "./wording.js";

const WIDTH = 1160;
const LEFT = 150;
const CELL = 36;
const ROW = 40;
const ALL_DAY = 62;
const GAP = 12;
const MARGIN = 28;
const HOURS_LEFT = LEFT + ALL_DAY + GAP;
const TEXT_WIDTH = WIDTH - 2 * MARGIN;
const FONT = `"IBM Plex Sans","Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif`;
const INK = "#1d2430";
const INK2 = "#4b5566";
const MARK = "#9b1c1c";

/** One square of the picture. */
interface Square {
  /** 0..1; null is unknown. */
  readonly share: number | null;
  readonly count: number;
}

interface Line {
  readonly name: string;
  readonly allDay: Square;
  readonly hours: readonly Square[];
}

/**
 * Coverage at a place as a picture of its own: layers of air by hour of the day, with numbers in every square, so that
 * no colour carries anything alone. Unknown is hatched and empty.
 *
 * @returns an SVG document
 */
export function coveragePicture(model: CoverageModel): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderToString(<Picture model={model} />)}\n`;
}

function Picture({ model }: { model: CoverageModel }): VNode {
  const sentences = model.sentences.flatMap((text) => wrapped(text, 14));
  const heading = wrapped(`What is heard at ${model.at.label}`, 24);
  const air = airLines(model);
  const airport = airportLines(model);
  const sentencesTop = MARGIN + heading.length * 30 + 24;
  const axisTop = sentencesTop + sentences.length * 20 + 34;
  const gridTop = axisTop + (localOffsetHours(model) === undefined ? 24 : 42);
  const airportTop = gridTop + air.length * ROW + 34;
  const legendTop = airportTop + (airport.length > 0 ? airport.length * ROW + 34 : -6);
  const notes = notesOf(model).flatMap((text) => wrapped(text, 12));
  const height = legendTop + 52 + notes.length * 17 + MARGIN;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${WIDTH} ${height}`}
      width={WIDTH}
      height={height}
      role="img"
      aria-label={`What is heard at ${model.at.label}, ${model.from} to ${model.to}. ${model.sentences.join(" ")}`}
      font-family={FONT}
    >
      <Defs model={model} />
      <rect width={WIDTH} height={height} fill="#fff" />
      {heading.map((line, at) => (
        <text
          key={at}
          x={MARGIN}
          y={MARGIN + 20 + at * 30}
          font-size="24"
          font-weight="600"
          fill={INK}
        >
          {line}
        </text>
      ))}
      <text x={MARGIN} y={sentencesTop - 8} font-size="14" fill={INK2}>
        {periodText(model)}
      </text>
      <Paragraph lines={sentences} top={sentencesTop + 16} leading={20} size={14} ink={INK} />
      <HourAxis model={model} top={axisTop} />
      {air.map((line, row) => (
        <Row key={line.name} line={line} top={gridTop + row * ROW} />
      ))}
      {airport.length > 0 ? (
        <text x={MARGIN} y={airportTop - 9} font-size="13" font-weight="600" fill={INK}>
          {`Arrivals and departures at ${model.at.ident}: share that was followed`}
        </text>
      ) : null}
      {airport.map((line, row) => (
        <Row key={line.name} line={line} top={airportTop + row * ROW} />
      ))}
      <Legend top={legendTop} />
      <Paragraph lines={notes} top={legendTop + 62} leading={17} size={12} ink={INK2} />
      {model.simulated ? <Simulated height={height} top={sentencesTop - 8} /> : null}
    </svg>
  );
}

function Defs({ model }: { model: CoverageModel }): VNode {
  return (
    <defs>
      <pattern
        id="unknown"
        width="7"
        height="7"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="7" height="7" fill="#fbfaf7" />
        <path d="M0 0V7" stroke="#c3beb2" stroke-width="1.6" />
      </pattern>
      {model.simulated ? (
        <style>{`text.mark{font-size:17px;font-weight:700;fill:${MARK};fill-opacity:.14}`}</style>
      ) : null}
      <Watermark id="mark" shown={model.simulated} />
    </defs>
  );
}

function Simulated({ height, top }: { height: number; top: number }): VNode {
  return (
    <g>
      <rect width={WIDTH} height={height} fill="url(#mark)" />
      <text
        x={WIDTH - MARGIN}
        y={top}
        text-anchor="end"
        font-size="15"
        font-weight="700"
        fill={MARK}
      >
        SIMULATED: none of this happened
      </text>
    </g>
  );
}

function hourMiddle(hour: number): number {
  return HOURS_LEFT + (hour + 0.5) * CELL;
}

function HourAxis({ model, top }: { model: CoverageModel; top: number }): VNode {
  const offsetHours = localOffsetHours(model);
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  return (
    <g font-size="12" fill={INK2}>
      <text x={LEFT + ALL_DAY / 2} y={top + 16} text-anchor="middle">
        all day
      </text>
      <text x={LEFT - 10} y={top + 16} text-anchor="end">
        hour, UTC
      </text>
      {hours.map((hour) => (
        <text key={hour} x={hourMiddle(hour)} y={top + 16} text-anchor="middle">
          {String(hour).padStart(2, "0")}
        </text>
      ))}
      {offsetHours === undefined ? null : (
        <g>
          <text x={LEFT - 10} y={top + 34} text-anchor="end">
            {`local, UTC${offsetHours < 0 ? "" : "+"}${offsetHours}`}
          </text>
          {hours.map((hour) => (
            <text key={hour} x={hourMiddle(hour)} y={top + 34} text-anchor="middle">
              {String((hour + offsetHours + 48) % 24).padStart(2, "0")}
            </text>
          ))}
        </g>
      )}
    </g>
  );
}

function Row({ line, top }: { line: Line; top: number }): VNode {
  return (
    <g>
      <text x={LEFT - 10} y={top + ROW / 2 + 4} text-anchor="end" font-size="13" fill={INK}>
        {line.name}
      </text>
      <SquareMark square={line.allDay} left={LEFT} top={top} width={ALL_DAY} />
      {line.hours.map((square, hour) => (
        <SquareMark
          key={hour}
          square={square}
          left={HOURS_LEFT + hour * CELL}
          top={top}
          width={CELL}
        />
      ))}
    </g>
  );
}

function SquareMark(props: { square: Square; left: number; top: number; width: number }): VNode {
  const { square, left, top, width } = props;
  const { share, count } = square;
  const x = left + width / 2;
  const ink = share === null ? INK2 : textOn(share);
  return (
    <g text-anchor="middle">
      <rect
        x={left + 1}
        y={top + 1}
        width={width - 2}
        height={ROW - 2}
        rx="2"
        fill={share === null ? "url(#unknown)" : shade(share)}
      />
      {share === null ? null : (
        <text x={x} y={top + 19} font-size="14" font-weight="600" fill={ink}>
          {Math.round(share * 100)}
        </text>
      )}
      {count >= 0.5 ? (
        <text
          x={x}
          y={top + (share === null ? 24 : 32)}
          font-size="10"
          fill={ink}
          {...(share === null
            ? { "paint-order": "stroke", stroke: "#fbfaf7", "stroke-width": 3 }
            : {})}
        >
          {shortCount(count)}
        </text>
      ) : null}
    </g>
  );
}

function Legend({ top }: { top: number }): VNode {
  const steps = [0, 0.2, 0.4, 0.6, 0.8, 1];
  return (
    <g font-size="12" fill={INK2}>
      {steps.map((share, at) => (
        <g key={share}>
          <rect x={LEFT + at * 46} y={top} width="46" height="18" fill={shade(share)} />
          <text x={LEFT + at * 46 + 23} y={top + 13} text-anchor="middle" fill={textOn(share)}>
            {share * 100}
          </text>
        </g>
      ))}
      <text x={LEFT} y={top + 34}>
        large: percent heard; small: aircraft-hours or passages it rests on
      </text>
      <rect x={LEFT + 320} y={top} width="46" height="18" fill="url(#unknown)" />
      <text x={LEFT + 374} y={top + 13}>
        too little traffic to say
      </text>
    </g>
  );
}

function Paragraph(props: {
  lines: readonly string[];
  top: number;
  leading: number;
  size: number;
  ink: string;
}): VNode {
  const { lines, top, leading, size, ink } = props;
  return (
    <g font-size={size} fill={ink}>
      {lines.map((line, at) => (
        <text key={at} x={MARGIN} y={top + at * leading}>
          {line}
        </text>
      ))}
    </g>
  );
}

function airLines({ bands }: CoverageModel): Line[] {
  return bands.map(({ name, allDay, hours }) => {
    return { name, allDay: squareOf(allDay), hours: hours.map(squareOf) };
  });
}

function squareOf({ share, aircraftHours }: HeardCellJson): Square {
  return { share, count: aircraftHours };
}

function airportLines({ floors }: CoverageModel): Line[] {
  if (!floors || floors.both.trialCount === 0) return [];
  const { trialCount, seenCount, groundCount } = floors.both;
  return [
    {
      name: "below 1,500 ft",
      allDay: followed(seenCount, trialCount),
      hours: floors.hours.map(({ seen, trials }) => followed(seen, trials)),
    },
    {
      name: "to the ground",
      allDay: followed(groundCount, trialCount),
      hours: floors.hours.map(({ ground, trials }) => followed(ground, trials)),
    },
  ];
}

function followed(taken: number, count: number): Square {
  return { share: count >= PASSAGES_MIN ? taken / count : null, count };
}

function minutes(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}Z`;
}

function periodText({ from, to, at }: CoverageModel): string {
  return `${minutes(from)} to ${minutes(to)}, within 30 NM of ${at.lat.toFixed(3)}, ${at.lon.toFixed(3)}`;
}

function notesOf(model: CoverageModel): string[] {
  return [
    "Percent of the time an aircraft was there that it was heard, again within two minutes. An aircraft was there " +
      "when it was heard, when it flew on through a hole, and when its landing or take-off is known from the other " +
      "side of its stop. Aircraft that nobody ever heard are in no count. Heights are above the fields around.",
    measuredText(model),
    `Measurement ${model.measured.key.slice(0, 16)}.`,
  ];
}

/** Whole hours that the place is ahead of UTC in the middle of the period; undefined when unknown or uneven. */
function localOffsetHours({ timeZone, from, to }: CoverageModel): number | undefined {
  const middleMs = (Date.parse(from) + Date.parse(to)) / 2;
  const offsetMinutes = utcOffsetMinutes(Math.floor(middleMs / HOUR_MS) * HOUR_MS, timeZone ?? "");
  return offsetMinutes === undefined || offsetMinutes % 60 !== 0 ? undefined : offsetMinutes / 60;
}

function shortCount(count: number): string {
  return count < 9999.5 ? grouped(Math.round(count)) : `${grouped(Math.round(count / 1000))}k`;
}

/** Breaks a text into lines that fit the picture. */
function wrapped(text: string, fontSize: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, fontSize) > TEXT_WIDTH) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === "" ? lines : [...lines, line];
}
