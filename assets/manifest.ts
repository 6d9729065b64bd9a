/**
 * manifest.json: the plain name of each entry ("clinic.css") to its hashed file, for {% asset %}. Beside it plain.css
 * under its own name, for the error page that must not ask anything of anybody.
 */
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { Plugin } from "vite";

export function manifest(): Plugin {
  return {
    name: "manifest",
    enforce: "post",
    generateBundle(_options, bundle) {
      const names: Record<string, string> = {};
      for (const file of Object.values(bundle)) {
        if (file.type === "chunk") {
          if (file.isEntry && !file.facadeModuleId?.endsWith(".scss")) names[`${file.name}.js`] = file.fileName;
          continue;
        }
        const name = file.names[0];
        if (name && [".css", ".svg", ".png"].includes(extname(name))) names[name.replace("-style.css", ".css")] = file.fileName;
      }
      const plain = readFileSync(join(import.meta.dirname, "plain.css"), "utf8");
      this.emitFile({ type: "asset", fileName: "plain.css", source: plain });
      const sorted = Object.fromEntries(Object.entries(names).sort(([one], [two]) => one.localeCompare(two)));
      this.emitFile({ type: "asset", fileName: "manifest.json", source: JSON.stringify(sorted, null, 2) });
    },
  };
}
