// @ts-check
/** The visit is over on this device: nothing of it stays in the tab. */

import { keepNothing } from "./public_words.js";

keepNothing();
