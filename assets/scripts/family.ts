import "htmx.org";
import { startPage } from "./page";
import { startRunners } from "./runner";
import { startTimers } from "./timer";

startPage((within) => {
  startRunners(within);
  startTimers(within);
});
