// Our own streaming (player/stream.js): a script of its own, loaded when somebody is about to play.

import { Stream } from "./player/stream.js";

window.coursepackStream = Stream;
