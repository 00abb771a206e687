// What makes a complete page handier. Nothing here is needed to read or to learn.

import { start } from "./shared/dom.js";
import { keepVisited, nameTranslations, offerSaving, openEdition, watchReleases } from "./page/offline.js";
import { showMoment } from "./page/arrive.js";
import { unfoldTarget, watchFolded } from "./page/folded.js";
import { readyPrinting } from "./page/printing.js";
import { followProgress } from "./page/progress.js";
import { watchScrollers } from "./page/scrollers.js";
import { watchSettings } from "./page/settings.js";
import { makeSteps } from "./page/steps.js";
import { makeTabs } from "./page/tabs.js";

start(watchScrollers, watchFolded, makeTabs, readyPrinting, watchSettings, makeSteps, unfoldTarget, openEdition, nameTranslations, offerSaving, watchReleases, keepVisited, followProgress, showMoment);
