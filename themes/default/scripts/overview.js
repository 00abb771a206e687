// Home and contents: how far the learner is; what is kept can be taken along as a file, brought back, and erased.

import { start } from "./shared/dom.js";
import { overview } from "./progress/overview.js";

start(overview);
