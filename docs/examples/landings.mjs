// Lists the landings in trace files: node docs/examples/landings.mjs FILE...
import { Analyst, isoSeconds, TrackCollector, traitsOf } from "wheelsdown";
import { loadReference, readInput } from "wheelsdown/node";

const { airports } = await loadReference();
const analyst = new Analyst(airports);
const collector = new TrackCollector();

for (const path of process.argv.slice(2)) {
  const input = await readInput(path, collector);
  if ("reason" in input) console.error(`${path}: ${input.reason}`);
  else console.error(`${path}: ${input.keptCount} of ${input.rowCount} rows, sha256 ${input.sha256}`);
}

for (const track of collector.take()) {
  const { movements, gaps } = analyst.analyse(track, traitsOf(track));
  for (const movement of movements.filter(({ kind }) => kind === "landing")) {
    const where = movement.airport
      ? movement.airport.ident
      : `one of ${movement.candidates.map(({ airport }) => airport.ident).join(", ")}`;
    const mark = movement.simulated ? " SIMULATED" : "";
    console.log(`${movement.address}${mark} ${isoSeconds(movement.timeMs)} ${where}`);
    console.log(`  ${movement.evidence} ${movement.evidenceClass}: ${movement.basis}`);
    for (const { file, rowFrom, rowTo } of movement.exhibits)
      console.log(`  ${file}, rows ${rowFrom} to ${rowTo}`);
  }
  console.log(`  not heard in ${gaps.length} stretches of more than 5 minutes`);
}
