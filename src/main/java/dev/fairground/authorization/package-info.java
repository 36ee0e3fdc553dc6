/** Who may operate which public data, in which scenarios, and until when. */
@NullMarked
package dev.fairground.authorization;

import org.jspecify.annotations.NullMarked;
