// Checks the boards of deploy/grafana without a Grafana: against the type that it gives a board, and for what no type
// says: that panels lie beside each other, and that what they name is there. One line per mistake.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const ts = createRequire(import.meta.url)("typescript");
const grafana = join(here, "..", "..", "deploy", "grafana");

// A literal that is given a type may have no other fields than the type has.
function typeMistakes(boards) {
  const folder = mkdtempSync(join(here, "node_modules", ".boards-"));
  try {
    const names = new Map(boards.map(({ name, text }, i) => {
      const file = join(folder, `b${i}.ts`);
      writeFileSync(file, 'import type { Dashboard } from "@grafana/schema";\n'
        + `export const board: Dashboard =\n${text};\n`);
      return [file, name];
    }));
    const program = ts.createProgram([...names.keys()], {
      noEmit: true, strict: true, skipLibCheck: true, types: [], module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ES2022,
    });
    return ts.getPreEmitDiagnostics(program).map((mistake) => {
      const line = mistake.file ? mistake.file.getLineAndCharacterOfPosition(mistake.start).line - 1 : 0;
      const text = ts.flattenDiagnosticMessageText(mistake.messageText, " ");
      return `${names.get(mistake.file?.fileName) ?? ""}:${line}: ${text}`;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function* doubled(what, values) {
  yield* values.filter((value, i) => values.indexOf(value) !== i).map((value) => `${what} ${value} is there twice`);
}

function overlaps(one, other) {
  return one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;
}

function* contentMistakes({ panels, templating }, source) {
  yield* doubled("panel", panels.map((panel) => panel.id));
  yield* doubled("title", panels.map((panel) => panel.title));
  const variables = templating.list.map((variable) => variable.name);
  for (const [i, panel] of panels.entries()) {
    const { x, w } = panel.gridPos;
    if (x < 0 || x + w > 24) {
      yield `${panel.title}: beyond the 24 columns`;
    }
    for (const other of panels.slice(i + 1).filter((other) => overlaps(panel.gridPos, other.gridPos))) {
      yield `${panel.title} and ${other.title} lie on each other`;
    }
    yield* doubled(`${panel.title}: query`, panel.targets.map((target) => target.refId));
    for (const { datasource } of [panel, ...panel.targets].filter((part) => part.datasource.uid !== source)) {
      yield `${panel.title}: asks ${datasource.uid}, which is not provisioned`;
    }
    for (const target of panel.targets) {
      for (const [, name] of target.expr.matchAll(/\$(?!__)(\w+)/g)) {
        if (!variables.includes(name)) {
          yield `${panel.title}: nobody can choose ${name}`;
        }
      }
    }
  }
}

const provisioned = readFileSync(join(grafana, "provisioning/datasources/prometheus.yaml"), "utf8");
const source = /^ *uid: *(\S+)/m.exec(provisioned)[1];
const boards = readdirSync(join(grafana, "dashboards")).map((name) => (
  { name, text: readFileSync(join(grafana, "dashboards", name), "utf8") }));
const mistakes = [
  ...boards.flatMap(({ name, text }) => (
    [...contentMistakes(JSON.parse(text), source)].map((word) => `${name}: ${word}`))),
  ...doubled("uid", boards.map(({ text }) => JSON.parse(text).uid)),
  ...typeMistakes(boards),
];
for (const mistake of mistakes) {
  console.log(mistake);
}
process.exit(mistakes.length > 0 || boards.length === 0 ? 1 : 0);
