/** Public data resources, what they hold, and who holds them. */
@NullMarked
package dev.fairground.resource;

import org.jspecify.annotations.NullMarked;
