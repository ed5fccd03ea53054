/** The style sheet of a dossier: light, for reading and for print on A4. */

const SCREEN = `
:root{--ocean:#e3ebf0;--land:#f8f6f1;--border:#cdc6b6;--coast:#b9c3c9;--graticule:#d6e0e7;--hairline:#dcd8cd;
--raised:#f5f4f0;--ink:#1d2430;--ink2:#4b5566;--ink3:#667081;--accent:#0b62b8;--uncertain:#955000;--gap:#a85b00;
--seen:#19713d;--mark:#9b1c1c;--sans:"IBM Plex Sans","Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif;
--mono:"IBM Plex Mono",ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:#fff;color:var(--ink);font:15px/1.5 var(--sans);font-variant-numeric:tabular-nums}
main{max-width:1048px;margin:0 auto;padding:40px 24px 64px}
h1{font-size:34px;line-height:1.2;letter-spacing:-.01em;margin:4px 0 10px;max-width:26em;text-wrap:balance;overflow-wrap:anywhere}
h2{font-size:21px;line-height:1.3;margin:44px 0 10px}
h3{font-size:16px;margin:28px 0 6px}
p{margin:0 0 10px;max-width:46em;overflow-wrap:anywhere}
.kicker,.period{color:var(--ink2);margin:0}
.period{max-width:none}
.question{margin-top:14px;font-size:17px;color:var(--ink2)}
.question b{display:block;font-size:11px;letter-spacing:.08em;text-transform:uppercase;color:var(--ink3)}
.finding{border-top:3px solid var(--ink);margin-top:26px}
.finding h2{margin-top:14px}
.lead{font-size:20px;line-height:1.45}
.told{list-style:none;margin:0 0 14px;padding:0;max-width:60em}
.told li{display:flex;gap:10px;align-items:baseline;padding:6px 0;border-top:1px solid var(--hairline);overflow-wrap:anywhere}
.told li:last-child{border-bottom:1px solid var(--hairline)}
.told .bullet{flex:none}
.told b{flex:none;min-width:5.4em}
.itinerary{margin-top:16px}
.author p{white-space:pre-line}
.author p:not(.note){border-left:3px solid var(--hairline);padding-left:14px;margin:0;padding-bottom:10px}
.author .note{margin-top:10px}
p.caption,.grouped .basis p.caption{max-width:46em;margin:4px 0 10px;border-left:3px solid var(--ink3);background:var(--raised);padding:6px 12px;font-size:14px;color:var(--ink)}
.caption b{display:block;font-size:11px;letter-spacing:.06em;color:var(--ink2)}
.banner{max-width:none;margin:0 0 28px;padding:12px 16px;border:2px solid var(--mark);border-radius:7px;color:var(--mark);background:#fdf3f2}
main>.banner:last-child{margin:44px 0 0}
figure{margin:18px 0}
.frame{position:relative;border:1px solid var(--hairline);border-radius:7px;overflow:hidden;background:var(--ocean)}
figure svg{display:block;width:100%;height:auto}
svg.narrow{display:none}
figcaption{margin-top:10px}
.note{font-size:13px;color:var(--ink2)}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 22px;margin:0 0 6px;padding:0;font-size:13px;color:var(--ink2)}
.legend li{display:flex;align-items:center;gap:7px}
.swatch{flex:none;width:36px;height:22px}
figure .swatch{width:36px;height:22px}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
code,pre,.hash{font-family:var(--mono);font-size:12.5px}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--raised);border:1px solid var(--hairline);border-radius:7px;padding:12px 14px;margin:0 0 10px}
.hash{display:block;color:var(--ink2);overflow-wrap:anywhere;font-size:11px;line-height:1.35;max-width:36em}
.file{overflow-wrap:anywhere}
.not-shown{border:1px solid var(--hairline);background:var(--raised);border-radius:7px;padding:2px 20px 10px;margin-top:44px}
.not-shown h2{margin-top:14px}
.not-shown ul{margin:0;padding-left:1.2em}
.block p{margin-bottom:8px}
`;

const TABLES = `
table{width:100%;border-collapse:collapse;font-size:14px;margin:6px 0 10px}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.parameters caption{position:static;width:auto;height:auto;clip-path:none;text-align:left;font-weight:600;font-size:16px;padding:18px 0 6px}
th{text-align:left;font-size:12px;font-weight:600;color:var(--ink2);padding:6px 14px 6px 0;border-bottom:1px solid var(--ink3);vertical-align:bottom}
td{padding:9px 14px 9px 0;border-bottom:1px solid var(--hairline);vertical-align:top;overflow-wrap:anywhere}
.grouped td{border-bottom:0;padding-bottom:3px}
.stops th:nth-child(2),.landings th:nth-child(3){width:28%}
.stops:not(.grouped) tr:has(+.basis) td{border-bottom:0}
.grouped .basis td{border-bottom:1px solid var(--hairline);padding:0 14px 10px 0;font-size:13px;color:var(--ink2)}
.basis p{margin:2px 0;max-width:none}
.grouped td:first-child{width:40px}
.basis td:first-child{width:auto;padding-left:40px}
.utc{white-space:nowrap}
time{font-family:var(--mono);font-size:13px}
.local,.none{display:block;font-size:13px;color:var(--ink2)}
.tag,.simtag,.short{white-space:nowrap}
.tag{display:inline-block;padding:0 8px;border-radius:10px;font-size:12px;line-height:19px;font-weight:600;border:1.5px solid}
.tag.seen{color:var(--seen)}
.tag.inferred{color:var(--uncertain);border-style:dashed}
.simtag{display:inline-block;font-size:10.5px;line-height:16px;letter-spacing:.06em;color:var(--mark);border:1px solid var(--mark);border-radius:3px;padding:0 4px;margin:1px 4px 1px 0}
.bullet{display:inline-block;min-width:24px;height:24px;line-height:20px;text-align:center;border-radius:12px;border:2px solid var(--ink);font-weight:600;font-size:13px;background:#fff}
.bullet.inferred{border-style:dashed;border-color:var(--uncertain);background:linear-gradient(#fff 50%,#f0d3a8 50%)}
.bullet.open{border:1.5px dotted var(--ink2);color:var(--ink2);background:#fff}
.tag.open{color:var(--ink2);border-style:dotted}
.bases .basis{padding:6px 0;border-bottom:1px solid var(--hairline);font-size:13px;color:var(--ink2)}
details{border-top:1px solid var(--hairline);border-bottom:1px solid var(--hairline);padding:8px 0;margin:10px 0}
summary{cursor:pointer;font-weight:600;font-size:14px;padding:4px 0}
.particulars caption{position:static;width:auto;height:auto;clip-path:none;text-align:left;font-weight:600;font-size:15px;padding:14px 0 4px}
.exhibits a{margin-right:6px;font-family:var(--mono);font-size:12px}
tbody.now td{background:#eaf2fb}
tr:target td{background:#fff6dd}
`;

const FIGURES = `
.ocean{fill:var(--ocean)}
.land{fill:var(--land);stroke:var(--coast);stroke-width:.8}
.border{fill:none;stroke:var(--border);stroke-width:.8}
.graticule{fill:none;stroke:var(--graticule);stroke-width:.8}
figure path,figure circle{vector-effect:non-scaling-stroke}
figure text{font-family:var(--sans);font-size:var(--text);fill:var(--ink)}
.fixed{transform:scale(var(--shrink,1))}
.country text{font-size:calc(var(--text) - 3px);letter-spacing:.08em;fill:#636a74}
.contact path{fill:none;stroke:var(--accent);stroke-width:2.6;stroke-linejoin:round;stroke-linecap:round}
.contact circle{fill:var(--accent)}
.gap path{fill:none;stroke:var(--gap);stroke-width:1.8;stroke-dasharray:7 5}
.gap-ends circle{fill:#fff;stroke:var(--gap);stroke-width:1.6}
.gap-label text,.stop-label text,.candidate-label text{paint-order:stroke;stroke:#fffffff0;stroke-width:3.5px;stroke-linejoin:round}
.gap-label text{font-size:calc(var(--text) - 1px);fill:var(--uncertain)}
.stop-label text tspan:first-child{font-weight:600;font-size:calc(var(--text) + 1px)}
.candidate-label text{font-size:calc(var(--text) - 1px);fill:var(--uncertain)}
.candidate{fill:#fff;stroke:var(--uncertain);stroke-width:1.5}
.disc{fill:#fff}
.half{fill:#f0d3a8}
.ring{fill:none;stroke:var(--ink);stroke-width:2.2}
.ring.open{stroke:var(--ink2);stroke-width:1.8;stroke-dasharray:1.5 2.5;stroke-linecap:round}
.asked{fill:#f6c945;fill-opacity:.32;stroke:#8a6a00;stroke-width:1.2}
.near{fill:none;stroke:#f6c945;stroke-opacity:.22;stroke-linejoin:round;stroke-linecap:round}
figure path.near{vector-effect:none}
.near-swatch{fill:#f6c945;fill-opacity:.22}
.stub-edge{stroke:var(--uncertain);stroke-width:1.2;stroke-dasharray:3 3;fill:none}
.ring.inferred{stroke:var(--uncertain);stroke-dasharray:3.4 2.4}
.stop text{font-weight:600;font-size:12px}
.here circle{fill:var(--accent);stroke:#fff;stroke-width:2.5}
.unknown circle{fill:#fffffff0;stroke:var(--uncertain);stroke-width:2;stroke-dasharray:4 3}
.unknown text{font-weight:600;font-size:15px;fill:var(--uncertain)}
.watermark{pointer-events:none}
figure text.mark{font-size:17px;font-weight:700;fill:var(--mark);fill-opacity:.13}
.grid path{fill:none;stroke:var(--hairline);stroke-width:1}
.axis path{fill:none;stroke:var(--ink3);stroke-width:1}
figure .grid text,figure .axis text{fill:var(--ink2)}
figure .axis text.day{font-weight:600}
.hatch-ground{fill:#fdfaf4}
.hatch{stroke:#dcb98a;stroke-width:1.6;fill:none}
.unseen text{paint-order:stroke;stroke:#fdfaf4;stroke-width:5px;fill:var(--uncertain)}
.altitude .line{fill:none;stroke:var(--accent);stroke-width:1.8;stroke-linejoin:round}
.altitude .fill{fill:var(--accent);fill-opacity:.12}
.on-ground{stroke:var(--ink);stroke-width:5;fill:none}
.stop-names text{font-weight:600}
figure .stop-names text.inferred{fill:var(--uncertain)}
.cursor{stroke:var(--ink);stroke-width:1.6}
.scripted-only{display:none}
.zoom{display:flex;gap:4px;margin-left:auto}
button{font:600 14px/1 var(--sans);min-width:34px;height:34px;padding:0 10px;border:1px solid var(--hairline);border-radius:7px;background:#fff;color:var(--ink);cursor:pointer}
.scripted .scrub{display:flex;flex-wrap:wrap;align-items:center;gap:8px 14px;margin-top:10px}
.scrub input{flex:1 1 240px;min-width:0;height:34px;accent-color:var(--accent)}
.scrub output{flex:0 1 470px;min-height:1.5em;font-size:13px}
.scrub output b{color:var(--uncertain)}
.scripted .frame svg{cursor:grab;touch-action:pan-y}
.scripted .zoomed svg{touch-action:none}
`;

const NARROW = `
@media screen and (max-width:700px){
main{padding:20px 16px 48px}
h1{font-size:26px}.lead{font-size:18px}
svg.wide{display:none}svg.narrow{display:block}
table,tbody,tr,td{display:block;width:auto}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
td{display:grid;grid-template-columns:108px minmax(0,1fr);gap:8px;border:0;padding:3px 0}
td::before{content:attr(data-label);font-size:12px;font-weight:600;color:var(--ink2)}
tbody tr{border-bottom:1px solid var(--hairline);padding:8px 0}
.grouped tbody tr:first-child{border-bottom:0;padding-bottom:0}
.grouped td:first-child{width:auto}
.grouped td,.grouped .basis td{padding:3px 0;border:0}
.basis td{display:block}.basis td::before{content:none}
.basis td:first-child{padding-left:0}
.utc{white-space:normal}
.told li:has(b){flex-wrap:wrap;gap:0}
.told b{flex-basis:100%}
.scrub output{flex:1 1 60%}
}
`;

const PRINT = `
@page{size:A4;margin:16mm 12mm 18mm;@bottom-left{content:"Page " counter(page) " of " counter(pages);color:#4b5566;font:8pt Helvetica,Arial,sans-serif}}
@media print{
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{font-size:10pt}
main{max-width:none;padding:0}
h1{font-size:22pt}h2{font-size:14pt;margin-top:22pt}h3{font-size:11pt}
.lead{font-size:13pt}table{font-size:9pt}
h2,h3,thead,.journey>p,summary{break-after:avoid}
.journey:not(.brief){break-before:page}
thead+tbody{break-before:avoid}
figure,.legend,tr,.journey>p,.finding p,.told li,.bases .basis,.not-shown,.banner,.grouped tbody,pre{break-inside:avoid}
thead{display:table-header-group}
:is(.stops,.landings) .local.short{white-space:normal}
.scripted .scrub{display:none}
details::details-content{content-visibility:visible;block-size:auto}
details>summary{list-style:none}
.here,.unknown,.cursor{display:none}
a{color:inherit;text-decoration:none}
tbody.now td{background:none}
}
`;

/** Every printed page of a marked dossier says so in its margin, so that no page can travel alone. */
const PRINT_MARK = `
@page{@top-right{content:"SIMULATED";color:#9b1c1c;font:700 9pt Helvetica,Arial,sans-serif}
@bottom-right{content:"SIMULATED";color:#9b1c1c;font:700 9pt Helvetica,Arial,sans-serif}}
`;

/** @param marked true when anything shown was made, not received */
export function dossierStyle(marked: boolean): string {
  return [SCREEN, TABLES, FIGURES, NARROW, PRINT, marked ? PRINT_MARK : ""].join("").trim();
}
