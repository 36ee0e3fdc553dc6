/**
 * The life of authorizations: plans, which are an institution's own until a candidate is public;
 * agreements, amendments, suspensions and ends; and what follows for the products that rest on
 * them.
 */
@NullMarked
package dev.fairground.authorizing;

import org.jspecify.annotations.NullMarked;
