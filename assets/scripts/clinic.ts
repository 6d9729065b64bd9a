import "htmx.org";
import { watchKeys } from "./keyboard";
import { startPage } from "./page";
import { watchPaper } from "./paper";
import { watchReordering } from "./reorder";

startPage();
watchKeys();
watchReordering();
watchPaper();
