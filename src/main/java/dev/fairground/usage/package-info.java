/**
 * How products are used, as operators report it: chained by grant, in one log with proofs and
 * signed heads.
 */
@NullMarked
package dev.fairground.usage;

import org.jspecify.annotations.NullMarked;
