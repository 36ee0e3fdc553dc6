/**
 * The life of authorizations: plan, decision, filing, selection, agreement, amendment, suspension,
 * exit and end, and what follows for the products that rest on them.
 */
@NullMarked
package dev.fairground.authorizing;

import org.jspecify.annotations.NullMarked;
