import "htmx.org";
import { startPage } from "./page";
import { startTimers } from "./timer";

startPage(startTimers);
