/**
 * Runs the fair-access checks: gathers the facts of many subjects at once, keeps runs that can be
 * repeated and the flags that they raise, and sweeps each day.
 */
@NullMarked
package dev.fairground.check;

import org.jspecify.annotations.NullMarked;
