// The search page. Without this script it leads to the contents.

import { start } from "./shared/dom.js";
import { searchPage } from "./search/page.js";

start(searchPage);
