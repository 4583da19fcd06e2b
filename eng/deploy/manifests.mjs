// Checks Kubernetes manifests without a cluster: against the schemas of its API, which let unknown fields pass, and
// against its types, which do not. Reads a JSON array of {place, manifest} from standard input; one line per mistake.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const ts = require("typescript");

function modelOf({ apiVersion, kind }) {
  return `kubernetes-models/${apiVersion}/${kind}`;
}

function schemaMistakes(manifests) {
  return manifests.flatMap(({ place, manifest }) => {
    try {
      new (require(modelOf(manifest))[manifest.kind])(manifest).validate();
      return [];
    } catch (fault) {
      return [`${place}: ${manifest.kind} ${manifest.metadata?.name}: ${fault.message}`];
    }
  });
}

// A literal that is given a type may have no other fields than the type has.
function typeMistakes(manifests) {
  const folder = mkdtempSync(join(here, "node_modules", ".manifests-"));
  try {
    const files = manifests.map(({ manifest }, i) => {
      const file = join(folder, `m${i}.ts`);
      writeFileSync(file, `import { I${manifest.kind} } from "${modelOf(manifest)}";\n`
        + `export const manifest: I${manifest.kind} =\n${JSON.stringify(manifest, null, 1)};\n`);
      return file;
    });
    const program = ts.createProgram(files, {
      noEmit: true, strict: true, skipLibCheck: true, types: [], module: ts.ModuleKind.CommonJS,
      moduleResolution: ts.ModuleResolutionKind.Node10, target: ts.ScriptTarget.ES2022, ignoreDeprecations: "5.0",
    });
    return ts.getPreEmitDiagnostics(program).map((found) => {
      const { place, manifest } = manifests[files.indexOf(found.file?.fileName)] ?? { place: "?", manifest: {} };
      const words = ts.flattenDiagnosticMessageText(found.messageText, " ");
      return `${place}: ${manifest.kind} ${manifest.metadata?.name}: ${words}`;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const manifests = JSON.parse(readFileSync(0, "utf8"));
const mistakes = [...schemaMistakes(manifests), ...typeMistakes(manifests)];
mistakes.forEach((mistake) => console.log(mistake));
if (manifests.length === 0) {
  console.log("there are no manifests");
}
process.exit(manifests.length === 0 || mistakes.length > 0 ? 1 : 0);
