/** Values that every feature speaks in: plain Java, nothing of the network or the database. */
@NullMarked
package dev.fairground.kernel;

import org.jspecify.annotations.NullMarked;
