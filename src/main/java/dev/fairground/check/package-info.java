/**
 * The fair-access checks: pure rules over facts as of a day, the facts for many products at once,
 * runs that can be repeated, and the flags that they raise.
 */
@NullMarked
package dev.fairground.check;

import org.jspecify.annotations.NullMarked;
