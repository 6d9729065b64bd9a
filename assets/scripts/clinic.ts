import "htmx.org";
import { watchKeys } from "./keyboard";
import { startPage } from "./page";
import { watchReordering } from "./reorder";

startPage();
watchKeys();
watchReordering();
