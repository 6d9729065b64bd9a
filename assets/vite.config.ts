import { defineConfig } from "vite";
import { logical } from "./logical.ts";
import { manifest } from "./manifest.ts";
import { sprite } from "./sprite.ts";

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  publicDir: false,
  logLevel: "warn",
  plugins: [sprite(), manifest()],
  css: {
    postcss: { plugins: [logical] },
    preprocessorOptions: {
      scss: {
        loadPaths: ["node_modules"],
        quietDeps: true,
        silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
      },
    },
  },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: ["chrome109", "firefox115", "safari16"],
    assetsDir: "",
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      // htmx carries an eval that allowEval:false keeps shut, and the CSP besides.
      checks: { eval: false, pluginTimings: false },
      input: {
        clinic: "assets/scripts/clinic.ts",
        family: "assets/scripts/family.ts",
        theme: "assets/scripts/theme.ts",
        pushed: "assets/scripts/pushed.ts",
        "clinic-style": "assets/styles/clinic.scss",
        "family-style": "assets/styles/family.scss",
        "print-style": "assets/styles/print.scss",
        "mark": "assets/mark.svg",
      },
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
});
