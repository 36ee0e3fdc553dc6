/**
 * On what terms a product is given: its access policy and its standard terms, each numbered and
 * never overwritten.
 */
@NullMarked
package dev.fairground.policy;

import org.jspecify.annotations.NullMarked;
