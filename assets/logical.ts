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

/** "margin: 1px 2px 3px 4px" with unlike sides, as its two logical halves. */
function splitSides(declaration: Declaration): void {
  const [top, right, bottom, left, more] = declaration.value.split(/\s+(?![^(]*\))/);
  if (!left || more || left === right) return;
  declaration.cloneBefore({ prop: `${declaration.prop}-block`, value: `${top} ${bottom}` });
  declaration.replaceWith(declaration.clone({ prop: `${declaration.prop}-inline`, value: `${left} ${right}` }));
}

const sided = new Set(["text-align", "float", "clear"]);
const values: Record<string, string> = { left: "start", right: "end" };

export const logical: AcceptedPlugin = {
  postcssPlugin: "logical",
  Declaration(declaration: Declaration) {
    if (declaration.prop === "padding" || declaration.prop === "margin") splitSides(declaration);
    const property = properties[declaration.prop];
    if (property) declaration.prop = property;
    const value = values[declaration.value];
    if (value && sided.has(declaration.prop)) {
      declaration.value = declaration.prop === "text-align" ? value : `inline-${value}`;
    }
  },
};
