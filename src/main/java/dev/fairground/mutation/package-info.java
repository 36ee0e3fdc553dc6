/**
 * How a change runs: once, as a whole or not at all, with everything told that stands against it.
 */
@NullMarked
package dev.fairground.mutation;

import org.jspecify.annotations.NullMarked;
