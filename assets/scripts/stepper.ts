/** The plus and minus beside a number: <div class="stepper"> with [data-step="-1"], an input, [data-step="1"]. */

export function watchSteppers(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-step]");
    const input = button?.closest(".stepper")?.querySelector("input");
    if (!button || !input) return;
    if (Number(button.dataset["step"]) > 0) input.stepUp();
    else input.stepDown();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
