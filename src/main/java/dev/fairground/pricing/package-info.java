/**
 * The price chain: caps on operators' income by the price authority, ceilings under an
 * authorization by its institution, tariffs of products by the operator.
 */
@NullMarked
package dev.fairground.pricing;

import org.jspecify.annotations.NullMarked;
