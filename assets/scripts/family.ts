import "htmx.org";
import { startHelps } from "./helps";
import { startPage } from "./page";
import { startRunners } from "./runner";
import { startTimers } from "./timer";

startPage((within) => {
  startHelps(within);
  startRunners(within);
  startTimers(within);
});
