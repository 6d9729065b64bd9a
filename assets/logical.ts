/**
 * Turns physical CSS (margin-left, text-align: left, border-top-right-radius …) into logical CSS, so that
 * Bootstrap's rules mirror under dir="rtl" as ours do. Our own sources are written logically to begin with.
 */
import type { AcceptedPlugin, Declaration } from "postcss";

const properties: Record<string, string> = {
  "margin-left": "margin-inline-start",
  "margin-right": "margin-inline-end",
  "padding-left": "padding-inline-start",
  "padding-right": "padding-inline-end",
  "border-left": "border-inline-start",
  "border-right": "border-inline-end",
  "border-left-width": "border-inline-start-width",
  "border-right-width": "border-inline-end-width",
  "border-left-color": "border-inline-start-color",
  "border-right-color": "border-inline-end-color",
  "border-left-style": "border-inline-start-style",
  "border-right-style": "border-inline-end-style",
  "border-top-left-radius": "border-start-start-radius",
  "border-top-right-radius": "border-start-end-radius",
  "border-bottom-left-radius": "border-end-start-radius",
  "border-bottom-right-radius": "border-end-end-radius",
  left: "inset-inline-start",
  right: "inset-inline-end",
};

const sided = new Set(["text-align", "float", "clear"]);
const values: Record<string, string> = { left: "start", right: "end" };

export const logical: AcceptedPlugin = {
  postcssPlugin: "logical",
  Declaration(declaration: Declaration) {
    const property = properties[declaration.prop];
    if (property) declaration.prop = property;
    const value = values[declaration.value];
    if (value && sided.has(declaration.prop)) {
      declaration.value = declaration.prop === "text-align" ? value : `inline-${value}`;
    }
  },
};
