/** One SVG file of symbols: Bootstrap's icons by name from icons.txt, and our own drawings from icons/. */
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import type { Plugin } from "vite";

const here = import.meta.dirname;
const bootstrap = join(dirname(createRequire(import.meta.url).resolve("bootstrap-icons/package.json")), "icons");

function symbol(path: string): string {
  const svg = readFileSync(path, "utf8");
  const box = /viewBox="([^"]+)"/.exec(svg)?.[1] ?? "0 0 16 16";
  const body = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
  return `<symbol id="${basename(path, ".svg")}" viewBox="${box}">${body}</symbol>`;
}

export function sprite(): Plugin {
  return {
    name: "sprite",
    buildStart() {
      this.addWatchFile(join(here, "icons.txt"));
    },
    generateBundle() {
      const named = readFileSync(join(here, "icons.txt"), "utf8").split("\n").map((line) => line.trim());
      const paths = [
        ...named.filter((line) => line && !line.startsWith("#")).map((name) => join(bootstrap, `${name}.svg`)),
        ...readdirSync(join(here, "icons")).filter((name) => name.endsWith(".svg")).sort()
          .map((name) => join(here, "icons", name)),
      ];
      this.emitFile({
        type: "asset",
        name: "icons.svg",
        source: `<svg xmlns="http://www.w3.org/2000/svg" fill="currentColor">${paths.map(symbol).join("")}</svg>`,
      });
    },
  };
}
