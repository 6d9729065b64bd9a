import "htmx.org";
import { startHelps } from "./helps";
import { startPage } from "./page";
import { startRecorders } from "./recorder";
import { startRunners } from "./runner";
import { startTimers } from "./timer";

startPage((within) => {
  startHelps(within);
  startRecorders(within);
  startRunners(within);
  startTimers(within);
});
