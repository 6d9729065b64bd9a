/**
 * Draws each [data-chart] from the Vega-Lite specification in the <script type="application/json"> it names.
 *
 * The specification names colors by role ("role:accent"); here a role becomes the name of the page's own color, so that
 * a chart follows its page into the dark and onto paper. No eval: expressions run through vega-interpreter, so the
 * strict CSP holds.
 */
import embed, { type EmbedOptions, type VisualizationSpec } from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Drawn = Awaited<ReturnType<typeof embed>>;

const roles = ["accent", "accent-strong", "accent-mid", "accent-tint", "leaf", "honey", "ink", "ink-soft", "ink-faint",
  "line", "line-strong", "surface", "sunken", "alarm"] as const;

const colors = new Map(roles.map((role) => [`role:${role}`, `var(--lf-${role})`]));
// As the ground of a page the tint is a breath; as a bar it has to be seen.
colors.set("role:accent-tint", "var(--lf-accent-line)");

function painted(value: Json): Json {
  if (typeof value === "string") return colors.get(value) ?? value;
  if (Array.isArray(value)) return value.map(painted);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, painted(item)]));
  }
  return value;
}

/** What every chart shares: our faces, quiet axes, room around. The specification's own config comes on top. */
function frame(): NonNullable<EmbedOptions["config"]> {
  const color = (role: string): string => colors.get(`role:${role}`) ?? "gray";
  const font = getComputedStyle(document.documentElement).getPropertyValue("--lf-text").trim();
  return {
    background: "transparent",
    font,
    padding: 0,
    view: { stroke: "transparent" },
    axis: {
      domainColor: color("line-strong"), gridColor: color("line"), tickColor: color("line-strong"),
      labelColor: color("ink-soft"), titleColor: color("ink-soft"), labelFontSize: 12, titleFontSize: 12,
      titleFontWeight: 400, labelPadding: 6, titlePadding: 10, tickSize: 4,
    },
    axisX: { grid: false, labelSeparation: 8 },
    axisY: { domain: false, ticks: false },
    legend: {
      labelColor: color("ink-soft"), titleColor: color("ink-soft"), labelFontSize: 12, titleFontSize: 12,
      titleFontWeight: 400, orient: "top", symbolStrokeWidth: 2,
    },
    header: { labelColor: color("ink"), titleColor: color("ink-soft") },
    title: { color: color("ink"), font, fontSize: 14, anchor: "start" },
    text: { color: color("ink-soft"), fontSize: 12 },
    line: { color: color("accent"), strokeWidth: 2 },
    point: { color: color("accent"), filled: true, size: 40 },
    bar: { color: color("accent") },
    rule: { color: color("line-strong") },
    area: { color: color("accent-tint") },
    range: { category: ["accent", "leaf", "honey", "ink-faint"].map(color) },
  };
}

const drawn = new Map<HTMLElement, Drawn>();

async function draw(canvas: HTMLElement): Promise<void> {
  const source = document.getElementById(canvas.dataset["chart"] ?? "");
  if (!source?.textContent) return;
  const specification = painted(JSON.parse(source.textContent) as Json) as VisualizationSpec;
  const words = canvas.getAttribute("aria-label");
  drawn.get(canvas)?.finalize();
  drawn.set(canvas, await embed(canvas, specification, {
    actions: false,
    ast: true,
    expr: expressionInterpreter,
    renderer: "svg",
    config: frame(),
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
  }));
  // One picture with one sentence: the numbers are in the table below it.
  for (const svg of canvas.querySelectorAll("svg")) svg.setAttribute("aria-hidden", "true");
  if (words) canvas.setAttribute("aria-label", words);
  canvas.removeAttribute("aria-busy");
}

async function drawAll(within: ParentNode): Promise<void> {
  for (const canvas of drawn.keys()) {
    if (canvas.isConnected) continue;
    drawn.get(canvas)?.finalize();
    drawn.delete(canvas);
  }
  await Promise.all([...within.querySelectorAll<HTMLElement>("[data-chart]")].map(draw));
}

export { drawAll };
