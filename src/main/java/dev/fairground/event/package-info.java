/** What changed, in one ordered log that is written in the transaction of each change. */
@NullMarked
package dev.fairground.event;

import org.jspecify.annotations.NullMarked;
