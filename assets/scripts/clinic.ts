import "htmx.org";
import { watchKeys } from "./keyboard";
import { startPage } from "./page";
import { watchPaper } from "./paper";
import { watchReordering } from "./reorder";
import { watchSaving } from "./waiting";

startPage();
watchKeys();
watchReordering();
watchSaving();
watchPaper();
